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
  /// Stops where whole numbers would be rounded to what stands for a missing answer.
  func requireRoundable(_ column: CellQuestion.Column) throws {
    guard let step = rounding[column.name].map(Double.init) else { return }
    for values in column.missing {
      let ends: (low: Double, high: Double)? =
        switch values {
        case .code(let text): Double(text).map { ($0, $0) }
        case .range(let low, let high): (low, high)
        case .empty: nil
        }
      guard let (low, high) = ends, high.isFinite else { continue }
      let rounded = (high / step).rounded(.down) * step
      guard rounded >= low, high + 1 < rounded + step else { continue }
      throw SurveyError(
        .usage, at: text,
        "`round` would make answers such as \(canonicalCode(high + 1)) to '\(column.name)' read as "
          + "\(canonicalCode(rounded)), which is missing",
        remedy: "Round it in a view that gives the missing code another number, or by another step."
      )
    }
  }

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
