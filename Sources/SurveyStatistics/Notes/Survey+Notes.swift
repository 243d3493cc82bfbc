public import SurveyData

extension Survey {
  /// What the user must know of the estimates made so far: that replicates gave no value of some.
  ///
  /// - Returns: A note with the id `estimate.replicates-without-answer` where there are such replicates.
  /// - Note: R's survey 4.1 warns that as many "replicates gave NA results and were discarded".
  public var notes: [Note] {
    let all = (isImputed ? imputations : [self]).compactMap(\.weights.replicates)
    let gaps = all.reduce(into: Set<Int>()) { $0.formUnion($1.gaps.places) }.count
    guard gaps > 0, let count = all.first?.count else { return [] }
    return [
      Note(
        .warning, id: "estimate.replicates-without-answer",
        "\(gaps) of \(count) replicates gave no value of something that is estimated here (nobody is left in "
          + "a group, a share is 0 or 1 on the logit scale, a model has no fit): they are left out of its "
          + "variance, and nothing makes up for them",
        naming: [String(gaps), String(count)])
    ]
  }
}
