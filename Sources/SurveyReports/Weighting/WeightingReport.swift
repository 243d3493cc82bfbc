internal import SurveyData
package import SurveyStatistics
package import SurveyTables

/// What a weighting did as records, as tables and as sentences.
package struct WeightingReport {
  private let weighting: Weighting
  private let language: String
  private let seed: UInt64?
  private let largest: (variables: [String], rows: [(factor: Double, count: Int, codes: [String])])

  /// - Parameter seed: The seed of what was random; nil where nothing was.
  package init(_ weighting: Weighting, seed: UInt64?, language: String) throws {
    largest = try weighting.largestFactors(Self.mostClasses)
    self.weighting = weighting
    self.seed = seed
    self.language = language
  }

  private var dataset: Dataset { weighting.survey.dataset }
  private var summaries: [(name: Phrase, key: String, summary: WeightFigures)] {
    [
      (.before, "before", WeightFigures(weighting.survey.weights.values)),
      (.afterWeighting, "after", WeightFigures(weighting.weights)),
    ]
  }

  // MARK: Records

  /// Totals by step, variable and category; weights before and after; the classes with the largest factors.
  package var records: [Records] {
    func number(_ value: Double) -> Records.Value { .number(value) }
    let rows = Records(
      "rows",
      columns: [
        "step", "variable", "category", "sample", "target", "before", "after", "factor_min",
        "factor_max",
      ],
      rows: weighting.lines.map { line in
        [
          .text(weighting.steps[line.step].adjustment.step.rawValue), .text(line.variable),
          line.codes.isEmpty ? .empty : .text(line.category), .integer(line.count),
          number(line.target), number(line.before), number(line.after), number(line.lowFactor),
          number(line.highFactor),
        ]
      })
    let weights = Records(
      "weights",
      columns: ["weights", "n", "sum", "min", "max", "cv", "deff_kish", "n_effective"],
      rows: summaries.map { _, key, summary in
        [
          .text(key), .integer(summary.count), number(summary.sum), number(summary.smallest),
          number(summary.largest), number(summary.variation), number(summary.designEffect),
          number(summary.effectiveCount),
        ]
      })
    guard !largest.rows.isEmpty else { return [rows, weights] }
    return [
      rows, weights,
      Records(
        "largest_factors",
        columns: Records.columns(of: largest.variables, before: ["n", "factor"]),
        rows: largest.rows.map { row in
          row.codes.map(Tree.Value.text) + [.integer(row.count), number(row.factor)]
        }),
    ]
  }

  private static let mostClasses = 10

  // MARK: Tables

  /// The same for people.
  package var tables: [Table] {
    let first = weighting.lines.isEmpty ? [] : [totals]
    return first + [weights] + (largest.rows.isEmpty ? [] : [classes])
  }

  private func columns(_ phrases: [Phrase]) -> [Table.Column] {
    phrases.map { Table.Column($0.text(in: language)) }
  }

  private func total(_ value: Double) -> Table.Cell {
    guard !value.isNaN else { return .empty }
    return .number(
      Table.Quantity(value, as: abs(value) >= 1000 ? .fixed(digits: 0) : .significant(digits: 4)))
  }

  private func factor(_ value: Double) -> Table.Cell {
    value.isNaN ? .empty : .number(Table.Quantity(value, as: .fixed(digits: 3)))
  }

  private var totals: Table {
    var rows: [Table.Row] = []
    var last: (step: Int, variable: String)?
    for line in weighting.lines {
      let step = Phrase.step(weighting.steps[line.step].adjustment).text(in: language)
      if last?.step != line.step { rows.append(Table.Row(step, kind: .heading)) }
      let isAll = line.variable == "(all)"
      if !isAll, !line.codes.isEmpty, last.map({ $0 != (line.step, line.variable) }) ?? true {
        rows.append(Table.Row(title(of: line.variables), indent: 1))
      }
      last = (line.step, line.variable)
      rows.append(
        Table.Row(
          isAll ? Phrase.everybody.text(in: language) : label(line),
          indent: isAll || line.codes.isEmpty ? 1 : 2,
          cells: [
            .count(line.count), total(line.target), total(line.before), total(line.after),
            factor(line.lowFactor), factor(line.highFactor),
          ]))
    }
    var table = Table(
      title: Phrase.totalsBeforeAndAfter.text(in: language),
      columns: columns([
        Phrase(verbatim: "n"), .target, .before, .afterWeighting, .leastFactor, .largestFactor,
      ]), rows: rows)
    table.isDrawn = false
    table.isOrdered = true
    return table
  }

  private func title(of variables: [String]) -> String {
    variables.map { (try? dataset.variable($0))?.title(in: language) ?? $0 }
      .joined(separator: " × ")
  }

  /// The labels of a line's codes, or the variable of a number.
  private func label(_ line: WeightingLine) -> String {
    guard !line.codes.isEmpty else { return title(of: line.variables) }
    return zip(line.variables, line.codes).map { label(of: $1, in: $0) }.joined(separator: " × ")
  }

  private func label(of code: String, in variable: String) -> String {
    let category = (try? dataset.categorical(variable))?.categories.first { $0.code == code }
    let text = category?.label.text(in: language) ?? ""
    return text.isEmpty ? code : text
  }

  private var weights: Table {
    var table = Table(
      title: Phrase.weightsBeforeAndAfter.text(in: language),
      columns: columns([
        Phrase(verbatim: "n"), .sumOfWeights, .leastWeight, .largestWeight, .variation,
        .kishEffect, .effectiveCount,
      ]),
      rows: summaries.map { name, _, summary in
        Table.Row(
          name.text(in: language),
          cells: [
            .count(summary.count), total(summary.sum),
            .number(Table.Quantity(summary.smallest, as: .significant(digits: 4))),
            .number(Table.Quantity(summary.largest, as: .significant(digits: 4))),
            factor(summary.variation), factor(summary.designEffect),
            .number(Table.Quantity(summary.effectiveCount, as: .fixed(digits: 0))),
          ])
      })
    table.drawn = histogram
    table.isOrdered = true
    return table
  }

  /// The shares of rows whose weight is in each stretch of a quarter of the mean, before and after.
  private var histogram: Table {
    let all = [weighting.survey.weights.values, weighting.weights].map { weights in
      let used = weights.filter { $0 != 0 }
      let mean = used.reduce(0, +) / Double(max(used.count, 1))
      return used.map { $0 / mean }
    }
    let (width, most) = (0.25, 12)
    func bin(_ value: Double) -> Int { min(max(Int(value / width), 0), most) }
    let counts = all.map { values in
      values.reduce(into: Array(repeating: 0, count: most + 1)) { $0[bin($1)] += 1 }
    }
    let last = (0...most).last { bin in counts.contains { $0[bin] > 0 } } ?? 0
    let format = NumberFormat(language: language)
    var table = Table(
      title: Phrase.distributionOfWeights.text(in: language),
      unit: Phrase.shareOfRows.text(in: language), columns: columns([.before, .afterWeighting]),
      rows: (0...last).map { bin in
        let low = format.fixed(Double(bin) * width, digits: 2)
        let high = format.fixed(Double(bin + 1) * width, digits: 2)
        return Table.Row(
          bin == most ? "≥ \(low)" : "\(low)–\(high)",
          cells: zip(counts, all).map { counts, values in
            .estimate(
              Table.Quantity(
                Double(counts[bin]) / Double(max(values.count, 1)), as: .percent(digits: 0)),
              low: nil, high: nil, mark: "")
          })
      })
    table.chartKind = .bars
    table.isOrdered = true
    return table
  }

  private var classes: Table {
    var table = Table(
      title: Phrase.largestFactors.text(in: language),
      stub: title(of: largest.variables),
      columns: columns([Phrase(verbatim: "n"), .largestFactor]),
      rows: largest.rows.map { row in
        Table.Row(
          zip(largest.variables, row.codes).map { label(of: $1, in: $0) }.joined(separator: " × "),
          cells: [.count(row.count), factor(row.factor)])
      })
    table.isDrawn = false
    table.isOrdered = true
    return table
  }

  // MARK: Notes

  private var replicateNote: String? {
    guard let declaration = weighting.declaration else { return nil }
    return Phrase.replicatesMade(
      weighting.replicates.count, weighting.kind?.rawValue ?? declaration.method.rawValue,
      seed: seed, existed: weighting.kind == nil
    ).text(in: language)
  }

  /// What must be known besides.
  package var notes: [String] {
    let weights = weighting.survey.weights
    var phrases: [Phrase] = weights.name == nil ? [.unweightedNote] : []
    if weights.missingCount > 0 { phrases.append(.rowsWithoutWeight(weights.missingCount)) }
    phrases += (weighting.survey.dataset.notes + weighting.notes).map { Phrase($0) }
    return phrases.map { $0.text(in: language) } + (replicateNote.map { [$0] } ?? [])
  }
}
