internal import SurveyData
package import SurveyReports
internal import SurveyStatistics
package import SurveyTables

/// The choices that were tried, best first, and the figures under the best.
package struct ReproductionReport {
  private let reproduction: Reproduction
  private let context: ResultContext

  package init(_ reproduction: Reproduction, context: ResultContext) {
    self.reproduction = reproduction
    self.context = context
  }

  private var language: String { context.language }
  private var choices: [Reproduction.Choice] { reproduction.choices }

  private func name(_ choice: Reproduction.Choice) -> String {
    "\(choice.weight.isEmpty ? "unweighted" : choice.weight)/\(choice.base.rawValue)"
  }

  /// The choices; then each figure under the best, with the choices that give it.
  package var records: [Records] {
    let rows = choices.enumerated().map { rank, choice -> [Records.Value] in
      [
        .integer(rank + 1), .text(choice.weight.isEmpty ? "unweighted" : choice.weight),
        .text(choice.base.rawValue), .integer(choice.ledger.entries.count),
      ] + FigureMatch.allCases.map { .integer(choice.ledger.count($0)) }
        + [.number(choice.distance)]
    }
    var ledger = choices.first?.ledger.records ?? Records("ledger", columns: [])
    ledger = Records(
      "ledger", columns: ledger.columns + ["reproduced_by"],
      rows: ledger.rows.enumerated().map { index, row in
        row + [.text(choices.filter { matches($0, index) }.map(name).joined(separator: " "))]
      })
    return [
      Records(
        "rows",
        columns: ["rank", "weight", "base", "figures"] + FigureMatch.allCases.map(\.rawValue)
          + ["mean_distance"], rows: rows),
      ledger,
    ]
  }

  private func matches(_ choice: Reproduction.Choice, _ index: Int) -> Bool {
    choice.ledger.entries[index].match == .matches
  }

  /// The choices, then the figures under the best.
  package var tables: [Table] {
    let shown = FigureMatch.allCases.filter { match in
      choices.contains { $0.ledger.count(match) > 0 }
    }
    let first = Table(
      title: Phrase.reproduction.text(in: language),
      unit: Phrase.figuresUnit.text(in: language),
      stub: Phrase.weightHeading.text(in: language),
      columns: [Table.Column(Phrase.baseHeading.text(in: language), isText: true)]
        + shown.map { Table.Column(Phrase.figureMatch($0.rawValue).text(in: language)) }
        + [Table.Column(Phrase.meanDistance.text(in: language))],
      rows: choices.map { choice in
        Table.Row(
          choice.weight.isEmpty ? Phrase.unweighted.text(in: language) : choice.weight,
          cells: [.text(Phrase.reproductionBase(choice.base.rawValue).text(in: language))]
            + shown.map { .count(choice.ledger.count($0)) }
            + [.number(Table.Quantity(choice.distance, as: .fixed(digits: 2)))])
      }, notes: [Phrase.meanDistanceKey.text(in: language)])
    guard let best = choices.first else { return [first] }
    return [first, best.ledger.table(language: language, level: context.options.level)]
  }

  /// Which choices do best, in a sentence.
  package var notes: [String] {
    guard let best = choices.first else { return [] }
    let (matched, total) = (best.ledger.count(.matches), best.ledger.entries.count)
    let equals = choices.filter { $0.ledger.count(.matches) == matched }
    func words(_ choice: Reproduction.Choice, _ language: String) -> String {
      let weight = choice.weight.isEmpty ? Phrase.unweighted.text(in: language) : choice.weight
      return "\(weight), \(Phrase.reproductionBase(choice.base.rawValue).text(in: language))"
    }
    return [
      Phrase.reproduced(
        matched, of: total, by: equals.map { words($0, language) }
      ).text(in: language)
    ]
  }
}
