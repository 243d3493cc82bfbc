import SurveyData
import SurveyModels
import SurveyStatistics
import Testing

@Suite("Outcomes that are certain, nearly so, or shares")
struct ModelAnswerTests {
  /// y is 1 for everybody with g = 1, c is 0, o is 3; but for one row of the weight given.
  private func survey(oddWeight: Double?) throws -> Survey {
    let odd = oddWeight == nil ? 0 : 1
    func column(_ value: (Int) -> Double, _ last: Double) -> Column {
      Answers.numbers((0..<40).map(value) + Array(repeating: last, count: odd))
    }
    return try Answers.survey(
      [
        ("y", column({ $0 % 2 == 1 ? 1 : Double($0 % 4 / 2) }, 0)),
        ("c", column({ $0 % 2 == 1 ? 0 : Double($0 % 3) }, 2)),
        ("o", column({ $0 % 2 == 1 ? 3 : Double(1 + $0 / 2 % 3) }, 1)),
        ("g", column({ Double($0 % 2) }, 1)), ("w", column({ _ in 1 }, oddWeight ?? 1)),
      ], weight: "w")
  }

  @Test(
    arguments: [
      (.logistic, "y", "'y' is always 1 where 'g' is 1 (20 respondents); a logit"),
      (.probit, "y", "'y' is always 1 where 'g' is 1 (20 respondents); a probit"),
      (
        .cloglog, "y",
        "'y' is always 1 where 'g' is 1 (20 respondents); a complementary log-log model"
      ),
      (.poisson, "c", "'c' is always 0 where 'g' is 1 (20 respondents); a Poisson model"),
    ] as [(ModelFamily, String, String)])
  func `separation has the name of its family`(
    _ family: ModelFamily, _ outcome: String, _ expected: String
  ) throws {
    let survey = try survey(oddWeight: nil)
    let said = message { _ = try survey.fit("\(outcome) ~ factor(g)", family: family) }
    #expect(said.hasPrefix(expected + " has no finite estimate there\n"), "\(said)")
  }

  @Test(
    arguments: [
      (.logistic, "y"), (.probit, "y"), (.cloglog, "y"), (.poisson, "c"),
    ] as [(ModelFamily, String)])
  func `one row that hardly counts and alone breaks a separation is said`(
    _ family: ModelFamily, _ outcome: String
  ) throws {
    let fit = try survey(oddWeight: 1e-12).fit("\(outcome) ~ factor(g)", family: family)
    #expect(fit.notes.map(\.id) == ["model.tiny-weights"])
    let plain = try survey(oddWeight: 0.5).fit("\(outcome) ~ factor(g)", family: family)
    #expect(plain.notes.isEmpty)
  }

  @Test(arguments: CategoryFamily.allCases)
  func `so it is in models of several answers`(_ family: CategoryFamily) throws {
    let outcome = family == .ordinal ? "o" : "y"
    let fit = try survey(oddWeight: 1e-12).fit("\(outcome) ~ factor(g)", categories: family)
    #expect(fit.notes.map(\.id) == ["model.tiny-weights"])
  }

  /// Reference values of `svyglm(…, family = quasibinomial(link))` of R's survey 4.1.
  @Test(
    arguments: [
      (
        .logistic,
        [
          0.0233155159958523, -0.0335552787293789, 0.304030845604799, 0.147458057429747,
          25.1941439312197,
        ]
      ),
      (
        .probit,
        [
          0.0145931069555606, -0.0210157036414923, 0.190507707897388, 0.0923776204247305,
          25.1941525284227,
        ]
      ),
      (
        .cloglog,
        [
          -0.34912829162461, -0.0246367645486437, 0.219525971290201, 0.107538143421004,
          25.1939261630931,
        ]
      ),
    ] as [(ModelFamily, [Double])])
  func `a share is modelled as R's quasibinomial does`(
    _ family: ModelFamily, _ expected: [Double]
  ) throws {
    var shares = (0..<60).map { Double($0 * 37 % 101) / 100 }
    (shares[2], shares[8]) = (0, 1)
    let survey = try Answers.survey(
      [
        ("s", Answers.numbers(shares)),
        ("x", Answers.numbers((0..<60).map { Double($0 * 13 % 17) / 4 })),
        ("w", Answers.numbers((0..<60).map { 1 + Double($0 % 5) / 4 })),
        ("st", Answers.numbers((0..<60).map { Double(1 + $0 / 20) })),
        ("ps", Answers.numbers((0..<60).map { Double(1 + $0 / 4) })),
      ], weight: "w", strata: "st", psu: ["ps"])
    let fit = try survey.fit("s ~ x", family: family)
    let found =
      fit.rows.map(\.estimate) + fit.rows.map(\.standardError) + [fit.deviance, fit.nullDeviance]
    for (number, value) in zip(found, expected + [25.2194860901809]) {
      expectClose(number, value, tolerance: 1e-7, family.rawValue)
    }
    #expect(fit.event == nil && fit.notes.map(\.id) == ["model.share-outcome"])
    #expect(try survey.fit("s ~ x").family == .linear)
    // A prediction's error knows the rows when covariates are drawn too.
    var options = MarginOptions()
    options.covariates = .joint
    #expect(try fit.predictions(at: "x=1", options: options).rows[0].standardError > 0)
  }

  @Test func `an offset can be set`() throws {
    let survey = try Answers.survey([
      ("c", Answers.numbers([1, 2, 4, 3, 6, 8])), ("t", Answers.numbers([1, 1, 2, 2, 4, 4])),
      ("x", Answers.numbers([0, 1, 0, 1, 0, 1])),
    ])
    let fit = try survey.fit("c ~ x + offset(log(t))", family: .poisson)
    let means = try fit.predictions(at: "t=1,3; x=0").rows.map(\.estimate)
    expectClose(means[1] / means[0], 3, tolerance: 1e-12, "the rate times the time")
  }
}
