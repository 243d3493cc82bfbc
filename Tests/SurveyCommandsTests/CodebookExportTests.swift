import Foundation
import FoundationXML
import SurveyCommands
import Testing
import VektTestSupport

@Suite("A codebook for others")
struct CodebookExportTests {
  private static let yaml = """
    vekt: 1
    language: nb
    study:
      id: small
      title: {nb: "Liten & god", en: Small}
      source: {producer: Vekt, doi: 10.1/x, edition: "2", collected: 2024-01, mode: web, fund: none}
      population: {en: Adults}
      licence: CC0
    file: {path: small.csv, rows: 3, delimiter: ",", decimal: ".", encoding: utf-8}
    variables:
      id: {type: integer, role: id}
      q1:
        label: {nb: "Tillit <til> folk", en: Trust}
        question: {nb: "Stoler du på \\"folk\\"?"}
        type: integer
        measure: ordinal
        codes: {0: {nb: Ingen, en: None}, 4: {nb: Full, en: Full}}
        range: [0, 4]
        missing: {7: refused, 8: dont_know, 9: no_answer, 97..99: technical}
        universe: {where: sex == 'f', nb: Kvinner}
      sex: {label: Kjønn, type: text, measure: nominal, codes: {m: Mann, f: Kvinne}}
      k1: {label: It's, type: integer, codes: {0: Nei, 1: Ja}, missing: {5: refused, 6: refused}}
      k2: {type: integer, codes: {0: Nei, 1: Ja}}
      w: {type: decimal, role: weight}
      s: {type: integer, role: stratum}
    groups:
      kinds: {label: Slag, kind: multiple, counted: 1, of: [k1, k2], exclusive: [k2]}
    derived:
      low: {cut: q1, at: [0, 2, 5], labels: [Lav, Høy]}
    weights:
      w: {var: w, default: true}
    design: {strata: s, lonely_psu: average}
    """

  private func exported(_ format: String, _ words: String...) throws -> (String, [String]) {
    let folder = try Places.temporaryFolder()
    let file = folder.appending(path: "small.codebook.yaml")
    try Data(Self.yaml.utf8).write(to: file)
    let response = CommandRunner().run(["codebook", "export", file.path, "--to", format] + words)
    #expect(response.status == 0, "\(response.remarks)")
    return (String(decoding: response.output, as: UTF8.self), response.remarks)
  }

  private static func attribute(_ name: String, of element: XMLElement) -> String? {
    element.attributes?.first { $0.name == name }?.stringValue
  }

  @Test func `DDI holds every variable, code and reason in all languages`() throws {
    let (text, remarks) = try exported("ddi")
    #expect(remarks.isEmpty)
    let document = try XMLDocument(xmlString: text)
    let root = try #require(document.rootElement())
    #expect(root.name == "codeBook")
    let variables = try document.nodes(forXPath: "//*[local-name()='var']")
      .compactMap { $0 as? XMLElement }
    #expect(
      variables.compactMap { Self.attribute("name", of: $0) }
        == ["id", "q1", "sex", "k1", "k2", "w", "s", "low"])
    let trust = variables[1]
    #expect(Self.attribute("nature", of: trust) == "ordinal")
    #expect(Self.attribute("intrvl", of: trust) == "discrete")
    #expect(Self.attribute("wgt-var", of: trust) == "V6")
    let labels = trust.elements(forName: "labl")
    #expect(labels.map(\.stringValue) == ["Tillit <til> folk", "Trust"])
    // In the order that the standard prescribes.
    #expect(
      (trust.children ?? []).compactMap(\.name) == [
        "labl", "labl", "qstn", "valrng", "invalrng", "universe", "catgry", "catgry", "catgry",
        "catgry", "catgry", "varFormat", "notes",
      ])
    let missing = trust.elements(forName: "catgry")
      .filter { Self.attribute("missing", of: $0) == "Y" }
    #expect(
      missing.compactMap { Self.attribute("missType", of: $0) }
        == ["refused", "dont_know", "no_answer"])
    #expect(text.contains("<derivation var=\"V2\">"))
    #expect(text.contains("type=\"multipleResp\" var=\"V4 V5\""))
    #expect(text.contains("<titl xml:lang=\"nb\">Liten &amp; god</titl>"))
  }

  @Test func `Table Schema lists what is valid, and names what it loses`() throws {
    let (text, remarks) = try exported("table-schema", "--language", "en")
    let schema = try #require(
      JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let fields = try #require(schema["fields"] as? [[String: Any]])
    let trust = try #require(fields.first { $0["name"] as? String == "q1" })
    #expect(trust["title"] as? String == "Trust")
    let categories = try #require(trust["categories"] as? [[String: Any]])
    #expect(categories.compactMap { $0["value"] as? Int } == [0, 1, 2, 3, 4])
    #expect(categories.compactMap { $0["label"] as? String } == ["None", "1", "2", "3", "Full"])
    #expect(trust["categoriesOrdered"] as? Bool == true)
    let reasons = try #require(trust["vekt:missingReasons"] as? [String: String])
    #expect(reasons == ["7": "refused", "8": "dont_know", "9": "no_answer"])
    #expect(schema["primaryKey"] as? [String] == ["id"])
    #expect(remarks.contains { $0.contains("left out: nb") })
    #expect(remarks.contains { $0.contains("ranges of missing values") && $0.contains("q1") })
  }

  @Test func `SPSS and Stata get labels, missing values and the design`() throws {
    let (sps, remarks) = try exported("sps")
    #expect(sps.contains("VARIABLE LABELS k1 'It''s'."))
    #expect(sps.contains("VALUE LABELS sex\n  'm' 'Mann'\n  'f' 'Kvinne'."))
    // Four values and a range are one range, in which nobody valid is.
    #expect(sps.contains("MISSING VALUES q1 (7 THRU 99)."))
    #expect(sps.contains("MISSING VALUES k1 (5, 6)."))
    #expect(sps.contains("VALUE=1."))
    #expect(remarks.contains { $0.contains("computed") && $0.contains("low") })
    let (program, losses) = try exported("do")
    #expect(program.contains("mvdecode q1, mv(8=.d)"))
    #expect(program.contains("replace q1 = .t if q1 >= 97 & q1 <= 99 & !missing(q1)"))
    #expect(program.contains("svyset _n [pweight = w], strata(s) singleunit(scaled)"))
    #expect(losses.contains { $0.contains("labels of text") && $0.contains("sex") })
    #expect(losses.contains { $0.contains("same reason") && $0.contains("k1") })
  }

  @Test func `SPSS and Stata get the formats that they have`() throws {
    let survey = try SmallSurvey(
      "a,b,c\n1,2,2024-05-01\n",
      codebook: """
        vekt: 1
        variables:
          a: {type: decimal, format: "%9.2fc"}
          b: {type: decimal, unit: s, format: TIME8}
          c: {type: date, format: MOYR8}
        groups: {picks: {kind: choices, of: [a, b]}}

        """)
    let book = survey.folder.appending(path: "small.codebook.yaml").path
    let sps = survey.run("codebook", "export", book, "--to", "sps").output
    #expect(sps.contains("FORMATS a (COMMA9.2).\nFORMATS b (TIME8)."))
    #expect(sps.contains("MRSETS /MCGROUP NAME=$picks"))
    #expect(!sps.contains("VALUE="))
    #expect(survey.run("codebook", "export", book, "--to", "do").output.contains("format a %9.2fc"))
    #expect(!sps.contains("MOYR8"), "dates of a CSV file are text until somebody converts them")
  }

  @Test func `two codebooks differ by variable, aspect and code`() throws {
    let folder = try Places.temporaryFolder()
    let (old, new) = (
      folder.appending(path: "old.codebook.yaml").path,
      folder.appending(path: "new.codebook.yaml").path
    )
    try Data(Self.yaml.utf8).write(to: URL(filePath: old))
    let changed = Self.yaml.replacing("8: dont_know", with: "8: refused")
      .replacing("m: Mann", with: "m: Gutt").replacing("  k2:", with: "  k3: {}\n  k2:")
      .replacing("at: [0, 2, 5]", with: "at: [0, 3, 5]").replacing("rows: 3", with: "rows: 4")
    try Data(changed.utf8).write(to: URL(filePath: new))
    let response = CommandRunner().run(["codebook", "diff", old, new, "--format", "csv"])
    #expect(response.status == 0)
    #expect(
      String(decoding: response.output, as: UTF8.self) == """
        variable,aspect,code,old,new
        ,rows,,3,4
        q1,missing,8,dont_know,refused
        sex,codes,m,Mann,Gutt
        k3,variable,,,k3
        low,rule,,"cut q1 at 0, 2, 5","cut q1 at 0, 3, 5"

        """)
    let same = CommandRunner().run(["codebook", "diff", old, old, "--language", "en"])
    #expect(String(decoding: same.output, as: UTF8.self).contains("say the same"))
  }

  @Test func `an unknown format is named`() {
    let response = CommandRunner().run(["codebook", "export", "x.codebook.yaml", "--to", "docx"])
    #expect(response.status == 64)
  }
}
