/// A chart of lines over waves, or over the values of a number, each with its band, in one plane.
struct LineChart {
  private let chart: Chart
  private let numbers: NumberFormat
  private let width: Double
  /// Whether it is one of several panels, so that the names of series stand above all of them.
  private let isPanel: Bool
  private let names: [[String]]
  /// Whether the names of series stand at the ends of their lines.
  private let namesAtEnds: Bool

  private static let lineHeight = 15.0

  init(_ chart: Chart, _ style: Style, width: Double, isPanel: Bool = false) {
    self.chart = chart
    self.width = width
    self.isPanel = isPanel
    numbers = NumberFormat(language: style.language)
    names = chart.series.map { SVGDrawing.lines($0, .small, width: min(150, width * 0.25)) }
    namesAtEnds = !isPanel && width >= 480 && chart.series.count > 1
  }

  /// Draws the chart and tells where it ends.
  func draw(into drawing: inout SVGDrawing, top: Double, height: Double?) -> Double {
    let widest = SVGDrawing.widest(names.flatMap(\.self), .small)
    let start =
      isPanel || namesAtEnds ? top : chart.legend.draw(into: &drawing, width: width, top: top)
    let inset = isPanel ? 12.0 : 20
    let usual = isPanel ? 110.0 : namesAtEnds ? max(300, endHeight + 20) : min(300, width * 0.6)
    var plot = plot(from: start, height: usual, inset: inset, right: namesAtEnds ? widest + 22 : 14)
    var labels = plot.labels(within: 2...(width - 2))
    let below = labels.height + (chart.axis.isEmpty ? 6 : 26)
    if let height {
      let room = height - (start - top) - below - 12
      if room > usual || !namesAtEnds, room > 90 {
        plot = self.plot(
          from: start, height: room, inset: inset, right: namesAtEnds ? widest + 22 : 14)
        labels = plot.labels(within: 2...(width - 2))
      }
    }
    plot.drawGrid(into: &drawing, numbers: numbers)
    plot.draw(labels, into: &drawing)
    for series in chart.series.indices where chart.shown.contains(.intervals) {
      plot.drawBand(series, chart.ink(series), into: &drawing)
    }
    var ends: [(place: Int, y: Double)] = []
    for series in chart.series.indices {
      plot.drawLine(series, chart.ink(series), into: &drawing)
      let points = plot.points(series)
      // A line by itself in a small panel needs no shape to be known by.
      if chart.hasMarkers {
        for point in points {
          drawing.marker(
            series, point.x, point.y, chart.ink(series), size: isPanel ? 3 : 4)
        }
      }
      if let last = points.last { ends.append((series, last.y)) }
    }
    if chart.shown.contains(.values), chart.hasMarkers { plot.drawValues(into: &drawing, numbers) }
    if namesAtEnds { drawNames(ends, into: &drawing, plot) }
    guard !chart.axis.isEmpty else { return plot.bottom + below }
    for (order, line) in SVGDrawing.lines(chart.axis, .small, width: width - 16).enumerated() {
      let half = SVGDrawing.width(of: line, .small) / 2
      let x = min(max((plot.left + plot.right) / 2, half + 4), width - half - 4)
      drawing.text(
        line, x, plot.bottom + labels.height + 18 + Double(order) * Self.lineHeight, .small,
        anchor: .middle)
    }
    let lines = SVGDrawing.lines(chart.axis, .small, width: width - 16).count
    return plot.bottom + below + Double(lines - 1) * Self.lineHeight
  }

  private func plot(from top: Double, height: Double, inset: Double, right: Double) -> LinePlot {
    LinePlot(
      chart, numbers, right: width - right, top: top + 12, bottom: top + 12 + height, inset: inset,
      ticks: max(2, min(6, Int(height / 45))))
  }

  /// The names below each other.
  private var endHeight: Double {
    names.reduce(0) { $0 + Double($1.count) * Self.lineHeight + 2 }
  }

  /// The names at the ends of their lines, pushed apart where they would touch.
  private func drawNames(
    _ ends: [(place: Int, y: Double)], into drawing: inout SVGDrawing, _ plot: LinePlot
  ) {
    let sorted = ends.sorted { $0.y < $1.y }
    let heights = sorted.map { Double(names[$0.place].count) * Self.lineHeight + 2 }
    var tops = zip(sorted, heights).map { $0.y - $1 / 2 }
    for index in tops.indices.dropFirst() {
      tops[index] = max(tops[index], tops[index - 1] + heights[index - 1])
    }
    var limit = plot.bottom + 8
    for index in tops.indices.reversed() {
      tops[index] = min(tops[index], limit - heights[index])
      limit = tops[index]
    }
    for (index, end) in sorted.enumerated() {
      for (order, name) in names[end.place].enumerated() {
        drawing.text(
          name, plot.right + 10, tops[index] + 12 + Double(order) * Self.lineHeight, .small)
      }
    }
  }
}
