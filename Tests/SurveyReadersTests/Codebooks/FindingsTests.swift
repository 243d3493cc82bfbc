import SurveyData
import SurveyReaders
import Testing

@Suite struct FindingsTests {
  private func findings(
    _ yaml: String, _ columns: [(name: String, fields: [String])], hash: String? = nil
  ) throws -> [Finding] {
    let codebook = try Codebook(parsing: "vekt: 1\n\(yaml)", name: "c")
    return try codebook.findings(in: Dataset(TextSource(columns, hash: hash), codebook: codebook))
  }

  private func sentences(_ findings: [Finding]) -> [String] {
    findings.map { finding in
      "\(finding.severity.rawValue) \(finding.id) \(finding.variable ?? "-"): \(finding.text)"
    }
  }

  @Test func `a codebook that fits its file has no findings`() throws {
    let found = try findings(
      """
      file: {rows: 3}
      variables:
        sex: {codes: {1: male, 2: female}, missing: {9: refused}}
        age: {type: integer, range: [15, 120]}
      """,
      [("sex", ["1", "2", "9"]), ("age", ["17", "44", ""])])
    #expect(found.isEmpty)
  }

  @Test func `unknown codes and numbers out of range are counted`() throws {
    let found = try findings(
      """
      variables:
        sex: {codes: {1: male, 2: female}}
        age: {type: integer, range: [15, 120], unknown: missing}
      """,
      [("sex", ["1", "3", "3", "2", "x"]), ("age", ["17", "14", "999", "999", "30"])])
    #expect(
      sentences(found) == [
        "error unknown-code sex: 2 rows are 3, which the codebook does not know",
        "error unknown-code sex: 1 row is x, which the codebook does not know",
        "warning out-of-range age: 2 rows are 999, outside the range 15 to 120",
        "warning out-of-range age: 1 row is 14, outside the range 15 to 120",
      ])
    #expect(found.map(\.count) == [2, 1, 2, 1])
    #expect(found.map(\.code) == ["3", "x", "999", "14"])
  }

  @Test func `a partial file may lack columns and weights, but not the weight that tables use`()
    throws
  {
    func found(_ used: String) throws -> [String] {
      try sentences(
        findings(
          """
          file: {partial: true}
          variables: {age: {}, trust: {}, w: {type: decimal}, v: {type: decimal}}
          weights: {main: {var: w\(used == "w" ? ", default: true" : "")}, other: {var: v\(used == "v" ? ", default: true" : "")}}
          """,
          [("age", ["20", "30"]), ("w", ["0.5", "1.7"])]))
    }
    let lacking =
      "information columns-not-in-file -: the file, stated to be partial, lacks 2 of the columns "
      + "described: trust, v"
    #expect(try found("w").first == lacking)
    #expect(try !found("w").contains { $0.hasPrefix("error") })
    #expect(try found("v").contains { $0.hasPrefix("error weight-unreadable other") })
  }

  @Test func `names that are in one place only are said, near misses named`() throws {
    let found = try findings(
      "variables: {Sex: {}, agee: {}, gone: {}}",
      [("sex ", ["1"]), ("age", ["1"]), ("other_thing", ["1"])])
    #expect(
      sentences(found) == [
        "error variable-not-in-file Sex: the file has no column 'Sex'; it has 'sex '",
        "error variable-not-in-file agee: the file has no column 'agee'; it has 'age'",
        "error variable-not-in-file gone: the file has no column 'gone'",
        "information columns-not-described -: the codebook does not describe 3 of the file's "
          + "columns: sex , age, other_thing",
      ])
  }

  @Test(arguments: [
    ("Vet ikke", "dont_know"), ("Don't know", "dont_know"), ("Refused", "refused"),
    ("Ønsker ikke å svare", "refused"), ("Ubesvart", "no_answer"), ("Ikke spurt", "not_asked"),
    ("Ikke aktuelt", "inapplicable"), ("Uoppgitt", "no_answer"),
  ]) func `a label that reads like a missing reason is pointed out`(
    label: String, reason: String
  ) throws {
    let found = try findings(
      "variables:\n  trust: {codes: {1: Ja, 8: \"\(label)\"}}", [("trust", ["1", "8", "8"])])
    #expect(found.map(\.id) == ["label-looks-missing"])
    #expect(found.first?.count == 2)
    #expect(found.first?.remedy == "Move it: `missing: {8: \(reason)}`.")
  }

  @Test func `codes, lists and sets that nothing uses are said`() throws {
    let found = try findings(
      """
      codelists: {yesno: {1: Ja, 2: Nei}}
      variables: {a: {codes: {1: x, 2: y, 3: z}, missing: {8: refused}}}
      """, [("a", ["1", "1"])])
    #expect(
      sentences(found) == [
        "information unused-list -: 'yesno' under `codelists` is used by no variable",
        "information unused-codes a: no row has 2, 3, 8",
      ])
  }

  @Test func `columns that look like weights and design are named`() throws {
    let found = try findings(
      "variables: {q: {}}\ndesign: none",
      [("q", ["1"]), ("pspwght", ["1"]), ("Stratum", ["1"]), ("psu", ["1"]), ("vekt", ["2"])])
    #expect(
      found.dropFirst().map(\.id) == [
        "weight-not-named", "design-not-named", "design-not-named", "weight-not-named",
      ])
    #expect(found[1].remedy == "If it is one, write `weights: {pspwght: {var: pspwght}}`.")
    #expect(found[2].remedy == "If it is one, write `design: {strata: Stratum}`.")
  }

  @Test func `rows, hash, identifiers and national numbers are checked`() throws {
    let numbers = ["01010750160", "15021951940", "02050585019", "01010750160"]
    let found = try findings(
      """
      file: {rows: 5, sha256: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef}
      variables: {id: {type: text, role: id}, fnr: {type: text}}
      """, [("id", ["a", "b", "a", "c"]), ("fnr", numbers)], hash: "ff")
    #expect(found.map(\.id) == ["row-count", "sha256", "duplicate-id", "national-id"])
    #expect(found[0].text == "the codebook states 5 rows, but the file has 4")
    #expect(found[2].text == "1 identifier stands in several rows, such as a in 2")
  }

  @Test(arguments: [
    (["1", "", "2"], "error weight-missing w: the weight is missing in 1 row"),
    (["1", "-1", "2"], "error weight-negative w: the weight is negative in 1 row"),
    (["0", "0", "0"], "error weight-zero w: no row has a weight above zero"),
    (["2", "2", "2"], "information weight-equal w: all weights are 2"),
    (
      ["0", "3", "2"],
      "information weight-zero w: the weight is zero in 1 row, which stay in the design but are "
        + "not counted"
    ),
    (
      ["0.5", "1.5", "1"],
      "information weight-normalized w: the weights add up to the number of rows, so totals are "
        + "not those of the population"
    ),
  ]) func `odd weights are said`(fields: [String], sentence: String) throws {
    let found = try findings(
      "variables: {weight: {type: decimal}}\nweights: {w: {var: weight}}", [("weight", fields)])
    #expect(sentences(found).contains(sentence))
  }

  @Test func `a column that cannot be read is a finding`() throws {
    let found = try findings(
      "variables: {a: {type: integer}, b: {type: integer}}",
      [("a", ["1", "x"]), ("b", ["1", "2"])])
    #expect(sentences(found) == ["error unreadable a: 'x' is not a number"])
  }

  @Test func `answers outside the universe and lonely units are found`() throws {
    let found = try findings(
      """
      variables:
        age: {type: integer, range: [0, 120]}
        vote: {codes: {1: yes, 2: no}, universe: {where: age >= 18}}
        region: {}
        town: {}
      design: {strata: region, psu: town}
      """,
      [
        ("age", ["17", "18", "15", "40"]), ("vote", ["1", "2", "", "1"]),
        ("region", ["1", "1", "2", "2"]), ("town", ["1", "2", "3", "3"]),
      ])
    #expect(
      sentences(found) == [
        "warning outside-universe vote: 1 row outside the universe `age >= 18` has an answer",
        "error lonely-psu region: strata with one sampling unit: 2",
      ])
  }
}
