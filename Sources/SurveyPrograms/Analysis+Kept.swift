import SurveyData
import SurveyStatistics

extension Analysis {
  /// The variables of which reasons for a missing answer count as answers, with the reasons, in order
  /// of need.
  ///
  /// `counted` is the answer whose codes are one.
  var kept: [(name: String, reasons: Set<MissingReason>, counted: CountedAnswer?)] {
    switch self {
    case .shares(let analysis):
      analysis.names.flatMap { name in
        analysis.bases.map { (name, $0.kept, analysis.counted[name]) }
          + (analysis.hasBounds ? [(name, analysis.asked, analysis.counted[name])] : [])
      }
    case .comparisons(let analysis):
      analysis.comparisons.flatMap { comparison in
        ([comparison.variable.name] + comparison.items)
          .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
          .map { ($0, comparison.estimand.kept, comparison.estimand.counted) }
      }
    default: []
    }
  }
}
