package import SurveyReports
internal import SurveyStatistics
package import SurveyTables

extension PublishedFigures {
  /// All printed shares of the file beside the estimates, and nothing else.
  /// - Throws: `SurveyError` when the file holds none or none selects anything.
  package func ledgerAlone(context: ResultContext) throws -> Document {
    let survey = context.survey
    let names = try PublishedFile(
      path, variables: Set(survey.dataset.variableNames)
    )
    .figures.map(\.variable)
    let ledger = try shares(
      of: names, in: survey, percentages: .row, options: context.options)
    return Document(
      data: try context.data(), design: context.design, records: [ledger.records],
      tables: [ledger.table(language: context.language, level: context.options.level)],
      notes: context.notes + ledger.notes(in: context.language))
  }
}
