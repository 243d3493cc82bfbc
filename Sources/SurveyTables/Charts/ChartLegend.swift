/// The names of series beside marks as the chart draws them.
struct ChartLegend {
  /// What a mark looks like.
  enum Mark { case bar, dot, square, line, lineWithDots }

  let names: [String]
  let mark: Mark
  let ink: (Int) -> ChartInk

  /// Draws the names in rows from a place downwards and tells where they end: the base line of the last.
  func draw(into drawing: inout SVGDrawing, width: Double, top: Double) -> Double {
    guard names.count > 1 else { return top }
    var (x, y) = (8.0, top + 14)
    for (place, name) in names.enumerated() {
      let lines = SVGDrawing.lines(name, .label, width: width - 46)
      let own = 24 + SVGDrawing.widest(lines, .label)
      if x > 8, x + own > width - 8 { (x, y) = (8, y + 22) }
      draw(place, x, y - 4, into: &drawing)
      for (order, line) in lines.enumerated() {
        drawing.text(line, x + 24, y + Double(order) * 19)
      }
      y += Double(lines.count - 1) * 19
      x += own + 16
    }
    return y + 12
  }

  private func draw(_ place: Int, _ x: Double, _ middle: Double, into drawing: inout SVGDrawing) {
    switch mark {
    case .bar: drawing.bar(x + 2, x + 16, top: middle - 7, height: 14, ink(place))
    case .dot: drawing.marker(place, x + 9, middle, ink(place))
    case .square: drawing.marker(1, x + 9, middle, ink(place))
    case .line, .lineWithDots:
      drawing.stroke(
        "M\(drawing.n(x)) \(drawing.n(middle))h19", ink(place), width: 2)
      if mark == .lineWithDots { drawing.marker(place, x + 9.5, middle, ink(place), size: 4) }
    }
  }
}
