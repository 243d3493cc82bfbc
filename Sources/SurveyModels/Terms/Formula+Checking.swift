public import SurveyData

extension Formula {
  /// Checks names, codes and kinds against the codebook, before a row is read.
  ///
  /// - Parameter dataset: The data, of which the codebook is asked.
  /// - Throws: ``SurveyError`` of kind usage, with a caret under the fault.
  public func check(against dataset: Dataset) throws { _ = try ModelTerms(self, in: dataset) }

  /// The columns that a fit reads, for ``Dataset/load(_:)``.
  ///
  /// - Parameter dataset: The data.
  /// - Returns: The columns, each with the view in which it is read.
  /// - Throws: As ``check(against:)``.
  public func inputs(in dataset: Dataset) throws -> [(name: String, view: ColumnView)] {
    try ModelTerms(self, in: dataset).inputs(in: dataset)
  }
}
