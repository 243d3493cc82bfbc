public import SurveyData

extension Survey {
  /// What the user must know of the estimates made so far: that replicates gave no value of some.
  ///
  /// - Returns: A note with the id `estimate.replicates-without-answer` where there are such replicates, and
  ///   `estimate.cells-df` or `estimate.cells-subpopulation-df` where degrees of freedom are not those of the
  ///   people who are asked about; `estimate.suppressed` where cells of few people gave up answers.
  /// - Note: R's survey 4.1 warns that as many "replicates gave NA results and were discarded".
  public var notes: [Note] { replicateNotes + cellNotes + suppressionNotes }

  /// Whether there are standard errors: not of cells out of which answers were taken.
  package var hasErrors: Bool { dataset.cells?.suppressedBelow == nil }

  private var suppressionNotes: [Note] {
    guard let least = dataset.cells?.suppressedBelow else { return [] }
    return [
      Note(
        .warning, id: "estimate.suppressed",
        "answers that fewer than \(least) people share were taken out for their privacy: these people count as "
          + "without an answer there, and there are no standard errors",
        naming: [String(least)])
    ]
  }

  private var cellNotes: [Note] {
    guard dataset.cells != nil, weights.replicates != nil else { return [] }
    guard roster.declaration.replicates?.degreesOfFreedom == nil else {
      let text =
        "the degrees of freedom are those of all people; in a subpopulation they may be fewer"
      return subpopulation == nil
        ? [] : [Note(.information, id: "estimate.cells-subpopulation-df", text)]
    }
    return [
      Note(
        .warning, id: "estimate.cells-df",
        "the degrees of freedom are the rank of the replicate weights of the cells less 1, and those of the "
          + "people may be more: state them with --replicate-df, or `df:` under `replicates:`")
    ]
  }

  private var replicateNotes: [Note] {
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
