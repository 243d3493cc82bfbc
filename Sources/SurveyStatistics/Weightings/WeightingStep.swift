public import SurveyData

/// One step of a weighting as it is asked for.
public struct WeightingStep: Sendable {
  /// What is done; what it is done to is seen when it is taken.
  public var adjustment: WeightAdjustment
  /// The totals of a step that needs some.
  package var totals: PopulationTotals?
  /// The survey that estimates them; nil where they are known.
  package var source: Survey?
  /// Rake: how far a total may be off at the end, relative to it.
  public var tolerance = 1e-12
  /// Rake: the most rounds.
  public var iterations = 1000

  /// Makes a step.
  package init(_ adjustment: WeightAdjustment, totals: PopulationTotals? = nil) {
    self.adjustment = adjustment
    self.totals = totals
  }
}

/// What a step did to a category, or to everybody.
package struct WeightingLine: Hashable, Sendable {
  /// The number of the step, from 0.
  package let step: Int
  /// The variable, or crossed ones; `(all)` for everybody.
  package let variables: [String]
  /// Their codes; none for the total of a number, and fewer than variables where some are numbers.
  package let codes: [String]
  /// Whether other lines of the step add up to this one, so that it needs no part of its own.
  package var isImplied = false
  /// The rows that count there.
  package let count: Int
  /// The total that was wanted; NaN for none.
  package let target: Double
  /// The weighted total before the step and after it.
  package let before: Double
  package let after: Double
  /// The least and the largest factor of a weight; NaN where nobody has one.
  package let lowFactor: Double
  package let highFactor: Double

  /// The variables with `:` between them.
  package var variable: String { variables.joined(separator: ":") }
  /// The codes with `:` between them; empty for a number.
  package var category: String { codes.joined(separator: ":") }
}
