internal import SurveyData

/// One wanted variable of a Stata file while its rows come in, on one thread.
final class StataColumn: @unchecked Sendable {
  private enum Decoder {
    case number(NumberDecoder, StataNumbers)
    case text(TextDecoder, width: Int)
    case longText(TextDecoder, StataLongTexts)
  }

  private let decoder: Decoder
  private let variable: StataVariable
  private let path: String
  private let scratch = Scratch<Double>(0)

  init(
    _ request: ColumnRequest, variable: StataVariable, file: FileBytes,
    dictionary: StataDictionary, isLenient: Bool
  ) throws {
    self.variable = variable
    path = file.path
    guard variable.type.isText else {
      decoder = .number(
        NumberDecoder(
          request, notation: variable.notation, isLenient: isLenient, path: file.path,
          rows: dictionary.rowCount),
        StataNumbers(
          type: variable.type, isBigEndian: dictionary.isBigEndian,
          hasTags: dictionary.layout.hasTags,
          missingDouble: dictionary.layout.missingDouble))
      return
    }
    let text = try TextDecoder(
      request, page: dictionary.page, isLenient: isLenient, path: file.path,
      rows: dictionary.rowCount)
    decoder =
      variable.type == .longText
      ? .longText(text, try StataLongTexts(file, dictionary: dictionary))
      : .text(text, width: variable.type.width)
  }

  /// Decodes this variable's cells of some rows.
  /// - Parameters:
  ///   - start: The first row.
  ///   - step: The bytes of a row.
  func append(_ start: UnsafeRawPointer, step: Int, count: Int) throws {
    let start = start + variable.offset
    switch decoder {
    case .number(let decoder, let source):
      let numbers = scratch.room(count)
      source.read(into: numbers, from: start, step: step)
      if let calendar = variable.calendar {
        for row in 0..<count where !numbers[row].isNaN {
          numbers[row] = calendar.stored(numbers[row])
        }
      }
      try decoder.append(UnsafeBufferPointer(numbers))
    case .text(let decoder, let width):
      for row in 0..<count {
        try decoder.append(
          UnsafeRawBufferPointer(start: start + row * step, count: width).untilNUL)
      }
    case .longText(let decoder, let texts):
      for row in 0..<count {
        guard let text = texts.text(at: start + row * step) else {
          throw SurveyError(
            .data, at: path,
            "is damaged: '\(variable.name)' points to a long text that is not there")
        }
        try decoder.append(text)
      }
    }
  }

  /// The column and what is to be said about it.
  func finish() throws -> (column: Column, notes: [Note]) {
    switch decoder {
    case .number(let decoder, _):
      var (column, notes) = try decoder.finish()
      if variable.calendar == .leapClock {
        notes.append(
          Note(
            .information, id: "dta.leap-seconds",
            "'\(variable.name)' counts leap seconds (%tC), which its times leave out", at: path))
      }
      return (column, notes)
    case .text(let decoder, _), .longText(let decoder, _): return try decoder.finish()
    }
  }
}
