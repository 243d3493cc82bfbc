package import SurveyData
package import SurveyModels

/// What a model is asked after the fit: marginal effects, predictions, contrasts.
package struct MarginRequest: Sendable {
  /// The variables whose average marginal effects are asked for; nil when none are.
  package var margins: [String]?
  /// The variable in whose groups averages are taken.
  package var over: String?
  /// Settings of other variables for the effects, such as `generation=0,1`.
  package var at: String?
  /// Which categories are compared.
  package var effects = EffectContrasts.reference
  /// Settings of the adjusted predictions; nil when none are asked for.
  package var predict: String?
  /// Combinations of coefficients.
  package var contrast: [String] = []
  /// What the errors of averages say of the covariates.
  package var covariates = Covariates.fixed

  /// Asks for effects alone, or for nothing.
  package init(margins: [String]? = nil) { self.margins = margins }

  /// Whether anything is asked after the fit.
  package var asksAnything: Bool { margins != nil || predict != nil || !contrast.isEmpty }

  /// The columns that it reads besides those of the model.
  package var inputs: [(name: String, view: ColumnView)] { over.map { [($0, .codes)] } ?? [] }

  /// The options of margins and predictions.
  package func options(level: Double) -> MarginOptions {
    var options = MarginOptions(level: level)
    options.covariates = covariates
    options.contrasts = effects
    return options
  }
}
