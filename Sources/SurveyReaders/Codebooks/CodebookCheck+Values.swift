internal import SurveyData

extension CodebookCheck {
  /// The most unknown codes of one variable that have a finding of their own.
  private static let mostCodes = 20

  /// What the values of a column tell.
  ///
  /// - Parameter whole: What is known of all rows, where the codes are not all; then none is missed.
  mutating func check(
    _ variable: Variable, _ column: CategoricalColumn, _ counts: [Int],
    whole: ColumnValues.Whole? = nil
  ) {
    if variable.hasSeveralAnswers {
      let several = SeveralAnswers(column, of: variable)
      let counts = several.counts(of: counts)
      let answers = CategoricalColumn(
        positions: .uint8([]), categories: several.answers, missing: several.missing)
      checkUnknown(variable, answers, counts)
      checkLabels(variable, answers, counts)
      checkUnused(variable, answers, counts)
      checkAnswer(variable, answers, counts)
      checkUniverse(variable, column)
      return
    }
    checkUnknown(variable, column, counts)
    checkLabels(variable, column, counts)
    if let whole {
      let seen = counts.count { $0 > 0 }
      add(
        Finding(
          .information, id: "values-in-part", variable: variable.name, count: whole.distinct,
          "\(whole.distinct) different values, of which \(seen) were looked at", naming: ["\(seen)"]
        ))
    } else {
      checkUnused(variable, column, counts)
      checkAnswer(variable, column, counts)
    }
    checkUniverse(variable, column)
    checkSeparators(variable, column, counts)
    checkIdentity(variable, column, counts)
  }

  /// Codes that are neither valid nor missing.
  private mutating func checkUnknown(
    _ variable: Variable, _ column: CategoricalColumn, _ counts: [Int]
  ) {
    guard !variable.isOpen, !isNumber(variable, column, counts) else { return }
    let known = Set(variable.categories.map(\.code))
    let unknown = column.categories.indices.filter { index in
      let category = column.categories[index]
      guard counts[index] > 0, !known.contains(category.code) else { return false }
      return !(category.number.flatMap { variable.range?.contains($0) } ?? false)
    }.sorted { counts[$0] > counts[$1] }
    for index in unknown.prefix(Self.mostCodes) {
      let (code, count) = (column.categories[index].code, counts[index])
      let outside = column.categories[index].number != nil && variable.range != nil
      add(
        Finding(
          variable.unknown == .fail ? .error : .warning,
          id: outside ? "out-of-range" : "unknown-code", variable: variable.name, code: code,
          count: count,
          "\(rows(count)) \(count == 1 ? "is" : "are") \(code), "
            + (outside
              ? "outside the range \(variable.rangeText)" : "which the codebook does not know"),
          naming: [code] + (outside ? [variable.rangeText] : []),
          remedy: "Add \(code) under `codes:` or `missing:`, or write `unknown: missing`."))
    }
    if unknown.count > Self.mostCodes {
      let rest = unknown.dropFirst(Self.mostCodes)
      add(
        Finding(
          variable.unknown == .fail ? .error : .warning, id: "unknown-code",
          variable: variable.name, count: rest.reduce(0) { $0 + counts[$1] },
          "\(rest.count) more codes are unknown",
          remedy: "If it is a number, give it a `range:` instead of codes."))
    }
  }

  /// Whether the file's labels name some values of a number only.
  private func isNumber(
    _ variable: Variable, _ column: CategoricalColumn, _ counts: [Int]
  ) -> Bool {
    guard variable.isOpenReading else { return false }
    let occurring = column.categories.indices.filter { counts[$0] > 0 }
    return LabelReading(of: variable, occurring: occurring.map { column.categories[$0].code })
      .isNumber
  }

  /// Valid codes whose label speaks of a missing answer.
  private mutating func checkLabels(
    _ variable: Variable, _ column: CategoricalColumn, _ counts: [Int]
  ) {
    for category in variable.categories {
      guard let reason = MissingReason.suggested(by: category.label) else { continue }
      let index = column.categories.firstIndex { $0.code == category.code }
      add(
        Finding(
          .warning, id: "label-looks-missing", variable: variable.name, code: category.code,
          count: index.map { counts[$0] } ?? 0,
          "code \(category.code) is called '\(category.label.texts.first?.text ?? "")', "
            + "but counts as an answer",
          naming: [category.code, category.label.texts.first?.text ?? "", reason.rawValue],
          remedy: "Move it: `missing: {\(category.code): \(reason.rawValue)}`."))
    }
  }

  /// Codes that never occur.
  private mutating func checkUnused(
    _ variable: Variable, _ column: CategoricalColumn, _ counts: [Int]
  ) {
    let listed = Set(variable.categories.map(\.code))
    let occurring = Set(
      listed.isEmpty
        ? []
        : column.categories.indices.lazy.filter { counts[$0] > 0 }
          .map { column.categories[$0].code }.filter(listed.contains))
    let valid = variable.categories.map(\.code).filter { !occurring.contains($0) }
    let missing = column.missing.indices.dropFirst()
      .filter { counts[column.categories.count + $0] == 0 && column.missing[$0].isCode }
      .map { column.missing[$0].text }
    let unused = valid + missing
    guard !unused.isEmpty, !codebook.file.isPartial else { return }
    let shown = unused.prefix(12).joined(separator: ", ")
    add(
      Finding(
        .information, id: "unused-codes", variable: variable.name, count: unused.count,
        "no row has \(shown)" + (unused.count > 12 ? " and \(unused.count - 12) more" : ""),
        naming: [shown]))
  }

  /// An answer that counts, of which nobody has any part.
  private mutating func checkAnswer(
    _ variable: Variable, _ column: CategoricalColumn, _ counts: [Int]
  ) {
    let given = column.categories.indices.filter { counts[$0] > 0 }
      .map { column.categories[$0].code }
    guard !variable.answer.isEmpty, !codebook.file.isPartial,
      Set(variable.answer).isDisjoint(with: given)
    else { return }
    let codes = variable.answer.joined(separator: ", ")
    add(
      Finding(
        .warning, id: "answer-not-given", variable: variable.name,
        "no row has the answer that counts, \(codes)", naming: [codes],
        remedy: "Name another under `answer:`."))
  }

  /// Answers of people who, by the universe, were not asked.
  private mutating func checkUniverse(_ variable: Variable, _ column: CategoricalColumn) {
    guard let condition = variable.universe?.condition else { return }
    let count: Int
    if origin == nil {
      guard let asked = universe(condition) else { return }
      count = Self.answered(column, outside: asked, of: nil)
    } else {
      guard let expression = try? Expression(condition),
        let part = try? people(by: [variable.name] + expression.variables),
        let column = try? part.cells(variable.name),
        let asked = try? expression.condition(on: part)
      else { return }
      count = Self.answered(column, outside: asked, of: part.cells?.people)
    }
    guard count > 0 else { return }
    add(
      Finding(
        .warning, id: "outside-universe", variable: variable.name, count: count,
        "\(rows(count)) outside the universe `\(condition)` \(count == 1 ? "has" : "have") an answer",
        naming: [condition]))
  }

  /// How many people answered who were not asked.
  private static func answered(
    _ column: CategoricalColumn, outside asked: ConditionColumn, of people: [Int]?
  ) -> Int {
    guard asked.count == column.count else { return 0 }
    return (0..<column.count).reduce(0) { sum, row in
      asked.bytes[row] == 0 && column.positions[row] < column.categories.count
        ? sum + (people?[row] ?? 1) : sum
    }
  }

  /// Identifiers that are not unique, and national identity numbers.
  private mutating func checkIdentity(
    _ variable: Variable, _ column: CategoricalColumn, _ counts: [Int]
  ) {
    let occurring = column.categories.indices.lazy.filter { counts[$0] > 0 }
    if variable.role == .id {
      let repeated = column.categories.indices.filter { counts[$0] > 1 }
      if let first = repeated.first {
        add(
          Finding(
            .error, id: "duplicate-id", variable: variable.name,
            code: column.categories[first].code,
            count: repeated.count,
            "\(repeated.count) identifier\(repeated.count == 1 ? " stands" : "s stand") in several rows, "
              + "such as \(column.categories[first].code) in \(counts[first])",
            naming: [column.categories[first].code, "\(counts[first])"]))
      }
    }
    if NationalIdentityNumber.areLikely(
      occurring.prefix(200).map { column.categories[$0].code })
    {
      add(
        Finding(
          .warning, id: "national-id", variable: variable.name, count: occurring.count,
          "looks like national identity numbers (fødselsnummer): 11 digits with valid check digits",
          remedy: "Take the column out of the file unless you may keep it."))
    }
  }

  /// Cells that look as if they held several answers.
  private mutating func checkSeparators(
    _ variable: Variable, _ column: CategoricalColumn, _ counts: [Int]
  ) {
    let found = column.categories.indices.filter { counts[$0] > 0 }
    let cells = found.lazy.map { (column.categories[$0].code, counts[$0]) }
    guard variable.role == nil, let mark = SeparatedAnswers(in: cells) else { return }
    add(
      Finding(
        .information, id: "several-answers", variable: variable.name, count: mark.rows,
        "\(rows(mark.rows)) \(mark.rows == 1 ? "holds" : "hold") several answers with "
          + "'\(mark.separator)' between them: \(mark.listed)",
        naming: [mark.separator, mark.listed],
        remedy: "Write \(mark.declaration), and give `codes:` the single answers."))
  }

  func rows(_ count: Int) -> String { "\(count) row\(count == 1 ? "" : "s")" }
}

extension MissingCode {
  /// Whether it is one code, not a range or the empty field.
  fileprivate var isCode: Bool {
    if case .code = values { true } else { false }
  }
}

extension Variable {
  /// The valid range in words: `0 to 10`.
  fileprivate var rangeText: String {
    range.map { "\(canonicalCode($0.lowerBound)) to \(canonicalCode($0.upperBound))" } ?? ""
  }
}
