package import SurveyData

/// Decodes one column of numbers, a block of rows at a time.
///
/// Missing values come as NaN: payload 0 for system-missing, 1–26 for `.a`–`.z`
/// and 27 for SAS's `._`.
package final class NumberDecoder {
  private let request: ColumnRequest
  private let path: String
  private var rules: NumberRules
  private var codes: FoundCodes
  private var unknowns = UnknownCodes()
  private var row = 0

  private var values: [Double] = []
  private var positions: GrowingPositions
  private let scratch = Scratch<UInt32>(0)
  /// What whole numbers from `smallest` on were resolved to, plus one; 0 is not yet resolved.
  private let small: UnsafeMutableBufferPointer<UInt32>
  private let large = ByteTable()
  private static let smallest = -128
  private static let smallCount = 2048
  /// In ``small`` for the view of numbers: the value itself.
  private static let itself = UInt32.max

  package init(
    _ request: ColumnRequest, notation: NumberNotation, isLenient: Bool, path: String, rows: Int
  ) {
    self.request = request
    self.path = path
    let scheme = CodeScheme(request.variable)
    rules = NumberRules(scheme, notation: notation, isLenient: isLenient)
    codes = FoundCodes(scheme)
    small = .allocate(capacity: Self.smallCount)
    small.initialize(repeating: 0)
    positions = GrowingPositions(capacity: request.view == .numbers ? 0 : rows)
    if request.view == .numbers { values.reserveCapacity(rows) }
  }

  deinit { small.deallocate() }

  /// Decodes the next rows.
  /// - Throws: ``SurveyError`` for a number with decimals where the codebook says integer.
  package func append(_ block: UnsafeBufferPointer<Double>) throws {
    if request.view == .numbers { try appendNumbers(block) } else { try appendCodes(block) }
    row += block.count
  }

  /// The column and what is to be said about it.
  /// - Throws: ``SurveyError`` for codes that the codebook does not know.
  package func finish() throws -> (column: Column, notes: [Note]) {
    let note = try unknowns.verdict(on: request.variable, in: path)
    let column: Column
    if request.view == .numbers {
      column = .numbers(NumericColumn(values: values, missing: codes.missing))
    } else {
      let found = codes.column(positions)
      column = request.view == .codes ? .codes(found) : try Self.text(found)
    }
    return (column, [note, unwritten(column)].compactMap(\.self))
  }

  /// Numbers among dates that are none of the years 1 to 9999.
  private func unwritten(_ column: Column) -> Note? {
    guard rules.notation != .number, case .codes(let codes) = column else { return nil }
    let counts = codes.counts()
    let odd = codes.categories.indices.filter {
      counts[$0] > 0 && DecimalNumber.value(codes.categories[$0].code) != nil
    }
    guard let first = odd.first else { return nil }
    let rows = odd.reduce(0) { $0 + counts[$1] }
    return Note(
      .warning, id: "dates.unwritten",
      "'\(request.variable.name)' is no date of the years 1 to 9999 in "
        + (rows == 1 ? "1 row" : "\(rows) rows")
        + ", such as \(codes.categories[first].code), which "
        + "counts \(rules.notation == .date ? "days" : "seconds") from 1970", at: path)
  }

  private static func text(_ column: CategoricalColumn) throws -> Column {
    try Column.codes(column).seen(as: .text, name: "")
  }

  // MARK: Codes

  private func appendCodes(_ block: UnsafeBufferPointer<Double>) throws {
    let found = scratch.room(block.count)
    let low = Double(Self.smallest)
    let high = low + Double(Self.smallCount)
    for index in block.indices {
      let value = block[index]
      if value >= low, value < high {
        let whole = Int(value)
        let known = small[whole - Self.smallest]
        if known != 0, Double(whole) == value {
          found[index] = known - 1
          continue
        }
      }
      found[index] = try position(of: value, row: row + index)
    }
    positions.append(UnsafeBufferPointer(found), bound: codes.meanings.count)
  }

  private func position(of value: Double, row: Int) throws -> UInt32 {
    let key = value == 0 ? 0 : value.bitPattern
    if let known = large.value(of: key) { return known }
    let index = try missingIndex(of: value, row: row)
    let position =
      if let index {
        codes.positionsOfMissing[index]
      } else {
        category(of: value)
      }
    // Unknown values are looked at each time, so that they are counted.
    guard !isUnknown else { return UInt32(position) }
    if let place = smallPlace(of: value) {
      small[place] = UInt32(position) + 1
    } else {
      large.insert(key, UInt32(position))
    }
    return UInt32(position)
  }

  private func category(of value: Double) -> Int {
    let code = rules.notation.text(value)
    // Different numbers have different codes, so that only those of the codebook are looked for.
    let isNumber = rules.notation == .number && !isUnknown
    if !isNumber || codes.hasListed, let listed = codes.position(of: code) { return listed }
    return codes.add(Category(code), isLookedUp: !isNumber)
  }

  private func smallPlace(of value: Double) -> Int? {
    guard value >= Double(Self.smallest), value < Double(Self.smallest + Self.smallCount),
      value == value.rounded()
    else { return nil }
    return Int(value) - Self.smallest
  }

  // MARK: Numbers

  private func appendNumbers(_ block: UnsafeBufferPointer<Double>) throws {
    // The array leaves the object while it grows, so that no access is checked for each value.
    var values = self.values
    self.values = []
    values.append(contentsOf: block)
    let isOpen = rules.admitsEverything
    for index in block.indices where !isOpen || block[index].isNaN {
      values[row + index] = try number(block[index], row: row + index)
    }
    self.values = values
  }

  private func number(_ value: Double, row: Int) throws -> Double {
    let place = smallPlace(of: value)
    if let place, small[place] != 0 {
      let known = small[place]
      return known == Self.itself ? value : NumericColumn.missingValue(Int(known) - 1)
    }
    let index = try missingIndex(of: value, row: row)
    if let place, !isUnknown { small[place] = index.map { UInt32($0) + 1 } ?? Self.itself }
    return index.map(NumericColumn.missingValue) ?? value
  }

  // MARK: Meaning

  private var isUnknown = false

  /// The place in the list of missing codes; nil for a valid value.
  private func missingIndex(of value: Double, row: Int) throws -> Int? {
    isUnknown = false
    switch rules.meaning(of: value) {
    case .missing(let index): return index
    case .foundMissing(let code):
      _ = codes.add(code)
      rules.add(code, number: value, index: codes.missing.count - 1)
      return codes.missing.count - 1
    case .accepted:
      isUnknown = true
      unknowns.count(rules.notation.text(value), row: row + 1)
    case .unknown:
      isUnknown = true
      unknowns.count(rules.notation.text(value), row: row + 1)
      return request.variable.unknown == .missing ? codes.implausible : 0
    case .valid: break
    }
    if rules.contradictsType(value) {
      throw SurveyError(
        .data, at: path,
        "'\(request.variable.name)' is \(canonicalCode(value)) in row \(row + 1): not an integer code",
        remedy: "Say 'type: decimal' in the codebook if such values are right.")
    }
    return nil
  }
}
