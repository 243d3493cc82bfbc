internal import SurveyData

/// One wanted variable of a portable file while its cases come in.
final class PortableColumn {
  private enum Decoder {
    case number(NumberDecoder)
    case text(TextDecoder)
  }

  private let decoder: Decoder
  private let format: SPSSFormat
  private let name: String
  private let isLenient: Bool
  private let path: String
  private var waiting: [Double] = []
  private var extremes = 0

  init(
    _ request: ColumnRequest, variable: SPSSVariable, page: CodePage, isLenient: Bool, path: String
  ) throws {
    (name, format, self.path) = (variable.name, variable.format, path)
    self.isLenient = isLenient
    decoder =
      variable.isText
      ? .text(
        try TextDecoder(request, page: page, isLenient: isLenient, path: path, rows: 0))
      : .number(
        NumberDecoder(
          request, notation: format.notation, isLenient: isLenient, path: path, rows: 0))
  }

  /// Decodes the next cell of a variable of numbers; nil is system-missing.
  func append(_ number: Double?) throws {
    if number?.isInfinite == true { extremes += 1 }
    let finite = number.flatMap { $0.isFinite ? $0 : nil }
    waiting.append(finite.map(format.stored) ?? NumericColumn.missingValue(0))
    if waiting.count == 1024 { try flush() }
  }

  /// Decodes the next cell of a variable of text.
  func append(_ bytes: [UInt8]) throws {
    guard case .text(let decoder) = decoder else { return }
    try bytes.withUnsafeBytes { try decoder.append($0) }
  }

  private func flush() throws {
    guard case .number(let decoder) = decoder, !waiting.isEmpty else { return }
    try waiting.withUnsafeBufferPointer { try decoder.append($0) }
    waiting.removeAll(keepingCapacity: true)
  }

  /// The column and what is to be said about it.
  func finish() throws -> (column: Column, notes: [Note]) {
    try flush()
    var (column, notes) =
      switch decoder {
      case .number(let decoder): try decoder.finish()
      case .text(let decoder): try decoder.finish()
      }
    if isLenient, case .number = decoder, format.isTime {
      notes.append(.time(name, format.text ?? "", at: path))
    }
    if extremes > 0 {
      notes.append(
        Note(
          .warning, id: "por.extreme-values",
          "'\(name)' holds numbers beyond all limits in "
            + (extremes == 1 ? "1 row" : "\(extremes) rows") + "; counted as missing", at: path))
    }
    return (column, notes)
  }
}
