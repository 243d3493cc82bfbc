extension Chart {
  /// The chart as a drawing in SVG, without script, that follows the reader's choice of light or
  /// dark.
  ///
  /// - Parameters:
  ///   - style: The language.
  ///   - id: A name that no other chart of the page has.
  public func svg(_ style: Style = Style(), id: String = "chart") -> String {
    var drawing = SVGDrawing()
    var y = 8.0
    for line in SVGDrawing.lines(title, .title, width: SVGDrawing.width - 16) {
      y += SVGDrawing.Face.title.lineHeight
      drawing.text(line, 8, y - 4, .title)
    }
    if !unit.isEmpty {
      for line in SVGDrawing.lines(unit, .small, width: SVGDrawing.width - 16) {
        y += SVGDrawing.Face.small.lineHeight + 2
        drawing.text(line, 8, y - 2, .small, .quiet)
      }
    }
    y += 14
    y =
      kind == .lines
      ? LineChart(self, style).draw(into: &drawing, top: y)
      : RowChart(self, style).draw(into: &drawing, top: y)
    y += 10
    for note in notes {
      for line in SVGDrawing.lines(note, .small, width: SVGDrawing.width - 16) {
        y += SVGDrawing.Face.small.lineHeight
        drawing.text(line, 8, y, .small, .quiet)
      }
      y += 2
    }
    return drawing.svg(
      height: (y + 12).rounded(), id: id, title: title, description: description(style),
      language: style.language)
  }

  /// What the chart shows, with its numbers, for those who do not see it.
  public func description(_ style: Style = Style()) -> String {
    let format = NumberFormat(language: style.language)
    var heading = ""
    var sentences: [String] = []
    for row in rows {
      guard row.kind != .heading else {
        heading = row.label + ", "
        continue
      }
      let points = zip(series, row.points).compactMap { name, point -> String? in
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
      sentences.append("\(own): \(points.joined(separator: ", ")).")
    }
    return
      ([Phrase.chart(kind).text(in: style.language) + "."]
      + (unit.isEmpty ? [] : ["\(unit)."]) + sentences).joined(separator: " ")
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

  /// All ends and estimates.
  var extent: [Double] {
    rows.flatMap { $0.points.compactMap(\.self) }.flatMap { [$0.low, $0.value, $0.high] }
      .compactMap(\.self) + [reference].compactMap(\.self)
  }
}
