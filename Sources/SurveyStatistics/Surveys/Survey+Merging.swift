package import SurveyData

extension Survey {
  /// Fewer rows than this are not worth merging.
  package static let leastToMerge = 20_000

  /// How people are merged.
  package enum Merging: Sendable {
    /// Where it saves much: all with the same answers make a row, wherever they were drawn.
    case worthwhile
    /// Also where it saves little.
    case always
    /// All with the same answers in one sampling unit make a row, as cells from elsewhere come.
    case byUnit
    /// The same where it saves much, for people whose replicate weights make the variance.
    case replicates
  }

  /// The same survey with one row for all people who gave the same answers to some variables, which are
  /// the only ones that it knows.
  ///
  /// Whatever sees the answers, the weights, their squares and the people of a row, and sums over
  /// sampling units by ``Cases``, gives the same result from it.
  ///
  /// - Parameters:
  ///   - inputs: The variables, each in the view in which an analysis reads it.
  ///   - merging: How they are merged.
  /// - Returns: The survey itself for text, for a number of many values, and where few would be merged.
  /// - Throws: As `Dataset.load`.
  /// - Complexity: O(rows), one or two passes.
  package func merged(
    over inputs: [(name: String, view: ColumnView)], _ merging: Merging = .worthwhile
  ) throws -> Survey {
    let inputs = inputs + (standard?.variables ?? []).map { ($0, .codes) }
    let rows = weights.rowCount
    // Replicate weights are added up by answers, and no unit counts.
    let merging = weights.replicates != nil && merging == .worthwhile ? .replicates : merging
    let isAlways = merging == .always || merging == .byUnit
    guard isAlways || rows >= Self.leastToMerge, weights.people == nil else { return self }
    try dataset.load(inputs)
    var names: [String] = []
    var columns: [MergedColumn] = []
    for name in inputs.map(\.name) where !names.contains(name) {
      let isCodes = inputs.contains { $0.name == name && $0.view == .codes }
      guard isCodes || inputs.contains(where: { $0.name == name && $0.view == .numbers }) else {
        return self
      }
      let column =
        isCodes
        ? MergedColumn(try dataset.categorical(name))
        : MergedColumn(try dataset.numeric(name), most: isAlways ? .max : MergedColumn.mostValues)
      guard let column else { return self }
      names.append(name)
      columns.append(column)
    }
    let variables = try names.map { name in
      // How a labelled number is read stays as all of the file decided.
      var variable = try dataset.variable(name)
      variable.isFromFile = false
      return variable
    }
    var digits = columns.map(\.digit)
    if let membership {
      digits.append(AnswerColumn(positions: membership, radix: 3, validCount: 3))
    }
    let keepsUnits = merging == .byUnit || merging == .replicates
    let (units, unitCount) =
      keepsUnits ? (roster.unitOfRow, roster.unitCount) : (.nowhere(rows), 1)
    var space = unitCount + 1
    for digit in digits {
      let next = space.multipliedReportingOverflow(by: max(digit.radix, 1))
      guard !next.overflow, next.partialValue < 1 << 62 else { return self }
      space = next.partialValue
    }
    let counter = CellCounter(
      units: units, unitCount: unitCount, columns: digits, weights: weights)
    let most = merging == .byUnit ? .max : min(1 << 16, isAlways ? .max : rows / 16)
    let atOnce = keepsUnits ? nil : Spread.merged(digits, weights, of: roster)
    guard let table = atOnce?.table ?? counter.table(atMost: most), table.cells.count <= most
    else { return self }
    let spread =
      keepsUnits
      ? nil
      : atOnce?.spread
        ?? Spread(counter.places(among: table), rowCount: table.cells.count, weights, of: roster)
    guard keepsUnits || spread != nil else { return self }
    let answers = digits.indices.map { place in
      Positions(
        table.cells.map { table.digit(place, of: $0.answers) },
        valueCount: max(digits[place].radix, 1))
    }
    return Survey(
      self,
      dataset: Dataset(
        MemorySource(
          zip(names, columns).enumerated().map { place, pair in
            (pair.0, pair.1.column(at: answers[place]))
          }), codebook: Codebook(variables: variables)),
      weights: SurveyWeights(
        of: weights, cells: table.cells,
        replicates: weights.replicates.map { counter.sums(of: $0, among: table) }),
      roster: roster.holding(table.cells.map { Int($0.unit) }),
      membership: membership.map { _ in answers[columns.count] }, spread: spread)
  }
}

extension Survey {
  /// Throws where rows are cells, for what needs the people one by one.
  ///
  /// - Parameter wishing: Whether people who are elsewhere are asked for, so that they are there when the same work is
  ///   done again.
  package func requirePeople(for what: String, remedy: String, wishing: Bool = false) throws {
    guard weights.people != nil else { return }
    if wishing { dataset.wishForPeople() }
    throw SurveyError(
      .usage, "\(what) needs the people one by one, and these rows are cells of several",
      remedy: remedy)
  }
}

/// A column whose values are few, as a digit of a key, and back.
private struct MergedColumn {
  let digit: AnswerColumn
  private let source: Source

  private enum Source {
    case codes(CategoricalColumn)
    case numbers([Double], missing: [MissingCode])
  }

  /// The most values of a number that are merged.
  static let mostValues = 4096

  init(_ column: CategoricalColumn) {
    digit = AnswerColumn(column)
    source = .codes(column)
  }

  /// A number; nil when it has more than `most` values.
  init?(_ column: NumericColumn, most: Int) {
    var places = ValuePlaces()
    var provisional: [UInt32] = []
    provisional.reserveCapacity(column.count)
    for value in column.values {
      // A missing answer gets its place when the values are known.
      guard !value.isNaN else {
        provisional.append(.max - UInt32(NumericColumn.missingIndex(value)))
        continue
      }
      provisional.append(places.place(of: value))
      if places.values.count > most { return nil }
    }
    let values = places.values
    let order = values.indices.sorted { values[$0] < values[$1] }
    var final = Array(repeating: 0, count: values.count)
    for (new, old) in order.enumerated() { final[old] = new }
    let radix = values.count + column.missing.count
    digit = AnswerColumn(
      positions: Positions(
        provisional.lazy.map { place in
          place < UInt32(final.count) ? final[Int(place)] : final.count + Int(.max - place)
        }, valueCount: radix),
      radix: radix, validCount: values.count)
    source = .numbers(order.map { values[$0] }, missing: column.missing)
  }

  /// The column that has such positions.
  func column(at positions: Positions) -> Column {
    switch source {
    case .codes(let column):
      return .codes(
        CategoricalColumn(
          positions: positions, categories: column.categories, missing: column.missing))
    case .numbers(let values, let missing):
      let all = values + missing.indices.map(NumericColumn.missingValue)
      var result: [Double] = []
      result.reserveCapacity(positions.count)
      positions.withEach { result.append(all[$0]) }
      return .numbers(NumericColumn(values: result, missing: missing))
    }
  }
}

/// Places for numbers in the order in which they are met: small whole ones by themselves, others by
/// their bits.
private struct ValuePlaces {
  private(set) var values: [Double] = []
  private var small = [UInt32](repeating: .max, count: 1024)
  private var slots = KeySlots(capacity: 1024)
  private var placeOfSlot: [UInt32] = []

  mutating func place(of value: Double) -> UInt32 {
    if value >= 0, value < 1024, let whole = Int(exactly: value) {
      if small[whole] == .max { small[whole] = add(value) }
      return small[whole]
    }
    // Zero and minus zero are one value.
    let slot = slots.slot(of: (value == 0 ? 0 : value).bitPattern)
    if slot == placeOfSlot.count { placeOfSlot.append(add(value)) }
    return placeOfSlot[slot]
  }

  private mutating func add(_ value: Double) -> UInt32 {
    values.append(value)
    return UInt32(values.count - 1)
  }
}

extension Survey {
  /// The survey itself, whose rows are people, as an interpolating rule needs them.
  func withPeople(for rule: QuantileRule) throws -> Survey {
    try requirePeople(
      for: "the quantile rule \(rule.rawValue)", remedy: "Write --quantile-rule math or school.",
      wishing: true)
    return self
  }
}
