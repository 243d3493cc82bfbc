import SurveyData
import SurveyStatistics
import SurveyTables

extension Tabulate {
  /// The shares of a variable: of all answers, or of one.
  func tabulation(
    of name: String, keeping kept: Set<MissingReason>, counting counted: CountedAnswer?,
    in context: ResultContext
  ) throws -> Tabulation {
    try context.pooled {
      try $0.tabulate(
        name, by: estimation.groups, percentages: percentages, keeping: kept, counting: counted,
        options: context.options)
    }
  }

  /// The only answer that `--answer` lets a variable show; nil where it names none.
  func counted(
    _ name: String, keeping kept: Set<MissingReason>, in dataset: Dataset
  ) throws -> CountedAnswer? {
    guard try answers.counted(of: variables, keeping: base.anyKept(), in: dataset)[name] != nil
    else { return nil }
    return try dataset.variable(name).countedAnswer(
      among: dataset.categorical(name).keeping(kept).categories)
  }

  /// Whether several codes count as one.
  func hasNets(in dataset: Dataset) throws -> Bool {
    try variables.contains { try counted($0, keeping: base.anyKept(), in: dataset)?.isNet ?? false }
  }

  /// What a chart shows of a table of all answers: the answer that counts, where one does.
  func drawn(
    _ table: Tabulation, keeping kept: Set<MissingReason>, in context: ResultContext
  ) throws -> Table? {
    guard percentages == .row,
      let counted = table.variable.countedAnswer(
        among: table.rows.compactMap(\.category).reduce(into: []) {
          if !$0.contains($1) { $0.append($1) }
        })
    else { return nil }
    let shown =
      try table.showing(counted)
      ?? tabulation(of: table.variable.name, keeping: kept, counting: counted, in: context)
    return ShareTable(shown, test: nil, context: context).table
  }
}
