/// The plane of a line chart: where its numbers stand on the paper, and how a line is drawn there.
struct LinePlot {
  let chart: Chart
  let left: Double
  let right: Double
  let top: Double
  let bottom: Double
  let vertical: ChartScale
  /// Where each row stands.
  let places: [Double]
  private let spacing: Double

  /// Lays a plane out; rows that are numbers stand to scale.
  init(
    _ chart: Chart, _ numbers: NumberFormat, right: Double, top: Double, bottom: Double,
    inset: Double, ticks: Int
  ) {
    self.chart = chart
    self.right = right
    self.top = top
    self.bottom = bottom
    let reach = chart.reach ?? 0...1
    vertical = ChartScale(
      over: [reach.lowerBound, reach.upperBound] + (chart.isShare ? [0] : []), from: bottom,
      to: top,
      fixed: chart.bounds, isLogarithmic: chart.isLogarithmic, most: ticks)
    let scale = vertical
    left = SVGDrawing.widest(scale.ticks.map { chart.tick($0, scale, numbers) }, .small) + 16
    let (start, end) = (left + inset, right - inset)
    let values = chart.rows.map(\.label.writtenNumber)
    let known = values.compactMap(\.self)
    if known.count == values.count, let low = known.min(), let high = known.max(), low < high {
      places = known.map { start + ($0 - low) / (high - low) * (end - start) }
    } else {
      let last = Double(max(chart.rows.count - 1, 1))
      places = chart.rows.indices.map { start + Double($0) / last * (end - start) }
    }
    spacing = (end - start) / Double(max(chart.rows.count - 1, 1))
  }

  /// Draws the lines across, with their numbers.
  func drawGrid(into drawing: inout SVGDrawing, numbers: NumberFormat) {
    for tick in vertical.ticks {
      let y = vertical.place(tick)
      drawing.line(left, y, right, y, .hair)
      drawing.text(
        chart.tick(tick, vertical, numbers), left - 8, y + 4, .small, .quiet, anchor: .end)
    }
    if let reference = chart.reference, vertical.low...vertical.high ~= reference {
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

  /// Writes the numbers of one line or two beside their points, as far as there is room.
  func drawValues(into drawing: inout SVGDrawing, _ numbers: NumberFormat) {
    guard chart.series.count <= 2 else { return }
    let all = chart.series.indices.flatMap(points)
    var taken: [SVGDrawing.Box] = []
    for point in all.sorted(by: { $0.x < $1.x }) {
      let words = chart.label(point.value, numbers)
      let half = SVGDrawing.width(of: words, .small) / 2
      guard point.x - half > left - 4, point.x + half < right + 6 else { continue }
      let places = [point.y - 10, point.y + 20]
      let free = (point.isHighest ? places : places.reversed()).first { y in
        let box = SVGDrawing.box(of: words, point.x, y, .small, anchor: .middle)
        return box.top > top - 14 && box.bottom < bottom + 3
          && !taken.contains(where: box.touches)
          && !all.contains { abs($0.x - point.x) < half + 4 && abs($0.y - (y - 4)) < 10 }
      }
      guard let y = free else { continue }
      taken.append(SVGDrawing.box(of: words, point.x, y, .small, anchor: .middle))
      drawing.text(words, point.x, y, .small, anchor: .middle)
    }
  }

  /// The labels of the rows below the plane, each in the first of some levels where it has room.
  struct Labels {
    var lines: [(words: String, x: Double, y: Double)] = []
    /// How far they reach below the plane.
    var height = 0.0
  }

  /// Lays the labels out; what finds no room on any level is left out.
  func labels(within room: ClosedRange<Double>) -> Labels {
    let (lineHeight, mostLevels) = (15.0, 3)
    let width = max(spacing - 8, 64)
    let blocks = zip(chart.rows, places).map { row, x in
      let lines = SVGDrawing.lines(row.label, .small, width: width)
      let half = SVGDrawing.widest(lines, .small) / 2
      return (
        lines: lines, x: min(max(x, room.lowerBound + half), room.upperBound - half), half: half
      )
    }
    let levelHeight = Double(blocks.map(\.lines.count).max() ?? 1) * lineHeight
    var ends = [Double](repeating: -.infinity, count: mostLevels)
    var levels: [Int: Int] = [:]
    for (index, block) in blocks.enumerated().sorted(by: { $0.element.x < $1.element.x }) {
      guard let level = ends.indices.first(where: { block.x - block.half > ends[$0] }) else {
        continue
      }
      levels[index] = level
      ends[level] = block.x + block.half + 6
    }
    var found = Labels()
    for (index, level) in levels.sorted(by: { $0.key < $1.key }) {
      let block = blocks[index]
      let top = bottom + 20 + Double(level) * levelHeight
      for (order, line) in block.lines.enumerated() {
        found.lines.append((line, block.x, top + Double(order) * lineHeight))
      }
    }
    found.height = 10 + Double((levels.values.max() ?? 0) + 1) * levelHeight
    return found
  }

  /// Writes the labels below marks of their places.
  func draw(_ labels: Labels, into drawing: inout SVGDrawing) {
    for place in places { drawing.line(place, bottom, place, bottom + 4, .rule) }
    for line in labels.lines {
      drawing.text(line.words, line.x, line.y, .small, .quiet, anchor: .middle)
    }
  }
}
