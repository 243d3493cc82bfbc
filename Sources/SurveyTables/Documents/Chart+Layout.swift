internal import SurveyData

extension Chart {
  /// How large a drawing is, in pixels.
  public struct Size: Hashable, Sendable {
    /// The width.
    public let width: Double
    /// The height; nil lets the content decide.
    ///
    /// A drawing that does not fit becomes higher.
    public let height: Double?

    /// Makes a size.
    public init(width: Double, height: Double? = nil) {
      self.width = width
      self.height = height
    }

    /// A column beside another.
    public static let half = Size(width: 350)
    /// The width of a page.
    public static let page = Size(width: 720)
    /// A slide of 16 to 9.
    public static let slide = Size(width: 960, height: 540)
    /// As high as wide.
    public static let square = Size(width: 600, height: 600)
    /// The sizes that have a name.
    public static let named = [
      ("half", half), ("page", page), ("slide", slide), ("square", square),
    ]

    private static let widths = 240.0...4000
    private static let heights = 160.0...4000

    /// The size that is written: `720x450`, or a name; nil when it is neither or out of reason.
    public init?(_ text: String) {
      if let known = Self.named.first(where: { $0.0 == text })?.1 {
        self = known
        return
      }
      let parts = text.replacing("×", with: "x").split(
        separator: "x", omittingEmptySubsequences: false
      ).map { Int($0).map(Double.init) }
      guard parts.count == 2, let width = parts[0], let height = parts[1],
        Self.widths.contains(width), Self.heights.contains(height)
      else { return nil }
      self.init(width: width, height: height)
    }
  }

  /// What can be left out of a drawing.
  public enum Part: String, CaseIterable, Sendable {
    /// The respondents at the right.
    case n
    /// The intervals of estimates.
    case intervals
    /// The numbers beside the marks.
    case values
  }

  /// What stands below a chart.
  public enum Notes: String, CaseIterable, Sendable {
    /// The question, the respondents, the source.
    case short
    /// All that stands below the table.
    case full
    /// Nothing.
    case none
  }

  /// Whether its kind has places for intervals.
  var takesIntervals: Bool {
    switch kind {
    case .stacked, .diverging, .dumbbell: false
    case .bars, .dots, .lines, .forest: true
    }
  }

  /// Whether intervals are drawn.
  var drawsIntervals: Bool {
    takesIntervals && shown.contains(.intervals)
      && rows.contains { $0.points.contains { $0?.low != nil } }
  }

  /// What the numbers are, and the intervals where there are any in the drawing.
  var unitLine: String {
    drawsIntervals && !interval.isEmpty
      ? unit.isEmpty ? interval : "\(unit), \(interval)" : unit
  }

  /// The numbers that the axis must reach.
  public var span: ClosedRange<Double>? {
    let values: [Double]
    switch kind {
    case .stacked: values = [0, 1]
    case .diverging:
      let sides = rows.filter { $0.kind != .heading }.map { DivergingSides($0.points) }
      values = [-(sides.map(\.low).max() ?? 0.5), sides.map(\.high).max() ?? 0.5]
    default:
      values =
        rows.flatMap { $0.points.compactMap(\.self) }
        .flatMap { shown.contains(.intervals) ? [$0.low, $0.value, $0.high] : [$0.value] }
        .compactMap(\.self).filter(\.isFinite) + [reference].compactMap(\.self)
    }
    return values.min().flatMap { low in values.max().map { low...$0 } }
  }

  /// The same with a panel for each line, if its lines are too many to be told apart in one.
  var withPanelsOfLines: Chart {
    guard kind == .lines, series.count > 6, !isFaceted else { return self }
    var chart = self
    chart.isFaceted = true
    chart.series = [""]
    chart.rows = series.indices.flatMap { place in
      [Row(series[place], kind: .heading)]
        + rows.map { row in
          Row(
            row.label, indent: 1,
            points: [row.points.indices.contains(place) ? row.points[place] : nil])
        }
    }
    return chart
  }

  /// The rows under each heading, which are the panels of a chart with facets.
  var panels: [(name: String, chart: Chart)] {
    guard isFaceted else { return [("", self)] }
    var panels: [(name: String, rows: [Row])] = []
    for row in rows where row.kind != .total {
      if row.kind == .heading, row.indent == 0 {
        panels.append((row.label, []))
      } else if !panels.isEmpty {
        var row = row
        row.indent = max(0, row.indent - 1)
        panels[panels.count - 1].rows.append(row)
      }
    }
    return panels.map { name, rows in
      var chart = self
      chart.isFaceted = false
      chart.rows = rows
      return (name, chart)
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
