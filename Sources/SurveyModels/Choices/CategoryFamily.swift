/// How the chances of several answers depend on the predictors.
public enum CategoryFamily: String, CaseIterable, Sendable {
  /// Ordered answers with cut points ζ: `logit P(y ≤ j) = ζ_j − xβ`.
  case ordinal
  /// Unordered answers, each against the first: `ln(P(y = k) ∕ P(y = first)) = xβ_k`.
  case multinomial
}
