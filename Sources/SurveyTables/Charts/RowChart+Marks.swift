extension RowChart {
  /// A bar from zero with its interval and its number.
  func drawBar(
    _ point: Chart.Point, _ place: Int, into drawing: inout SVGDrawing, middle: Double,
    height: Double
  ) {
    drawing.bar(
      scale.place(0), scale.place(point.value), top: middle - height / 2, height: height,
      ink(place))
    let zero = scale.place(0)
    var end = scale.place(point.value)
    if let low = point.low, let high = point.high {
      let (a, b) = (scale.place(low), scale.place(high))
      drawing.line(a, middle, b, middle, .ink, width: 1.2)
      drawing.line(a, middle - 3, a, middle + 3, .ink, width: 1.2)
      drawing.line(b, middle - 3, b, middle + 3, .ink, width: 1.2)
      end = point.value < 0 ? min(a, end) : max(b, end)
    }
    let isLeft = end < zero
    drawing.text(
      chart.label(point.value, numbers), isLeft ? end - 6 : end + 6, middle + 4, .small,
      anchor: isLeft ? .end : .start)
  }

  /// A dot with its interval; in a forest a square of the weight's size, a pooled row a diamond over its
  /// interval, and a row without a weight, such as what a new study may find, an open diamond on a bar
  /// with ends.
  func drawDot(
    _ point: Chart.Point, _ place: Int, of row: Chart.Row, into drawing: inout SVGDrawing,
    middle: Double
  ) {
    let x = scale.place(point.value)
    var end = x
    let isPooled = chart.kind == .forest && row.kind == .total
    let heaviest = chart.kind == .forest ? chart.rows.compactMap(\.weight).max() : nil
    let isOpen = !isPooled && heaviest != nil && row.weight == nil
    if let low = point.low, let high = point.high {
      let (a, b) = (scale.place(low), scale.place(high))
      let n = drawing.n
      if isPooled {
        drawing.fill(
          "M\(n(a)) \(n(middle))L\(n(x)) \(n(middle - 7))L\(n(b)) \(n(middle))L\(n(x)) "
            + "\(n(middle + 7))z", ink(place))
      } else if isOpen {
        drawing.stroke(
          "M\(n(a)) \(n(middle))L\(n(max(a, x - 7))) \(n(middle))M\(n(min(b, x + 7))) \(n(middle))"
            + "L\(n(b)) \(n(middle))M\(n(a)) \(n(middle - 4))v8M\(n(b)) \(n(middle - 4))v8",
          ink(place), width: 1.6)
      } else {
        drawing.stroke("M\(n(a)) \(n(middle))L\(n(b)) \(n(middle))", ink(place), width: 1.6)
      }
      end = max(end, b)
    }
    if isOpen {
      drawing.stroke(
        "M\(drawing.n(x - 7)) \(drawing.n(middle))l7 -6l7 6l-7 6z", ink(place), width: 1.6)
    } else if !isPooled {
      if chart.kind == .forest {
        let heaviest = heaviest ?? 1
        let share = (row.weight ?? heaviest) / max(heaviest, .leastNonzeroMagnitude)
        drawing.marker(1, x, middle, ink(place), size: 2 + 5 * share.squareRoot())
      } else {
        drawing.marker(place, x, middle, ink(place))
      }
    }
    drawing.text(chart.label(point.value, numbers), end + 7, middle + 4, .small)
  }

  /// Two points of the same people and the line between them.
  func drawDumbbell(_ row: Chart.Row, into drawing: inout SVGDrawing, middle: Double) {
    guard row.points.count == 2, let a = row.points[0], let b = row.points[1] else { return }
    let (x, y) = (scale.place(a.value), scale.place(b.value))
    drawing.line(x, middle, y, middle, .rule, width: 3)
    drawing.marker(0, x, middle, ink(0), size: 6)
    drawing.marker(1, y, middle, ink(1), size: 5.5)
    let isFirstLeft = x <= y
    drawing.text(
      chart.label(a.value, numbers), isFirstLeft ? x - 10 : x + 10, middle + 4, .small,
      anchor: isFirstLeft ? .end : .start)
    drawing.text(
      chart.label(b.value, numbers), isFirstLeft ? y + 10 : y - 10, middle + 4, .small,
      anchor: isFirstLeft ? .start : .end)
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
      drawing.bar(a, max(b - 1, a + 0.2), top: middle - height / 2, height: height, ink(place))
      let words = numbers.percent(share, digits: digits)
      if b - a > SVGDrawing.width(of: words, .small) + 6 {
        drawing.text(words, (a + b) / 2, middle + 4.5, on: ink(place))
      }
    }
  }

  private var digits: Int { if case .percent(let digits) = chart.format { digits } else { 0 } }
}
