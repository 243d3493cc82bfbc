public import SurveyData
internal import SurveyNumerics

/// Comparisons of groups, of items or with a value, each with its interval and test.
public struct Comparison: Sendable {
  /// What is compared.
  public let estimand: Estimand
  /// The variable.
  public let variable: Variable
  /// The group variables, crossed with each other.
  public let groupVariables: [Variable]
  /// The variable in whose categories groups are compared separately; nil when in none.
  public let withinVariable: Variable?
  /// How estimates are compared.
  public let measure: ComparisonMeasure
  /// How p-values were adjusted.
  public let adjustment: Adjustment
  /// The comparisons, by stratum, answer, group.
  public let rows: [Row]
  /// The tests that there is no difference at all.
  public let tests: [TestResult]
  /// Where every row of the file went.
  public let accounting: Accounting
  /// What the user must know: groups left out, groups of one respondent.
  public let notes: [Note]
  /// Where the rows went of each pair of more than two items; empty otherwise.
  package var accounts: [(name: String, account: Accounting)] = []

  /// One comparison.
  public struct Row: Hashable, Sendable {
    /// The answer whose share is compared; nil for a number.
    public let category: Category?
    /// The category of the variable within which groups are compared.
    public let stratum: Category?
    /// The group.
    public let group: Side
    /// What it is compared with.
    public let reference: Side
    /// The categories of the group variables, also where the sides are items or a value.
    public let groups: [Category]
    /// The estimate in the group: a share as 0…1, otherwise in the variable's unit; NaN in an empty
    /// one.
    public let groupEstimate: Double
    /// The estimate in the reference, in the same unit.
    public let referenceEstimate: Double
    /// Group minus reference, or the ratio of group to reference.
    public let difference: Difference
    /// The p-value, 0…1, adjusted for all comparisons of the same answer in the same stratum.
    ///
    /// Without groups it is adjusted for all answers, of which two count as one. NaN where there is
    /// no test.
    public internal(set) var adjustedP: Double
    /// The respondents of both sides.
    public let count: Int
  }

  /// One side of a comparison.
  public enum Side: Hashable, Sendable {
    /// A group: one category a group variable.
    case group([Category])
    /// All other groups.
    case rest
    /// Everybody.
    case total
    /// An item, by its variable's name.
    case item(String)
    /// A value that was stated.
    case value(Double)

    /// The code in machine-readable results: codes with commas between them, `all` without group
    /// variables, `rest`, `total`, the item's name, the value.
    public var code: String {
      switch self {
      case .group(let categories):
        categories.isEmpty ? "all" : categories.map(\.code).joined(separator: ",")
      case .rest: "rest"
      case .total: "total"
      case .item(let name): name
      case .value(let value): canonicalCode(value)
      }
    }

    /// The categories of a group; empty for anything else.
    public var categories: [Category] {
      if case .group(let categories) = self { categories } else { [] }
    }
  }
}

extension Comparison {
  /// The same without the groups in which nobody is.
  package var withoutEmptyGroups: Comparison {
    Comparison(
      estimand: estimand, variable: variable, groupVariables: groupVariables,
      withinVariable: withinVariable, measure: measure, adjustment: adjustment,
      rows: rows.filter { $0.count > 0 }, tests: tests, accounting: accounting, notes: notes)
  }
}

extension Comparison.Row {
  /// Whether the interval is made of those of the two shares, since no error is known.
  public var hasIntervalOfShares: Bool {
    difference.standardError.isNaN && !difference.interval.low.isNaN
  }

  /// Compares two estimates.
  init(
    _ measure: ComparisonMeasure, of estimates: Estimates, _ places: (group: Int, reference: Int),
    sides: (group: Comparison.Side, reference: Comparison.Side), answer: Category?,
    stratum: Category?, groups: [Category]? = nil, count: Int, level: Double,
    shares: ShareIntervals? = nil, isKnown: Bool = true
  ) {
    let (a, b) = (places.group, places.reference)
    let pair = estimates.inEach { one in
      let (value, slopes) = measure.contrast(one.values[a], one.values[b])
      return one.combined(
        Matrix([[slopes.0, slopes.1]]), of: [a, b], labels: [Estimates.Label(variable: "")],
        values: [value])
    }
    var difference = measure.difference(pair, isKnown: isKnown, level: level)
    if difference.standardError.isNaN, measure == .difference, let shares {
      difference.interval = shares.difference(a, b)
    }
    self.init(
      category: answer, stratum: stratum, group: sides.group, reference: sides.reference,
      groups: groups ?? sides.group.categories, groupEstimate: estimates.values[a],
      referenceEstimate: estimates.values[b],
      difference: difference, adjustedP: .nan, count: count)
  }

  /// Comparisons of groups without a valid answer: they have no estimate and nobody behind them.
  ///
  /// - Parameters:
  ///   - absent: The groups.
  ///   - examples: The comparisons that another group has.
  ///   - reference: What they are compared with; nil means the same.
  static func empty(
    _ absent: [AbsentGroup], like examples: some Sequence<Self>,
    reference: (side: Comparison.Side, estimate: Double)? = nil
  ) -> [Self] {
    absent.flatMap { absent in
      examples.map { example in
        let isFixed = if case .value = example.reference { true } else { false }
        let isKnown = isFixed || !example.reference.categories.isEmpty
        return Self(
          category: example.category, stratum: example.stratum,
          group: example.group.categories.isEmpty ? example.group : .group(absent.categories),
          reference: reference?.side ?? example.reference, groups: absent.categories,
          groupEstimate: .nan,
          referenceEstimate: reference?.estimate
            ?? (isKnown ? example.referenceEstimate : .nan),
          difference: Difference(.nan, standardError: .nan, degreesOfFreedom: .nan, level: 0.95),
          adjustedP: .nan, count: 0)
      }
    }
  }

  /// What has its p-values adjusted together.
  private struct Family: Hashable {
    let category: Category?
    let stratum: Category?
  }

  /// The rows with their p-values adjusted, each answer in each stratum for itself.
  ///
  /// Without groups there is one comparison an answer, and all answers are adjusted together unless
  /// there are two, since the one then says what the other says.
  static func adjusted(_ rows: [Self], by adjustment: Adjustment) -> [Self] {
    var rows = rows
    let areAnswers = rows.count > 2 && rows.allSatisfy(\.groups.isEmpty)
    let families = Dictionary(grouping: rows.indices) {
      Family(category: areAnswers ? nil : rows[$0].category, stratum: rows[$0].stratum)
    }
    for family in families.values {
      let adjusted = adjustment.adjusted(family.map { rows[$0].difference.pValue })
      for (index, p) in zip(family, adjusted) { rows[index].adjustedP = p }
    }
    return rows
  }
}
