internal import SurveyData
internal import SurveyReaders

extension EngineSource {
  /// Stops at a column that `round` names and that holds texts or days by its type.
  func requireNumbers(_ name: String) throws {
    let isNumber = session.columns.first { $0.name == name }?.type?.isNumber ?? false
    guard !isNumber, !session.address.dialect.hasTypedValues, !session.writer.isText else { return }
    throw SurveyError(
      .usage, at: place, "the column '\(name)' is no number by its type, and cannot be rounded",
      remedy: "Take it out of `round` in the engine file.")
  }

  /// What is said of columns that are rounded.
  func notes(onRounding keys: [CellQuery.Key]) -> [Note] {
    keys.compactMap { key in
      key.rounding.map { rounding in
        Note(
          .information, id: "engine.round",
          "'\(key.name)' is rounded down to multiples of \(rounding.step), as the engine file says",
          naming: [key.name, "\(rounding.step)"], at: place)
      }
    }
  }
}

extension EngineAddress {
  /// Stops where `round` names a column that is not there.
  func requireRounded(among columns: [String]) throws {
    for name in rounding.keys.sorted() where !columns.contains(name) {
      throw SurveyError(
        .usage, at: text, "`round` names '\(name)', and the table has no such column",
        remedy: suggestion(for: name, among: columns)
          ?? "It has \(columns.joined(separator: ", ")).")
    }
  }
}
