import IntegrationParadox
import SurveyData
import SurveyStatistics
import Testing
import VektTestSupport

@Suite("Tipping points")
struct TippingTests {
  /// A simple random sample with so many people a level, of whom some report the outcome.
  private func survey(_ levels: [(yes: Int, of: Int)]) throws -> Survey {
    var (s, y): ([Double], [Double]) = ([], [])
    for (level, count) in levels.enumerated() {
      s += Array(repeating: Double(level), count: count.of)
      y += Array(repeating: 1, count: count.yes) + Array(repeating: 0, count: count.of - count.yes)
    }
    func column(_ values: [Double]) -> Column {
      .numbers(NumericColumn(values: values, missing: [.system]))
    }
    return try Survey(Dataset(MemorySource([("s", column(s)), ("y", column(y))])))
  }

  private func expect(
    _ found: Double?, _ expected: Double, within tolerance: Double = 1e-12,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(
      abs((found ?? .nan) - expected) <= tolerance, "\(found ?? .nan) should be \(expected)",
      sourceLocation: sourceLocation)
  }

  @Test func `two levels by hand`() throws {
    // 25 and 60 per cent: (0.60 − 0.25) ∕ (1 − 0.25) and 1 − 0.25 ∕ 0.60.
    let tipping = try survey([(50, 200), (120, 200)]).tipping("y", over: "s")
    expect(tipping.gradient.estimate, 0.35)
    expect(tipping.ways[0].point?.estimate, 0.35 / 0.75)
    expect(tipping.ways[1].point?.estimate, 1 - 0.25 / 0.6)
    // Slopes of the first: 1 ∕ (1 − p₀) and −(1 − p₁) ∕ (1 − p₀)²; of the second 1 ∕ p₁², − 1 ∕ p₁.
    let v0 = 0.25 * 0.75 / 200 * 400 / 399
    let v1 = 0.6 * 0.4 / 200 * 400 / 399
    let over = (v1 / (0.75 * 0.75) + v0 * (0.4 / 0.5625) * (0.4 / 0.5625)).squareRoot()
    let under = (v0 / 0.36 + v1 * (0.25 / 0.36) * (0.25 / 0.36)).squareRoot()
    expect(tipping.ways[0].point?.standardError, over)
    expect(tipping.ways[1].point?.standardError, under)
    // At the point both levels have the same corrected prevalence.
    expect(tipping.ways[0].correctedLevels[1], 0.25)
    expect(tipping.ways[1].correctedLevels[0], 0.6)
  }

  @Test func `without misreporting the curve begins at the observed gradient`() throws {
    let tipping = try survey([(20, 90), (35, 80), (50, 110), (70, 100)]).tipping("y", over: "s")
    for way in tipping.ways {
      let first = try #require(way.curve.first)
      #expect(first.parameter == 0)
      expect(first.gradient.estimate, tipping.gradient.estimate)
      expect(first.gradient.standardError, tipping.gradient.standardError)
      // The curve falls, and the point lies where its sign changes.
      let gradients = way.curve.map(\.gradient.estimate)
      #expect(gradients == gradients.sorted(by: >))
      let point = try #require(way.point?.estimate)
      for step in way.curve { #expect((step.gradient.estimate > 0) == (step.parameter < point)) }
    }
  }

  @Test(arguments: [0.1, 0.25, 0.4])
  func `misreporting that was put in is found`(_ delta: Double) throws {
    // All levels truly have 40 per cent of 2000; level t over-reports δ t of the others.
    let places = [0.0, 0.5, 1]
    let over = try survey(places.map { (Int((800 + 1200 * delta * $0).rounded()), 2000) })
    expect(try over.tipping("y", over: "s").ways[0].point?.estimate, delta, within: 1e-9)
    // Or keeps silent about δ (1 − t) of it.
    let under = try survey(places.map { (Int((800 * (1 - delta * (1 - $0))).rounded()), 2000) })
    expect(try under.tipping("y", over: "s").ways[1].point?.estimate, delta, within: 1e-9)
  }

  @Test func `a falling gradient is the mirror of a rising one`() throws {
    let rising = try survey([(50, 200), (90, 200), (120, 200)]).tipping("y", over: "s")
    let falling = try survey([(120, 200), (90, 200), (50, 200)]).tipping("y", over: "s")
    for (a, b) in zip(rising.ways, falling.ways) {
      expect(a.point?.estimate, try #require(b.point?.estimate), within: 1e-10)
      expect(a.includesZero, try #require(b.includesZero), within: 1e-10)
    }
    expect(falling.gradient.estimate, -rising.gradient.estimate)
  }

  @Test func `its interval includes zero before its estimate is zero`() throws {
    let tipping = try survey([(50, 200), (120, 200)]).tipping("y", over: "s")
    let includes = try #require(tipping.ways[0].includesZero)
    #expect(includes > 0 && includes < 0.35 / 0.75)
    // A gradient that is not sure in the first place.
    let flat = try survey([(50, 200), (52, 200)]).tipping("y", over: "s")
    #expect(flat.ways.map(\.includesZero) == [0, 0])
  }

  @Test func `levels are chosen and ordered by name`() throws {
    var options = TippingOptions()
    options.levels = ["2", "0"]
    let tipping = try survey([(50, 200), (90, 200), (120, 200)]).tipping(
      "y", over: "s", options: options)
    #expect(tipping.levels.map(\.category.code) == ["2", "0"])
    expect(tipping.gradient.estimate, -0.35)
  }

  @Test func `the jackknife over sampling units agrees`() throws {
    let survey = try Survey(
      Places.dataset("paradox.csv"),
      weight: WeightDeclaration("w", source: .variable("w")),
      design: DesignDeclaration(strata: "stratum", psu: ["psu"]))
    let tipping = try survey.tipping("discr", over: "edu")
    // The straight line through four levels: (−3, −1, 1, 3) ∕ 10 × 3 ∕ 2 … of the reference's linear
    // contrast 1.26907355 (0.13076517), which is Σ (−3, −1, 1, 3) p.
    expect(tipping.gradient.estimate, 1.269_073_55 * 0.3, within: 3e-9)
    expect(tipping.gradient.standardError, 0.130_765_17 * 0.3, within: 3e-9)
    let points = tipping.ways.map { $0.point?.estimate ?? .nan }
    let data = try Places.dataset("paradox.csv")
    let (stratum, psu) = (try data.numeric("stratum").values, try data.numeric("psu").values)
    var variances = [0.0, 0]
    for h in Set(stratum) {
      let units = Set(stratum.indices.filter { stratum[$0] == h }.map { psu[$0] })
      let n = Double(units.count)
      for unit in units {
        let weight =
          "w * (1 - (stratum == \(Int(h)) and psu == \(Int(unit)))) * "
          + "(1 + (stratum == \(Int(h))) * \(1 / (n - 1)))"
        let replicate = try Survey(
          data, weight: WeightDeclaration("r", source: .expression(weight)),
          design: DesignDeclaration(strata: "stratum", psu: ["psu"]))
        var options = TippingOptions()
        options.level = 0.95
        let found = try replicate.tipping("discr", over: "edu", options: options)
        for way in 0..<2 {
          let miss = (found.ways[way].point?.estimate ?? .nan) - points[way]
          variances[way] += (n - 1) / n * miss * miss
        }
      }
    }
    for way in 0..<2 {
      let error = try #require(tipping.ways[way].point?.standardError)
      #expect(abs(error / variances[way].squareRoot() - 1) < 0.05)
    }
  }

  @Test func `bad input is said plainly`() throws {
    let survey = try survey([(50, 200), (120, 200)])
    func error(_ outcome: String, _ change: (inout TippingOptions) -> Void) -> String? {
      var options = TippingOptions()
      change(&options)
      return #expect(throws: SurveyError.self) {
        try survey.tipping(outcome, over: "s", options: options)
      }?.problem
    }
    #expect(
      error("y") { $0.levels = ["0", "9"] }
        == "has no level '9' among those with answers: '0', '1'")
    #expect(
      error("y") { $0.levels = ["0"] } == "a gradient needs two different levels, and there is 1")
    #expect(error("y + 1") { _ in } == "has the value 2, and the outcome is yes or no")
    #expect(
      error("y") { $0.specificity = 0.7 }
        == "25 per cent report the outcome, which a sensitivity of 1 and a specificity of 0.7 cannot give"
    )
  }
}
