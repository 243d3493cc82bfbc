import ArgumentParser
import IntegrationParadox
import SurveyData
import SurveyStatistics
import SurveyTables

/// `paradox all DATA --spec FILE`.
struct ParadoxAll: Verb {
  static let configuration = CommandConfiguration(
    commandName: "all",
    abstract: "Everything about the paradox in one call: tables T1 to T7.",
    discussion: """
      A specification is a small YAML file that says which variable plays which part:

        judgements: [integrated, accepted]
        outcome: discriminated
        group: generation
        status: education
        exposure: [contact_majority, majority_workplace]
        awareness: [news, political_interest]
        controls: [sex, age]
        pool: origin            # optional: what the gap is pooled over

      T1 who says what, T2 the gap and who is integrated but not accepted, T3 nested models, T4 what
      mediators explain, T5 the gradient by group, T6 the groups' difference decomposed, T7 pooling.

      Example:
        vekt paradox all survey.csv --spec paradox.yaml --format html --output paradox.html
      """)

  @Argument(help: "The data file.")
  var data: String

  @Option(help: ArgumentHelp("The specification.", valueName: "file"))
  var spec: String

  @Option(help: "logit or probability: the scale of T4.")
  var scale = MediationScale.logit

  @OptionGroup var estimation: EstimationArguments

  @OptionGroup var emission: EmitArguments

  @OptionGroup var output: OutputArguments

  func perform(in workspace: Workspace) throws -> Outcome {
    try emission.refuse(
      "paradox all", because: "it is many results",
      remedy: "Ask the verbs one by one: paradox gap and paradox discordance are written.")
    guard estimation.groups.isEmpty else {
      throw SurveyError(.usage, "the group of paradox all stands in the specification, not in --by")
    }
    let specification = try ParadoxSpecification(contentsOf: spec)
    let survey = try estimation.survey(
      data,
      columns: { dataset in
        try specification.check(against: dataset, path: spec)
        return []
      }, in: workspace)
    let context = try ResultContext(survey, arguments: estimation, output: output)
    let analysis = try ParadoxAnalysis(specification, of: survey, scale: scale, context: context)
    let document = Document(
      data: try context.data(), design: context.design,
      accounting: context.accounting(analysis.accounts), records: analysis.records,
      tables: analysis.tables, notes: context.notes + analysis.notes)
    return Outcome(.document(document, language: context.language))
  }
}
