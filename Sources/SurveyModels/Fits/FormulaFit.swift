public import SurveyData
public import SurveyStatistics

/// A formula fitted to a survey, whatever the family: what ``ModelFit`` and ``CategoryFit`` can both
/// be asked.
public protocol FormulaFit: Sendable {
  /// The formula.
  var formula: Formula { get }
  /// Whether the outcome is modelled as chances.
  var isChance: Bool { get }
  /// The parameters with their joint covariance.
  var estimates: Estimates { get }
  /// Joint tests of its terms.
  var tests: [TestResult] { get }
  /// The respondents.
  var count: Int { get }
  /// Where every row of the file went.
  var accounting: Accounting { get }
  /// The reference category's code of every factor, by the factor's name.
  var references: [String: String] { get }
  /// What the user must know about the fit.
  var notes: [Note] { get }
  /// The fits to each imputed data set; empty when there is one data set.
  var imputations: [Self] { get }
  /// What predictions need of the fit.
  var basis: PredictionBasis { get }
  /// What every parameter may be called, with its position; nil for one that is zero.
  var parameterNames: [(name: String, position: Int?)] { get }

  /// Joint tests of its terms in another form.
  func termTests(_ test: TermTest) throws -> [TestResult]
  /// The same fit with intervals from the profile of the likelihood.
  func withLikelihoodIntervals(level: Double) throws -> Self
  /// How well it fits.
  func statistics(largest: Self?) throws -> FitStatistics
  /// What it says beyond a smaller model of the same respondents; nil when it does not hold all
  /// coefficients of that one and more.
  func difference(from smaller: Self, test: TermTest) throws -> TestResult?
}

extension FormulaFit {
  /// The fit to each data set.
  var found: Findings<Self> { Findings(each: imputations.isEmpty ? [self] : imputations) }
}
