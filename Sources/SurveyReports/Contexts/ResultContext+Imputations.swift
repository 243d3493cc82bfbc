internal import SurveyData
package import SurveyStatistics
internal import SurveyTables

extension ResultContext {
  /// Makes an analysis of the survey, or of every imputed data set, combined by Rubin's rules.
  package func pooled<Result: Poolable>(_ analysis: (Survey) throws -> Result) throws -> Result {
    try surveys.pooled(options: options, analysis)
  }

  /// The imputed data sets: how many, of how many rows, and where they are.
  func imputations() throws -> Tree {
    var members = [
      Tree.Member("count", .integer(surveys.surveys.count)),
      Tree.Member("rows_read_each", .integer(survey.weights.rowsRead)),
    ]
    if let stack = surveys.stack {
      members += [
        Tree.Member("column", .text(stack.column)),
        Tree.Member("rows_of_original", .integer(stack.originalCount)),
      ]
    } else {
      members.append(
        Tree.Member(
          "files",
          .list(
            try surveys.surveys.map { survey in
              let source = survey.dataset.source
              return .object([
                Tree.Member("file", .text(source.facts.path)),
                Tree.Member(
                  "sha256", wantsHash ? (try source.sha256()).map(Tree.text) ?? .empty : .empty),
                Tree.Member("rows_read", .integer(survey.weights.rowsRead)),
              ])
            })))
    }
    return .object(members)
  }

  /// What is missing of the estimates of a table; nothing unless imputations were combined.
  func missingInformation(_ estimates: [MissingInformation?]) -> [Phrase] {
    let largest = estimates.compactMap { $0?.fraction }.filter { !$0.isNaN }.max()
    return largest.map { [.missingInformation(upTo: $0)] } ?? []
  }

  /// How many data sets were combined, and by which rules.
  var imputationNote: Phrase {
    .imputations(
      surveys.surveys.count, rows: survey.weights.rowsRead,
      originalRows: surveys.stack?.originalCount ?? 0)
  }
}
