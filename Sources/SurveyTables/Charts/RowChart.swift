/// A chart whose rows stand below each other, their points on one horizontal axis.
struct RowChart {
  let chart: Chart
  let style: Style
  let numbers: NumberFormat
  let scale: ChartScale
  /// The labels of the rows, broken into lines.
  private let labels: [[String]]
  /// The left end of the plot.
  private let left: Double
  /// The right end of the plot.
  let right: Double
  private let hasCounts: Bool

  init(_ chart: Chart, _ style: Style) {
    self.chart = chart
    self.style = style
    numbers = NumberFormat(language: style.language)
    hasCounts = chart.rows.contains { $0.count != nil }
    let widest =
      chart.rows.map {
        SVGDrawing.width(of: $0.label, .label) + 14 * Double($0.indent)
      }.max() ?? 0
    left = min(max(widest + 20, 90), 250)
    right = SVGDrawing.width - (hasCounts ? 70 : 24)
    let room = left - 20
    labels = chart.rows.map { row in
      SVGDrawing.lines(
        row.label, row.kind == .heading ? .heading : .label,
        width: row.kind == .heading ? SVGDrawing.width - 40 : room - 14 * Double(row.indent))
    }
    let plotRight = right - (chart.kind == .stacked || chart.kind == .diverging ? 0 : 52)
    scale = Self.scale(of: chart, from: left, to: plotRight)
  }

  private static func scale(of chart: Chart, from left: Double, to right: Double) -> ChartScale {
    switch chart.kind {
    case .stacked: return ChartScale(over: [], from: left, to: right, fixed: 0...1, most: 5)
    case .diverging:
      let sides = chart.rows.filter { $0.kind != .heading }.map { DivergingSides($0.points) }
      let low = ((sides.map(\.low).max() ?? 0.5) * 10).rounded(.up) / 10
      let high = ((sides.map(\.high).max() ?? 0.5) * 10).rounded(.up) / 10
      return ChartScale(over: [], from: left, to: right, fixed: -low...high, most: 6)
    case .bars where chart.isShare:
      let top = chart.extent.max() ?? 1
      return ChartScale(over: [0, min(top, 1)], from: left, to: right)
    case .bars: return ChartScale(over: chart.extent + [0], from: left, to: right)
    default:
      return ChartScale(
        over: chart.extent, from: left, to: right, isLogarithmic: chart.isLogarithmic)
    }
  }

  /// How high one mark is.
  private var markHeight: Double {
    switch chart.kind {
    case .bars: chart.series.count == 1 ? 20 : 15
    case .stacked, .diverging: 24
    case .dots, .forest: chart.series.count == 1 ? 16 : 14
    case .dumbbell, .lines: 18
    }
  }

  /// Whether the series of a row lie below each other.
  private var isGrouped: Bool {
    switch chart.kind {
    case .bars, .dots, .forest: chart.series.count > 1
    default: false
    }
  }

  private func height(of place: Int) -> Double {
    let text = Double(labels[place].count) * SVGDrawing.Face.label.lineHeight
    guard chart.rows[place].kind != .heading else { return text + 10 }
    let marks = markHeight * Double(isGrouped ? chart.series.count : 1)
    return max(text, marks) + (isGrouped ? 14 : 9)
  }

  /// Draws the chart and tells where it ends.
  func draw(into drawing: inout SVGDrawing, top: Double) -> Double {
    var y = drawLegend(into: &drawing, top: top)
    if hasCounts {
      drawing.text(
        Phrase.n.text(in: style.language), SVGDrawing.width - 10, y, .small, .quiet, anchor: .end)
    }
    y += 6
    let plotTop = y
    let bottom = plotTop + chart.rows.indices.reduce(0) { $0 + height(of: $1) }
    drawGuides(into: &drawing, top: plotTop, bottom: bottom)
    for (place, row) in chart.rows.enumerated() {
      let rowHeight = height(of: place)
      if row.kind == .total { drawing.line(8, y, right, y, .hair) }
      drawLabel(of: place, into: &drawing, top: y, height: rowHeight)
      if row.kind != .heading { draw(row, into: &drawing, middle: y + rowHeight / 2) }
      y += rowHeight
    }
    return drawAxis(into: &drawing, bottom: bottom)
  }

  private func drawLabel(of place: Int, into drawing: inout SVGDrawing, top: Double, height: Double)
  {
    let row = chart.rows[place]
    let lines = labels[place]
    let lineHeight = SVGDrawing.Face.label.lineHeight
    var y = top + (height - Double(lines.count) * lineHeight) / 2 + lineHeight * 0.76
    if row.kind == .heading { y += 3 }
    for line in lines {
      drawing.text(line, 8 + 14 * Double(row.indent), y, row.kind == .heading ? .heading : .label)
      y += lineHeight
    }
    if let count = row.count, row.kind != .heading {
      drawing.text(
        numbers.count(count), SVGDrawing.width - 10, top + height / 2 + 4, .small, .quiet,
        anchor: .end)
    }
  }

  private func drawGuides(into drawing: inout SVGDrawing, top: Double, bottom: Double) {
    for tick in scale.ticks {
      drawing.line(scale.place(tick), top, scale.place(tick), bottom, .hair)
    }
    let zero = chart.kind == .bars || chart.kind == .diverging ? 0 : chart.reference
    if let zero { drawing.line(scale.place(zero), top, scale.place(zero), bottom, .rule) }
  }

  private func drawAxis(into drawing: inout SVGDrawing, bottom: Double) -> Double {
    for tick in scale.ticks {
      let value = chart.kind == .diverging ? abs(tick) : tick
      drawing.text(
        chart.tick(value, scale, numbers), scale.place(tick), bottom + 16, .small, .quiet,
        anchor: .middle)
    }
    return bottom + 20
  }

  /// The names of the series beside their marks; one series needs none.
  private func drawLegend(into drawing: inout SVGDrawing, top: Double) -> Double {
    guard chart.series.count > 1 else { return top + 10 }
    var (x, y) = (8.0, top + 10)
    for (place, name) in chart.series.enumerated() {
      let lines = SVGDrawing.lines(name, .label, width: SVGDrawing.width - 40)
      let width = 24 + (lines.map { SVGDrawing.width(of: $0, .label) }.max() ?? 0)
      if x > 8, x + width > SVGDrawing.width - 10 { (x, y) = (8, y + 22) }
      let isDot = chart.kind == .dots || chart.kind == .forest || chart.kind == .dumbbell
      if isDot {
        drawing.marker(place, x + 7, y - 4, ink(place))
      } else {
        drawing.bar(x, x + 14, top: y - 11, height: 14, ink(place))
      }
      for (order, line) in lines.enumerated() {
        drawing.text(line, x + 21, y + Double(order) * 18)
      }
      y += Double(lines.count - 1) * 18
      x += width + 14
    }
    return y + 22
  }

  /// The colour of a series.
  func ink(_ place: Int) -> ChartInk {
    chart.kind == .stacked || chart.kind == .diverging
      ? .ordered(place, of: chart.series.count) : .series(place)
  }

  /// Draws what a row shows.
  private func draw(_ row: Chart.Row, into drawing: inout SVGDrawing, middle: Double) {
    guard !row.isEmpty else {
      return drawing.text(
        "\(Phrase.n.text(in: style.language)) = 0", left + 6, middle + 4, .small, .quiet)
    }
    switch chart.kind {
    case .stacked, .diverging:
      drawShares(of: row, into: &drawing, middle: middle, height: markHeight)
    case .dumbbell: drawDumbbell(row, into: &drawing, middle: middle)
    default:
      let step = markHeight
      let first = middle - step * Double(chart.series.count - 1) / 2
      for (place, point) in row.points.enumerated() {
        guard let point else { continue }
        let y = first + step * Double(place)
        if chart.kind == .bars {
          drawBar(point, place, into: &drawing, middle: y, height: step - (isGrouped ? 2 : 0))
        } else {
          drawDot(point, place, of: row, into: &drawing, middle: y)
        }
      }
    }
  }
}

/// How far ordered shares reach to both sides of their middle; an answer in the middle lies half on
/// each.
struct DivergingSides {
  let low: Double
  let high: Double

  init(_ points: [Chart.Point?]) {
    let shares = points.map { $0?.value ?? 0 }
    let half = shares.count / 2
    let middle = shares.count % 2 == 1 ? shares[half] : 0
    low = shares.prefix(half).reduce(0, +) + middle / 2
    high = shares.suffix(half).reduce(0, +) + middle / 2
  }
}
