extension DerivedVariable {
  /// The variables that the rule reads, with the view it needs of each.
  func inputs(in dataset: Dataset) throws -> [(name: String, view: ColumnView)] {
    throw SurveyError(.fault, at: variable.name, "derived variables are not there yet")
  }

  /// Computes the column from its inputs, which are loaded.
  func compute(on dataset: Dataset) throws -> Column {
    throw SurveyError(.fault, at: variable.name, "derived variables are not there yet")
  }
}
