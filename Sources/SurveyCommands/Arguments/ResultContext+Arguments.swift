import SurveyReports
import SurveyStatistics

extension ResultContext {
  /// What a document says of one survey that was asked for on the command line.
  init(
    _ survey: Survey, arguments: EstimationArguments, output: OutputArguments,
    quantileRule: QuantileRule = .math
  ) throws {
    try self.init(
      Imputations(survey), arguments: arguments, output: output, quantileRule: quantileRule)
  }

  /// The same of surveys, perhaps imputed.
  init(
    _ surveys: Imputations, arguments: EstimationArguments, output: OutputArguments,
    quantileRule: QuantileRule = .math
  ) throws {
    self.init(
      surveys,
      options: arguments.options(
        for: surveys.first.dataset.codebook, quantileRule: quantileRule),
      language: output.language, digits: output.digits,
      wantsHash: try output.chosenFormat() == .json)
  }
}
