package import SurveyStatistics

/// What each group is compared with, as it is named.
package enum BaselineName: String, CaseIterable, Sendable {
  case reference, previous, rest, total
  case allPairs = "all-pairs"

  /// The baseline.
  package func baseline(reference: String?) -> Baseline {
    switch self {
    case .reference: .reference(reference)
    case .previous: .previous
    case .rest: .rest
    case .total: .total
    case .allPairs: .allPairs
    }
  }
}

/// How comparisons were made, for those who print them.
package struct ComparisonOptions: Sendable {
  /// What each group is compared with.
  package var against: BaselineName
  /// The adjustment of p-values.
  package var adjust: Adjustment
  /// The variable in whose categories groups are compared.
  package var within: String?
  /// How equal numbers are ranked.
  package var ties: TieRule

  /// Says how comparisons were made.
  package init(against: BaselineName, adjust: Adjustment, within: String?, ties: TieRule) {
    (self.against, self.adjust, self.within, self.ties) = (against, adjust, within, ties)
  }
}
