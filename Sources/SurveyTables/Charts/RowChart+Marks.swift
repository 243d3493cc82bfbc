extension RowChart {
  /// A bar from zero with its interval and its number.
  func drawBar(
    _ point: Chart.Point, _ place: Int, into drawing: inout SVGDrawing, middle: Double,
    height: Double
  ) {
    drawing.bar(
      scale.place(0), scale.place(point.value), top: middle - height / 2, height: height,
      chart.ink(place))
    let zero = scale.place(0)
    var end = scale.place(point.value)
    if let (a, b, ends) = interval(of: point) {
      drawing.line(a, middle, b, middle, .ink, width: 1.2)
      for x in ends { drawing.line(x, middle - 3, x, middle + 3, .ink, width: 1.2) }
      end = point.value < 0 ? min(a, end) : max(b, end)
    }
    let isLeft = end < zero
    write(
      point.value, isLeft ? end - 6 : end + 6, middle, into: &drawing,
      anchor: isLeft ? .end : .start)
  }

  /// A number beside a mark, where numbers are shown.
  private func write(
    _ value: Double, _ x: Double, _ middle: Double, into drawing: inout SVGDrawing,
    anchor: SVGDrawing.Anchor = .start
  ) {
    guard chart.shown.contains(.values) else { return }
    drawing.text(chart.label(value, numbers), x, middle + 4, .small, anchor: anchor)
  }

  /// A dot with its interval; in a forest a square of the weight's size, a pooled row a diamond over its
  /// interval, and a row without a weight, such as what a new study may find, an open diamond on a bar
  /// with ends.
  func drawDot(
    _ point: Chart.Point, _ place: Int, of row: Chart.Row, into drawing: inout SVGDrawing,
    middle: Double
  ) {
    let ink = chart.ink(place)
    let x = scale.place(point.value)
    var end = x
    let isPooled = chart.kind == .forest && row.kind == .total && point.low != nil
    let heaviest = chart.kind == .forest ? chart.rows.compactMap(\.weight).max() : nil
    let isOpen = !isPooled && heaviest != nil && row.weight == nil
    let n = drawing.n
    if isPooled, let low = point.low, let high = point.high {
      let (a, b) = (scale.place(low), scale.place(high))
      drawing.fill(
        "M\(n(a)) \(n(middle))L\(n(x)) \(n(middle - 7))L\(n(b)) \(n(middle))L\(n(x)) "
          + "\(n(middle + 7))z", ink)
      end = max(end, b)
    } else if let (a, b, _) = interval(of: point) {
      if isOpen {
        drawing.stroke(
          "M\(n(a)) \(n(middle))L\(n(max(a, x - 7))) \(n(middle))M\(n(min(b, x + 7))) \(n(middle))"
            + "L\(n(b)) \(n(middle))M\(n(a)) \(n(middle - 4))v8M\(n(b)) \(n(middle - 4))v8", ink,
          width: 1.6)
      } else {
        drawing.stroke("M\(n(a)) \(n(middle))L\(n(b)) \(n(middle))", ink, width: 1.6)
      }
      end = max(end, b)
    }
    if isOpen {
      drawing.stroke("M\(n(x - 7)) \(n(middle))l7 -6l7 6l-7 6z", ink, width: 1.6)
      end = max(end, x + 4)
    } else if !isPooled {
      if chart.kind == .forest {
        let heaviest = heaviest ?? 1
        let share = (row.weight ?? heaviest) / max(heaviest, .leastNonzeroMagnitude)
        drawing.marker(1, x, middle, ink, size: 2 + 5 * share.squareRoot())
      } else {
        drawing.marker(place, x, middle, ink)
      }
      end = max(end, x + 2)
    }
    write(point.value, end + 7, middle, into: &drawing)
  }

  /// Two points of the same people and the line between them.
  func drawDumbbell(_ row: Chart.Row, into drawing: inout SVGDrawing, middle: Double) {
    guard row.points.count == 2, let a = row.points[0], let b = row.points[1] else { return }
    let (x, y) = (scale.place(a.value), scale.place(b.value))
    drawing.line(x, middle, y, middle, .rule, width: 3)
    drawing.marker(0, x, middle, chart.ink(0), size: 6)
    drawing.marker(1, y, middle, chart.ink(1), size: 5.5)
    let isFirstLeft = x <= y
    let (first, second): (SVGDrawing.Anchor, SVGDrawing.Anchor) =
      isFirstLeft ? (.end, .start) : (.start, .end)
    let side = isFirstLeft ? -10.0 : 10
    write(a.value, x + side, middle, into: &drawing, anchor: first)
    write(b.value, y - side, middle, into: &drawing, anchor: second)
  }

  /// Shares of one whole beside each other, each with its number where there is room.
  func drawShares(
    of row: Chart.Row, into drawing: inout SVGDrawing, middle: Double, height: Double
  ) {
    var from = chart.kind == .diverging ? -DivergingSides(row.points).low : 0
    for (place, point) in row.points.enumerated() {
      let share = point?.value ?? 0
      let (a, b) = (scale.place(from), scale.place(from + share))
      from += share
      guard b - a > 0.2 else { continue }
      drawing.bar(
        a, max(b - 1, a + 0.2), top: middle - height / 2, height: height, chart.ink(place))
      let words = numbers.percent(share, digits: digits)
      if chart.shown.contains(.values), b - a > SVGDrawing.width(of: words, .inside) + 5 {
        drawing.text(words, (a + b) / 2, middle + 4.5, on: chart.ink(place))
      }
    }
  }

  private var digits: Int { if case .percent(let digits) = chart.format { digits } else { 0 } }
}
