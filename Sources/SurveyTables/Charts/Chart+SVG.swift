extension Chart {
  /// The chart as a drawing in SVG, without script, that follows the reader's choice of light or
  /// dark.
  ///
  /// - Parameters:
  ///   - style: The language.
  ///   - id: A name that no other chart of the page has.
  public func svg(_ style: Style = Style(), id: String = "chart") -> String {
    let (drawing, height) = drawn(style)
    return drawing.svg(
      height: height, id: id, title: title, description: description(style),
      language: style.language)
  }

  /// How high the drawing is, which is more than its size says where its content does not fit.
  public func height(_ style: Style = Style()) -> Double { drawn(style).height }

  /// The drawing, and how high it is.
  func drawn(_ style: Style) -> (drawing: SVGDrawing, height: Double) {
    var drawing = SVGDrawing(width: size.width)
    let room = size.width - 16
    var y = 8.0
    func add(
      _ words: String, _ face: SVGDrawing.Face, _ pen: SVGDrawing.Pen = .ink, above: Double
    ) {
      guard !words.isEmpty else { return }
      for line in SVGDrawing.lines(words, face, width: room) {
        y += face.lineHeight + above
        drawing.text(line, 8, y - 4, face, pen)
      }
    }
    add(title, .title, above: 0)
    add(subtitle, .label, above: 1)
    add(unitLine, .small, .quiet, above: 2)
    let below = notes.flatMap { SVGDrawing.lines($0, .small, width: room) + [""] }
    let noteHeight = below.reduce(0) { $0 + ($1.isEmpty ? 2 : SVGDrawing.Face.small.lineHeight) }
    let left = size.height.map { $0 - y - 8 - noteHeight - 22 }
    y = withPanelsOfLines.drawBody(into: &drawing, style, top: y + 8, height: left) + 10
    y = max(y, (size.height ?? 0) - noteHeight - 12)
    for line in below {
      y += line.isEmpty ? 2 : SVGDrawing.Face.small.lineHeight
      if !line.isEmpty { drawing.text(line, 8, y, .small, .quiet) }
    }
    return (drawing, max((y + 12).rounded(), size.height ?? 0))
  }

  /// Draws the marks, in panels where there are facets; tells where they end.
  private func drawBody(
    into drawing: inout SVGDrawing, _ style: Style, top: Double, height: Double?
  ) -> Double {
    guard isFaceted else {
      return kind == .lines
        ? LineChart(self, style, width: size.width).draw(into: &drawing, top: top, height: height)
        : RowChart(self, style, width: size.width).draw(into: &drawing, top: top, height: height)
    }
    let start = legend.draw(into: &drawing, width: size.width, top: top)
    return ChartPanels(self, style).draw(
      into: &drawing, top: start, height: height.map { $0 - (start - top) })
  }

  /// The names of the series beside their marks.
  var legend: ChartLegend {
    let mark: ChartLegend.Mark =
      switch kind {
      case .bars, .stacked, .diverging: .bar
      case .dots, .dumbbell: .dot
      case .forest: .square
      case .lines: hasMarkers ? .lineWithDots : .line
      }
    return ChartLegend(names: series, mark: mark, ink: ink)
  }

  /// Whether the points of lines are few enough to have markers.
  var hasMarkers: Bool { rows.filter { $0.kind != .heading }.count <= 12 || isFaceted }

  /// The colour of a series.
  func ink(_ place: Int) -> ChartInk {
    palette.ink(
      place, of: series.count, isOrdered: kind == .stacked || kind == .diverging)
  }

  /// What the chart shows, with its numbers, for those who do not see it.
  public func description(_ style: Style = Style()) -> String {
    if let alternative { return alternative }
    let format = NumberFormat(language: style.language)
    var heading = ""
    var sentences: [String] = []
    for row in rows {
      guard row.kind != .heading else {
        heading = row.label + ", "
        continue
      }
      var points = zip(series, row.points).compactMap { name, point -> String? in
        guard let point else { return nil }
        var text = series.count > 1 && !name.isEmpty ? "\(name) " : ""
        text += label(point.value, format)
        if let low = point.low, let high = point.high {
          text += " (\(format.interval(low, high, as: self.format)))"
        }
        return text
      }
      let own = row.kind == .total || row.indent == 0 ? row.label : heading + row.label
      guard !points.isEmpty else {
        if row.isEmpty { sentences.append("\(own): \(Phrase.n.text(in: style.language)) = 0.") }
        continue
      }
      if let count = row.count { points.append("n\u{A0}\(format.count(count))") }
      sentences.append("\(own): \(points.joined(separator: ", ")).")
    }
    let unit =
      interval.isEmpty || !takesIntervals
      ? unit
      : [unit, interval].filter { !$0.isEmpty }
        .joined(separator: ", ")
    return
      ([Phrase.chart(kind).text(in: style.language) + "."]
      + [subtitle, unit].filter { !$0.isEmpty }.map { $0.hasSuffix(".") ? $0 : "\($0)." }
      + sentences + background).joined(separator: " ")
  }

  /// A number as it is written beside its point.
  func label(_ value: Double, _ numbers: NumberFormat) -> String {
    if case .percent = format { return numbers.text(value, as: format) + "\u{A0}%" }
    return numbers.text(value, as: format)
  }

  /// A number as it is written at the axis.
  func tick(_ value: Double, _ scale: ChartScale, _ numbers: NumberFormat) -> String {
    switch format {
    case .percent: numbers.percent(value, digits: scale.decimals(shift: 2)) + "\u{A0}%"
    case .points: numbers.points(value, digits: scale.decimals(shift: 2))
    default:
      isLogarithmic
        ? numbers.fixed(value, digits: ChartScale.decimals(of: [value], shift: 0))
        : numbers.fixed(value, digits: scale.decimals(shift: 0))
    }
  }

  /// Whether the numbers are shares.
  var isShare: Bool { if case .percent = format { true } else { false } }

  /// All numbers that the axis must reach, those of its company too; nil without any.
  var reach: ClosedRange<Double>? {
    guard let span, let company else { return span ?? company }
    return min(span.lowerBound, company.lowerBound)...max(span.upperBound, company.upperBound)
  }
}
