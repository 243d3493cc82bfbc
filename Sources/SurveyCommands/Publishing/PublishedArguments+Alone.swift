import SurveyReports
internal import SurveyStatistics
internal import SurveyTables

extension PublishedArguments {
  /// All printed shares of the file beside the estimates, and nothing else.
  /// - Throws: `SurveyError` when the file holds none or none selects anything.
  func ledgerAlone(context: ResultContext) throws -> Outcome {
    let surveys = context.surveys
    let names = try PublishedFile(
      published ?? "", variables: Set(surveys.first.dataset.variableNames)
    )
    .figures.map(\.variable)
    let ledger = try shares(
      of: names, in: surveys, percentages: .row, options: context.options)
    let document = Document(
      data: try context.data(), design: context.design, records: ledger.map { [$0.records] } ?? [],
      tables: ledger.map {
        [$0.table(language: context.language, level: context.options.level)]
      } ?? [],
      notes: context.notes + (ledger?.notes(in: context.language) ?? []))
    return Outcome(.document(document, language: context.language))
  }
}
