import SurveyData
import SurveyPrograms
import SurveySessions
import SurveyStatistics

extension EmitArguments {
  /// Refuses options that no program is written for, rather than leave them out.
  ///
  /// - Parameter options: The options of the verb, and whether the user has given them.
  /// - Throws: ``SurveyError`` of kind usage that names them.
  func refuse(_ options: [(name: String, isGiven: Bool)]) throws {
    let given = options.filter(\.isGiven).map(\.name)
    guard emit?.language != nil, !given.isEmpty else { return }
    let names = given.joined(separator: ", ")
    throw SurveyError(
      .usage, "--emit writes no program for \(names)", remedy: "Leave out \(names), or --emit.")
  }

  /// What an engine is asked for an analysis, in place of its result.
  ///
  /// - Parameter analysis: The analysis, which asks for cells.
  /// - Throws: ``SurveyError`` for data that are no address, without a codebook, and for what is of tables and charts.
  func queries(
    _ output: OutputArguments, _ analysis: (Workspace) throws -> Outcome
  ) throws -> Outcome {
    _ = try layout(output)
    let queries = try Workspace.queries(analysis)
    var outcome = Outcome(.text("-- vekt …\n-- Nobody has been asked.\n\n\(queries)"))
    outcome.command = "…"
    return outcome
  }

  /// Refuses queries for what is no estimate from cells.
  func refuseQueries(of verb: String) throws {
    guard emit == .sql else { return }
    throw SurveyError(
      .usage, "\(verb) has no queries: they are of verbs that estimate from the table of an engine",
      remedy: "Leave out --emit sql, or write --emit r.")
  }

  /// How the result is laid out: where a program is asked for it is written in its place, so that the
  /// ending of its file says nothing of a format.
  ///
  /// - Throws: ``SurveyError`` of kind usage for options of tables and charts, of which a program has
  ///   none.
  func layout(_ output: OutputArguments) throws -> OutputArguments {
    guard emit != nil else { return output }
    let others = [
      ("--format", output.format != nil && output.format != .text),
      ("--chart", output.chart || output.chartKind != nil),
      ("--decimal-comma", output.decimalComma), ("--digits", output.digits != nil),
      (output.drawing.printedOnly ?? "", output.drawing.printedOnly != nil),
      ("an option of charts", output.drawing.asksForChart),
    ]
    if let other = others.first(where: \.1) {
      throw SurveyError(
        .usage,
        "\(other.0) is of tables and charts, and --emit writes \(emit == .sql ? "queries" : "a program")",
        remedy: "Leave out \(other.0), or --emit.")
    }
    var layout = output
    (layout.output, layout.format) = (nil, .text)
    return layout
  }

  /// The analysis as a program when one is asked for; nil when the result itself is.
  ///
  /// - Parameters:
  ///   - survey: The data with their design, perhaps imputed.
  ///   - estimation: The options that the program must follow.
  ///   - command: The verb and its arguments, for the first line.
  ///   - remarks: What is asked and is not part of a program, a sentence each.
  ///   - analysis: What is estimated, of one data set.
  func outcome(
    of survey: Survey, _ estimation: EstimationArguments, _ command: String,
    leavingOut remarks: [String] = [], _ analysis: (Survey) throws -> Analysis
  ) throws -> Outcome? {
    guard let language = emit?.language else { return nil }
    try survey.dataset.requireNoCells()
    let weight = try estimation.design.sample.declaredWeight(in: survey.dataset)
    return try language.outcome(
      try ProgramSource(
        survey, try analysis(survey.first), weight: weight?.source, command: command,
        level: estimation.level,
        interval: estimation.interval,
        reliability: estimation.options(for: survey.dataset.codebook).reliability,
        designEffect: estimation.designEffect,
        remarks: remarks + estimation.opening.remarks))
  }

  /// The same of a survey whose weight is stated by itself.
  func outcome(
    of survey: Survey, weight: WeightDeclaration?, _ command: String, leavingOut remarks: [String],
    _ analysis: @autoclosure () -> Analysis
  ) throws -> Outcome? {
    guard let language = emit?.language else { return nil }
    try survey.dataset.requireNoCells()
    return try language.outcome(
      try ProgramSource(
        survey, analysis(), weight: weight?.source, command: command, level: 0.95, interval: nil,
        remarks: remarks))
  }

  /// The same of numbers that nobody was drawn for.
  func outcome(
    of survey: @autoclosure () throws -> Survey, _ command: String, level: Double,
    _ analysis: @autoclosure () -> Analysis
  ) throws -> Outcome? {
    guard let language = emit?.language else { return nil }
    return try language.outcome(
      try ProgramSource(
        survey(), analysis(), weight: nil, command: command, level: level,
        interval: nil))
  }
}

extension Dataset {
  /// Programs of others know no cells.
  fileprivate func requireNoCells() throws {
    try requirePeople(
      for: "--emit", remedy: "Write the program for the data that the cells were made of.")
  }
}

extension ProgramLanguage {
  /// An analysis in this language, as a result.
  fileprivate func outcome(_ source: ProgramSource) throws -> Outcome {
    var outcome = Outcome(.text(try program(source)))
    outcome.command = source.command
    return outcome
  }
}
