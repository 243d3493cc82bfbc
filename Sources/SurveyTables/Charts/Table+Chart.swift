internal import SurveyData

extension Table {
  /// The chart of the table's estimates.
  ///
  /// Rows of the table become rows of the chart, columns with estimates its series. Left to itself
  /// the table chooses: dots for differences, a dumbbell where two numbers and their gap stand side
  /// by side, bars for shares of one answer, stacked bars for several answers.
  ///
  /// A table that has another to draw gives that one's, unless all answers of a row are to add up.
  ///
  /// One series of rows without an order of their own stands sorted by value, the largest first.
  ///
  /// - Parameters:
  ///   - kind: How to draw; nil leaves it to the table.
  ///   - order: How the table has been sorted; nil leaves the order to its chart.
  ///   - isFaceted: Whether rows under headings have a panel each.
  /// - Throws: ``SurveyError`` of kind usage when the kind makes no sense for the table.
  public func chart(
    _ kind: Chart.Kind? = nil, sorted order: Order? = nil, isFaceted: Bool = false
  ) throws -> Chart {
    if let drawn, kind != .stacked, kind != .diverging {
      return try drawn.chart(kind, sorted: order, isFaceted: isFaceted)
    }
    // Under headings the same groups stand in the same order.
    let isSorted =
      order == nil && essentials.isUnordered && !rows.contains { $0.kind == .heading }
    let columns = self.columns.indices.filter { holdsEstimates($0) }
    guard let first = columns.first else {
      throw SurveyError(
        .usage, at: title.isEmpty ? nil : title, "the table has no estimates to draw",
        remedy: "Leave --chart out for this command.")
    }
    let pair = self.columns.indices.filter { holdsNumbers($0) }
    let chosen = kind ?? chartKind ?? naturalKind(columns, pair: pair)
    var chart = Chart(
      chosen, title: title, unit: bareUnit, series: [], rows: [],
      format: format(of: first) ?? .significant(digits: 3), reference: reference,
      isLogarithmic: reference == 1, notes: notes)
    if bareUnit != unit { chart.interval = essentials.interval }
    switch chosen {
    case .dumbbell:
      guard pair.count >= 2 else { throw unfit(chosen, needs: "two numbers of the same people") }
      chart.series = pair.prefix(2).map(name(of:))
      chart.rows = chartRows(Array(pair.prefix(2)))
      chart.format = format(of: pair[0]) ?? chart.format
      // The unit of the table is that of the gap.
      if chart.isShare { chart.unit = "%" }
      chart.reference = nil
    case .stacked, .diverging:
      chart.series = columns.map(name(of:))
      chart.rows = chartRows(columns)
      guard columns.count > 1, chart.rows.allSatisfy(\.addsUp) else {
        throw unfit(chosen, needs: "shares of several answers that add up to 100 % in a row")
      }
    case .bars, .lines:
      chart.series = columns.map(name(of:))
      chart.rows = chartRows(columns)
      if chosen == .lines {
        chart.axis = axis
        chart = rows.contains { $0.curve != nil } ? withCurves(chart) : withLines(chart, isFaceted)
      } else if isSorted, columns.count == 1 {
        chart.rows = sorted(by: .answer).chartRows(columns)
      }
    case .dots, .forest:
      chart.series = columns.map(name(of:))
      chart.rows = chartRows(columns)
      if chart.reference == nil, case .points = chart.format { chart.reference = 0 }
      if isSorted, chosen == .dots, columns.count == 1 {
        chart.rows = sorted(by: .answer).chartRows(columns)
      }
    }
    return isFaceted && chosen != .lines ? try self.faceted(chart) : chart
  }

  /// The same with a panel for each outermost group of its headings.
  private func faceted(_ chart: Chart) throws -> Chart {
    guard chart.rows.contains(where: { $0.kind == .heading }) else {
      throw SurveyError(
        .usage, at: title.isEmpty ? nil : title, "there are no groups within groups for panels",
        remedy: "Name the groups that stand in each panel: --facet GROUP --by ANOTHER")
    }
    var chart = chart
    var outer = ""
    chart.rows = chart.rows.filter { $0.kind != .total }.flatMap { row -> [Chart.Row] in
      guard row.kind == .heading, let first = row.groups.first else { return [row] }
      var inner = row
      inner.label = row.groups.dropFirst().joined(separator: ", ")
      inner.indent = 1
      let heading = first == outer ? [] : [Chart.Row(first, kind: .heading)]
      outer = first
      return heading + (row.groups.count > 1 ? [inner] : [])
    }
    chart.isFaceted = true
    return chart
  }

  private func naturalKind(_ columns: [Int], pair: [Int]) -> Chart.Kind {
    if reference != nil { return pair.count == 2 && isPoints(columns[0]) ? .dumbbell : .dots }
    if isPoints(columns[0]) { return pair.count == 2 ? .dumbbell : .dots }
    let addsUp = columns.count > 2 && chartRows(columns).allSatisfy(\.addsUp)
    if addsUp { return .stacked }
    if case .percent? = format(of: columns[0]) { return .bars }
    return .dots
  }

  /// Turns rows that are points of curves into one line a curve.
  private func withCurves(_ chart: Chart) -> Chart {
    var chart = chart
    var places: [String] = []
    var lines: [String] = []
    var points: [Row.Curve: Chart.Point] = [:]
    for row in rows {
      guard let curve = row.curve,
        case .estimate(let quantity, let low, let high, _)? = row.cells.first
      else { continue }
      if !places.contains(curve.place) { places.append(curve.place) }
      if !lines.contains(curve.line) { lines.append(curve.line) }
      points[curve] = Chart.Point(quantity.value, low: low, high: high)
    }
    chart.series = lines
    chart.rows = places.inNumericOrder.map { place in
      Chart.Row(place, points: lines.map { points[Row.Curve(place: place, line: $0)] })
    }
    return chart
  }

  private func unfit(_ kind: Chart.Kind, needs: String) -> SurveyError {
    SurveyError(
      .usage, at: title.isEmpty ? nil : title,
      "a chart of kind '\(kind.rawValue)' needs \(needs), which this table has not",
      remedy: "Leave the kind to the table: --chart alone.")
  }

  /// A column's heading, or that of its group.
  private func name(of column: Int) -> String {
    columns[column].heading.isEmpty ? columns[column].group : columns[column].heading
  }

  private func isPoints(_ column: Int) -> Bool {
    if case .points? = format(of: column) { true } else { false }
  }

  private func holdsEstimates(_ column: Int) -> Bool {
    rows.contains { row in
      if row.cells.indices.contains(column), case .estimate = row.cells[column] {
        true
      } else {
        false
      }
    }
  }

  private func holdsNumbers(_ column: Int) -> Bool {
    rows.contains { row in
      if row.cells.indices.contains(column), case .number = row.cells[column] {
        true
      } else {
        false
      }
    }
  }

  private func format(of column: Int) -> Format? {
    for row in rows where row.cells.indices.contains(column) {
      switch row.cells[column] {
      case .estimate(let quantity, _, _, _), .number(let quantity): return quantity.format
      default: continue
      }
    }
    return nil
  }

  private func chartRows(_ columns: [Int]) -> [Chart.Row] {
    rows.filter(\.isDrawn).compactMap { row in
      let points = columns.map { place -> Chart.Point? in
        guard row.cells.indices.contains(place) else { return nil }
        switch row.cells[place] {
        case .estimate(let quantity, let low, let high, _):
          return Chart.Point(quantity.value, low: low, high: high)
        case .number(let quantity): return Chart.Point(quantity.value)
        default: return nil
        }
      }
      let shown = points.map { $0?.value.isFinite == true ? $0 : nil }
      let counts = row.cells.compactMap { if case .count(let n) = $0 { n } else { nil } }
      // A group in which nobody is keeps its name.
      let isEmpty = !counts.isEmpty && counts.allSatisfy { $0 == 0 }
      guard row.kind == .heading || isEmpty || shown.contains(where: { $0 != nil }) else {
        return nil
      }
      let weights = row.cells.compactMap { cell -> Double? in
        if case .number(let quantity) = cell, case .percent = quantity.format {
          quantity.value
        } else {
          nil
        }
      }
      let aside = Self.aside(of: row)
      var drawn = Chart.Row(
        aside.isEmpty ? row.label : "\(row.label) \(aside)", indent: row.indent, kind: row.kind,
        points: row.kind == .heading ? [] : isEmpty ? shown.map { _ in nil } : shown,
        count: counts.last, weight: weights.last)
      drawn.groups = row.groups
      return drawn
    }
  }
}

extension Chart.Row {
  /// Whether the points are shares of one whole; a heading has none that could differ.
  fileprivate var addsUp: Bool {
    guard kind != .heading, !isEmpty else { return true }
    return abs(points.reduce(0) { $0 + ($1?.value ?? 0) } - 1) < 1e-6
  }
}

extension [String] {
  /// The same in the order of the numbers that they are, so that waves that one line lacks still
  /// stand in their place; as they are when one is no number.
  var inNumericOrder: [String] {
    let numbers = compactMap(\.writtenNumber)
    return numbers.count == count ? zip(numbers, self).sorted { $0.0 < $1.0 }.map(\.1) : self
  }
}

extension String {
  /// The number that is written, with a comma or a point; nil when it is none.
  var writtenNumber: Double? {
    Double(replacing(",", with: ".").replacing("\u{2212}", with: "-"))
  }
}
