import SurveyData
import Testing

@testable import SurveyReaders

@Suite struct CodebookDraftTests {
  /// Twelve rows in which every kind of column occurs.
  private static let columns: [(name: String, fields: [String])] = [
    ("id", (1...12).map { "r\($0)" }),
    ("sex", ["1", "2", "1", "2", "1", "2", "1", "2", "1", "2", "1", ""]),
    ("trust", ["1", "2", "3", "4", "5", "1", "2", "8", "9", "3", "4", "5"]),
    ("region", ["03", "46", "03", "11", "11", "46", "03", "11", "46", "03", "11", "46"]),
    ("born", (1...12).map { "19\($0 + 70)-01-1\($0 % 10)" }),
    (
      "height",
      ["1.7", "1.65", "1.8", "1.75", "1.9", "1.6", "1.55", "1.7", "1.8", "1.82", "", "1.6"]
    ),
    ("weight", ["0.5", "1", "1.5", "1", "0.5", "1.5", "1", "1", "0.5", "1.5", "1", "1"]),
    ("stratum", ["1", "1", "1", "1", "2", "2", "2", "2", "3", "3", "3", "3"]),
    ("answer", ["yes", "no", "yes", "no", "yes", "no", "yes", "no", "yes", "no", "yes", "no"]),
    ("heard", ["no", "yes", "dk", "no", "yes", "no", "yes", "dk", "yes", "no", "yes", "no"]),
    ("said", ["no", "yes", "dk", "no", "yes", "no", "yes", "dk", "yes", "no", "yes", "no"]),
    ("empty", Array(repeating: "", count: 12)),
  ]

  @Test func `a draft from values flags what a person must decide`() throws {
    let draft = try CodebookDraft(Dataset(TextSource(Self.columns)))
    #expect(
      draft.yaml == """
        # A draft: check types and measures, and give labels and missing codes their names.
        # Say how the sample was drawn: `design: {strata: …, psu: …}`, or `design: none`.
        vekt: 1
        language: en
        file:
          path: small.csv
          format: csv
          encoding: utf-8
          rows: 12
        codelists:
          heard: [dk, "no", "yes"]
        variables:
          # Every row has a value of its own. An identifier?
          id: {type: text}
          sex: {type: integer, measure: nominal, codes: [1, 2]}
          # Possibly missing (rows): 8 in 1, 9 in 1. If so, move them to `missing:`, each with its
          # reason.
          trust: {type: integer, measure: ordinal, codes: [1, 2, 3, 4, 5, 8, 9]}
          region: {type: text, measure: nominal, codes: ["03", 11, 46]}
          born: {type: date}
          height: {type: decimal, measure: ratio}
          # Looks like a weight. If so: `weights: {weight: {var: weight}}`.
          weight: {type: decimal, measure: ratio}
          # Looks like a stratum of the design. If so: `design: {strata: stratum}`.
          stratum: {type: integer}
          answer: {type: text, measure: nominal, codes: ["no", "yes"]}
          # If code dk is missing, move it: `missing: {dk: dont_know}`.
          heard: {type: text, measure: nominal, codes: heard}
          # If code dk is missing, move it: `missing: {dk: dont_know}`.
          said: {type: text, measure: nominal, codes: heard}
          # No row has a value.
          empty: {}

        """)
  }

  @Test func `what is applied is not proposed beside it`() throws {
    let draft = try CodebookDraft(Dataset(TextSource(Self.columns)), applying: .design)
    #expect(draft.codebook.defaultWeight?.name == "weight")
    #expect(draft.codebook.design == .declared(DesignDeclaration(strata: "stratum")))
    #expect(draft.comments.top.count == 1)
    #expect(!draft.yaml.contains("If so: `weights:") && !draft.yaml.contains("Say how the sample"))
    #expect(draft.yaml.contains("Applied, since no other column looks like a weight."))
  }

  @Test func `a draft reads back as the codebook that it is, and fits its file`() throws {
    let source = TextSource(Self.columns)
    let draft = try CodebookDraft(Dataset(source))
    let copy = try Codebook(parsing: draft.yaml, name: "draft")
    #expect(copy == draft.codebook)
    #expect(try Codebook(drafting: Dataset(source)) == draft.codebook)
    let found = try copy.findings(in: Dataset(source, codebook: copy))
    #expect(found.allSatisfy { $0.severity != .error })
  }

  @Test(arguments: [
    ([1, 2, 3, 8, 9], [8, 9]), ([1, 2, 3, 4, 5, 6, 7, 8, 9], []), ([1, 2, 7], [7]),
    ([0, 1, 5, 10, 77, 88, 99], [77, 88, 99]), ([-9, -8, 1, 2], [-9, -8]),
    ([15, 40, 60, 999], [999]),
    ([1, 2], []), ([7, 8, 9], []), ([1.5, 9], []), ([20, 21, 66, 67, 68], []), ([1], []),
    ([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 66, 77, 88], [66, 77, 88]),
  ]) func `numbers above a gap and negative ones may be missing codes`(
    numbers: [Double], expected: [Double]
  ) {
    #expect(PossibleMissing.codes(among: numbers) == expected)
  }
}
