/// A chart whose rows stand below each other, their points on one horizontal axis.
struct RowChart {
  let chart: Chart
  let style: Style
  let numbers: NumberFormat
  let scale: ChartScale
  /// The labels of the rows, broken into lines.
  private let labels: [[String]]
  private let width: Double
  /// Whether the labels stand above their marks, for want of room beside them.
  private let isAbove: Bool
  /// Whether it is one of several panels, so that the names of series stand above all of them.
  private let isPanel: Bool
  /// The left end of the plot.
  private let left: Double
  /// The right end of the plot.
  let right: Double
  private let hasCounts: Bool
  /// How much higher than need be marks and rows are.
  private var stretch = (mark: 1.0, row: 0.0)

  /// Less room than this has no place for labels beside the marks.
  private static let narrow = 480.0

  init(_ chart: Chart, _ style: Style, width: Double, isPanel: Bool = false) {
    self.chart = chart
    self.style = style
    self.width = width
    self.isPanel = isPanel
    let numbers = NumberFormat(language: style.language)
    self.numbers = numbers
    let counts = chart.rows.compactMap(\.count).map(numbers.count)
    hasCounts = chart.shown.contains(.n) && !counts.isEmpty
    let isAbove = width < Self.narrow
    self.isAbove = isAbove
    let widest =
      chart.rows.filter { $0.kind != .heading }.map {
        SVGDrawing.width(of: $0.label, .label) + 14 * Double($0.indent)
      }.max() ?? 0
    let left = isAbove ? 10 : min(max(widest + 20, 90), max(width * 0.35, 150))
    self.left = left
    let countWidth = SVGDrawing.widest(counts, .small)
    let right = width - (hasCounts && !isAbove ? max(countWidth, 14) + 28 : 14)
    self.right = right
    labels = chart.rows.map { row in
      let indent = 14 * Double(row.indent)
      return row.kind == .heading
        ? SVGDrawing.lines(row.label, .heading, width: width - 40 - indent)
        : SVGDrawing.lines(
          row.label, .label,
          width: isAbove
            ? width - 16 - indent - (chart.shown.contains(.n) ? countWidth + 24 : 0)
            : left - 18 - indent)
    }
    let room = Self.roomForValues(of: chart, numbers)
    scale = ChartScale.fitting(
      room: 4...(width - 4),
      words: { chart.tick(chart.kind == .diverging ? abs($0) : $0, $1, numbers) }
    ) { Self.scale(of: chart, from: left + room.left, to: right - room.right, most: $0) }
  }

  /// How much room numbers beside the marks need at the ends.
  private static func roomForValues(
    of chart: Chart, _ numbers: NumberFormat
  ) -> (left: Double, right: Double) {
    guard chart.kind != .stacked, chart.kind != .diverging else { return (0, 0) }
    let values = chart.rows.flatMap(\.points).compactMap { $0?.value }
    let least = chart.kind == .bars ? 4.0 : 12
    guard chart.shown.contains(.values) else { return (least, least) }
    let widest = SVGDrawing.widest(values.map { chart.label($0, numbers) }, .small) + 12
    let isLeft = chart.kind == .dumbbell || chart.kind == .bars && values.contains { $0 < 0 }
    return (isLeft ? widest : chart.kind == .bars ? 0 : 8, widest)
  }

  private static func scale(
    of chart: Chart, from left: Double, to right: Double, most: Int
  ) -> ChartScale {
    let reach = chart.reach ?? 0...1
    let ends = [reach.lowerBound, reach.upperBound]
    var fixed = chart.bounds
    var over = ends
    switch chart.kind {
    case .stacked: fixed = 0...1
    case .diverging:
      fixed = (ends[0] * 10).rounded(.down) / 10...(ends[1] * 10).rounded(.up) / 10
    case .bars:
      over += [0]
      // A share near all of a whole is seen against the whole.
      if chart.isShare, fixed == nil, ends[0] >= 0, ends[1] > 0.8, ends[1] <= 1 { fixed = 0...1 }
    default: break
    }
    return ChartScale(
      over: over, from: left, to: right, fixed: fixed, isLogarithmic: chart.isLogarithmic,
      most: most)
  }

  /// How high one mark is.
  private var markHeight: Double {
    let natural: Double =
      switch chart.kind {
      case .bars: chart.series.count == 1 ? 20 : 15
      case .stacked, .diverging: 24
      case .dots, .forest: chart.series.count == 1 ? 16 : 15
      case .dumbbell, .lines: 18
      }
    return natural * stretch.mark
  }

  /// Whether the series of a row lie below each other.
  private var isGrouped: Bool {
    switch chart.kind {
    case .bars, .dots, .forest: chart.series.count > 1
    default: false
    }
  }

  private func textHeight(of place: Int) -> Double {
    Double(labels[place].count) * SVGDrawing.Face.label.lineHeight
  }

  private func height(of place: Int) -> Double {
    let text = textHeight(of: place)
    guard chart.rows[place].kind != .heading else { return text + 10 }
    let gap = stretch.row + (isGrouped ? 14 : 9)
    return (isAbove ? text + markHeights + 2 : max(text, markHeights)) + gap
  }

  /// Draws the chart, as high as asked where its rows leave room; tells where it ends.
  func draw(into drawing: inout SVGDrawing, top: Double, height: Double?) -> Double {
    var y = isPanel ? top : chart.legend.draw(into: &drawing, width: width, top: top)
    if hasCounts, !isAbove {
      drawing.text(
        Phrase.n.text(in: style.language), width - 10, y + 12, .small, .quiet, anchor: .end)
      y += 12
    }
    y += 6
    guard let height else { return drawRows(into: &drawing, top: y) }
    return stretched(by: height - (y - top) - 20).drawRows(into: &drawing, top: y)
  }

  /// The same with its rows spread over a height, if that is more than they need.
  private func stretched(by height: Double) -> RowChart {
    let own = chart.rows.indices.filter { chart.rows[$0].kind != .heading }
    let spare = height - chart.rows.indices.reduce(0) { $0 + self.height(of: $1) }
    guard spare > 0, !own.isEmpty else { return self }
    var copy = self
    let most = chart.kind == .dots || chart.kind == .forest ? 0.3 : 1
    copy.stretch.mark = 1 + min(spare / Double(own.count) / 2 / markHeights, most)
    let rest = height - chart.rows.indices.reduce(0) { $0 + copy.height(of: $1) }
    copy.stretch.row = max(0, rest / Double(own.count))
    return copy
  }

  private func drawRows(into drawing: inout SVGDrawing, top: Double) -> Double {
    var y = top
    let bottom = top + chart.rows.indices.reduce(0) { $0 + height(of: $1) }
    drawGuides(into: &drawing, top: top, bottom: bottom)
    for (place, row) in chart.rows.enumerated() {
      let rowHeight = height(of: place)
      if row.kind == .total { drawing.line(8, y, right, y, .hair) }
      let text = textHeight(of: place)
      let padding = (rowHeight - text - (isAbove ? markHeights + 2 : 0)) / 2
      drawLabel(
        of: place, into: &drawing, top: isAbove && row.kind != .heading ? y + padding : y,
        height: isAbove && row.kind != .heading ? text : rowHeight)
      if row.kind != .heading {
        let middle =
          isAbove ? y + padding + text + 2 + markHeights / 2 : y + rowHeight / 2
        draw(row, into: &drawing, middle: middle)
      }
      y += rowHeight
    }
    return drawAxis(into: &drawing, bottom: bottom)
  }

  /// How high the marks of a row are together.
  private var markHeights: Double { markHeight * Double(isGrouped ? chart.series.count : 1) }

  private func drawLabel(of place: Int, into drawing: inout SVGDrawing, top: Double, height: Double)
  {
    let row = chart.rows[place]
    let lines = labels[place]
    let lineHeight = SVGDrawing.Face.label.lineHeight
    var y = top + (height - Double(lines.count) * lineHeight) / 2 + lineHeight * 0.76
    if row.kind == .heading { y += 3 }
    for line in lines {
      drawing.text(
        line, 8 + 14 * Double(row.indent), y, row.kind == .heading ? .heading : .label,
        hasHalo: isAbove || row.kind == .heading)
      y += lineHeight
    }
    if hasCounts, let count = row.count, row.kind != .heading {
      let words = numbers.count(count)
      drawing.text(
        isAbove ? "\(Phrase.n.text(in: style.language))\u{A0}\(words)" : words, width - 10,
        isAbove ? top + lineHeight * 0.76 : top + height / 2 + 4, .small, .quiet, anchor: .end,
        hasHalo: isAbove)
    }
  }

  private func drawGuides(into drawing: inout SVGDrawing, top: Double, bottom: Double) {
    for tick in scale.ticks {
      drawing.line(scale.place(tick), top, scale.place(tick), bottom, .hair)
    }
    let zero = chart.kind == .bars || chart.kind == .diverging ? 0 : chart.reference
    if let zero, scale.low...scale.high ~= zero {
      drawing.line(scale.place(zero), top, scale.place(zero), bottom, .rule)
    }
  }

  private func drawAxis(into drawing: inout SVGDrawing, bottom: Double) -> Double {
    let labels = scale.labels(within: 4...(width - 4)) { value, scale in
      chart.tick(chart.kind == .diverging ? abs(value) : value, scale, numbers)
    }
    for label in labels {
      drawing.text(label.words, label.x, bottom + 16, .small, .quiet, anchor: .middle)
    }
    return bottom + 20
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

  /// The ends of a point's interval on the paper, and whether each is an end and not the axis'.
  func interval(of point: Chart.Point) -> (from: Double, to: Double, ends: [Double])? {
    guard chart.shown.contains(.intervals), let low = point.low, let high = point.high else {
      return nil
    }
    let ends = [low, high].filter { scale.low - 1e-12...scale.high + 1e-12 ~= $0 }
    return (scale.place(low), scale.place(high), ends.map(scale.place))
  }
}
