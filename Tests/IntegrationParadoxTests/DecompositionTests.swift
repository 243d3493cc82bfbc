import IntegrationParadox
import SurveyData
import SurveyStatistics
import Testing
import VektTestSupport

/// Compares to an absolute or relative tolerance, whichever is wider.
private func expectNear(
  _ found: Double, _ expected: Double, within tolerance: Double, _ what: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(
    abs(found - expected) <= tolerance * max(1, abs(expected)),
    "\(what): \(found) should be \(expected)", sourceLocation: sourceLocation)
}

@Suite(
  "Decomposition on the reference case of the integration paradox")
struct DecompositionTests {
  static let covariates = ["edu", "female", "age", "expo", "aware"]
  static let rows: [[String: String]] =
    (try? Places.reference("IntegrationParadoxTests/Reference/decompose.csv")) ?? []
  static let cases = Set(rows.compactMap { $0["case"] }).sorted()

  private func survey(scale: Double = 1, derive: String? = nil) throws -> Survey {
    var dataset = try Places.dataset("paradox.csv")
    if let derive { dataset = try dataset.deriving([DerivedVariable(parsing: derive)]) }
    return try Survey(
      dataset, weight: WeightDeclaration("w", source: .expression("w * \(scale)")),
      design: DesignDeclaration(strata: "stratum", psu: ["psu"]))
  }

  @Test func `the table of reference values is there`() { #expect(Self.cases.count == 12) }

  @Test(arguments: cases)
  func `parts and errors agree with R by hand`(_ name: String) throws {
    let words = name.split(separator: " ").map(String.init)
    var options = DecompositionOptions()
    options.method = try #require(DecompositionMethod(rawValue: words[1]))
    options.isThreefold = words[2] == "threefold"
    if !options.isThreefold {
      options.coefficients = try #require(DecompositionCoefficients(rawValue: words[2]))
    }
    let found = try survey().decompose(
      "discr", by: "gen",
      covariates: words[0] == "factor" ? ["factor(edu)", "female", "aware"] : Self.covariates,
      options: options)
    let expected = Self.rows.filter { $0["case"] == name }
    #expect(found.rows.count == expected.count)
    for (row, wanted) in zip(found.rows, expected) {
      #expect(row.component.rawValue == wanted["component"])
      #expect(row.variable == wanted["variable"])
      let what = "\(row.component) \(row.variable)"
      let error = Double(wanted["std_error"] ?? "") ?? .nan
      expectNear(
        row.difference.estimate, Double(wanted["estimate"] ?? "") ?? .nan, within: 1e-9, what)
      #expect(abs(row.difference.standardError / error - 1) < 1e-7, "\(what)")
    }
  }

  @Test func `the printed numbers of the specification, and jackknife errors`() throws {
    let found = try survey().decompose("discr", by: "gen", covariates: Self.covariates)
    let whole = found.rows.filter { $0.variable.isEmpty }.map(\.difference)
    for (part, printed) in zip(whole, [0.267_512_27, 0.068_669_10, 0.198_843_17]) {
      expectNear(part.estimate, printed, within: 6e-9)
    }
    for (part, printed) in zip(whole, [0.039_106_72, 0.031_752_12, 0.052_331_82]) {
      expectNear(part.standardError, printed, within: 6e-9)
    }
    for (part, jackknife) in zip(whole, [0.039_121_31, 0.032_112_36, 0.052_403_36]) {
      #expect(abs(part.standardError / jackknife - 1) < 0.05)
    }
    #expect(found.reference.code == "0" && found.group.code == "1")
    #expect(whole[0].degreesOfFreedom == 24)
  }

  @Test(arguments: DecompositionMethod.allCases, DecompositionCoefficients.allCases)
  func `parts add up`(
    _ method: DecompositionMethod, _ coefficients: DecompositionCoefficients
  ) throws {
    var options = DecompositionOptions()
    options.method = method
    options.coefficients = coefficients
    options.draws = 100
    let found = try survey().decompose(
      "discr", by: "gen", covariates: ["factor(edu)", "expo", "aware"], options: options)
    func sum(_ component: Decomposition.Component) -> Double {
      found.rows.filter { $0.component == component && !$0.variable.isEmpty }
        .reduce(0) { $0 + $1.difference.estimate }
    }
    let whole = found.rows.filter { $0.variable.isEmpty }.map(\.difference.estimate)
    expectNear(whole[1] + whole[2], whole[0], within: 1e-14)
    // Fairlie's draws add up to the difference of the people drawn.
    expectNear(sum(.explained), whole[1], within: method == .fairlie ? 2e-3 : 1e-13)
    if method != .fairlie { expectNear(sum(.unexplained), whole[2], within: 1e-12) }
    expectNear(
      found.means[0].difference.estimate - found.means[1].difference.estimate, whole[0],
      within: 1e-14)
  }

  @Test(arguments: [DecompositionMethod.yun, .oaxaca])
  func `three parts add up, and two of them are the two-part decomposition's`(
    _ method: DecompositionMethod
  ) throws {
    var options = DecompositionOptions()
    options.method = method
    let two = try survey().decompose(
      "discr", by: "gen", covariates: Self.covariates, options: options)
    options.isThreefold = true
    let three = try survey().decompose(
      "discr", by: "gen", covariates: Self.covariates, options: options)
    let whole = three.rows.filter { $0.variable.isEmpty }.map(\.difference.estimate)
    expectNear(whole[1] + whole[2] + whole[3], whole[0], within: 1e-14)
    let (explained, unexplained) = (
      two.rows.filter { $0.variable.isEmpty }[1], two.rows.filter { $0.variable.isEmpty }[2]
    )
    expectNear(whole[1], explained.difference.estimate, within: 1e-14)
    expectNear(whole[2] + whole[3], unexplained.difference.estimate, within: 1e-14)
    for component in [Decomposition.Component.endowments, .coefficients, .interaction] {
      let parts = three.rows.filter { $0.component == component }.map(\.difference.estimate)
      expectNear(parts.dropFirst().reduce(0, +), parts[0], within: 1e-12)
    }
    options.method = .fairlie
    #expect(throws: SurveyError.self) {
      try survey().decompose("discr", by: "gen", covariates: Self.covariates, options: options)
    }
  }

  @Test func `all weights times a number change nothing`() throws {
    let (a, b) = (
      try survey().decompose("discr", by: "gen", covariates: Self.covariates),
      try survey(scale: 1000).decompose("discr", by: "gen", covariates: Self.covariates)
    )
    for (x, y) in zip(a.rows, b.rows) {
      expectNear(x.difference.estimate, y.difference.estimate, within: 1e-11)
      expectNear(x.difference.standardError, y.difference.standardError, within: 1e-11)
    }
  }

  @Test func `which category a factor leaves out changes nothing`() throws {
    let turned = try survey(derive: "turned = 3 - edu")
    let (a, b) = (
      try turned.decompose("discr", by: "gen", covariates: ["factor(edu)", "aware"]),
      try turned.decompose("discr", by: "gen", covariates: ["factor(turned)", "aware"])
    )
    for (x, y) in zip(a.rows, b.rows) {
      expectNear(x.difference.estimate, y.difference.estimate, within: 1e-10)
      expectNear(x.difference.standardError, y.difference.standardError, within: 1e-9)
    }
  }

  @Test func `the other group as reference turns the gap round`() throws {
    var options = DecompositionOptions()
    options.reference = "1"
    options.coefficients = .group1
    let turned = try survey().decompose(
      "discr", by: "gen", covariates: Self.covariates, options: options)
    let plain = try survey().decompose("discr", by: "gen", covariates: Self.covariates)
    for (x, y) in zip(turned.rows, plain.rows) {
      expectNear(x.difference.estimate, -y.difference.estimate, within: 1e-12, x.variable)
      expectNear(x.difference.standardError, y.difference.standardError, within: 1e-11)
    }
  }

  @Test func `Fairlie's draws are those of the seed`() throws {
    func parts(seed: UInt64) throws -> [Double] {
      var options = DecompositionOptions()
      options.method = .fairlie
      options.seed = seed
      return try survey().decompose(
        "discr", by: "gen", covariates: Self.covariates, options: options
      ).rows.map(\.difference.estimate)
    }
    let (one, same, other) = (try parts(seed: 1), try parts(seed: 1), try parts(seed: 2))
    #expect(one == same)
    #expect(one != other)
    for (a, b) in zip(one, other) { expectNear(a, b, within: 3e-3) }
  }

  @Test func `a small sum of terms is a warning`() throws {
    let found = try survey().decompose("discr", by: "gen", covariates: ["female"])
    #expect(found.notes.map(\.id).contains("decompose.small-sum"))
  }
}

@Suite("Decomposition by hand")
struct DecompositionHandTests {
  /// In the reference half have x, and 2 of 10 without and 6 of 10 with it have y; in the other group
  /// three quarters have x, and 4 and 8 of 10.
  private func survey() throws -> Survey {
    var columns: (g: [Double], x: [Double], y: [Double]) = ([], [], [])
    for (g, x, y, count) in [
      (0, 0, 1, 20), (0, 0, 0, 80), (0, 1, 1, 60), (0, 1, 0, 40),
      (1, 0, 1, 20), (1, 0, 0, 30), (1, 1, 1, 120), (1, 1, 0, 30),
    ] {
      columns.g += Array(repeating: Double(g), count: count)
      columns.x += Array(repeating: Double(x), count: count)
      columns.y += Array(repeating: Double(y), count: count)
    }
    func column(_ values: [Double]) -> Column {
      .numbers(NumericColumn(values: values, missing: [.system]))
    }
    return try Survey(
      Dataset(
        MemorySource([
          ("g", column(columns.g)), ("x", column(columns.x)), ("y", column(columns.y)),
          ("third", column(columns.g.indices.map { Double($0 % 3) })),
          ("constant", column(columns.g.map { $0 == 0 ? 1 : 2 })),
        ])))
  }

  @Test(arguments: [DecompositionMethod.yun, .oaxaca])
  func `a saturated model`(_ method: DecompositionMethod) throws {
    // Means 0.4 and 0.25 × 0.4 + 0.75 × 0.8 = 0.7; with the reference's chances the other group would
    // have 0.25 × 0.2 + 0.75 × 0.6 = 0.5.
    var options = DecompositionOptions()
    options.method = method
    let found = try survey().decompose("y", by: "g", covariates: ["x"], options: options)
    let whole = found.rows.filter { $0.variable.isEmpty }
    for (part, value) in zip(whole, [0.3, 0.1, 0.2]) {
      expectNear(part.difference.estimate, value, within: 1e-12)
    }
    expectNear(whole[1].share, 1.0 / 3, within: 1e-11)
    // The gap of two independent shares: √(0.7 × 0.3 ∕ 199 … ) with 400 rows in one stratum.
    let variance = (0.4 * 0.6 / 200 + 0.7 * 0.3 / 200) * 400 / 399
    expectNear(whole[0].difference.standardError, variance.squareRoot(), within: 1e-12)
  }

  @Test func `bad input is said plainly`() throws {
    let survey = try survey()
    func error(_ covariates: [String], by group: String = "g") -> String? {
      let error = #expect(throws: SurveyError.self) {
        try survey.decompose("y", by: group, covariates: covariates)
      }
      return error.map { ($0.place.map { "\($0): " } ?? "") + $0.problem }
    }
    #expect(error([]) == "there are no covariates to explain the gap with")
    #expect(error(["g"]) == "'g' makes the gap, so it cannot explain it")
    #expect(
      error(["x"], by: "third")
        == "third: a gap is between two groups, and there are 3 with answers: '0', '1', '2'")
    #expect(
      error(["constant"])
        == "g 0: 'constant' is constant or follows from other covariates among its 200 respondents, "
        + "so its coefficient is unknown")
    #expect(error(["x*g"])?.hasPrefix("covariates are variables or expressions") == true)
  }
}
