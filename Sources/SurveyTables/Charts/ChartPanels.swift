/// The panels of a chart with facets: a grid of small charts on one scale.
struct ChartPanels {
  private let chart: Chart
  private let style: Style
  private let panels: [(name: String, lines: [String], chart: Chart)]
  private let columns: Int
  private let width: Double
  private static let gap = 20.0

  init(_ chart: Chart, _ style: Style) {
    self.chart = chart
    self.style = style
    let parts = chart.panels
    // A line by itself is told without the room that names and labels need.
    let isNarrow = chart.kind == .lines && chart.series.count == 1 && parts.count > 4
    let most = Int((chart.size.width + Self.gap) / ((isNarrow ? 156 : 300) + Self.gap))
    let columns = max(1, min(most, parts.count))
    let width = (chart.size.width - Self.gap * Double(columns - 1)) / Double(columns)
    panels = parts.map { name, part in
      var part = part
      part.company = chart.reach
      return (name, SVGDrawing.lines(name, .heading, width: width - 16), part)
    }
    self.columns = columns
    self.width = width
  }

  /// Draws the panels and tells where they end.
  func draw(into drawing: inout SVGDrawing, top: Double, height: Double?) -> Double {
    let count = (panels.count + columns - 1) / columns
    var y = top
    for start in stride(from: 0, to: panels.count, by: columns) {
      let row = panels[start..<min(start + columns, panels.count)]
      let heading = Double(row.map(\.lines.count).max() ?? 1) * SVGDrawing.Face.heading.lineHeight
      let share = height.map { $0 / Double(count) - heading - Self.gap }
      var bottom = y
      for (column, panel) in row.enumerated() {
        let (x, panelTop) = ((width + Self.gap) * Double(column), y)
        drawing.panel(x, panelTop) { drawing in
          for (order, line) in panel.lines.enumerated() {
            drawing.text(
              line, 8, (Double(order) + 0.8) * SVGDrawing.Face.heading.lineHeight, .heading)
          }
          let end =
            panel.chart.kind == .lines
            ? LineChart(panel.chart, style, width: width, isPanel: true)
              .draw(into: &drawing, top: heading, height: share)
            : RowChart(panel.chart, style, width: width, isPanel: true)
              .draw(into: &drawing, top: heading, height: share)
          bottom = max(bottom, panelTop + end)
        }
      }
      y = bottom + Self.gap
    }
    return y - Self.gap
  }
}
