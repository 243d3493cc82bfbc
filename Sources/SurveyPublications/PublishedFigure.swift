public import SurveyStatistics

/// A number as it was printed somewhere, and which estimate it is of.
///
/// A published table is a CSV file with a row a figure. `variable` and `value` (or `percent`) are
/// needed; `codes` names the answers that a share adds up, with spaces between them; a column with
/// the name of a group variable holds the group's code, empty for all; `where` is a condition.
/// `digits` are the decimals printed (by default those that are written), `unit` is `percent`,
/// `share` or `number`, `statistic` is `mean`, `total`, `q0.5`, …; differences have `group` and
/// `reference`. `statement` or `id`, `page` (or `report_line`, `section`) and `source` are for the
/// reader:
///
///     variable,codes,origin,value,page
///     general_trust,most,country-group-1,80,142
///     feels_integrated,4 5,norwegian-born,90,144
public struct PublishedFigure: Hashable, Sendable {
  /// The unit in which a number is printed.
  public enum Unit: String, CaseIterable, Sendable {
    /// A share as a percentage, a difference of shares as percentage points.
    case percent
    /// A share as 0…1.
    case share
    /// The variable's own unit.
    case number

    /// What an estimate is multiplied by to be printed: 100 or 1.
    public var factor: Double { self == .percent ? 100 : 1 }
  }

  /// What it is called where it was printed; may be empty.
  public var name: String
  /// The variable, or `A/B` for a ratio.
  public var variable: String
  /// The codes whose shares add up to it; none for a mean.
  public var codes: [String]
  /// What it is: `share`, `mean`, `total`, `q0.5`, …; empty means what the analysis gives first.
  public var statistic: String
  /// The codes of group variables, by name, sorted.
  public var groups: [Group]
  /// The condition of its subpopulation; nil means everybody.
  public var condition: String?
  /// The number as printed, in `unit`.
  public var value: Double
  /// The decimals that are printed.
  public var digits: Int
  /// The unit that is printed.
  public var unit: Unit
  /// The page or line where it stands; may be empty.
  public var page: String
  /// The publication; may be empty.
  public var source: String
  /// The line of the file that says so.
  public var line: Int

  /// A group that the figure is of.
  public struct Group: Hashable, Sendable {
    /// The variable.
    public let variable: String
    /// The code.
    public let code: String

    /// Makes a group.
    ///
    /// - Parameters:
    ///   - variable: The group variable's name.
    ///   - code: The code of the group.
    public init(_ variable: String, _ code: String) {
      self.variable = variable
      self.code = code
    }
  }

  /// Makes a figure.
  ///
  /// - Parameters:
  ///   - variable: The variable, or `A/B` for a ratio.
  ///   - codes: The codes whose shares add up to it; none for a mean.
  ///   - value: The number as printed, in `unit`.
  ///   - digits: The decimals that are printed.
  ///   - unit: The unit that is printed.
  ///   - groups: The groups that it is of.
  ///   - condition: The condition of its subpopulation.
  ///   - statistic: `share`, `mean`, `q0.5`, …; empty means what the analysis gives first.
  ///   - name: What it is called where it was printed.
  ///   - page: Where it stands.
  ///   - source: The publication.
  ///   - line: The line of the file that says so.
  public init(
    variable: String, codes: [String] = [], value: Double, digits: Int, unit: Unit,
    groups: [Group] = [], condition: String? = nil, statistic: String = "", name: String = "",
    page: String = "", source: String = "", line: Int = 0
  ) {
    self.name = name
    self.variable = variable
    self.codes = codes
    self.statistic = statistic
    self.groups = groups
    self.condition = condition
    self.value = value
    self.digits = digits
    self.unit = unit
    self.page = page
    self.source = source
    self.line = line
  }

  /// How far an estimate is from the printed number, in units of its last digit.
  ///
  /// `|estimate · factor − value| · 10^digits`.
  ///
  /// - Parameter estimate: The estimate, shares as 0…1.
  /// - Returns: At least 0: up to 0.5 the estimate rounds to the number; NaN for no estimate.
  /// - Complexity: O(digits).
  public func distance(of estimate: Double) -> Double {
    var units = 1.0
    for _ in 0..<digits { units *= 10 }
    return abs(estimate * unit.factor - value) * units
  }

  /// Half a unit of the last digit, as the estimate is measured: 0.005 for whole per cent.
  public var halfUnit: Double {
    var half = 0.5 / unit.factor
    for _ in 0..<digits { half /= 10 }
    return half
  }
}

/// How an estimate and a printed number agree.
public enum FigureMatch: String, CaseIterable, Sendable {
  /// The estimate rounds to the printed number; an exact half may go either way.
  case matches
  /// It rounds to a neighbour of the printed number: off by one in the last digit.
  case withinRounding = "within_rounding"
  /// It is further off, but its interval holds a number that rounds to the printed one.
  case insideInterval = "inside_interval"
  /// Not even the interval does.
  case differs
  /// Nothing in the data is what the figure selects.
  case notFound = "not_found"

  /// Compares an estimate with a printed number.
  ///
  /// With the distance d in units of the last digit: `d ≤ 0.5` matches, `d ≤ 1.5` is within
  /// rounding, otherwise it is asked whether the interval, widened by half a unit, holds the
  /// printed number.
  ///
  /// - Parameters:
  ///   - estimate: The estimate, shares as 0…1; NaN where there is none.
  ///   - interval: Its interval; without ends nothing is inside.
  ///   - figure: What was printed.
  public init(_ estimate: Double, _ interval: ConfidenceInterval, _ figure: PublishedFigure) {
    let distance = figure.distance(of: estimate)
    let printed = figure.value / figure.unit.factor
    if estimate.isNaN {
      self = .notFound
    } else if distance <= 0.5 + 1e-9 {
      self = .matches
    } else if distance <= 1.5 + 1e-9 {
      self = .withinRounding
    } else if interval.low - figure.halfUnit <= printed, printed <= interval.high + figure.halfUnit
    {
      self = .insideInterval
    } else {
      self = .differs
    }
  }
}
