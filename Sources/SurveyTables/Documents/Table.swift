/// A table for people.
///
/// Its cells still hold numbers; renderers round, translate and align them.
public struct Table: Sendable {
  /// The title: the variable's label or question.
  public var title: String
  /// What the numbers are, such as `weighted %, 95 % interval`; stands at the right of the title.
  public var unit: String
  /// The heading over the row labels; often empty.
  public var stub: String
  /// The columns, in order, without the row labels.
  public var columns: [Column]
  /// The rows, in order.
  public var rows: [Row]
  /// What the marks beside flagged estimates mean; stands first below the table.
  public var legend: [Mark]
  /// The value of no difference: 0 for differences, 1 for ratios; nil where the table has none.
  public var reference: Double?
  /// Whether a chart may show it; coefficients give way to the margins that were asked for.
  public var isDrawn = true
  /// How its chart is drawn; nil leaves it to the numbers.
  public var chartKind: Chart.Kind?
  /// The table that a chart shows instead, such as that of the answer that counts; nil means this.
  public var drawn: Table? {
    get { drawnInstead.first }
    set { drawnInstead = newValue.map { [$0] } ?? [] }
  }
  private var drawnInstead: [Table] = []
  /// Whether its rows stand as they were asked for already, so that nothing sorts them again.
  public var isOrdered = false
  /// The backgrounds that stand side by side in it, for tables of contents; empty means the stub.
  public var backgrounds = ""
  /// Which rows of the records it shows; nil where nobody has said.
  public var subject: Subject?
  /// Whether text has the intervals below the estimates, not beside them.
  public var stacksIntervals = false
  /// What stands below the horizontal axis of its chart of lines.
  public var axis = ""
  /// Sentences below: question, base, counts, design, source.
  public var notes: [String]
  /// Which of them, and what else, a chart needs.
  public var essentials = Essentials()

  /// Makes a table.
  public init(
    title: String, unit: String = "", stub: String = "", columns: [Column], rows: [Row],
    legend: [Mark] = [], notes: [String] = [], essentials: Essentials = Essentials()
  ) {
    self.essentials = essentials
    self.title = title
    self.unit = unit
    self.stub = stub
    self.columns = columns
    self.rows = rows
    self.legend = legend
    self.notes = notes
  }

  /// Which rows of a document's records a table shows, so that they can be its file.
  public struct Subject: Hashable, Sendable {
    /// What the file is called: a variable, or a group of the codebook; empty for what has no name.
    public var name: String
    /// The variables of the rows; none where it shows records whole.
    public var variables: Set<String>
    /// The records that it shows whole, such as `ledger`.
    public var records: String?

    /// Some variables' rows; without variables, those of the one that the name says.
    public init(_ name: String, of variables: [String] = []) {
      (self.name, self.variables) = (name, Set(variables.isEmpty ? [name] : variables))
    }

    /// Records as they are.
    public init(records: String) { (name, variables, self.records) = ("", [], records) }
  }

  /// What a mark beside an estimate means.
  public struct Mark: Hashable, Sendable {
    /// One lower-case letter, printed raised: `a`.
    public var letter: String
    /// What it means: `wide interval: read with caution`.
    public var text: String

    /// Makes a mark.
    public init(_ letter: String, _ text: String) {
      self.letter = letter
      self.text = text
    }
  }

  /// The heading of a column.
  public struct Column: Sendable {
    /// The heading; long ones are wrapped.
    public var heading: String
    /// A heading over several neighbouring columns; equal neighbours are joined.
    public var group: String
    /// Whether the column must stay with the row labels when a wide table is broken (such as `n`).
    public var isRepeated: Bool
    /// Whether the column holds words, set from the left, instead of numbers, set from the right.
    public var isText: Bool

    /// Makes a heading.
    public init(
      _ heading: String, group: String = "", isRepeated: Bool = false, isText: Bool = false
    ) {
      self.heading = heading
      self.group = group
      self.isRepeated = isRepeated
      self.isText = isText
    }
  }

  /// A row.
  public struct Row: Sendable {
    /// What the row is about.
    public var label: String
    /// How deep the label is indented.
    public var indent: Int
    /// The cells, one a column; a heading has none, or one text that stands beside its label.
    public var cells: [Cell]
    /// What kind of row it is.
    public var kind: Kind
    /// Whether a chart of the table draws it; figures in another unit it does not.
    public var isDrawn = true
    /// The groups that a heading names, outermost first; empty where its label says all.
    public var groups: [String] = []
    /// Where the row stands in a chart of lines, when it is a point of a curve.
    public var curve: Curve?

    /// A point's place on a curve.
    public struct Curve: Hashable, Sendable {
      /// The number on the horizontal axis, as it is written.
      public var place: String
      /// The name of the line; empty when there is one.
      public var line: String

      /// Makes a place.
      public init(place: String, line: String) {
        self.place = place
        self.line = line
      }
    }

    /// The label as it is printed; a row of figures below another one has none.
    var printedLabel: String { kind == .below ? "" : label }

    /// Makes a heading that names groups, outermost first.
    public init(headings groups: [String]) {
      self.init(groups.joined(separator: ", "), kind: .heading)
      self.groups = groups
    }

    /// The kinds of rows.
    public enum Kind: Sendable {
      /// An ordinary row.
      case body
      /// A heading that spans the table.
      case heading
      /// The row of all, under a rule.
      case total
      /// More figures of the row above, such as its standard errors; its label is said, not printed.
      case below
    }

    /// Makes a row.
    public init(_ label: String, indent: Int = 0, cells: [Cell] = [], kind: Kind = .body) {
      self.label = label
      self.indent = indent
      self.cells = cells
      self.kind = kind
    }
  }

  /// What stands in one cell.
  public enum Cell: Hashable, Sendable {
    /// An estimate and its interval in the same unit; `mark` has the letters of its flags.
    case estimate(Quantity, low: Double?, high: Double?, mark: String)
    /// A number of respondents.
    case count(Int)
    /// A single number.
    case number(Quantity)
    /// What stands in parentheses, one number or the two ends of a range, behind another number or
    /// alone: `47.1 (16.2)`, `45 (33–58)`, `(0.12)`.
    case parenthesized(Quantity?, [Quantity])
    /// A p-value.
    case probability(Double)
    /// Words.
    case text(String)
    /// A bar of a length between 0 and 1, for overviews.
    case bar(Double)
    /// Hidden, printed as `:`; the notes say why.
    case hidden
    /// Does not apply.
    case empty
  }

  /// A number and how it wants to be printed.
  public struct Quantity: Hashable, Sendable {
    /// The number itself, never multiplied or rounded.
    public var value: Double
    /// How it is printed.
    public var format: Format

    /// Makes a quantity.
    public init(_ value: Double, as format: Format) {
      self.value = value
      self.format = format
    }
  }

  /// How a number is printed; the digits are decimals.
  public enum Format: Hashable, Sendable {
    /// A share as a percentage.
    case percent(digits: Int)
    /// A difference of shares as percentage points, with its sign.
    case points(digits: Int)
    /// A number with a fixed number of decimals.
    case fixed(digits: Int)
    /// A number with so many significant digits, for sizes not known beforehand.
    case significant(digits: Int)
    /// A p-value.
    case probability
  }
}
