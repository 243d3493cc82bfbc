internal import SurveyData

/// A column read as numbers.
final class CSVNumberReader: CSVColumnReader, @unchecked Sendable {
  let field: Int
  private let rules: CSVNumberRules
  private var values: [Double] = []
  fileprivate var memory = UnsafeMutableBufferPointer<Double>(start: nil, count: 0)

  init(field: Int, scheme: CodeScheme, dialect: CSVDialect) {
    self.field = field
    rules = CSVNumberRules(scheme, dialect)
  }

  func lend(_ capacity: Int, _ body: () throws -> Int) throws {
    values = try [Double](unsafeUninitializedCapacity: capacity) { buffer, count in
      memory = buffer
      count = try body()
    }
  }

  func makeDecoder() -> any CSVColumnDecoder { CSVNumberDecoder(self, rules) }

  func move(_ rows: Range<Int>, to first: Int) {
    memory.move(rows, to: first)
  }

  func finish(_ decoders: [any CSVColumnDecoder], _ pieces: [CSVPiece]) -> Column {
    .numbers(NumericColumn(values: values, missing: rules.scheme.missing))
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
    let acceptsAll = rules.acceptsAll
    for record in 0..<target.count {
      let field = fields[record]
      if acceptsAll, let number = DecimalNumber.value(field, decimal: decimal) {
        memory[record] = number
      } else {
        memory[record] = decode(field, record, target)
      }
    }
  }

  private func decode(
    _ field: UnsafeRawBufferPointer, _ record: Int, _ target: CSVTarget
  ) -> Double {
    let outcome = rules.outcome(of: field)
    switch outcome {
    case .number(let number): return number
    case .missing(let index): return NumericColumn.missingValue(index)
    case .noted(let number, let kind):
      tally.add(kind, at: target.place(of: field, in: record))
      return number
    }
  }
}

/// What becomes of a field that is read as a number.
struct CSVNumberRules: Sendable {
  let scheme: CodeScheme
  let dialect: CSVDialect
  /// Whether every number is valid, so that there is nothing to look up.
  let acceptsAll: Bool
  /// For the whole numbers from 0: -1 when unknown here, 0 when valid, else a missing code's position
  /// plus one.
  private let small: [Int16]

  private static let smallCount = 1024

  init(_ scheme: CodeScheme, _ dialect: CSVDialect) {
    self.scheme = scheme
    self.dialect = dialect
    let hasNumericMissing = scheme.missing.contains {
      switch $0.values {
      case .code(let code): DecimalNumber.value(code) != nil
      case .range: true
      case .empty: false
      }
    }
    acceptsAll =
      scheme.variable.isOpen && !hasNumericMissing && scheme.variable.type != .integer
    small = (0..<Self.smallCount).map { whole in
      switch Self.standing(of: Double(whole), scheme) {
      case .valid: 0
      case .missing(let index): Int16(clamping: index + 1)
      case .unknown: -1
      }
    }
  }

  /// What becomes of a field.
  enum Outcome {
    /// A valid number.
    case number(Double)
    /// The missing code at a position.
    case missing(Int)
    /// Something that must be told, and what stands in for it.
    case noted(Double, CSVTally.Kind)
  }

  func outcome(of field: UnsafeRawBufferPointer) -> Outcome {
    if let number = DecimalNumber.value(field, decimal: dialect.decimal) {
      return outcome(of: number)
    }
    let content = dialect.content(field)
    guard !content.isEmpty else { return .missing(0) }
    if let number = DecimalNumber.value(content, decimal: dialect.decimal) {
      return outcome(of: number)
    }
    guard let text = dialect.text(of: field) else {
      return .noted(NumericColumn.missingValue(0), .badEncoding)
    }
    if let position = scheme.position(ofCode: text), position >= scheme.categories.count {
      return .missing(position - scheme.categories.count)
    }
    if let number = dialect.groupedNumber(text) { return outcome(of: number) }
    return .noted(NumericColumn.missingValue(0), .notNumber)
  }

  private func outcome(of number: Double) -> Outcome {
    let standing: Standing
    if number >= 0, number < Double(Self.smallCount), number == number.rounded() {
      let known = small[Int(number)]
      standing = known == 0 ? .valid : known < 0 ? .unknown : .missing(Int(known) - 1)
    } else {
      standing = Self.standing(of: number, scheme)
    }
    switch standing {
    case .valid:
      let isWhole = scheme.variable.type != .integer || number == number.rounded()
      return isWhole ? .number(number) : .noted(number, .notWhole)
    case .missing(let index): return .missing(index)
    case .unknown:
      switch scheme.variable.unknown {
      case .fail: return .noted(number, .unknown)
      case .warn: return .noted(number, .unknownKept)
      case .missing:
        let index = (scheme.implausiblePosition ?? 0) - scheme.categories.count
        return .noted(NumericColumn.missingValue(max(0, index)), .unknownMissing)
      }
    }
  }

  private enum Standing {
    case valid, missing(Int), unknown
  }

  private static func standing(of number: Double, _ scheme: CodeScheme) -> Standing {
    if let position = scheme.position(ofNumber: number) {
      position < scheme.categories.count ? .valid : .missing(position - scheme.categories.count)
    } else {
      scheme.admits(number) ? .valid : .unknown
    }
  }
}
