import SurveyData
import SurveyReaders
import Testing
import VektTestSupport

@Suite struct WeightAdjustmentTests {
  private static let head = """
    vekt: 1
    variables: {sex: {codes: {1: Man, 2: Woman}}, region: {}, answered: {type: integer}}
    weights:
      new:
        var: new
        adjusted:

    """

  private func steps(_ lines: String...) throws -> [WeightAdjustment] {
    let text = Self.head + lines.map { "      - \($0)\n" }.joined()
    return try Codebook(parsing: text, name: "c").weights[0].adjustments
  }

  @Test func `every step of a weight is read`() throws {
    let read = try steps(
      "{step: nonresponse, of: w, responded: answered == 1, by: [sex]}",
      "{step: rake, of: w1, by: [sex, region], totals: t.csv, reason: the register}",
      "{step: calibrate, of: w2, formula: sex * region, method: logit, bounds: [0.5, HI], covariance: [[2, 1], [1, 3]]}",
      "{step: trim, bounds: [0.3, 3]}", "{step: normalize, to: n}")
    #expect(
      read == [
        WeightAdjustment(.nonresponse, of: "w", by: ["sex"], responded: "answered == 1"),
        WeightAdjustment(
          .rake, of: "w1", by: ["sex", "region"], totals: "t.csv",
          reason: LocalizedText("the register", in: "en")),
        WeightAdjustment(
          .calibrate, of: "w2", formula: "sex * region", method: .logit, bounds: 0.5...(.infinity),
          totalsCovariance: [[2, 1], [1, 3]]),
        WeightAdjustment(.trim, bounds: 0.3...3), WeightAdjustment(.normalize, target: "n"),
      ])
    #expect(read.map(\.step.countsInVariance) == [true, true, true, false, false])
  }

  @Test func `what is written reads back the same`() throws {
    var book = try Codebook(parsing: Self.head + "      - {step: other}", name: "c")
    book.path = nil
    book.weights[0].isDefault = true
    book.weights[0].adjustments = [
      WeightAdjustment(
        .calibrate, of: "w", formula: "sex + `a b`", method: .raking, bounds: -1.5...2.25,
        totals: "t: 1.csv", totalsCovariance: [[0.1, -1e-20], [-1e-20, 1e300]],
        reason: LocalizedText([("nb", "Årsak"), ("en", "Why: this")])),
      WeightAdjustment(.nonresponse, of: "w1", by: ["sex"], responded: "region != 'x, y'"),
      WeightAdjustment(.normalize, target: "5.5e6"),
    ]
    #expect(try Codebook(parsing: book.yaml(), name: "again") == book)
    #expect(
      book.yaml().contains("    adjusted:\n      - step: calibrate\n        of: w\n"),
      "\(book.yaml())")
    #expect(book.yaml().contains("      - {step: nonresponse, of: w1, "))
  }

  @Test func `the covariance of many totals stands in rows that fit a page`() throws {
    var book = try Codebook(parsing: Self.head + "      - {step: other}", name: "c")
    book.path = nil
    let numbers = (0..<14).map { i in (0..<14).map { j in Double(i * j) * 1234.567_890_1 + 1 / 3.0 }
    }
    book.weights[0].isDefault = true
    book.weights[0].adjustments = [
      WeightAdjustment(.rake, of: "w", by: ["sex"], totals: "t.csv", totalsCovariance: numbers)
    ]
    let text = book.yaml()
    #expect(try Codebook(parsing: text, name: "again") == book)
    let lines = text.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 96 })
    #expect(lines.count { $0.hasPrefix("          - [") } == 14)
  }

  private static let faults = [
    ("{by: sex}", "a step of a weight must say what it does: `step: rake`"),
    ("{step: rak, of: w}", "'step' must be one of poststratify, rake, calibrate, "),
    ("{step: rake, of: w}", "step 'rake' needs `by:`"),
    ("{step: rake, by: sex}", "step 'rake' needs `of:`"),
    ("{step: calibrate, of: w}", "step 'calibrate' needs `formula:`"),
    ("{step: nonresponse, of: w, by: sex}", "step 'nonresponse' needs `responded:`"),
    ("{step: rake, of: w, by: sexx}", "no variable 'sexx' in this codebook"),
    ("{step: rake, of: w, by: sex, formula: sex}", "step 'rake' has no key 'formula'"),
    ("{step: rake, of: w, bye: sex}", "unknown key 'bye' in a step of a weight"),
    ("{step: trim, bounds: [3, 0.3]}", "'bounds' must hold two rising numbers"),
    ("{step: normalize, to: all}", "'to' must be n, N or a number above 0, but is 'all'"),
    (
      "{step: calibrate, of: w, formula: sex, covariance: [[1, 2]]}",
      "'covariance' must have as many numbers in each row as it has rows"
    ),
    (
      "{step: calibrate, of: w, formula: sex, covariance: [[1, 2], [3, 1]]}",
      "'covariance' must be symmetric"
    ),
    ("{step: rake, of: new, by: sex}", "weight 'new' cannot be adjusted from itself"),
  ]

  @Test(arguments: faults) func `a fault in a step has its place`(
    _ line: String, _ problem: String
  ) throws {
    let error = try #require(throws: SurveyError.self) { _ = try steps(line) }
    #expect(error.place?.hasPrefix("c:7:") == true)
    #expect(error.problem.hasPrefix(problem), "\(error.problem)")
  }

  @Test func `variables of a step keep the missing codes of all, its weight does not`() throws {
    let book = try Codebook(
      parsing: """
        vekt: 1
        missing: {default: {9: no_answer}}
        variables: {sex: {type: integer}, w: {type: decimal}, new: {type: decimal}}
        weights: {new: {var: new, adjusted: [{step: rake, of: w, by: [sex]}]}}
        """, name: "c")
    #expect(book.variables.map(\.missing.count) == [1, 0, 0])
  }

  @Test func `checking finds the columns that a step lacks`() throws {
    let book = try Codebook(
      parsing: Self.head + "      - {step: rake, of: old, by: [sex, area]}", name: "c")
    let columns = [
      ("sex", ["1", "2"]), ("region", ["1", "1"]), ("answered", ["1", "1"]), ("new", ["1", "2"]),
      ("old", ["1", "1"]),
    ]
    let found = try book.findings(in: Dataset(TextSource(columns, hash: nil), codebook: book))
    #expect(found.filter { $0.id == "weight-adjustment" }.map(\.variable) == ["new"])
    #expect(found.contains { $0.text.hasPrefix("step 'rake' of the weight cannot be used: ") })
  }

  @Test func `other names of columns reach the formula and the condition`() {
    let step = WeightAdjustment(
      .calibrate, of: "w", by: ["sex"], formula: "sex * factor(age) + `a b` - 1",
      responded: "sex == 'age' and age > 1e5")
    #expect(step.inputNames == ["w", "sex", "age", "a b"])
    let renamed = step.renamed { $0 == "age" ? "AGE" : $0 == "a b" ? "ab" : $0 }
    #expect(renamed.formula == "sex * factor(`AGE`) + `ab` - 1")
    #expect(renamed.responded == "sex == 'age' and `AGE` > 1e5")
  }
}
