import SurveyData
import SurveyStatistics
import Testing

@Suite("Planned samples") struct SamplePlanTests {
  /// `z²pq∕d²` and with N = 1000 Cochran's `n₀ ∕ (1 + (n₀ − 1)∕N)`.
  @Test func `a share within a margin, of very many and of a thousand`() throws {
    var plan = try SamplePlan(.proportion(0.5))
    expectClose([try plan.size(margin: 0.05)], [384.145882069412])
    plan.population = 1000
    expectClose([try plan.size(margin: 0.05)], [277.733453173188])
    plan.population = nil
    plan.designEffect = 2
    expectClose([try plan.size(margin: 0.05)], [2 * 384.145882069412])
  }

  /// `(z s∕d)²` and with N = 500 `n₀ ∕ (1 + n₀∕N)`.
  @Test func `a mean within a margin`() throws {
    var plan = try SamplePlan(.mean(standardDeviation: 15))
    expectClose([try plan.size(margin: 2)], [216.082058664044])
    plan.population = 500
    expectClose([try plan.size(margin: 2)], [150.878000677169])
  }

  /// `power.prop.test(p1 = , p2 = , power = )` of R 4.2 with `tol = 1e-12`.
  @Test(arguments: [
    (0.5, 0.75, 0.9, 76.7069284517774), (0.5, 0.6, 0.8, 387.338516699036),
    (0.1, 0.12, 0.9, 5141.30618303806),
  ])
  func `two groups, as R's power.prop.test`(a: Double, b: Double, power: Double, n: Double) throws {
    let plan = try SamplePlan(.difference(a, b))
    expectClose([try plan.size(power: power)], [n])
    expectClose([plan.power(n)], [power])
  }

  @Test func `the power of a given size, and two in one group for one in the other`() throws {
    var plan = try SamplePlan(.difference(0.5, 0.6))
    expectClose([plan.power(400)], [0.812515577915053])
    // By Fleiss's formula with r = 2.
    plan.ratio = 2
    expectClose([try plan.size(power: 0.8)], [289.493072184077])
    #expect(plan.people(100) == 300)
  }

  /// ψ = 0.7·0.3 + 0.6·0.4 − 2·0.4·√(0.21·0.24) + 0.1² = 0.2804; Connor's `(z√ψ + z_β√(ψ − Δ²))² ∕ Δ²`.
  @Test func `a gap of the same people, by hand`() throws {
    let plan = try SamplePlan(.gap(0.7, 0.6, correlation: 0.4))
    expectClose([try plan.size(power: 0.8)], [217.710088446373788])
    let spread = 0.280400445434851 - 0.01
    expectClose([plan.margin(100)], [1.959963984540054 * (spread / 100).squareRoot()])
  }

  @Test func `a census knows everything`() throws {
    for estimand in [
      SamplePlan.Estimand.proportion(0.3), .mean(standardDeviation: 2), .difference(0.3, 0.4),
      .gap(0.3, 0.4, correlation: 0),
    ] {
      var plan = try SamplePlan(estimand)
      plan.population = 50
      #expect(plan.margin(50) == 0)
      #expect(try plan.size(margin: 1e-9) <= 50)
    }
  }

  @Test func `every fault has its own sentence`() throws {
    func message(_ body: () throws -> Void) -> String {
      do { try body() } catch { return "\(error)" }
      return ""
    }
    #expect(message { _ = try SamplePlan(.proportion(30)) }.hasPrefix("a share is 30"))
    #expect(message { _ = try SamplePlan(.mean(standardDeviation: 0)) }.contains("deviation is 0"))
    #expect(
      message { _ = try SamplePlan(.gap(0.9, 0.2, correlation: 0.8)) } == """
        shares of 0.9 and 0.2 cannot correlate 0.8
              It lies between -0.667 and 0.167.
        """)
    let same = try SamplePlan(.difference(0.5, 0.5))
    #expect(message { _ = try same.size(power: 0.8) }.contains("both shares are the same"))
    #expect(message { _ = try same.size(power: 1) }.hasPrefix("the power is 1"))
    #expect(message { _ = try same.size(margin: 0) }.hasPrefix("the margin is 0"))
    #expect(
      message { _ = try SamplePlan(.proportion(0.5)).size(power: 0.8) }.contains("has a margin"))
  }
}
