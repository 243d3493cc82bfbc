internal import SurveyNumerics
internal import SurveyStatistics

extension CategoryFit {
  /// The name of the test that coefficients are the same at every cut point.
  static let proportionalOdds = "proportional-odds"

  /// Tests that the coefficients are the same at every cut point.
  var proportionalOddsTests: [TestResult] {
    oddsContrasts.map {
      $0.estimates.waldTest(
        Self.proportionalOdds, variable: formula.outcome.name, term: $0.term)
    }
  }

  /// Adds tests that the coefficients are the same at every cut point.
  ///
  /// Fits a logistic model of `y > j` for every cut point j, all on the same respondents, with the
  /// joint covariance of their coefficients; a Wald F asks whether those of each cut point equal
  /// those of the first, for all terms together (an empty term) and term by term.
  ///
  /// - Note: Brant's test (1990, Biometrics 46) with the covariance of the design in place of the
  ///   multinomial one.
  func testingProportionalOdds(
    _ model: ModelTerms, frame: ModelFrame, matrix: ModelMatrix, outcome: CategoryOutcome,
    in survey: Survey
  ) throws -> CategoryFit {
    let cuts = outcome.categories.count - 1
    guard cuts > 1, matrix.width > 1, let df = rows.first?.degreesOfFreedom else { return self }
    var maxima: [Likelihood.Maximum] = []
    var likelihood = Likelihood(
      matrix: matrix, outcomes: [], weights: frame.weights, family: .logistic)
    for cut in 0..<cuts {
      likelihood.outcomes = outcome.answers.map { $0 > cut ? 1 : 0 }
      // Without a finite logit at some cut point there is nothing to compare.
      guard case .found(let maximum) = try likelihood.maximum() else { return self }
      maxima.append(maximum)
    }
    let width = matrix.width
    let elements = matrix.elements()
    let values = maxima.flatMap { matrix.coefficients($0.coefficients) }
    let maps = maxima.map { matrix.coefficientMap($0.inverse) }
    var inverse = Matrix(rows: width * cuts, columns: width * cuts)
    for cut in 0..<cuts {
      for k in 0..<width {
        for l in 0..<width {
          inverse[cut * width + k, cut * width + l] =
            maps[cut][k, l] / frame.meanWeight
        }
      }
    }
    let size = width * cuts
    func scores() throws -> UnitTotals {
      try frame.unitTotals(width: size) { index, u in
        for cut in 0..<cuts {
          let residual = maxima[cut].scores[index]
          for k in 0..<width {
            u[cut * width + k] = elements[k * matrix.rowCount + index] * residual
          }
        }
      }
    }
    func replicated() -> UnitTotals? {
      guard let replicates = frame.cells.replicates, let weights = frame.replicateWeights else {
        return nil
      }
      let made = maxima.enumerated().map { cut, maximum in
        var own = likelihood
        own.outcomes = outcome.answers.map { $0 > cut ? 1 : 0 }
        return own.maxima(with: weights, from: maximum.coefficients).map(matrix.coefficients)
      }
      return frame.cells.totals(
        of: values, weights.indices.map { r in made.flatMap { $0[r] } }, width: size,
        of: replicates)
    }
    let coefficients = Estimates(
      labels: (0..<size).map { Estimates.Label(variable: "\($0)") },
      values: values,
      covariance: try (replicated() ?? scores().mapped(by: inverse)).covariance(),
      degreesOfFreedom: Array(repeating: df, count: size),
      counts: Array(repeating: count, count: size),
      weightedCounts: Array(repeating: weightedCount, count: size))
    func contrast(_ term: String, _ columns: [Int]) -> (term: String, estimates: Estimates) {
      var map = Matrix(rows: columns.count * (cuts - 1), columns: width * cuts)
      for (place, column) in columns.enumerated() {
        for cut in 1..<cuts {
          let row = (cut - 1) * columns.count + place
          map[row, column] = -1
          map[row, cut * width + column] = 1
        }
      }
      let labels = (0..<map.rows).map { Estimates.Label(variable: "\($0)") }
      return (term, coefficients.combined(map, labels: labels).on(degreesOfFreedom: df))
    }
    let slopes = matrix.columns.indices.filter { matrix.terms[$0] != nil }
    var tested = self
    tested.oddsContrasts = [contrast("", slopes)]
    if model.formula.terms.count > 1 {
      tested.oddsContrasts += model.formula.terms.indices.compactMap { number in
        let columns = slopes.filter { matrix.terms[$0] == number }
        return columns.isEmpty
          ? nil : contrast(model.name(of: model.formula.terms[number]), columns)
      }
    }
    tested.tests += tested.proportionalOddsTests
    return tested
  }
}
