import IntegrationParadox
import SurveyData
import SurveyStatistics
import Testing

/// Thirty people of three groups: in the first everybody gives both judgements and has the outcome.
@Suite("Nothing of the paradox is tested on a variance that nobody knows")
struct UnknownVarianceTests {
  private func survey() throws -> Survey {
    let rows = Array(0..<30)
    let columns: [(String, (Int) -> Double)] = [
      ("g", { Double($0 / 10) }), ("edu", { Double($0 % 2) }),
      ("a", { $0 < 10 || $0 % 3 > 0 ? 1 : 0 }), ("b", { $0 < 10 || $0 % 7 > 2 ? 1 : 0 }),
      ("y", { $0 < 10 || $0 % 5 < 2 ? 1 : 0 }), ("age", { Double(20 + ($0 * 7) % 40) }),
      ("unit", { Double($0 % 10) }),
    ]
    return try Survey(
      Dataset(
        MemorySource(
          columns.map { name, value in
            (name, .numbers(NumericColumn(values: rows.map(value), missing: [.system])))
          })), design: DesignDeclaration(psu: ["unit"]))
  }

  @Test func `gaps of a group that agrees with itself`() throws {
    let gap = try survey().gap("a == 1", "b == 1", by: "g", controls: ["age"])
    #expect(gap.rows.map(\.difference.pValue.isNaN) == [true, false, false, false])
    #expect(gap.differences.allSatisfy { $0.difference.pValue.isNaN })
    #expect(gap.adjusted.allSatisfy { $0.difference.pValue.isNaN })
    #expect(gap.equality?.pValue.isNaN == true && gap.adjustedEquality?.pValue.isNaN == true)
    #expect(gap.notes.map(\.id).contains("estimate.unknown-variance"))
  }

  @Test func `a judgement that everybody gives leaves no gap known`() throws {
    let survey = try survey()
    let gap = try survey.gap("age >= 0", "b == 1", by: "g")
    #expect(gap.rows.allSatisfy { $0.difference.pValue.isNaN })
    #expect(gap.rows.map(\.secondError.isNaN) == [true, false, false, false])
    let found = try survey.discordance("age >= 0", "b == 1", by: "g")
    #expect(found.tests.filter { $0.test == "wald" }.allSatisfy { $0.pValue.isNaN })
    #expect(found.tests.filter { $0.test == "rao-scott" }.allSatisfy { $0.pValue.isNaN })
  }

  @Test func `discordance of a group in which everybody has both`() throws {
    let found = try survey().discordance("a == 1", "b == 1", by: "g")
    #expect(found.rows[0].shareAmongFirst.standardError.isNaN)
    #expect(found.rows[0].kappa.standardError.isNaN)
    #expect(found.differences.allSatisfy { $0.difference.pValue.isNaN })
    let equality = try #require(found.tests.first { $0.test == "equal-shares" })
    #expect(equality.pValue.isNaN)
    #expect(found.notes.map(\.id).contains("estimate.unknown-variance"))
  }

  /// Each level of the first group is 1, so that its rise is 0, with the interval of two exact ones.
  @Test func `gradients and second differences`() throws {
    let found = try survey().gradient(of: "y", over: "edu", by: "g")
    let first = found.rows.filter { $0.group?.code == "0" }
    let rise = try #require(first.first { $0.quantity == .difference })
    #expect(rise.estimate.estimate == 0 && rise.estimate.pValue.isNaN)
    #expect(rise.interval.low < 0 && abs(rise.interval.low + rise.interval.high) < 1e-12)
    let second = found.rows.filter { $0.quantity == .secondDifference }
    #expect(second.count == 2 && second.allSatisfy { $0.estimate.pValue.isNaN })
    #expect(
      found.tests.filter { $0.test == "second-differences" }.allSatisfy { $0.pValue.isNaN })
    #expect(found.notes.map(\.id).contains("estimate.unknown-variance"))
  }

  @Test func `prevalence and tipping points`() throws {
    let survey = try survey()
    let prevalence = try survey.prevalence(of: "y == 1", by: "g", interval: .logit)
    #expect(prevalence.equality?.pValue.isNaN == true)
    #expect(prevalence.rows[0].share.standardError.isNaN && prevalence.rows[0].interval.high == 1)
    let tipping = try survey.tipping("y == 1", over: "g")
    #expect(tipping.gradient.pValue.isNaN)
    #expect(tipping.notes.map(\.id).contains("estimate.unknown-variance"))
    #expect(tipping.ways.allSatisfy { $0.includesZero == nil })
  }
}
