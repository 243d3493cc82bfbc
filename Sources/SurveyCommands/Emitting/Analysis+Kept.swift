import SurveyData
import SurveyStatistics

extension Analysis {
  /// The variables of which reasons for a missing answer count as answers, with the reasons, in order
  /// of need.
  var kept: [(name: String, reasons: Set<MissingReason>)] {
    switch self {
    case .shares(let analysis):
      analysis.names.flatMap { name in
        analysis.bases.map { (name, $0.kept) }
          + (analysis.hasBounds ? [(name, analysis.asked)] : [])
      }
    case .comparisons(let analysis):
      analysis.comparisons.flatMap { comparison in
        ([comparison.variable.name] + comparison.items)
          .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
          .map { ($0, comparison.estimand.kept) }
      }
    default: []
    }
  }
}
