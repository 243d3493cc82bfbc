extension Table {
  /// Turns rows under headings into lines, so that the rows become the axis.
  ///
  /// One number a row gives a line a heading. Several, headings of two groups, or the wish for panels
  /// give a panel for each outermost group, with a line for each number or inner group.
  func withLines(_ chart: Chart, _ isFaceted: Bool) -> Chart {
    var chart = chart
    chart.rows = chart.rows.filter { $0.kind != .total }
    var parts: [(heading: Chart.Row, rows: [Chart.Row])] = []
    for row in chart.rows {
      if row.kind == .heading {
        parts.append((row, []))
      } else if !parts.isEmpty {
        parts[parts.count - 1].rows.append(row)
      }
    }
    guard let first = parts.first, chart.rows.first?.kind == .heading else { return chart }
    let isCrossed = first.heading.groups.count > 1
    guard isCrossed || isFaceted || chart.series.count > 1 else {
      chart.series = parts.map(\.heading.label)
      chart.rows = Self.merged(parts.map(\.rows))
      return chart
    }
    chart.isFaceted = true
    guard isCrossed, chart.series.count == 1 else {
      chart.rows = parts.flatMap { part in
        [Chart.Row(part.heading.label, kind: .heading)] + Self.merged([part.rows])
      }
      return chart
    }
    let outer = parts.reduce(into: [String]()) { names, part in
      if names.last != part.heading.groups[0] { names.append(part.heading.groups[0]) }
    }
    func name(_ part: (heading: Chart.Row, rows: [Chart.Row])) -> String {
      part.heading.groups.dropFirst().joined(separator: ", ")
    }
    let inner = parts.reduce(into: [String]()) { names, part in
      if !names.contains(name(part)) { names.append(name(part)) }
    }
    chart.series = inner
    chart.rows = outer.flatMap { group in
      let own = parts.filter { $0.heading.groups[0] == group }
      return [Chart.Row(group, kind: .heading)]
        + Self.merged(inner.map { line in own.first { name($0) == line }?.rows ?? [] })
    }
    return chart
  }

  /// Rows of several lines as points of one axis, numbers in their order.
  private static func merged(_ lines: [[Chart.Row]]) -> [Chart.Row] {
    var labels: [String] = []
    for row in lines.joined() where !labels.contains(row.label) { labels.append(row.label) }
    if lines.count == 1 {
      return labels.inNumericOrder.compactMap { label in lines[0].first { $0.label == label } }
        .map { row in
          var row = row
          row.indent = 1
          return row
        }
    }
    return labels.inNumericOrder.map { label in
      Chart.Row(
        label, points: lines.map { line in line.first { $0.label == label }?.points.first ?? nil })
    }
  }
}
