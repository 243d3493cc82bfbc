internal import SurveyData

/// One wanted variable of an SPSS file while its cells come in, on one thread.
final class SPSSColumn: @unchecked Sendable {
  private enum Decoder {
    case number(NumberDecoder)
    case text(TextDecoder)
  }

  private let decoder: Decoder
  private let variable: SPSSVariable
  private let firstStretch: Int
  private let isBigEndian: Bool
  private let isLenient: Bool
  private let path: String
  private let scratch = Scratch<Double>(0)
  private var joined: [UInt8] = []
  private var notNumbers = 0
  private var infinite = 0
  private var extremes = 0

  init(
    _ request: ColumnRequest, variable: SPSSVariable, firstStretch: Int,
    dictionary: SPSSDictionary, isLenient: Bool, path: String, rows: Int
  ) throws {
    self.variable = variable
    self.firstStretch = firstStretch
    self.path = path
    self.isLenient = isLenient
    isBigEndian = dictionary.records.header.isBigEndian
    decoder =
      variable.isText
      ? .text(
        try TextDecoder(
          request, page: dictionary.page, isLenient: isLenient, path: path, rows: rows))
      : .number(
        NumberDecoder(
          request, notation: variable.format.notation, isLenient: isLenient, path: path,
          rows: rows))
  }

  /// Decodes this variable's cells of a block.
  func append(_ cells: SPSSCells) throws {
    switch decoder {
    case .number(let decoder):
      try append(cells.places[firstStretch], count: cells.count, to: decoder)
    case .text(let decoder) where variable.segments.count == 1:
      let place = cells.places[firstStretch]
      for row in 0..<cells.count {
        try decoder.append(
          UnsafeRawBufferPointer(start: place.start + row * place.step, count: variable.width))
      }
    case .text(let decoder):
      for row in 0..<cells.count {
        joined.removeAll(keepingCapacity: true)
        for (index, segment) in variable.segments.enumerated() {
          let place = cells.places[firstStretch + index]
          // Some programs fill unused segments with NULs, also before text.
          joined += UnsafeRawBufferPointer(
            start: place.start + row * place.step, count: segment.width
          ).lazy.filter { $0 != 0 }
        }
        try joined.withUnsafeBytes { try decoder.append($0) }
      }
    }
  }

  private func append(_ place: SPSSCells.Place, count: Int, to decoder: NumberDecoder) throws {
    let numbers = scratch.room(count)
    let missing = SPSSNumbers.systemMissing
    let isBigEndian = self.isBigEndian
    let (start, step) = (place.start, place.step)
    var notNumbers = 0
    var infinite = 0
    var extremes = 0
    for row in 0..<count {
      let raw = (start + row &* step).loadUnaligned(as: UInt64.self)
      let number = Double(bitPattern: isBigEndian ? raw.bigEndian : raw.littleEndian)
      let isNumber = number.isFinite && number != missing
      numbers[row] = isNumber ? number : NumericColumn.missingValue(0)
      notNumbers &+= number != number ? 1 : 0
      infinite &+= number.isInfinite ? 1 : 0
      extremes &+= isNumber && abs(number) >= -SPSSNumbers.lowest ? 1 : 0
    }
    self.notNumbers += notNumbers
    self.infinite += infinite
    self.extremes += extremes
    let format = variable.format
    if format.notation != .number {
      for row in 0..<count { numbers[row] = format.stored(numbers[row]) }
    }
    try decoder.append(UnsafeBufferPointer(numbers))
  }

  /// The column and what is to be said about it.
  func finish() throws -> (column: Column, notes: [Note]) {
    var (column, notes) =
      switch decoder {
      case .number(let decoder): try decoder.finish()
      case .text(let decoder): try decoder.finish()
      }
    if isLenient, !variable.isText, variable.format.isTime {
      notes.append(.time(variable.name, variable.format.text ?? "", at: path))
    }
    if notNumbers > 0 {
      notes.append(
        Note(
          .warning, id: "sav.not-a-number",
          "'\(variable.name)' holds NaN in \(rows(notNumbers)); counted as missing", at: path))
    }
    if infinite > 0 {
      notes.append(
        Note(
          .warning, id: "sav.infinite",
          "'\(variable.name)' is infinite in \(rows(infinite)); counted as missing", at: path))
    }
    if extremes > 0 {
      notes.append(
        Note(
          .warning, id: "sav.extreme-values",
          "'\(variable.name)' holds SPSS's HIGHEST or LOWEST in \(rows(extremes))", at: path))
    }
    return (column, notes)
  }

  private func rows(_ count: Int) -> String { count == 1 ? "1 row" : "\(count) rows" }
}
