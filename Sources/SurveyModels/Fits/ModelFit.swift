public import SurveyData
internal import SurveyNumerics
public import SurveyStatistics

/// A regression fitted to a survey.
public struct ModelFit: Sendable {
  /// The formula.
  public let formula: Formula
  /// The family.
  public let family: ModelFamily
  /// The value of the outcome whose chance the model gives: `1`, `true`, or a category's code; nil
  /// for a model of a mean.
  public let event: String?
  /// The coefficients, the constant first.
  public internal(set) var rows: [ModelRow]
  /// Joint Wald tests of the terms that are factors, interactions, polynomials or splines.
  public internal(set) var tests: [TestResult] = []
  /// The coefficients with their joint covariance.
  public internal(set) var estimates: Estimates
  /// `−2 ln L` below that of a perfect fit, the residual sum of squares of a linear model, with
  /// weights whose mean is 1.
  public internal(set) var deviance: Double
  /// The same of the model without predictors.
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
  /// The unit sums of the coefficients' influence, for combinations with other estimates.
  package let totals: UnitTotals
  /// What further questions about the fit need.
  let fitted: FittedModel
  /// What predictions need of the fit.
  public let basis: PredictionBasis
  /// The fits to each imputed data set; empty when there is one data set.
  public private(set) var imputations: [ModelFit] = []
}

extension ModelFit {
  /// Dresses a maximum with errors and tests.
  init(
    _ model: ModelTerms, frame: ModelFrame, matrix: ModelMatrix, likelihood: Likelihood,
    response: Response, maximum: Likelihood.Maximum, in survey: Survey, level: Double, notes: [Note]
  ) throws {
    let speaking = Likelihood.speaking(
      maximum.scores, response.family, outcomes: response.outcomes)
    let isExact = speaking.allSatisfy { $0 == 0 }
    let scores =
      try frame.scoreTotals(
        of: maximum.coefficients, information: maximum.information
      ) { likelihood.maxima(with: $0, from: maximum.coefficients) }
      ?? frame.scoreTotals(speaking, likelihood)
    let inverse = frame.perWeight(maximum.inverse)
    let totals = scores.mapped(by: matrix.coefficientMap(inverse))
    let width = matrix.width
    let count = frame.count
    let weightedCount = frame.meanWeight * Double(count)
    let df = (totals.degreesOfFreedom.first ?? 0) + 1 - Double(width)
    let values = matrix.coefficients(maximum.coefficients)
    let errors = totals.standardErrors(0, of: values)
    let estimates = Estimates(
      labels: matrix.columns.map {
        Estimates.Label(
          variable: $0.parts.isEmpty ? $0.name : $0.variable, category: $0.category)
      }, values: values,
      covariance: totals.covariance(), standardErrors: errors,
      degreesOfFreedom: Array(repeating: df, count: width),
      counts: Array(repeating: count, count: width),
      weightedCounts: Array(repeating: weightedCount, count: width))
    rows = matrix.columns.indices.map {
      ModelRow(matrix.columns[$0], of: estimates, at: $0, level: level)
    }
    formula = model.formula
    family = response.family
    event = response.event
    self.estimates = estimates
    deviance = maximum.deviance
    nullDeviance = try frame.nullDeviance(response, hasIntercept: model.formula.hasIntercept)
    self.count = count
    self.weightedCount = weightedCount
    accounting = frame.accounting
    references = frame.references(of: model)
    self.notes =
      notes + response.notes
      + (isExact
        ? [
          Note(
            .warning, id: "model.exact-fit",
            "the model gives every answer exactly, so that nothing is known of its errors",
            at: model.formula.outcome.name)
        ] : [])
    self.totals = totals
    fitted = FittedModel(
      terms: model, frame: frame, matrix: matrix, response: response, maximum: maximum,
      survey: survey)
    let (family, isShare) = (response.family, response.isShare)
    basis = PredictionBasis(
      terms: model, frame: frame, survey: survey, plan: matrix.plain,
      curve: MeanCurve(link: family.link), parameters: maximum.coefficients, scoreTotals: scores,
      inverse: inverse
    ) { frame, predictor in
      let outcomes = try Response(
        model, frame, family: family, in: survey.dataset, isShare: isShare
      ).outcomes
      return zip(predictor, outcomes).map { family.response($0, $1).score }
    }
    tests = try termTests(.wald)
  }
}

extension ModelFit {
  /// The fit to a survey, or to imputed data.
  ///
  /// Coefficients have Barnard and Rubin's degrees of freedom, deviances are means.
  ///
  /// - Throws: ``SurveyError`` where data sets have other coefficients.
  package init(_ found: Findings<ModelFit>, level: Double) throws {
    self = found.first
    guard found.areSeveral else { return }
    _ = try found.accounting(\.accounting)
    estimates = try found.estimates(\.estimates)
    rows = rows.indices.map { ModelRow(rows[$0].column, of: estimates, at: $0, level: level) }
    (deviance, nullDeviance) = (found.mean(\.deviance), found.mean(\.nullDeviance))
    imputations = found.each
    tests = try termTests(.wald)
  }
}

extension ModelFrame {
  /// The first category of every factor that leaves it out.
  func references(of model: ModelTerms) -> [String: String] {
    var references: [String: String] = [:]
    for term in model.formula.terms {
      for predictor in term where !model.keepsReference(of: predictor, in: term) {
        guard case .codes(_, let levels) = predictors[predictor] else { continue }
        references[model.predictors[predictor].name] = levels.first?.category.code
      }
    }
    return references
  }

  /// The inverse of the information for weights as they are, not with a mean of 1.
  func perWeight(_ inverse: Matrix) -> Matrix {
    var inverse = inverse
    for k in inverse.elements.indices { inverse.elements[k] /= meanWeight }
    return inverse
  }
}
