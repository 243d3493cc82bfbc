extension Column {
  /// The same answers in another view.
  ///
  /// - Parameters:
  ///   - view: The view wanted.
  ///   - name: The variable's name, for the error.
  /// - Throws: ``SurveyError`` when text or codes that are not numbers are wanted as numbers.
  /// - Complexity: O(rows); codes from numbers O(rows + distinct × log distinct).
  public func seen(as view: ColumnView, name: String) throws -> Column {
    switch (self, view) {
    case (.codes, .codes), (.numbers, .numbers), (.text, .text): return self
    case (.codes(let column), .numbers):
      guard let numeric = column.numeric() else {
        throw SurveyError(
          .usage, at: name, "its codes are not numbers, so it has no mean",
          remedy: "Use `tabulate`, or recode it to numbers.")
      }
      return .numbers(numeric)
    case (.numbers(let column), .codes): return .codes(column.categorical())
    case (.text(let column), .codes): return .codes(column.categorical())
    case (.codes(let column), .text): return .text(column.text())
    case (.numbers(let column), .text): return .text(column.text())
    case (.text, .numbers):
      throw SurveyError(.usage, at: name, "holds text, so it has no mean")
    }
  }
}

extension NumericColumn {
  /// The numbers as codes: every value that occurs, in order.
  func categorical() -> CategoricalColumn {
    let distinct = Set(values.lazy.filter { !$0.isNaN }).sorted()
    let position = Dictionary(uniqueKeysWithValues: zip(distinct, distinct.indices))
    let positions = values.map {
      $0.isNaN ? distinct.count + Self.missingIndex($0) : position[$0, default: 0]
    }
    return CategoricalColumn(
      positions: Positions(positions, valueCount: distinct.count + missing.count),
      categories: distinct.map { Category(canonicalCode($0)) }, missing: missing)
  }

  /// The numbers as text.
  func text() -> TextColumn {
    TextColumn(
      values: values.map { $0.isNaN ? missing[Self.missingIndex($0)].text : canonicalCode($0) })
  }
}

extension TextColumn {
  /// The texts as codes: every text that occurs, in order; the empty text is missing.
  func categorical() -> CategoricalColumn {
    let distinct = Set(values.lazy.filter { !$0.isEmpty }).sorted()
    let position = Dictionary(uniqueKeysWithValues: zip(distinct, distinct.indices))
    let positions = values.map { $0.isEmpty ? distinct.count : position[$0, default: 0] }
    return CategoricalColumn(
      positions: Positions(positions, valueCount: distinct.count + 1),
      categories: distinct.map { Category($0) }, missing: [.system])
  }
}

extension CategoricalColumn {
  /// The codes as text.
  func text() -> TextColumn {
    let texts = categories.map(\.code) + missing.map(\.text)
    var values = [String]()
    values.reserveCapacity(count)
    positions.withEach { values.append(texts[$0]) }
    return TextColumn(values: values)
  }
}
