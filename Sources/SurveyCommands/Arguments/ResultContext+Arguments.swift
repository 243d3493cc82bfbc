import SurveyReports
import SurveyStatistics

extension ResultContext {
  /// What a document says of a survey that was asked for on the command line.
  init(
    _ survey: Survey, arguments: EstimationArguments, output: OutputArguments,
    quantileRule: QuantileRule = .math
  ) throws {
    self.init(
      survey,
      options: arguments.options(
        for: survey.first.dataset.codebook, quantileRule: quantileRule),
      language: output.language, digits: output.digits,
      wantsHash: try output.chosenFormat() == .json)
  }
}
