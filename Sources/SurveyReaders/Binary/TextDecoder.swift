package import SurveyData

/// Decodes one column of text, a cell at a time.
package final class TextDecoder {
  private let request: ColumnRequest
  private let page: CodePage
  private let path: String
  private let isLenient: Bool
  private var texts: [String] = []
  private var codes: FoundCodes
  private var missingPlaces: [String: Int] = [:]
  private var unknowns = UnknownCodes()
  private var positions = GrowingPositions(capacity: 0)
  private var pending: [UInt32] = []
  private var short: [UInt64: UInt32] = [:]
  private var long: [String: UInt32] = [:]
  private var row = 0
  private var soundness = TextSoundness()

  /// - Throws: ``SurveyError`` when numbers are wanted of a column of text.
  package init(
    _ request: ColumnRequest, page: CodePage, isLenient: Bool, path: String, rows: Int
  ) throws {
    let variable = request.variable
    if !isLenient, !variable.hasSeveralAnswers, let type = variable.type,
      type == .integer || type == .decimal
    {
      throw SurveyError(
        .data, at: path,
        "'\(variable.name)' holds text, but the codebook says 'type: \(type.rawValue)'",
        remedy: "Say 'type: text' in the codebook.")
    }
    guard request.view != .numbers else {
      throw SurveyError(.usage, at: variable.name, "holds text, so it has no mean")
    }
    self.request = request
    self.page = page
    self.path = path
    self.isLenient = isLenient
    let scheme = CodeScheme(variable)
    codes = FoundCodes(scheme)
    for (index, code) in scheme.missing.enumerated() {
      if case .code(let text) = code.values { missingPlaces[text] = index }
    }
    if request.view == .text { texts.reserveCapacity(rows) }
  }

  /// Decodes the next cell; the spaces and NULs at its end are padding.
  /// - Throws: ``SurveyError`` for bytes that the encoding does not know.
  package func append(_ cell: UnsafeRawBufferPointer) throws {
    let bytes = cell.withoutPadding
    if request.view == .text {
      texts.append(try text(bytes))
    } else {
      pending.append(try position(of: bytes))
      if pending.count == 4096 { flush() }
    }
    row += 1
  }

  /// The column and what is to be said about it.
  /// - Throws: ``SurveyError`` for codes that the codebook does not know.
  package func finish() throws -> (column: Column, notes: [Note]) {
    var notes = soundness.notes(of: request.variable.name, page: page, path: path)
    if request.view == .text { return (.text(TextColumn(values: texts)), notes) }
    flush()
    if let note = try unknowns.verdict(on: request.variable, in: path) { notes.append(note) }
    return (.codes(codes.column(positions)), notes)
  }

  private func flush() {
    pending.withUnsafeBufferPointer { positions.append($0, bound: codes.meanings.count) }
    pending.removeAll(keepingCapacity: true)
  }

  private func text(_ bytes: UnsafeRawBufferPointer) throws -> String {
    guard let (text, found) = page.reading(bytes) else {
      throw SurveyError.invalidText(
        bytes, in: "'\(request.variable.name)', row \(row + 1),", page: page, path: path)
    }
    soundness.count(found, row: row + 1)
    return text
  }

  private func position(of bytes: UnsafeRawBufferPointer) throws -> UInt32 {
    if bytes.count <= 8 {
      var key: UInt64 = 0
      for byte in bytes { key = key << 8 | UInt64(byte) }
      if let known = short[key] { return known }
      let (position, isKnown) = try resolve(try text(bytes))
      if isKnown, bytes.first != 0 { short[key] = position }
      return position
    }
    let text = try text(bytes)
    if let known = long[text] { return known }
    let (position, isKnown) = try resolve(text)
    if isKnown { long[text] = position }
    return position
  }

  private func resolve(_ text: String) throws -> (position: UInt32, isKnown: Bool) {
    if let index = missingPlaces[text] { return (UInt32(codes.positionsOfMissing[index]), true) }
    if let listed = codes.position(of: text) { return (UInt32(listed), true) }
    if text.isEmpty { return (UInt32(codes.positionsOfMissing[0]), true) }
    let variable = request.variable
    if variable.hasSeveralAnswers {
      let unknown = variable.unknownAnswers(in: text)
      for answer in unknown where !isLenient { unknowns.count(answer, row: row + 1) }
      return (UInt32(codes.add(Category(text))), unknown.isEmpty)
    }
    if variable.isOpen || isLenient && variable.unknown == .warn {
      return (UInt32(codes.add(Category(text))), true)
    }
    unknowns.count(text, row: row + 1)
    switch request.variable.unknown {
    case .warn: return (UInt32(codes.position(of: text) ?? codes.add(Category(text))), false)
    case .missing: return (UInt32(codes.positionsOfMissing[codes.implausible ?? 0]), false)
    case .fail: return (UInt32(codes.positionsOfMissing[0]), false)
    }
  }
}

extension SurveyError {
  /// Bytes that are not valid text.
  package static func invalidText(
    _ bytes: UnsafeRawBufferPointer, in place: String, page: CodePage, path: String
  ) -> Self {
    // With letters of UTF-8 beside the fault it is a damaged byte, and no other encoding.
    let isDamaged = page.name == "utf-8" && bytes.holdsUnicode
    return Self(
      .data, at: path, "\(place) is not valid \(page.name)",
      remedy: isDamaged
        ? "Other letters in it are: a byte was damaged. '--lossy' reads on and marks such bytes."
        : "Say what it is, such as '--encoding latin1', or '--lossy' to mark such bytes.")
  }
}
