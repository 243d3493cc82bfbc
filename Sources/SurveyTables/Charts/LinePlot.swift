/// The plane of a line chart: where its numbers stand on the paper, and how a line is drawn there.
struct LinePlot {
  let chart: Chart
  let left: Double
  let right: Double
  let bottom: Double
  let vertical: ChartScale
  /// Where each row stands.
  let places: [Double]

  /// Lays a plane out; rows that are numbers stand to scale.
  init(
    _ chart: Chart, left: Double, right: Double, top: Double, bottom: Double, inset: Double,
    ticks: Int
  ) {
    self.chart = chart
    self.left = left
    self.right = right
    self.bottom = bottom
    vertical = ChartScale(
      over: chart.extent + (chart.isShare ? [0] : []), from: bottom, to: top,
      isLogarithmic: chart.isLogarithmic, most: ticks)
    let (start, end) = (left + inset, right - inset)
    let values = chart.rows.map(\.label.writtenNumber)
    let known = values.compactMap(\.self)
    if known.count == values.count, let low = known.min(), let high = known.max(), low < high {
      places = known.map { start + ($0 - low) / (high - low) * (end - start) }
    } else {
      let last = Double(max(chart.rows.count - 1, 1))
      places = chart.rows.indices.map { start + Double($0) / last * (end - start) }
    }
  }

  /// Draws the lines across, with their numbers where wanted.
  func drawGrid(into drawing: inout SVGDrawing, numbers: NumberFormat?) {
    for tick in vertical.ticks {
      let y = vertical.place(tick)
      drawing.line(left, y, right, y, .hair)
      if let numbers {
        drawing.text(
          chart.tick(tick, vertical, numbers), left - 8, y + 4, .small, .quiet, anchor: .end)
      }
    }
    if let reference = chart.reference {
      drawing.line(left, vertical.place(reference), right, vertical.place(reference), .rule)
    }
  }

  /// Draws the band between the ends of a series' intervals.
  func drawBand(_ series: Int, _ ink: ChartInk, into drawing: inout SVGDrawing) {
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
    drawing.fill("M\(forth)L\(back)z", ink, opacity: 0.15)
  }

  /// The points of a series, from left to right.
  func points(_ series: Int) -> [(x: Double, y: Double, value: Double, isHighest: Bool)] {
    zip(chart.rows, places).compactMap { row, x in
      guard row.points.indices.contains(series), let point = row.points[series] else { return nil }
      let isHighest = row.points.allSatisfy { ($0?.value ?? point.value) <= point.value }
      return (x, vertical.place(point.value), point.value, isHighest)
    }
  }

  /// Draws the line of a series.
  func drawLine(_ series: Int, _ ink: ChartInk, into drawing: inout SVGDrawing) {
    let n = drawing.n
    let path = points(series).map { "\(n($0.x)) \(n($0.y))" }.joined(separator: "L")
    if !path.isEmpty { drawing.stroke("M\(path)", ink, width: 2) }
  }

  /// Writes the labels of the rows below, those left out that would touch the one before.
  func drawLabels(into drawing: inout SVGDrawing, width: Double, mostLines: Int) {
    var free = -Double.infinity
    for (row, x) in zip(chart.rows, places) {
      let lines = SVGDrawing.lines(row.label, .small, width: width)
      let half = (lines.map { SVGDrawing.width(of: $0, .small) }.max() ?? 0) / 2
      guard x - half > free else { continue }
      for (order, line) in lines.prefix(mostLines).enumerated() {
        drawing.text(line, x, bottom + 18 + Double(order) * 15, .small, .quiet, anchor: .middle)
      }
      free = x + half + 6
    }
  }
}
