internal import SurveyData
internal import SurveyStatistics
internal import SurveyTables

extension ResultContext {
  /// The imputed data sets: how many, of how many rows, and where they are.
  func imputations() throws -> Tree {
    var members = [
      Tree.Member("count", .integer(survey.imputations.count)),
      Tree.Member("rows_read_each", .integer(survey.weights.rowsRead)),
    ]
    if let stack = survey.stack {
      members += [
        Tree.Member("column", .text(stack.column)),
        Tree.Member("rows_of_original", .integer(stack.originalCount)),
      ]
    } else {
      members.append(
        Tree.Member(
          "files",
          .list(
            try survey.imputations.map { survey in
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
      survey.imputations.count, rows: survey.weights.rowsRead,
      originalRows: survey.stack?.originalCount ?? 0)
  }
}
