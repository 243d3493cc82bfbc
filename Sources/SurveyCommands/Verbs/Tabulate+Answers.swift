import SurveyData
import SurveyReports
import SurveyStatistics
import SurveyTables

extension Tabulate {
  /// The shares of a variable: of all answers, or of one.
  func tabulation(
    of name: String, keeping kept: Set<MissingReason>, counting counted: CountedAnswer?,
    by groups: [String]? = nil, in context: ResultContext
  ) throws -> Tabulation {
    let groups = groups ?? estimation.groups
    let variable = try context.survey.dataset.variable(name)
    if variable.hasSeveralAnswers, percentages == .row {
      let chosen = variable.chosenVariables.filter {
        counted?.codes.contains($0.answer.code) ?? true
      }
      let parts = try chosen.map { answer, derived in
        let one = CountedAnswer([derived.variable.categories[1]], isChosen: true)
        return (
          answer,
          try tabulation(
            of: derived.variable.name, keeping: kept, counting: one, by: groups, in: context)
        )
      }
      if !parts.isEmpty { return Tabulation(of: variable, parts) }
    }
    return try context.survey.tabulate(
      name, by: groups, percentages: percentages, keeping: kept, counting: counted,
      options: context.options)
  }

  /// The only answer that `--answer` lets a variable show; nil where it names none.
  func counted(
    _ name: String, keeping kept: Set<MissingReason>, in dataset: Dataset
  ) throws -> CountedAnswer? {
    if let counted = try countedByGroup(name, in: dataset) { return counted }
    guard
      let asked = try answers.counted(
        of: answerable(in: dataset), keeping: base.anyKept(), in: dataset)[name]
    else { return nil }
    if try dataset.variable(name).hasSeveralAnswers { return asked }
    return try dataset.variable(name).countedAnswer(
      among: dataset.categorical(name).keeping(kept).categories)
  }

  /// Throws where something is asked that needs one answer of everybody.
  func refuseSeveralAnswers(in dataset: Dataset) throws {
    let several = try names(in: dataset).map { try dataset.variable($0) }.filter(
      \.hasSeveralAnswers)
    guard let first = several.first else { return }
    let asked = [
      ("--test", test || statistic != nil), ("--letters", letters.letters), ("--bounds", bounds),
      ("--shares", shares != nil), ("--published", published.published != nil),
      ("--emit", emission.emit != nil), ("--percentages", percentages != .row),
    ]
    guard let option = asked.first(where: \.1)?.0 else { return }
    throw SurveyError(
      .usage, at: first.name,
      "holds several answers in a cell, and \(option) is of one answer a row",
      remedy: first.noSingleAnswer.remedy)
  }

  /// Whether several codes count as one.
  func hasNets(in dataset: Dataset) throws -> Bool {
    try names(in: dataset).contains {
      try !dataset.variable($0).hasSeveralAnswers
        && counted($0, keeping: base.anyKept(), in: dataset)?.isNet ?? false
    }
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
