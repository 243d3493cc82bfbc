public import SurveyData

/// A scale of several items: how well they go together, and how its scores are distributed, by
/// group.
public struct Scale: Sendable {
  /// The items, in order.
  public let items: [Variable]
  /// For every item the lowest plus the highest answer where it is reversed, so that `x` counts as
  /// `turn − x`, in the unit of the item; nil where it counts as it is.
  public let turns: [Double?]
  /// The group variables.
  public let groupVariables: [Variable]
  /// Alpha, alpha without each item, item–rest correlations, the items' means, then the mean,
  /// standard deviation and quartiles of the score; each by group.
  public let rows: [EstimateRow]
  /// Alpha, alpha without each item, and item–rest correlations with their joint covariance, group
  /// after group; a label's category is the statistic.
  public let estimates: Estimates
  /// Where every row of the file went: those who answer all items count.
  public let accounting: Accounting
  /// What the user must know about the items.
  public let notes: [Note]

  /// What the whole scale is called: the items' names with `+` between them.
  public var name: String { items.map(\.name).joined(separator: "+") }
}

extension Survey {
  /// Analyses the items of a scale.
  ///
  /// Cronbach's alpha of K items with covariance matrix `S` is `K∕(K − 1) · (1 − τ∕σ)`, with τ the
  /// trace of `S` and σ the sum of its elements, the variance of the sum of the items. With the
  /// deviations `d` of a respondent's items from their means, its influence is `K∕(K − 1) · n∕(n −
  /// 1) · (τ (Σ d)² ∕ σ² − Σ d² ∕ σ) ∕ Σ w`. Alpha without an item is that of the others; the
  /// item–rest correlation is that of an item with the sum of the others, with Fisher's interval.
  /// The score is the mean of the items.
  ///
  /// Alpha tells how reliable the sum is only if the items measure one thing equally well;
  /// otherwise it is a lower bound.
  ///
  /// - Parameters:
  ///   - items: The names of two numeric variables or more. Alpha, correlations and the score rest
  ///     on those who answer all; the mean of an item on those who answer it.
  ///   - reversed: The items that are turned, by the lowest and highest code or the range that the
  ///     codebook gives, otherwise by the lowest and highest answer.
  ///   - groups: The names of variables whose combinations make the groups.
  ///   - options: The confidence level and the quantile rule.
  /// - Returns: Alpha up to 1, correlations between −1 and 1, means and scores in the items' unit.
  /// - Throws: ``SurveyError`` for text, fewer than two items, items none of which varies, an empty
  ///   base, or a stratum with one unit.
  /// - Complexity: O(rows × items²).
  /// - Note: Agrees with `svycralpha` of R's survey 4.1, and all errors with the delta method on
  ///   its `svyvar`.
  /// - SeeAlso: Cronbach (1951), Psychometrika 16; van Zyl, Neudecker and Nel (2000), Psychometrika
  ///   65.
  public func scale(
    _ items: [String], reversing reversed: [String] = [], by groups: [String] = [],
    options: EstimationOptions = EstimationOptions()
  ) throws -> Scale {
    guard items.count > 1, Set(items).count == items.count else {
      throw SurveyError(
        .usage, "a scale needs two different items", remedy: "Write --scale a,b,c, each once.")
    }
    if let stranger = reversed.first(where: { !items.contains($0) }) {
      throw SurveyError(
        .usage, "'\(stranger)' is to be reversed, but it is no item of the scale",
        remedy: suggestion(for: stranger, among: items))
    }
    let inputs =
      groups.map { (name: $0, view: ColumnView.codes) } + items.map { ($0, .numbers) }
    let rule = options.quantileRule
    let variables = try items.map { try dataset.variable($0) }
    let found = try findings { survey in
      let survey =
        try rule.isInterpolating ? survey.withPeople(for: rule) : survey.merged(over: inputs)
      try survey.dataset.load(inputs)
      return try survey.scaleFinding(variables, reversing: reversed, by: groups, options: options)
    }
    let accounting = try found.accounting(\.accounting)
    let rows = try found.rows(options: options, \.rows)
    return Scale(
      items: variables, turns: found.first.turns,
      groupVariables: try groups.map { try dataset.variable($0) }, rows: rows,
      estimates: try found.estimates(\.estimates), accounting: accounting,
      notes: Self.notes(on: items, turns: found.first.turns, rows: rows)
        + found.first.constants.map { item in
          Note(
            .warning, id: "scale.constant-item",
            "has the same answer for everybody, so that nothing goes with it; alpha counts it as an item",
            at: item)
        })
  }

  /// A scale in one data set.
  private func scaleFinding(
    _ items: [Variable], reversing reversed: [String], by groups: [String],
    options: EstimationOptions
  ) throws -> ScaleFinding {
    var numbers: [(name: String, column: NumericColumn)] = []
    var turns: [Double?] = []
    for item in items {
      let column = try dataset.numeric(item.name)
      let turn = reversed.contains(item.name) ? item.lowestPlusHighest(of: column) : nil
      turns.append(turn)
      numbers.append((item.name, turn.map(column.turned) ?? column))
    }
    let moments = try JointMoments(numbers, by: groups, in: self)
    // A constant item has no correlation, but it is one of the K of alpha.
    if moments.constants.count == items.count { try moments.requireVariation() }
    let analysis = ItemAnalysis(moments)
    let estimates = try analysis.estimates()
    var rows = analysis.rows(of: estimates, level: options.level)
    for number in numbers {
      let frame = NumericFrame(
        survey: self, cells: try Cases([number], by: groups, in: self), name: number.name,
        values: number.column.values, options: options)
      rows += try frame.means().rows
    }
    let frame = NumericFrame(
      survey: self, cells: moments.cells, name: items.map(\.name).joined(separator: "+"),
      values: analysis.scores, options: options)
    rows += try frame.means().rows + frame.standardDeviations()
    for quartile in [0.25, 0.5, 0.75] { rows += try frame.quantiles(quartile) }
    return ScaleFinding(
      turns: turns, rows: rows, estimates: estimates, constants: moments.constants,
      accounting: moments.cells.accounting)
  }

  private static func notes(
    on items: [String], turns: [Double?], rows: [EstimateRow]
  ) -> [Note] {
    zip(items, turns).flatMap { item, turn in
      var notes =
        turn.map {
          [
            Note(
              .information, id: "scale.reversed", "is reversed, \(canonicalCode($0)) − \(item)",
              naming: [canonicalCode($0), item], at: item)
          ]
        } ?? []
      let goesAgainst = rows.contains {
        $0.variable == item && $0.statistic == "item_rest" && $0.interval.high < 0
      }
      if goesAgainst {
        notes.append(
          Note(
            .warning, id: "scale.against",
            "goes against the other items; "
              + (turn == nil ? "is it to be reversed?" : "is it rightly reversed?"),
            naming: [turn == nil ? "" : "reversed"], at: item))
      }
      return notes
    }
  }
}

/// What one data set has of a scale.
private struct ScaleFinding {
  let turns: [Double?]
  let rows: [EstimateRow]
  let estimates: Estimates
  /// The items that are the same for everybody.
  let constants: [String]
  let accounting: Accounting
}

extension Variable {
  /// The lowest plus the highest answer that there can be, or that there is where nobody has said.
  fileprivate func lowestPlusHighest(of column: NumericColumn) -> Double {
    let possible =
      categories.compactMap(\.number)
      + [range?.lowerBound, range?.upperBound].compactMap { $0 }
    let values = possible.isEmpty ? column.values.filter { !$0.isNaN } : possible
    return (values.min() ?? 0) + (values.max() ?? 0)
  }
}

extension NumericColumn {
  /// The numbers subtracted from one; missing answers keep their reason.
  fileprivate func turned(_ turn: Double) -> NumericColumn {
    NumericColumn(values: values.map { $0.isNaN ? $0 : turn - $0 }, missing: missing)
  }
}
