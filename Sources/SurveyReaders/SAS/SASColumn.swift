internal import SurveyData

/// One wanted variable of a SAS file while its rows come in.
final class SASColumn {
  private enum Decoder {
    case number(NumberDecoder, SASNumbers)
    case text(TextDecoder)
  }

  private let decoder: Decoder
  private let variable: SASVariable
  private let catalog: SASCatalog?
  private let path: String
  private let isLenient: Bool
  private let scratch = Scratch<Double>(0)
  private var infinite = 0

  init(
    _ request: ColumnRequest, variable: SASVariable, table: SASTable, catalog: SASCatalog?,
    isLenient: Bool, path: String, rows: Int
  ) throws {
    self.variable = variable
    self.catalog = catalog
    self.isLenient = isLenient
    self.path = path
    decoder =
      variable.isText
      ? .text(
        try TextDecoder(request, page: table.page, isLenient: isLenient, path: path, rows: rows))
      : .number(
        NumberDecoder(
          request, notation: variable.notation, isLenient: isLenient, path: path, rows: rows),
        SASNumbers(layout: table.numbers, width: variable.width))
  }

  /// Whether its labels come from a catalog.
  var isLabelled: Bool {
    isLenient && variable.format.kind == .labels
      && catalog?.labels(of: variable)?.labels.isEmpty == false
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
      infinite += source.read(into: numbers, from: start, step: step)
      if variable.notation != .number {
        for row in 0..<count where !numbers[row].isNaN {
          numbers[row] = variable.format.stored(numbers[row])
        }
      }
      try decoder.append(UnsafeBufferPointer(numbers))
    case .text(let decoder):
      for row in 0..<count {
        try decoder.append(
          UnsafeRawBufferPointer(start: start + row * step, count: variable.width))
      }
    }
  }

  /// The column and what is to be said about it.
  func finish() throws -> (column: Column, notes: [Note]) {
    var (column, notes) =
      switch decoder {
      case .number(let decoder, _): try decoder.finish()
      case .text(let decoder): try decoder.finish()
      }
    if infinite > 0 {
      notes.append(
        note(
          .warning, "sas.infinite",
          "is infinite in \(infinite == 1 ? "1 row" : "\(infinite) rows"), which SAS cannot hold; "
            + "counted as missing"))
    }
    guard isLenient else { return (column, notes) }
    switch variable.format.kind {
    case .labels: notes += labelNotes
    case .time where !variable.isText:
      notes.append(Note.time(variable.name, variable.format.text, at: path))
    default: break
    }
    return (column, notes)
  }

  /// What is to be said of the format whose labels stand in a catalog.
  private var labelNotes: [Note] {
    let shown = "is shown by the format \(variable.format.text), "
    guard let catalog else {
      return [
        note(
          .information, "sas.labels-elsewhere",
          shown + "whose labels stand in a catalog of formats and not in the file; "
            + "'--catalog FILE.sas7bcat' names it, or a codebook gives them")
      ]
    }
    guard let labels = catalog.labels(of: variable) else {
      return [note(.information, "sas.format-lacking", shown + "which '\(catalog.path)' lacks")]
    }
    guard labels.leftOut > 0 else { return [] }
    return [
      note(
        .information, "sas.format-ranges",
        shown + "which has ranges, OTHER or entries that are not single values: the labels of "
          + "\(labels.leftOut) of \(labels.leftOut + labels.labels.count) entries are not used; "
          + "a codebook can give them")
    ]
  }

  private func note(_ level: Note.Level, _ id: String, _ text: String) -> Note {
    Note(level, id: id, "'\(variable.name)' \(text)", at: path)
  }
}
