import ArgumentParser
import IntegrationParadox
import SurveyData
import SurveyPrograms
import SurveyReaders
import SurveyReports
import SurveySessions
import SurveyStatistics
import SurveyTables

/// `paradox all DATA [--spec FILE]`.
struct ParadoxAll: Verb {
  static let configuration = CommandConfiguration(
    commandName: "all",
    abstract: "Everything about the paradox in one call: tables T1 to T7.",
    discussion: """
      Which variable plays which part stands under `paradox:` in the codebook, or in a small YAML file \
      of the same keys that --spec names:

        judgements: [integrated, accepted]
        outcome: discriminated
        group: generation
        status: education
        exposure: [contact_majority, majority_workplace]
        awareness: [news, political_interest]
        controls: [sex, age]
        reference: immigrant    # optional: whom the other groups are compared with
        pool: origin            # optional: what the gap is pooled over
        where: age >= 18        # optional: whom the analysis is about

      T1 who says what, T2 the gap and who is integrated but not accepted, T3 nested models, T4 what
      mediators explain, T5 the gradient by group and the misreporting that would erase it, T6 the
      groups' difference decomposed, T7 pooling.

      Examples:
        vekt paradox all survey.csv --format html --output paradox.html
        vekt paradox all survey.csv --spec paradox.yaml --tables T4,T6 --format csv
      """)

  @Argument(help: "The data file.")
  var data: String

  @Option(
    help: ArgumentHelp("The specification (default: that of the codebook).", valueName: "file"))
  var spec: String?

  @Option(help: ArgumentHelp("Some of the tables, such as T2,T6.", valueName: "names"))
  var tables: NameList?

  @Option(help: "logit or probability: the scale of T4.")
  var scale = MediationScale.logit

  @OptionGroup var estimation: EstimationArguments

  @OptionGroup var answers: AnswerArguments

  @OptionGroup var emission: EmitArguments

  @OptionGroup var output: OutputArguments

  func perform(in workspace: Workspace) throws -> Outcome {
    guard estimation.groups.isEmpty else {
      throw SurveyError(.usage, "the group of paradox all stands in the specification, not in --by")
    }
    let wanted = tables?.names ?? ParadoxAnalysis.names
    for name in wanted where !ParadoxAnalysis.names.contains(name) {
      throw SurveyError(
        .usage, "no table '\(name)'; there are \(ParadoxAnalysis.names.joined(separator: ", "))")
    }
    var roles: ParadoxRoles?
    let everybody = try estimation.survey(
      data, columns: { _ in [] }, asking: { _ in roles?.names ?? [] },
      terms: { roles?.terms ?? [] },
      counting: { dataset in
        let (found, counted) = try self.roles(in: dataset)
        roles = found
        return counted
      }, in: workspace)
    guard let roles else {
      throw SurveyError(
        .usage, at: everybody.dataset.codebook.path ?? data,
        "nothing says which variable plays which part in the paradox",
        remedy: "Write `paradox:` in the codebook, or --spec FILE.")
    }
    let survey = try roles.condition.map { try everybody.within($0) } ?? everybody
    try emission.refuse([("imputed data sets", survey.isImputed)])
    let program = try emission.outcome(of: survey, estimation, "paradox all \(data)") { survey in
      .translated(
        try SeveralAnalyses(
          roles, of: survey, scale: scale, tables: Set(wanted),
          interval: estimation.interval ?? .logit,
          language: output.language ?? survey.dataset.codebook.printedLanguage))
    }
    if let program { return program }
    let context = try ResultContext(survey, arguments: estimation, output: output)
    let analysis = try ParadoxAnalysis(
      roles, scale: scale, tables: Set(wanted), context: context)
    let document = Document(
      data: try context.data(), design: context.design,
      accounting: context.accounting(analysis.accounts), records: analysis.records,
      tables: analysis.tables, notes: context.notes + analysis.notes)
    return Outcome(.document(document, language: context.language))
  }

  /// Which variable plays which part, and which of their answers count.
  private func roles(
    in dataset: Dataset
  ) throws -> (found: ParadoxRoles?, counted: [String: CountedAnswer]) {
    func read(_ variable: @escaping (String) throws -> Variable) throws -> ParadoxRoles? {
      try spec.map { try ParadoxRoles(contentsOf: $0, variable: variable) }
        ?? dataset.codebook.paradox
    }
    guard answers.answer != nil else { return (try read(dataset.variable), [:]) }
    // The parts say whose answers are meant, and an answer that counts who may play a part.
    let meant = try read { name in
      var variable = try dataset.variable(name)
      variable.answer = variable.categories.prefix(1).map(\.code)
      return variable
    }
    let counted =
      try meant.map {
        try answers.counted(ofOutcomes: [$0.first, $0.second, $0.outcome], in: dataset)
      } ?? [:]
    return (try read(dataset.counting(counted).variable), counted)
  }
}

extension ParadoxRoles {
  /// Everything that plays a part: variables and conditions.
  fileprivate var names: [String] {
    [first, second, outcome, group, status] + mechanisms.flatMap(\.variables) + controls
      + [pool, condition].compactMap(\.self)
  }

  /// What stands in models as it is.
  fileprivate var terms: [String] {
    [outcome, status] + mechanisms.flatMap(\.variables) + controls
  }
}
