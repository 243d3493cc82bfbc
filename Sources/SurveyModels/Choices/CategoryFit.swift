public import SurveyData
internal import SurveyNumerics
public import SurveyStatistics

/// A regression for an outcome of several answers, fitted to a survey.
public struct CategoryFit: Sendable {
  /// The formula.
  public let formula: Formula
  /// The family.
  public let family: CategoryFamily
  /// The answers in their order; in a multinomial model the first is the base.
  public let categories: [Category]
  /// The coefficients, then the cut points (ordinal), or the coefficients of every answer but the
  /// base, answer by answer (multinomial).
  public internal(set) var rows: [CategoryRow]
  /// Joint Wald tests of the terms that are factors or interactions, in a multinomial model of all
  /// terms; in an ordinal model tests of proportional odds after them.
  public internal(set) var tests: [TestResult] = []
  /// The parameters with their joint covariance.
  public internal(set) var estimates: Estimates
  /// `−2 ln L` with weights whose mean is 1; at least 0.
  public internal(set) var deviance: Double
  /// The same of the model whose chances are the shares of the answers.
  public internal(set) var nullDeviance: Double
  /// The respondents.
  public let count: Int
  /// The sum of their weights.
  public let weightedCount: Double
  /// Where every row of the file went.
  public let accounting: Accounting
  /// The reference category's code of every factor, by the factor's name.
  public let references: [String: String]
  /// What the user must know about the fit.
  public let notes: [Note]
  /// The columns of the model matrix; an ordinal model has no constant among them.
  public let columns: [ModelColumn]
  /// The unit sums of the parameters' influence, for combinations with other estimates.
  package let totals: UnitTotals
  /// What further questions about the fit need.
  let likelihood: CategoryLikelihood
  /// Where the likelihood is greatest.
  let maximum: CategoryLikelihood.Maximum
  /// What predictions need of the fit.
  public let basis: PredictionBasis
  /// The fits to each imputed data set; empty when there is one data set.
  public private(set) var imputations: [CategoryFit] = []
  /// By how much the coefficients of each cut point differ from those of the first: of all terms,
  /// then of each; empty where they cannot be compared.
  var oddsContrasts: [(term: String, estimates: Estimates)] = []
  /// The breakpoints of every spline, its ends among them, by the term's name.
  package let knots: [String: [Double]]
}

extension CategoryFit {
  /// Dresses a maximum with errors and tests.
  init(
    _ model: ModelTerms, frame: ModelFrame, likelihood: CategoryLikelihood,
    outcome: CategoryOutcome, maximum: CategoryLikelihood.Maximum, in survey: Survey,
    level: Double, notes: [Note]
  ) throws {
    let matrix = likelihood.matrix
    let scores =
      try frame.scoreTotals(
        of: maximum.parameters, information: maximum.inverse.positiveDefiniteInverse()
      ) { likelihood.maxima(with: $0, from: maximum.parameters) }
      ?? frame.scores(of: maximum, likelihood, in: survey)
    let inverse = frame.perWeight(maximum.inverse)
    let totals = scores.mapped(by: likelihood.parameterMap * inverse)
    let count = frame.count
    let weightedCount = frame.meanWeight * Double(count)
    let slopes = matrix.columns.filter { !$0.parts.isEmpty }.count
    let hasConstant = likelihood.family == .ordinal || slopes < matrix.width
    let df =
      (totals.degreesOfFreedom.first ?? 0) - Double(slopes) + (hasConstant ? 0 : 1)
    let places = Self.places(model, matrix, outcome, likelihood.family)
    let estimates = Estimates(
      labels: places.map { Self.label($0) }, values: likelihood.parameterMap * maximum.parameters,
      covariance: totals.covariance(),
      degreesOfFreedom: Array(repeating: df, count: places.count),
      counts: Array(repeating: count, count: places.count),
      weightedCounts: Array(repeating: weightedCount, count: places.count))
    rows = places.indices.map {
      CategoryRow(place: places[$0], of: estimates, at: $0, level: level)
    }
    formula = model.formula
    family = likelihood.family
    categories = outcome.categories
    self.estimates = estimates
    deviance = maximum.deviance
    nullDeviance = likelihood.nullDeviance
    self.count = count
    self.weightedCount = weightedCount
    accounting = frame.accounting
    references = frame.references(of: model)
    self.notes = notes + outcome.notes
    columns = matrix.columns
    self.totals = totals
    self.likelihood = likelihood
    self.maximum = maximum
    let curve = likelihood.curve
    basis = PredictionBasis(
      terms: model, frame: frame, survey: survey, plan: matrix.plain, curve: curve,
      parameters: maximum.parameters, scoreTotals: scores, inverse: inverse
    ) { frame, inputs in
      let outcome = try CategoryOutcome(model, frame, family: curve.family, in: survey.dataset)
      return curve.scores(inputs, answers: outcome.answers)
    }
    knots = frame.knots(of: model)
    tests = try termTests(.wald)
  }

  private static func places(
    _ model: ModelTerms, _ matrix: ModelMatrix, _ outcome: CategoryOutcome,
    _ family: CategoryFamily
  ) -> [CategoryRow.Place] {
    let categories = outcome.categories
    switch family {
    case .ordinal:
      return matrix.columns.map { .column($0, outcome: nil) }
        + zip(categories, categories.dropFirst()).map {
          .cut(of: model.formula.outcome.name, below: $0, above: $1)
        }
    case .multinomial:
      return categories.dropFirst().flatMap { category in
        matrix.columns.map { .column($0, outcome: category) }
      }
    }
  }

  private static func label(_ place: CategoryRow.Place) -> Estimates.Label {
    switch place {
    case .column(let column, let outcome):
      Estimates.Label(
        variable: column.parts.isEmpty ? column.name : column.variable, category: column.category,
        groups: outcome.map { [$0.code] } ?? [])
    case .cut(let name, let below, let above):
      Estimates.Label(variable: name, category: "\(below.code)|\(above.code)")
    }
  }
}

extension CategoryFit {
  /// The fit to a survey, or to imputed data.
  ///
  /// Parameters have Barnard and Rubin's degrees of freedom, deviances are means. A test that one
  /// data set has not is left out.
  ///
  /// - Throws: ``SurveyError`` where data sets have other answers or parameters.
  init(_ found: Findings<CategoryFit>, level: Double) throws {
    self = found.first
    guard found.areSeveral else { return }
    _ = try found.accounting(\.accounting)
    estimates = try found.estimates(\.estimates)
    rows = rows.indices.map {
      CategoryRow(place: rows[$0].place, of: estimates, at: $0, level: level)
    }
    (deviance, nullDeviance) = (found.mean(\.deviance), found.mean(\.nullDeviance))
    imputations = found.each
    oddsContrasts = try oddsContrasts.compactMap { contrast in
      let all = found.each.map { $0.oddsContrasts.first { $0.term == contrast.term }?.estimates }
      let known = Findings(each: all.compactMap { $0 })
      return known.each.count < all.count
        ? nil : (contrast.term, try known.estimates { $0 })
    }
    tests = try termTests(.wald)
  }
}

extension ModelFrame {
  /// The scores, summed over sampling units; the influence is the inverse of the information times
  /// them.
  fileprivate func scores(
    of maximum: CategoryLikelihood.Maximum, _ likelihood: CategoryLikelihood, in survey: Survey
  ) throws -> UnitTotals {
    let (curve, matrix) = (likelihood.curve, likelihood.matrix)
    let (elements, count, width) = (likelihood.elements, matrix.rowCount, matrix.width)
    let inputs = curve.inputs(elements, width: width, of: count, at: maximum.parameters)
    let scores = curve.scores(inputs, answers: likelihood.answers)
    return try unitTotals(width: likelihood.parameterCount) { index, u in
      var parameter = 0
      for k in 0..<curve.inputCount {
        let score = scores[k * count + index]
        guard k < curve.predictorCount else {
          u[parameter] = score
          parameter += 1
          continue
        }
        for m in 0..<width {
          u[parameter] = score * elements[m * count + index]
          parameter += 1
        }
      }
    }
  }
}
