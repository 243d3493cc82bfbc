internal import SurveyData
internal import SurveyNumerics
internal import SurveyStatistics

extension Pool {
  /// Checks the estimates and sets up the regression.
  static func data(_ estimates: [StudyEstimate], _ options: PoolingOptions) throws -> PooledData {
    for estimate in estimates {
      guard estimate.standardError > 0, estimate.standardError.isFinite else {
        throw SurveyError(
          .data, at: estimate.name,
          "has the standard error \(estimate.standardError), which is not above 0",
          remedy: "Leave it out with --where, or mend the file.")
      }
      guard estimate.estimate.isFinite else {
        throw SurveyError(.data, at: estimate.name, "has no finite estimate")
      }
    }
    if options.error != .normal, options.method == .fe {
      throw SurveyError(
        .usage, "Knapp and Hartung's error belongs to random effects, not to --method fe",
        remedy: "Choose --method reml, or leave out --knapp-hartung.")
    }
    let width = options.moderators.count + 1
    guard estimates.count > width else {
      throw SurveyError(
        .noAnswer,
        "\(estimates.count) estimate\(estimates.count == 1 ? "" : "s") cannot carry "
          + "\(width) coefficient\(width == 1 ? "" : "s") and a variance between them",
        remedy: "Pool at least \(width + 1).")
    }
    let columns = (0..<width).map { k in estimates.map { k == 0 ? 1 : $0.moderators[k - 1] } }
    var elements = columns.flatMap { $0 }
    let orthogonal = OrthogonalColumns(elements, weights: estimates.map { 1 / $0.variance })
    if let column = orthogonal.dependent.first {
      let name = options.moderators[column - 1]
      let isConstant = Set(estimates.map { $0.moderators[column - 1] }).count == 1
      throw SurveyError(
        .noAnswer, at: name,
        isConstant
          ? "is the same for all estimates, so it moderates nothing"
          : "follows from the moderators before it",
        remedy: "Leave it out of --moderator.")
    }
    orthogonal.coordinates(of: &elements, count: estimates.count)
    return PooledData(
      y: estimates.map(\.estimate), v: estimates.map(\.variance),
      x: Matrix(
        estimates.indices.map { row in
          (0..<width).map { elements[$0 * estimates.count + row] }
        }),
      map: orthogonal.inverse)
  }

  /// The cluster of every estimate as a number; nil when every estimate stands alone.
  static func clusters(_ estimates: [StudyEstimate], coefficients: Int) throws -> [Int]? {
    let names = estimates.compactMap(\.cluster)
    guard names.count == estimates.count else { return nil }
    var numbers: [String: Int] = [:]
    for name in names where numbers[name] == nil { numbers[name] = numbers.count }
    guard numbers.count > coefficients else {
      throw SurveyError(
        .noAnswer,
        "the estimates stand in \(numbers.count) cluster\(numbers.count == 1 ? "" : "s"), which "
          + "cannot carry \(coefficients) coefficient\(coefficients == 1 ? "" : "s")",
        remedy: "Leave out --cluster, or name the column of the studies.")
    }
    guard numbers.count < estimates.count else {
      throw SurveyError(
        .noAnswer, "every estimate stands in a cluster of its own, so nothing is nested",
        remedy: "Leave out --cluster.")
    }
    return names.map { numbers[$0] ?? 0 }
  }

  /// The test of the moderators, and Egger's.
  static func tests(
    _ coefficients: [Double], _ inverse: Matrix, scale: Double, degreesOfFreedom df: Double,
    data: PooledData, options: PoolingOptions
  ) throws -> [TestResult] {
    var tests: [TestResult] = []
    let slopes = Array(coefficients.indices.dropFirst())
    if !slopes.isEmpty {
      let block = Matrix(slopes.map { i in slopes.map { scale * inverse[i, $0] } })
      let b = slopes.map { coefficients[$0] }
      let q = block.quadraticForm(of: b) ?? .nan
      let count = Double(b.count)
      let isF = df.isFinite
      tests.append(
        TestResult(
          test: isF ? "moderators-f" : "moderators", variable: "estimate",
          by: options.moderators.joined(separator: ","), statistic: isF ? q / count : q, df1: count,
          df2: isF ? df : .nan,
          pValue: isF
            ? Distribution.f(numerator: count, denominator: df).upperTail(q / count)
            : Distribution.chiSquared(degreesOfFreedom: count).upperTail(q)))
    }
    if options.testsAsymmetry { tests.append(try asymmetry(data)) }
    return tests
  }

  /// Egger's test: the slope of the estimates on their standard errors, weighted by `1 ∕ v`, with the
  /// dispersion of the regression.
  ///
  /// - Note: Agrees with `regtest(…, model = "lm")` of R's metafor 3.8.
  /// - SeeAlso: Egger, Davey Smith, Schneider and Minder (1997), BMJ 315.
  private static func asymmetry(_ data: PooledData) throws -> TestResult {
    let x = Matrix(data.v.map { [1, $0.squareRoot()] })
    let df = Double(data.y.count - 2)
    guard df > 0,
      let fit = try? StudyRegression(data.y, on: x, weights: data.v.map { 1 / $0 })
    else {
      throw SurveyError(
        .noAnswer, "Egger's test needs three estimates with different standard errors",
        remedy: "Leave out --egger.")
    }
    let t = fit.coefficients[1] / (fit.inverse[1, 1] * fit.q / df).squareRoot()
    return TestResult(
      test: "egger", variable: "estimate", term: "std_error", statistic: t, df1: .nan, df2: df,
      pValue: 2 * Distribution.t(degreesOfFreedom: df).upperTail(abs(t)))
  }
}
