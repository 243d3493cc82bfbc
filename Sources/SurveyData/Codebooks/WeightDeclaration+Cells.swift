extension WeightDeclaration {
  /// Whether sums over people with the same answers tell the variance that the steps of the weight make: their
  /// residuals are summed over sampling units, and each step multiplied all of a cell alike.
  ///
  /// - Parameter design: How people were drawn.
  package func residualsAreOfCells(_ design: DesignDeclaration) -> Bool {
    let counted = adjustments.indices.filter { adjustments[$0].step.countsInVariance }
    guard let first = counted.first, let last = counted.last else { return true }
    return !design.psu.isEmpty && last - first + 1 == counted.count
  }

  /// The refusal where they do not.
  package func needsPeople(at place: String) -> SurveyError {
    SurveyError(
      .usage, at: place,
      "the variance of the calibrated weight '\(name)' needs the people one by one",
      remedy: "Make replicate weights with vekt weight --replicates, which cells carry.")
  }
}
