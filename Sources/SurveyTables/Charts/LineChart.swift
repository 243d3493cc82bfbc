/// A chart of lines over waves, or over the values of a number, each with its band: in one plane, or
/// each in its own where they are too many to be told apart.
struct LineChart {
  private let chart: Chart
  private let style: Style
  private let numbers: NumberFormat

  private static let left = 64.0
  private static let height = 300.0
  /// More lines than this stand in a panel each.
  private static let mostInOnePlane = 6

  init(_ chart: Chart, _ style: Style) {
    self.chart = chart
    self.style = style
    numbers = NumberFormat(language: style.language)
  }

  /// Draws the chart and tells where it ends.
  func draw(into drawing: inout SVGDrawing, top: Double) -> Double {
    chart.series.count > Self.mostInOnePlane
      ? drawPanels(into: &drawing, top: top) : drawPlane(into: &drawing, top: top)
  }

  // MARK: One plane

  private func drawPlane(into drawing: inout SVGDrawing, top: Double) -> Double {
    let names = chart.series.map { SVGDrawing.lines($0, .small, width: 150) }
    let widest = names.flatMap { $0 }.map { SVGDrawing.width(of: $0, .small) }.max() ?? 0
    let plot = LinePlot(
      chart, left: Self.left,
      right: SVGDrawing.width - (chart.series.count > 1 ? widest + 24 : 48), top: top + 8,
      bottom: top + Self.height, inset: 16, ticks: 5)
    plot.drawGrid(into: &drawing, numbers: numbers)
    plot.drawLabels(into: &drawing, width: 90, mostLines: 3)
    for series in chart.series.indices { plot.drawBand(series, .series(series), into: &drawing) }
    var ends: [(place: Int, y: Double)] = []
    for series in chart.series.indices {
      plot.drawLine(series, .series(series), into: &drawing)
      let points = plot.points(series)
      if points.count <= 12 { drawPoints(points, of: series, into: &drawing) }
      if let last = points.last { ends.append((series, last.y)) }
    }
    drawNames(names, ends, into: &drawing, x: plot.right + 10)
    let lines = chart.rows.map { SVGDrawing.lines($0.label, .small, width: 90).count }.max() ?? 1
    return drawAxis(
      into: &drawing, below: plot.bottom + 24 + 15 * Double(min(3, lines)), right: plot.right)
  }

  /// Draws the markers of a series and, where there is room, its numbers.
  private func drawPoints(
    _ points: [(x: Double, y: Double, value: Double, isHighest: Bool)], of series: Int,
    into drawing: inout SVGDrawing
  ) {
    for point in points { drawing.marker(series, point.x, point.y, .series(series), size: 4) }
    guard chart.series.count <= 2 else { return }
    for point in points {
      drawing.text(
        chart.label(point.value, numbers), point.x, point.y + (point.isHighest ? -10 : 20), .small,
        anchor: .middle)
    }
  }

  /// The names at the ends of their lines, pushed apart where they would touch.
  private func drawNames(
    _ names: [[String]], _ ends: [(place: Int, y: Double)], into drawing: inout SVGDrawing,
    x: Double
  ) {
    guard chart.series.count > 1 else { return }
    var free = -Double.infinity
    for (place, y) in ends.sorted(by: { $0.y < $1.y }) {
      var line = max(y + 4 - Double(names[place].count - 1) * 7.5, free)
      for name in names[place] {
        drawing.text(name, x, line, .small)
        line += 15
      }
      free = line + 2
    }
  }

  /// Says what the horizontal axis has; tells where that ends.
  private func drawAxis(
    into drawing: inout SVGDrawing, below y: Double, right: Double
  ) -> Double {
    guard !chart.axis.isEmpty else { return y }
    drawing.text(chart.axis, (Self.left + right) / 2, y + 4, .small, anchor: .middle)
    return y + 20
  }

  // MARK: Panels

  private func drawPanels(into drawing: inout SVGDrawing, top: Double) -> Double {
    let (perRow, gap, height) = (4, 14.0, 104.0)
    let width = (SVGDrawing.width - Self.left - gap * Double(perRow)) / Double(perRow)
    var y = top
    for start in stride(from: 0, to: chart.series.count, by: perRow) {
      let row = start..<min(start + perRow, chart.series.count)
      let names = row.map { SVGDrawing.lines(chart.series[$0], .small, width: width) }
      let lines = min(3, names.map(\.count).max() ?? 1)
      let plotTop = y + 15 * Double(lines) + 6
      for (column, series) in row.enumerated() {
        let left = Self.left + (width + gap) * Double(column)
        let plot = LinePlot(
          chart, left: left, right: left + width, top: plotTop, bottom: plotTop + height,
          inset: 14, ticks: 3)
        for (order, line) in names[column].prefix(3).enumerated() {
          drawing.text(line, left, y + 12 + 15 * Double(order), .small)
        }
        plot.drawGrid(into: &drawing, numbers: column == 0 ? numbers : nil)
        plot.drawBand(series, .series(0), into: &drawing)
        plot.drawLine(series, .series(0), into: &drawing)
        plot.drawLabels(into: &drawing, width: width, mostLines: 1)
      }
      y = plotTop + height + 36
    }
    return drawAxis(into: &drawing, below: y, right: SVGDrawing.width)
  }
}
