import SurveyCommands
import Testing
import VektTestSupport

@Suite("paradox decompose and paradox tipping")
struct DecomposeCommandTests {
  /// Forty people in two groups and two levels.
  private func survey() throws -> SmallSurvey {
    var csv = "g,s,age,y\n"
    for (g, s, yes, count) in [(0, 1, 2, 10), (0, 2, 5, 10), (1, 1, 4, 10), (1, 2, 8, 10)] {
      for place in 0..<count {
        csv += "\(g),\(s),\(30 + (place * 7 + s * 3 + g) % 20),\(place < yes ? 1 : 0)\n"
      }
    }
    return try SmallSurvey(csv, codebook: nil)
  }

  @Test func `the parts have their columns and the reference is named`() throws {
    let csv = try survey().run(
      "paradox", "decompose", "DATA", "y", "--by", "g", "--covariates", "s,age", "--format", "csv")
    #expect(csv.status == 0, "\(csv.remarks)")
    let lines = csv.output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(
      lines[0] == [
        "component", "variable", "estimate", "std_error", "share", "statistic", "df", "p_value",
        "conf_low", "conf_high",
      ])
    #expect(
      lines.dropFirst().map { "\($0[0]) \($0[1])" } == [
        "gap ", "explained ", "explained s", "explained age", "unexplained ",
        "unexplained (Intercept)", "unexplained s", "unexplained age",
      ])
    #expect(
      csv.remarks.contains("coefficients that weigh the differences are those of “0” (group0)"))
  }

  @Test func `fairlie prints its seed`() throws {
    let csv = try survey().run(
      "paradox", "decompose", "DATA", "y", "--by", "g", "--covariates", "s,age", "--method",
      "fairlie", "--seed", "7", "--format", "csv")
    #expect(csv.remarks.contains("means of 200 draws in random order, seed 7"))
    let few = try survey().run(
      "paradox", "decompose", "DATA", "y", "--by", "g", "--covariates", "s", "--draws", "9")
    #expect(few.status == 64)
  }

  @Test func `a tipping point has its curve, its point and its levels`() throws {
    let json = try survey().run(
      "paradox", "tipping", "DATA", "y", "--over", "s", "--format", "json")
    #expect(json.status == 0, "\(json.remarks)")
    #expect(
      json.output.contains("\"way\": \"over-reporting\", \"parameter\": 0, \"estimate\": 0.3"))
    #expect(json.output.contains("\"points\": ["))
    #expect(json.output.contains("\"levels\": ["))
    let text = try survey().run(
      "paradox", "tipping", "DATA", "y", "--over", "s", "--language", "nb")
    #expect(text.output.contains("Overrapportering: gradienten er null hvis 50"))
  }
}
