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
    let source = EngineSource(try EngineSession(address))
    self = try Dataset(source, codebook: codebook).findingSeveralAnswers(in: source)
  }

  /// The same answers, where questions whose cells hold several answers, of which the codebook lists none, have those that
  /// occur.
  private func findingSeveralAnswers(in source: EngineSource) throws -> Dataset {
    var changed = codebook
    var found: [DerivedVariable] = []
    for (index, variable) in codebook.variables.enumerated()
    where variable.hasSeveralAnswers && variable.categories.isEmpty
      && source.session.columns.contains(where: { $0.name == variable.name })
    {
      let values = try source.values(of: variable.name)
      guard values.whole == nil else {
        throw SurveyError(
          .data, at: source.place,
          "'\(variable.name)' has more combinations of answers than are looked at",
          remedy: "List its answers under `codes:` in the codebook.")
      }
      var part = Codebook(variables: [variable])
      part.file.missing = codebook.file.missing
      let seen = try Dataset(cells: values.cells, codebook: part, facts: source.facts)
      guard let known = seen.codebook.variables.first(where: { $0.name == variable.name }) else {
        continue
      }
      changed.variables[index].categories = known.categories
      found += known.chosenVariables.map(\.derived)
    }
    return found.isEmpty ? self : try Dataset(source, codebook: changed).deriving(found)
  }

  /// A table that is not asked: an analysis of it throws ``WrittenQueries``.
  package init(unasked address: EngineAddress, codebook: Codebook) {
    self = Dataset(UnaskedSource(address, codebook), codebook: codebook)
  }
}
