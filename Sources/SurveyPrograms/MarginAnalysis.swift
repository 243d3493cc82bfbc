package import SurveyModels
package import SurveyRequests
import SurveyStatistics

/// What is asked after a fit, with the results whose rows a program is to give.
package struct MarginAnalysis {
  let asked: MarginRequest
  let options: MarginOptions
  /// The formula of the fit.
  let formula: Formula
  /// The answers whose chances are modelled; empty for one mean or chance.
  let answers: [String]
  /// The answers whose effects are tested, since the others' follow.
  let tested: [String]
  /// The effects that `--margins` asks for.
  let effects: MarginalEffects?
  /// The predictions that `--predict` asks for.
  let predictions: Predictions?
  /// The name of the table of effects.
  var table = "margins"
  /// Whether effects are tested together.
  var hasTests = true
  /// A combination of coefficients in the words of another program.
  let written: (_ text: String, _ coefficient: (Int?) -> String) throws -> String

  /// Asks a regression.
  package init(_ asked: MarginRequest, of fit: some FormulaFit, level: Double) throws {
    let options = asked.options(level: level)
    self.asked = asked
    self.options = options
    formula = fit.formula
    let several = fit as? CategoryFit
    answers = several?.categories.map(\.code) ?? []
    tested = several?.family == .ordinal ? Array(answers.prefix(1)) : answers.dropLast()
    effects = try asked.margins.map {
      try fit.margins(
        of: $0, over: asked.over, at: asked.at.map { try Settings($0) }, options: options)
    }
    predictions = try asked.predict.map {
      try fit.predictions(at: Settings($0), over: asked.over, options: options)
    }
    written = fit.written
  }
}
