public import ArgumentParser
public import SurveyModels
import SurveyRequests

/// What `model` is asked after the fit: marginal effects, predictions, contrasts.
struct MarginArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Average marginal effects: differences from the reference for a factor, the slope for a "
        + "number, such as --margins education,age.", valueName: "variables"),
    completion: .variables)
  var margins: NameList?

  @Option(
    help: ArgumentHelp(
      "Average within each group of this variable, with the differences between the groups.",
      valueName: "variable"))
  var over: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Marginal effects when other variables are set for everybody, such as --at 'generation=0,1', "
        + "with the differences between the settings.", valueName: "settings"))
  var at: String?

  @Option(
    help:
      "Which categories --margins compares: reference, sequential, pairwise (default: reference).")
  var effects: EffectContrasts?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Adjusted predictions: variables set for everybody, the others as each answered, such as "
        + "--predict 'education=1,3; age=mean' (or median, mode, min, max, all).",
      valueName: "settings"))
  var predict: String?

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A combination of coefficients, such as --contrast 'education=3 - education=2' or "
        + "'exp(10 * age)'; of a multinomial model with the answer in front, '2:age - 3:age'. May be "
        + "repeated.", valueName: "expression"))
  var contrast: [String] = []

  @Flag(
    help: """
      Covariates count as sampled: the variance of the averages is added (as svypredmeans of R's \
      survey); short for --se sampled.
      """)
  var unconditional = false

  @Option(
    help: """
      Standard errors of margins and predictions with covariates fixed, sampled, or joint \
      (sampled, with their covariance with the coefficients, as vce(unconditional) of Stata).
      """)
  var se: Covariates?

  /// Makes the defaults; the parser fills them.
  init() {}

  /// Checks what the parser cannot.
  func validate() throws {
    if over != nil || at != nil, margins == nil, predict == nil {
      throw ValidationError("--over and --at belong to --margins or --predict.")
    }
    if at != nil, over != nil || margins == nil {
      throw ValidationError("--at belongs to --margins, and stands without --over.")
    }
    if effects != nil, margins == nil {
      throw ValidationError("--effects belongs to --margins.")
    }
    if unconditional || se != nil, margins == nil, predict == nil {
      throw ValidationError("--unconditional and --se belong to --margins or --predict.")
    }
    if unconditional, let se, se != .sampled {
      throw ValidationError("--unconditional means --se sampled, but --se is \(se.rawValue).")
    }
  }

  /// What is asked, for reports and programs.
  var request: MarginRequest {
    var request = MarginRequest(margins: margins?.names)
    (request.over, request.at, request.predict) = (over, at, predict)
    (request.effects, request.contrast) = (effects ?? .reference, contrast)
    request.covariates = unconditional ? .sampled : se ?? .fixed
    return request
  }
}

extension EffectContrasts: ExpressibleByArgument {}
extension Covariates: ExpressibleByArgument {}
