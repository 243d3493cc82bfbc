public import SurveyData
public import SurveyStatistics

/// How an outcome rises or falls with a status such as education, in all and by group.
public struct Gradient: Sendable {
  /// Levels, differences, contrasts, trends and second differences: first of the groups, then of
  /// all.
  public internal(set) var rows: [Row]
  /// Wald F tests: `equal-levels`, `departure` from a straight line on the logit scale,
  /// `product-terms` and `second-differences` of status and group, `nonlinearity` of a spline.
  public let tests: [TestResult]
  /// The curve of a spline; empty without one.
  public let curve: [Point]
  /// The levels of the status.
  public let levels: [Category]
  /// Where every row of the file went.
  public let accounting: Accounting
  /// What the user must know.
  public let notes: [Note]

  /// A quantity of a gradient.
  public enum Quantity: String, Sendable {
    /// The chance at a level, averaged over the controls.
    case level
    /// A level's chance minus that of the first level.
    case difference
    /// A polynomial contrast of the levels' chances.
    case contrast
    /// The slope of a straight line on the logit scale.
    case trend
    /// A coefficient of a spline on the logit scale.
    case spline
    /// A group's difference minus the reference's.
    case secondDifference = "second_difference"
  }

  /// One number of a gradient.
  public struct Row: Hashable, Sendable {
    /// The group; nil for all.
    public let group: Category?
    /// What it is.
    public let quantity: Quantity
    /// The level's code, the contrast's name, or the spline's term.
    public let term: String
    /// The respondents: those of a level, otherwise all of the group.
    public let count: Int
    /// The number with its test: chances as 0…1, differences and contrasts of them, trends in log
    /// odds; a level's interval is made on the logit scale.
    public let estimate: Difference
    /// The interval, in the unit of the number; of a level within 0…1.
    public let interval: ConfidenceInterval
  }

  /// A point of a curve.
  public struct Point: Hashable, Sendable {
    /// The group; nil for all.
    public let group: Category?
    /// The status, in its own unit.
    public let status: Double
    /// The chance there, 0…1, with its error.
    public let estimate: Difference
    /// Its interval, within 0…1, made on the logit scale.
    public let interval: ConfidenceInterval

    /// The chance there, 0…1.
    public var chance: Double { estimate.estimate }
    /// Its standard error, as a chance.
    public var standardError: Double { estimate.standardError }
  }
}

extension Gradient.Row {
  /// Whether anything is known of the number's variance.
  var hasError: Bool { !estimate.standardError.isNaN }

  /// The difference of two levels with the interval that theirs give.
  func between(_ a: Self, _ b: Self) -> Self {
    var estimate = estimate
    estimate.interval = .difference(
      a.estimate.estimate, a.interval, from: b.estimate.estimate, b.interval)
    return Self(
      group: group, quantity: quantity, term: term, count: count, estimate: estimate,
      interval: estimate.interval)
  }
}

/// Where a restricted cubic spline bends.
public enum SplineKnots: Hashable, Sendable {
  /// So many knots at Harrell's quantiles of the respondents, 3 to 7.
  case count(Int)
  /// Knots at these values, at least three.
  case values([Double])
}

extension Survey {
  /// Follows a binary outcome over the levels of a status, in all and by group.
  ///
  /// Without controls a level's chance is its weighted mean; with them it is the average over
  /// everybody of a logistic model's predictions, with that level and group put in for all,
  /// `Σ w F(η) ∕ Σ w`, and its error holds the controls fixed. Polynomial contrasts and second
  /// differences are linear in the chances, and all errors are joint. `product-terms` asks the same
  /// of the logits as second differences of the chances; the two can disagree, and both are given.
  ///
  /// The influence of a level is `(1[y] − p) ∕ Σ w` of those at the level; with controls `Jᵀ ζ(β)`,
  /// `J = Σ w F′(η) x ∕ Σ w`. Steps between levels are those of their codes where all are numbers.
  ///
  /// - Parameters:
  ///   - outcome: A variable of two values or a condition.
  ///   - status: The variable with levels; for a spline a number.
  ///   - group: The group variable.
  ///   - controls: What is held constant.
  ///   - knots: Where a restricted cubic spline of the status bends; nil for none.
  ///   - values: Values of controls at which the curve is drawn; others are averaged over.
  ///   - reference: The group that others are compared with.
  ///   - level: The confidence level, between 0 and 1.
  /// - Returns: Chances as 0…1 with intervals on the logit scale, differences and contrasts of
  ///   them, trends and spline terms in log odds; NaN errors where the sample gives none. Tests are
  ///   Wald F.
  /// - Throws: ``SurveyError`` for unknown names, an outcome of more than two values, a status with
  ///   one level, controls that tell the outcome for certain.
  /// - Complexity: O(rows × (levels × groups + controls)²) a step of each model.
  /// - Note: Agrees with `svyby`, `svycontrast`, `svyglm` and `regTermTest(…, df = degf(design))`
  ///   of R's survey 4.1; averages with the delta method on its coefficients. Levels and what is
  ///   made of them have the design's degrees of freedom; trends, product terms, departures and
  ///   splines, which are coefficients, those of their model.
  /// - SeeAlso: Harrell (2015), Regression Modeling Strategies, section 2.4; Ai and Norton (2003),
  ///   Economics Letters 80; Mize (2019), Sociological Science 6.
  public func gradient(
    of outcome: String, over status: String, by group: String? = nil, controls: [String] = [],
    spline knots: SplineKnots? = nil, at values: [String: Double] = [:],
    reference: String? = nil, level: Double = 0.95
  ) throws -> Gradient {
    let gradient = try GradientSamples(
      findings {
        try GradientSample(
          outcome: outcome, status: status, group: group, controls: controls, in: $0)
      })
    let sample = gradient.first
    let accounting = try gradient.found.accounting(\.accounting)
    var parts = GradientParts()
    if !sample.levels.isEmpty {
      let base = try group.map {
        try Survey.base(reference, of: dataset.variable($0), among: sample.groups)
      }
      parts += try gradient.levelParts(base: base, level: level)
    } else if knots == nil {
      throw SurveyError(
        .usage, at: status,
        "has more than \(GradientSample.mostLevels) values, too many for levels",
        remedy: "Write --spline 4, or cut it into levels with `cut:` in the codebook.")
    }
    if let knots { parts += try gradient.splineParts(knots, at: values, level: level) }
    return Gradient(
      rows: parts.rows, tests: parts.tests, curve: parts.curve, levels: sample.levels,
      accounting: accounting,
      notes: gradient.found.notes(\.notes) + parts.notes
        + Note.unknownVariance(
          of: parts.rows.filter {
            $0.quantity == .level && !$0.hasError && !$0.estimate.estimate.isNaN
          }.map { row in
            (row.group.map { "'\($0.code)': " } ?? "") + "'\(row.term)'"
          }, at: status))
  }
}

/// Parts of a gradient as they are found.
struct GradientParts {
  var rows: [Gradient.Row] = []
  var tests: [TestResult] = []
  var curve: [Gradient.Point] = []
  var notes: [Note] = []

  static func += (a: inout Self, b: Self) {
    a.rows += b.rows
    a.tests += b.tests
    a.curve += b.curve
    a.notes += b.notes
  }
}
