internal import SurveyData

/// A column read as numbers.
final class CSVNumberReader: CSVColumnReader, @unchecked Sendable {
  let field: Int
  private let rules: CSVNumberRules
  fileprivate var memory = UnsafeMutableBufferPointer<Double>(start: nil, count: 0)

  init(field: Int, scheme: CodeScheme, dialect: CSVDialect) {
    self.field = field
    rules = CSVNumberRules(scheme, dialect)
  }

  deinit { free() }

  private func free() {
    memory.deallocate()
    memory = UnsafeMutableBufferPointer(start: nil, count: 0)
  }

  func makeRoom(_ capacity: Int) { memory = .allocate(capacity: capacity) }

  func makeDecoder() -> any CSVColumnDecoder { CSVNumberDecoder(self, rules) }

  func move(_ rows: Range<Int>, to first: Int) {
    memory.move(rows, to: first)
  }

  func finish(
    _ decoders: [any CSVColumnDecoder], _ pieces: [CSVPiece], count: Int
  ) -> Column {
    defer { free() }
    return .numbers(
      NumericColumn(values: Array(memory.prefix(count)), missing: rules.scheme.missing))
  }
}

/// Decodes numbers on one thread.
private final class CSVNumberDecoder: CSVColumnDecoder, @unchecked Sendable {
  private let reader: CSVNumberReader
  private let rules: CSVNumberRules
  private(set) var tally = CSVTally()

  init(_ reader: CSVNumberReader, _ rules: CSVNumberRules) {
    self.reader = reader
    self.rules = rules
  }

  func decode(_ fields: CSVRecords.Fields, into target: CSVTarget) {
    guard let memory = reader.memory.baseAddress?.advanced(by: target.firstRow) else { return }
    let decimal = rules.dialect.decimal
    let valid = rules.valid
    let wholeOnly = rules.wholeOnly
    rules.small.withUnsafeBufferPointer { small in
      for record in 0..<target.count {
        let field = fields[record]
        guard let number = DecimalNumber.value(fields.unquoted(field), decimal: decimal) else {
          memory[record] = judge(field, record, target)
          continue
        }
        let whole = number >= 0 && number < Double(small.count) ? Int(number) : -1
        if whole >= 0, Double(whole) == number {
          memory[record] =
            small[whole] == CSVNumberRules.unlisted ? judge(field, record, target) : small[whole]
        } else if number >= valid.lowerBound, number <= valid.upperBound,
          !wholeOnly || (abs(number) < 1e15 && Double(Int64(number)) == number)
        {
          memory[record] = number
        } else {
          memory[record] = judge(field, record, target)
        }
      }
    }
  }

  @inline(never)
  private func judge(
    _ field: UnsafeRawBufferPointer, _ record: Int, _ target: CSVTarget
  ) -> Double {
    switch rules.outcome(of: field) {
    case .number(let number): return number
    case .missing(let index): return NumericColumn.missingValue(index)
    case .noted(let number, let kind):
      tally.add(kind, at: target.place(of: field, in: record))
      return number
    }
  }
}
