internal import SurveyData

/// Describes one variable by its values, where the file itself does not.
struct VariableDraft {
  private(set) var variable: Variable
  private(set) var comments: [String] = []
  /// The valid codes that occur, with their numbers of rows.
  private var found: [(code: String, count: Int)]
  /// Those of them that are numbers.
  private var numbers: [Double]
  /// The codes that became missing because their labels say so.
  private(set) var applied: [MissingCode] = []
  private let rows: Int
  private let whole: ColumnValues.Whole?
  /// How many different values there are.
  private var distinct: Int { whole?.distinct ?? found.count }
  /// Words such as `NA` among its numbers, with their numbers of rows.
  private let words: [(code: MissingCode, count: Int)]

  /// The most values of a variable that are listed as codes.
  private static let mostCodes = 20

  /// - Parameters:
  ///   - counts: The column's ``CategoricalColumn/counts()``.
  ///   - whole: What is known of all rows, where the column does not hold all values.
  init(
    _ variable: Variable, _ column: CategoricalColumn, _ counts: [Int],
    whole: ColumnValues.Whole? = nil
  ) {
    self.variable = variable
    self.whole = whole
    let occurring = column.categories.indices.filter { counts[$0] > 0 }
    found = occurring.map { (column.categories[$0].code, counts[$0]) }
    numbers = occurring.compactMap { column.categories[$0].plainNumber }
    rows = whole?.rows ?? counts.reduce(0, +)
    words = column.missing.indices.map {
      (column.missing[$0], counts[column.categories.count + $0])
    }
    .filter { code, count in
      count > 0 && CSVMarkers.words.contains(code.text) && !variable.missing.contains(code)
    }
  }

  mutating func describe() {
    if found.isEmpty { comments.append("No row has a value.") }
    if let whole {
      comments.append(
        "\(whole.distinct) different values, of which those that most people have, the smallest and the largest were "
          + "looked at.")
    }
    if NationalIdentityNumber.areLikely(found.lazy.prefix(200).map(\.code)) {
      comments.append("Looks like national identity numbers: may this column be kept?")
    }
    if let role = variable.likelyRole, variable.role == nil {
      comments.append("Looks like \(role.words). If so: `\(role.declaration(of: variable.name))`.")
    }
    if variable.type == nil { describeByValues() }
    if !words.isEmpty {
      variable.missing += words.map(\.code)
      let list = words.map { "\($0.code.text) in \($0.count)" }.joined(separator: ", ")
      comments.append("Among its numbers, counted as missing (rows): \(list).")
    }
    if variable.type == .integer, hasFractions || (whole?.fractions ?? 0) > 0 {
      variable.type = .decimal
    }
    // How plain numbers are shown, the file says itself.
    if let format = variable.format, DisplayFormat(format)?.isPlain ?? true {
      variable.format = nil
    }
    if variable.type == .text { variable.format = nil }
    variable.writeFormat = nil
    variable.unknown = .fail
    if variable.isOpenReading { settleReading() }
    variable.isFromFile = false
    if !variable.categories.isEmpty, variable.range == nil, variable.unknown == .fail {
      addUnlabelled()
    }
    commentOnMissing()
  }

  /// Makes the codes missing whose labels read like a missing reason.
  mutating func applyMissing() {
    for category in variable.categories where !category.label.isEmpty {
      guard let reason = MissingReason.suggested(by: category.label) else { continue }
      let code = MissingCode(.code(category.code), reason: reason, label: category.label)
      applied.append(code)
      let label = category.label.texts.first?.text ?? ""
      let isSure = MissingReason(label: label) != nil
      comments.append(
        "Applied: code \(category.code) (\(label)) is missing, \(reason.rawValue)"
          + (isSure ? "." : "; please check."))
    }
    let codes = Set(applied.map(\.text))
    variable.missing += applied
    variable.categories.removeAll { codes.contains($0.code) }
    found.removeAll { codes.contains($0.code) }
    numbers = found.compactMap { Category($0.code).plainNumber }
  }

  /// Whether a code is not a whole number, which a type of integer would refuse.
  private var hasFractions: Bool {
    variable.hasFractions || found.contains { Variable.isFraction($0.code) }
  }

  // MARK: From values

  private mutating func describeByValues() {
    guard !found.isEmpty else { return }
    let hasRole = variable.likelyRole != nil
    guard numbers.count == found.count, isCanonical, !hasOtherTexts else {
      describeTexts(hasRole: hasRole)
      return
    }
    if found.contains(where: { longCode($0.code) != nil }) {
      comments.append("Whole numbers with more digits than a number keeps: codes, digit by digit.")
      describeTexts(hasRole: hasRole)
      return
    }
    guard (whole?.fractions ?? 0) == 0, numbers.allSatisfy({ $0 == $0.rounded() && abs($0) < 1e15 })
    else {
      variable.type = .decimal
      variable.measure = .ratio
      return
    }
    variable.type = hasRole && variable.likelyRole == .weight ? .decimal : .integer
    if hasRole { return }
    if distinct <= Self.mostCodes, distinct < max(3, rows) {
      let sorted = found.sorted { (Double($0.code) ?? 0) < (Double($1.code) ?? 0) }
      variable.categories = sorted.map { Category($0.code) }
      variable.measure = looksOrdered ? .ordinal : .nominal
    } else if distinct == rows {
      comments.append("Every row has a value of its own. An identifier? Then: `role: id`.")
    } else {
      variable.measure = .ratio
      let low = canonicalCode(numbers.min() ?? 0), high = canonicalCode(numbers.max() ?? 0)
      comments.append("From \(low) to \(high). A `range:` would catch errors.")
    }
  }

  /// Whether texts that are no numbers stand among the values that were not looked at, or nobody can say.
  private var hasOtherTexts: Bool {
    guard let whole else { return false }
    guard let numbers = whole.numbers else { return true }
    return numbers + words.reduce(0) { $0 + $1.count } < whole.answered
  }

  /// Whether no number is written with a leading zero or a sign, which a code keeps.
  private var isCanonical: Bool {
    found.allSatisfy { found in
      let (first, second) = (found.code.utf8.first, found.code.utf8.dropFirst().first)
      let isPadded = first == UInt8(ascii: "0") && second != nil && second != UInt8(ascii: ".")
      return !isPadded && first != UInt8(ascii: "+")
    }
  }

  /// Four or more codes in a row, apart from possible missing codes, are most often a scale.
  private var looksOrdered: Bool {
    let missing = PossibleMissing.codes(among: numbers)
    let valid = numbers.filter { !missing.contains($0) }.sorted()
    return valid.count >= 4 && zip(valid, valid.dropFirst()).allSatisfy { $1 - $0 == 1 }
  }

  private mutating func describeTexts(hasRole: Bool) {
    if found.allSatisfy({ Self.isDate($0.code.prefix(10)) }) {
      variable.type = found.allSatisfy { $0.code.utf8.count == 10 } ? .date : .datetime
      return
    }
    variable.type = .text
    if !hasRole, let mark = SeparatedAnswers(in: found.lazy.map { ($0.code, $0.count) }) {
      comments.append(
        "Several answers in a cell? Then: \(mark.declaration), codes: \(mark.listed).")
      return
    }
    let isList = distinct <= Self.mostCodes && distinct < max(2, rows)
    guard !hasRole, isList, found.allSatisfy({ $0.code.count <= 60 }) else {
      if distinct == rows { comments.append("Every row has a value of its own. An identifier?") }
      return
    }
    variable.categories = found.map(\.code).sorted().map { Category($0) }
    variable.measure = .nominal
    if found.count == 1, variable.label.texts.first?.text.hasSuffix(" - \(found[0].code)") == true {
      comments.append(
        "A check-box, empty where it was not chosen or nobody answered. As 0 and 1: "
          + "`derived: {NAME: {expr: \"not missing(`\(variable.name)`)\"}}`.")
    }
  }

  /// Whether a text is `2024-05-17`.
  private static func isDate(_ text: some StringProtocol) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2], Int(parts[0]) != nil, let month = Int(parts[1]),
      let day = Int(parts[2])
    else { return false }
    return 1...12 ~= month && 1...31 ~= day
  }

  // MARK: Labels that are not complete

  /// Whether a labelled number of the file is a number, whose other values lie in a range.
  private mutating func settleReading() {
    let reading = LabelReading(of: variable, occurring: found.map(\.code))
    variable.measure = reading.measure
    let kind = reading.isNumber ? "number" : "category"
    if reading.reason != .complete { comments.append("Read as a \(kind): \(reading.words).") }
    let listed = Set(variable.categories.map(\.code))
    let others = found.map(\.code).filter { !listed.contains($0) }.compactMap(Double.init)
    guard reading.isNumber, let low = others.min(), let high = others.max() else { return }
    guard !variable.missing.contains(where: { $0.overlaps(low...high) }) else {
      variable.unknown = .warn
      comments.append(
        "From \(canonicalCode(low)) to \(canonicalCode(high)), with missing codes between.")
      return
    }
    variable.range = low...high
  }

  /// Values that occur without being among the labelled codes.
  private mutating func addUnlabelled() {
    let listed = Set(variable.categories.map(\.code))
    let extra = found.map(\.code).filter { !listed.contains($0) }
    guard !extra.isEmpty else { return }
    guard extra.count + listed.count <= Self.mostCodes else {
      variable.unknown = .warn
      comments.append(
        "\(extra.count) values have no label. If it is a number, give it a `range:` and take away "
          + "`unknown: warn`.")
      return
    }
    variable.categories = (variable.categories + extra.map { Category($0) }).sorted { a, b in
      guard let first = a.number, let second = b.number else { return a.code < b.code }
      return first < second
    }
    comments.append("No label in the file: \(extra.joined(separator: ", ")).")
  }

  // MARK: Possible missing codes

  private mutating func commentOnMissing() {
    for category in variable.categories {
      guard let reason = MissingReason.suggested(by: category) else { continue }
      let label = category.label.texts.first.map { " (\($0.text))" } ?? ""
      comments.append(
        "If code \(category.code)\(label) is missing, move it: "
          + "`missing: {\(category.code): \(reason.rawValue)}`.")
    }
    guard variable.type == .integer, variable.likelyRole == nil, variable.role == nil else {
      return
    }
    let labelled = Set(variable.categories.filter { !$0.label.isEmpty }.map(\.code))
    let codes = PossibleMissing.codes(among: numbers).map(canonicalCode)
      .filter { !labelled.contains($0) }
    guard !codes.isEmpty else { return }
    let counts = codes.map { code in
      "\(code) in \(found.first { $0.code == code }?.count ?? 0)"
    }
    comments.append(
      "Possibly missing (rows): \(counts.joined(separator: ", ")). If so, move them to "
        + "`missing:`, each with its reason.")
  }
}

extension Variable {
  /// Whether one of its codes, valid or missing, is not a whole number.
  var hasFractions: Bool {
    categories.contains { Self.isFraction($0.code) }
      || missing.contains { Self.isFraction($0.text) }
  }

  fileprivate static func isFraction(_ code: String) -> Bool {
    DecimalNumber.value(code).map { $0 != $0.rounded() } ?? false
  }
}

extension LabelReading {
  /// Why it is read so, in a few words.
  fileprivate var words: String {
    switch reason {
    case .unlabelled(let count): "\(count) unlabelled values"
    case .complete: "every value is labelled"
    case .stated(let measure): "the file says \(measure.isCategorical ? measure.rawValue : "scale")"
    case .mostlyLabelled(let count): "only \(count) unlabelled"
    }
  }
}
