public import SurveyData
internal import SurveyReaders

extension Dataset {
  /// The answers in a table of an engine, such as DuckDB or PostgreSQL, which stay there: analyses ask for cells.
  ///
  /// - Parameters:
  ///   - address: Where the table is.
  ///   - codebook: What the codes mean; nil means what the types of the columns say.
  /// - Throws: ``SurveyError`` of kind input for a driver that is not installed, an engine that cannot be reached, and a
  ///   table that is not there.
  public init(engine address: EngineAddress, codebook: Codebook? = nil) throws {
    self = Dataset(EngineSource(try EngineSession(address)), codebook: codebook)
  }

  /// A table that is not asked: an analysis of it throws ``WrittenQueries``.
  package init(unasked address: EngineAddress, codebook: Codebook) {
    self = Dataset(UnaskedSource(address, codebook), codebook: codebook)
  }
}
