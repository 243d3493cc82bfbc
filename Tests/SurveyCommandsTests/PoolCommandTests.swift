import Foundation
import SurveyCommands
import Testing
import VektTestSupport

@Suite("paradox pool")
struct PoolCommandTests {
  private func run(_ csv: String, _ words: String...) throws -> SmallSurvey.Result {
    try SmallSurvey(csv, codebook: nil).result(["paradox", "pool", "DATA"] + words)
  }

  static let three = """
    study,estimate,std_error,wave,country
    a,0,1,2019,no
    b,2,1,2021,no
    c,1,0.5,2023,se

    """

  @Test func `rows and heterogeneity have their columns`() throws {
    let csv = try run(Self.three, "--method", "dl", "--format", "csv").output
    #expect(
      csv.hasPrefix(
        "study,estimate,std_error,weight,statistic,df,p_value,conf_low,conf_high,kind\na,0,1,"))
    #expect(csv.contains("\npooled,"))
    let json = try run(Self.three, "--format", "json").output
    #expect(
      json.contains("\"heterogeneity\": [\n    {\"tau2\": 0, \"i2\": 0, \"h2\": 1, \"q\": 2,"))
  }

  @Test func `what a new study may find is an open diamond on a bar with ends`() throws {
    let survey = try SmallSurvey(Self.three, codebook: nil)
    let svg = survey.result(["paradox", "pool", "DATA", "--chart", "--format", "svg"]).output
    let open = svg.split(separator: "\n").filter { $0.contains("l7 -6l7 6l-7 6z") }
    #expect(open.count == 1, "\(svg)")
    #expect(open.allSatisfy { $0.contains("fill=\"none\"") })
    // Three studies have squares.
    #expect(
      svg.split(separator: "\n").filter { $0.contains("h-") && $0.contains("z\"") }.count == 3)
  }

  @Test func `a result of another verb is pooled by what tells its rows apart`() throws {
    let csv = """
      term,variable,category,estimate,std_error,country
      edu,edu,,0.2,0.1,no
      edu,edu,,0.4,0.2,se
      age,age,,9,0.1,no

      """
    let result = try run(csv, "--where", "term == 'edu'", "--format", "csv", "--method", "fe")
    #expect(result.status == 0)
    #expect(result.output.split(separator: "\n").count == 4)
    #expect(result.output.contains("\nno,0.2,0.1,") && result.output.contains("\nse,0.4,0.2,"))
  }

  @Test func `coefficients are pooled as partial correlations`() throws {
    // `escalc(measure = "PCOR", ti = c(2, 1), ni = c(104, 64), mi = 2)`: df = ni − mi − 1 = 101, 61.
    let csv = """
      study,estimate,std_error,df
      a,0.4,0.2,101
      b,0.3,0.3,61

      """
    func rows(_ effect: String) throws -> [[Double]] {
      try run(csv, "--effect", effect, "--method", "fe", "--format", "csv").output
        .split(separator: "\n").dropFirst().prefix(2).map { line in
          line.split(separator: ",").dropFirst().prefix(2).compactMap { Double($0) }
        }
    }
    let r = try rows("partial-r")
    #expect(abs(r[0][0] - 0.195180014589707) < 1e-12 && abs(r[0][1] - 0.0957131011535323) < 1e-12)
    #expect(abs(r[1][0] - 0.127000127000191) < 1e-12 && abs(r[1][1] - 0.125971768966236) < 1e-12)
    let z = try rows("fisher-z")
    #expect(abs(z[0][0] - 0.197716730520589) < 1e-12 && abs(z[0][1] - 0.1) < 1e-12)
    let without = try run(Self.three, "--effect", "partial-r")
    #expect(without.remarks.contains("no column 'df'"))
  }

  @Test func `an estimate that is missing is left out and counted`() throws {
    let csv = Self.three + "d,,1,2024,se\n"
    let result = try run(csv, "--format", "csv")
    #expect(result.remarks.contains("1 row without an estimate, error or moderator is not pooled."))
    #expect(try run(csv).output.contains("Rows read 4: 3 pooled, 1 without an estimate"))
  }

  @Test func `bad input is said plainly`() throws {
    #expect(
      try run(Self.three, "--estimate-column", "estimat").remarks
        == "vekt: small.csv: no column 'estimat'\n      Did you mean 'estimate'?")
    #expect(
      try run(Self.three + "d,1,0,2024,se\n").remarks.hasPrefix(
        "vekt: small.csv: row 4: 'std_error' is 0, and an error is above 0"))
    #expect(
      try run(Self.three, "--cluster", "country", "--knapp-hartung").remarks.contains(
        "--cluster is a three-level model by REML"))
    #expect(
      try run(Self.three, "--moderator", "country", "--where", "country == 'no'").remarks.contains(
        "country: is the same for all estimates, so it moderates nothing"))
  }

  @Test func `a text moderator has a coefficient for each category but the first`() throws {
    let csv = try run(Self.three + "d,3,1,2024,se\n", "--moderator", "country", "--format", "csv")
    #expect(csv.output.contains("\ncountry=se,"))
    #expect(csv.output.contains("\n(Intercept),"))
  }
}
