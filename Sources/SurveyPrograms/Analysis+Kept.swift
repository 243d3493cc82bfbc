package import SurveyData
import SurveyStatistics

/// A variable of which reasons for a missing answer count as answers, with the reasons; `counted` is the
/// answer whose codes are one.
package typealias KeptAnswers = (
  name: String, reasons: Set<MissingReason>, counted: CountedAnswer?
)

extension Analysis {
  /// The variables of which reasons for a missing answer count as answers, in order of need.
  var kept: [KeptAnswers] {
    switch self {
    case .shares(let analysis): analysis.kept
    case .comparisons(let analysis):
      analysis.comparisons.flatMap { comparison in
        ([comparison.variable.name] + comparison.items)
          .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
          .map { ($0, comparison.estimand.kept, comparison.estimand.counted) }
      }
    case .translated(let analysis): analysis.kept
    default: []
    }
  }
}

extension ShareAnalysis {
  /// The same of shares.
  var kept: [KeptAnswers] {
    names.flatMap { name in
      bases.map { (name, $0.kept, counted[name]) }
        + (hasBounds ? [(name, asked, counted[name])] : [])
    }
  }
}
