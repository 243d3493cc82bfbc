import SurveyData
import SurveyStatistics

extension EmitArguments {
  /// Refuses options that no program is written for, rather than leave them out.
  ///
  /// - Parameter options: The options of the verb, and whether the user has given them.
  /// - Throws: ``SurveyError`` of kind usage that names them.
  func refuse(_ options: [(name: String, isGiven: Bool)]) throws {
    let given = options.filter(\.isGiven).map(\.name)
    guard emit != nil, !given.isEmpty else { return }
    let names = given.joined(separator: ", ")
    throw SurveyError(
      .usage, "--emit writes no program for \(names)", remedy: "Leave out \(names), or --emit.")
  }

  /// The same of one survey.
  func outcome(
    of survey: Survey, _ estimation: EstimationArguments, _ command: String,
    _ analysis: () throws -> Analysis
  ) throws -> Outcome? {
    try outcome(of: Imputations(survey), estimation, command, analysis)
  }

  /// The analysis as a program when one is asked for; nil when the result itself is.
  ///
  /// - Parameters:
  ///   - surveys: The data with their design, perhaps imputed.
  ///   - estimation: The options that the program must follow.
  ///   - command: The verb and its arguments, for the first line.
  ///   - analysis: What is estimated.
  func outcome(
    of surveys: Imputations, _ estimation: EstimationArguments, _ command: String,
    _ analysis: () throws -> Analysis
  ) throws -> Outcome? {
    guard let emit else { return nil }
    let weight = try estimation.declaredWeight(in: surveys.first.dataset)
    return try emit.program(
      try ProgramSource(
        surveys, try analysis(), weight: weight?.source, command: command, level: estimation.level,
        interval: estimation.interval))
  }

  /// The same of numbers that nobody was drawn for.
  func outcome(
    of survey: @autoclosure () throws -> Survey, _ command: String, level: Double,
    _ analysis: @autoclosure () -> Analysis
  ) throws -> Outcome? {
    guard let emit else { return nil }
    return try emit.program(
      try ProgramSource(
        Imputations(try survey()), analysis(), weight: nil, command: command, level: level,
        interval: nil))
  }
}

extension ProgramLanguage {
  /// An analysis in this language.
  fileprivate func program(_ source: ProgramSource) throws -> Outcome {
    switch self {
    case .r: Outcome(.text(try RProgram(source).text()))
    case .stata: Outcome(.text(try StataProgram(source).text()))
    }
  }
}
