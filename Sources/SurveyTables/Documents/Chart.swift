/// A picture of a table's estimates: rows with a point, or several, each with its interval.
///
/// Its points still hold numbers; the drawing rounds, translates and places them.
public struct Chart: Sendable {
  /// How the points are drawn.
  public var kind: Kind
  /// The title: the question.
  public var title: String
  /// A finding, below the title; often empty.
  public var subtitle = ""
  /// What the numbers are; stands below the title.
  public var unit: String
  /// What the intervals are, such as `95 % interval`; said where they are drawn.
  public var interval = ""
  /// What the points of a row are called, in order; one series has no name to be told from others.
  public var series: [String]
  /// The rows from top to bottom, or the points of the horizontal axis from left to right.
  public var rows: [Row]
  /// How the numbers are printed.
  public var format: Table.Format
  /// The value of no difference, drawn as a line: 0, or 1 for ratios; nil without one.
  public var reference: Double?
  /// Whether equal ratios are equally far apart.
  public var isLogarithmic: Bool
  /// What the horizontal axis of lines has; empty when the title says it.
  public var axis = ""
  /// Sentences below: base, design, source.
  public var notes: [String]
  /// Sentences that only the words for those who do not see it have.
  public var background: [String] = []
  /// Words for those who do not see it, instead of its numbers; nil without.
  public var alternative: String?
  /// What is drawn besides the marks.
  public var shown = Set(Part.allCases)
  /// How large the drawing is.
  public var size = Size.page
  /// The ends of the axis; nil leaves them to the numbers.
  public var bounds: ClosedRange<Double>?
  /// Numbers that the axis must reach besides its own, such as those of charts beside it.
  public var company: ClosedRange<Double>?
  /// The colours of its series.
  public var palette = ChartPalette.house
  /// Whether the rows under each heading have a panel of their own.
  public var isFaceted = false

  /// Makes a chart.
  public init(
    _ kind: Kind, title: String, unit: String = "", series: [String], rows: [Row],
    format: Table.Format, reference: Double? = nil, isLogarithmic: Bool = false,
    notes: [String] = []
  ) {
    self.kind = kind
    self.title = title
    self.unit = unit
    self.series = series
    self.rows = rows
    self.format = format
    self.reference = reference
    self.isLogarithmic = isLogarithmic
    self.notes = notes
  }

  /// The ways to draw points; their raw values are what the user types.
  public enum Kind: String, CaseIterable, Sendable {
    /// Bars with intervals, grouped where there are several series.
    case bars
    /// Bars of shares that add up to 100 %.
    case stacked
    /// Shares of ordered answers to both sides of a middle.
    case diverging
    /// A dot and its interval: differences, coefficients, margins.
    case dots
    /// Two points of the same people and the gap between them.
    case dumbbell
    /// Lines over waves, or over the values of a number, with bands.
    case lines
    /// Estimates of many studies with squares for their weights and diamonds for pooled ones.
    case forest
  }

  /// A row of points.
  public struct Row: Sendable {
    /// What the row is about.
    public var label: String
    /// How deep the label is indented.
    public var indent: Int
    /// Whether it is a heading, an ordinary row or the row of all.
    public var kind: Table.Row.Kind
    /// The points, one a series; nil where there is none.
    public var points: [Point?]
    /// The respondents; nil when not known.
    public var count: Int?
    /// The groups that a heading names, outermost first; empty where its label says all.
    public var groups: [String] = []
    /// The weight among the rows, between 0 and 1; nil when not known.
    public var weight: Double?

    /// Whether nobody is in it: it has a name and n 0, and no mark.
    public var isEmpty: Bool { kind != .heading && count == 0 && points.allSatisfy { $0 == nil } }

    /// Makes a row.
    public init(
      _ label: String, indent: Int = 0, kind: Table.Row.Kind = .body, points: [Point?] = [],
      count: Int? = nil, weight: Double? = nil
    ) {
      self.label = label
      self.indent = indent
      self.kind = kind
      self.points = points
      self.count = count
      self.weight = weight
    }
  }

  /// An estimate and its interval, in the same unit.
  public struct Point: Hashable, Sendable {
    /// The estimate.
    public var value: Double
    /// The lower end of its interval; nil without one.
    public var low: Double?
    /// The upper end.
    public var high: Double?

    /// Makes a point.
    public init(_ value: Double, low: Double? = nil, high: Double? = nil) {
      self.value = value
      self.low = low
      self.high = high
    }
  }
}
