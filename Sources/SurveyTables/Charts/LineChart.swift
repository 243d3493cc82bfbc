/// A chart of lines over waves, or over the values of a number, each with its band.
struct LineChart {
  private let chart: Chart
  private let style: Style
  private let numbers: NumberFormat
  /// The rows as numbers, when all of them are numbers: then they stand to scale.
  private let values: [Double]?

  private static let left = 64.0
  private static let height = 300.0

  init(_ chart: Chart, _ style: Style) {
    self.chart = chart
    self.style = style
    numbers = NumberFormat(language: style.language)
    let found = chart.rows.map { Double($0.label.replacing(",", with: ".")) }
    values = found.count > 1 && found.allSatisfy { $0 != nil } ? found.compactMap(\.self) : nil
  }

  /// Draws the chart and tells where it ends.
  func draw(into drawing: inout SVGDrawing, top: Double) -> Double {
    let names = chart.series.map { SVGDrawing.lines($0, .small, width: 150) }
    let widest = names.flatMap { $0 }.map { SVGDrawing.width(of: $0, .small) }.max() ?? 0
    let right = SVGDrawing.width - (chart.series.count > 1 ? widest + 24 : 48)
    let bottom = top + Self.height
    let vertical = ChartScale(
      over: chart.extent + (chart.isShare ? [0] : []), from: bottom, to: top + 8,
      isLogarithmic: chart.isLogarithmic, most: 5)
    for tick in vertical.ticks {
      drawing.line(Self.left, vertical.place(tick), right, vertical.place(tick), .hair)
      drawing.text(
        chart.tick(tick, vertical, numbers), Self.left - 8, vertical.place(tick) + 4, .small,
        .quiet,
        anchor: .end)
    }
    if let reference = chart.reference {
      drawing.line(Self.left, vertical.place(reference), right, vertical.place(reference), .rule)
    }
    let places = horizontalPlaces(to: right)
    drawLabels(at: places, into: &drawing, bottom: bottom)
    for series in chart.series.indices {
      drawBand(series, places, vertical, into: &drawing)
    }
    var ends: [(place: Int, y: Double)] = []
    for series in chart.series.indices {
      if let end = drawLine(series, places, vertical, into: &drawing) { ends.append((series, end)) }
    }
    drawNames(names, ends, into: &drawing, x: right + 10)
    return bottom + 24 + 15 * Double(labelLines)
  }

  private func horizontalPlaces(to right: Double) -> [Double] {
    let (start, end) = (Self.left + 16, right - 16)
    if let values, let low = values.min(), let high = values.max(), low < high {
      return values.map { start + ($0 - low) / (high - low) * (end - start) }
    }
    let last = Double(max(chart.rows.count - 1, 1))
    return chart.rows.indices.map { start + Double($0) / last * (end - start) }
  }

  /// The labels of the rows, those left out that would touch the one before.
  private func drawLabels(at places: [Double], into drawing: inout SVGDrawing, bottom: Double) {
    var free = -Double.infinity
    for (row, x) in zip(chart.rows, places) {
      let lines = SVGDrawing.lines(row.label, .small, width: 90)
      let half = (lines.map { SVGDrawing.width(of: $0, .small) }.max() ?? 0) / 2
      guard x - half > free else { continue }
      for (order, line) in lines.prefix(3).enumerated() {
        drawing.text(line, x, bottom + 18 + Double(order) * 15, .small, .quiet, anchor: .middle)
      }
      free = x + half + 6
    }
  }

  /// How many lines the labels need below the axis, at most three.
  private var labelLines: Int {
    min(3, chart.rows.map { SVGDrawing.lines($0.label, .small, width: 90).count }.max() ?? 1)
  }

  private func drawBand(
    _ series: Int, _ places: [Double], _ vertical: ChartScale, into drawing: inout SVGDrawing
  ) {
    let ends = zip(chart.rows, places).compactMap {
      row, x -> (x: Double, low: Double, high: Double)? in
      guard row.points.indices.contains(series), let point = row.points[series],
        let low = point.low, let high = point.high
      else { return nil }
      return (x, vertical.place(low), vertical.place(high))
    }
    guard ends.count > 1 else { return }
    let n = drawing.n
    let forth = ends.map { "\(n($0.x)) \(n($0.high))" }.joined(separator: "L")
    let back = ends.reversed().map { "\(n($0.x)) \(n($0.low))" }.joined(separator: "L")
    drawing.fill("M\(forth)L\(back)z", .series(series), opacity: 0.15)
  }

  /// Draws a line with its markers; says where it ends.
  private func drawLine(
    _ series: Int, _ places: [Double], _ vertical: ChartScale, into drawing: inout SVGDrawing
  ) -> Double? {
    let points = zip(chart.rows, places).compactMap {
      row, x -> (x: Double, y: Double, point: Chart.Point, isUpper: Bool)? in
      guard row.points.indices.contains(series), let point = row.points[series] else { return nil }
      let isUpper = row.points.allSatisfy { ($0?.value ?? point.value) <= point.value }
      return (x, vertical.place(point.value), point, isUpper)
    }
    guard let last = points.last else { return nil }
    let n = drawing.n
    let path = points.map { "\(n($0.x)) \(n($0.y))" }.joined(separator: "L")
    drawing.stroke("M\(path)", .series(series), width: 2)
    guard points.count <= 12 else { return last.y }
    for point in points { drawing.marker(series, point.x, point.y, .series(series), size: 4) }
    if chart.series.count <= 2 {
      for point in points {
        drawing.text(
          chart.label(point.point.value, numbers), point.x, point.y + (point.isUpper ? -10 : 20),
          .small, anchor: .middle)
      }
    }
    return last.y
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
}
