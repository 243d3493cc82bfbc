internal import SurveyData

extension ExportedColumn {
  /// The same column with a number for each missing code that is none, such as Stata's `.d`, since
  /// SPSS has numbers only: the first of -1, -2 …, 901, 902 … and so on that are free.
  func numberingMissingCodes(_ export: inout Export) -> ExportedColumn {
    guard !isText, notation == .number else { return self }
    let places = missing.indices.filter { index in
      guard case .code(let text) = missing[index].values, Double(text) == nil,
        missing[index] != CodeScheme.implausible, !missing[index].isNothing
      else { return false }
      return occurring[index] || !missing[index].label.isEmpty
    }
    guard !places.isEmpty, let numbers = freeNumbers(count: places.count) else { return self }
    var codes = missing
    for (place, number) in zip(places, numbers) {
      let old = missing[place]
      codes[place] = MissingCode(
        .code(canonicalCode(number)), reason: old.reason, label: old.label)
    }
    export.tell(
      "missing-numbers",
      "'\(variable.name)': missing codes became numbers: "
        + places.map { "\(missing[$0].text) → \(codes[$0].text)" }.joined(separator: ", "))
    return ExportedColumn(self, missing: codes)
  }

  private func freeNumbers(count: Int) -> [Double]? {
    let used = Set(
      validNumbers + categories.compactMap(\.number) + missing.compactMap { Double($0.text) })
    let ranges =
      [variable.range].compactMap { $0 }
      + missing.compactMap { code in
        if case .range(let low, let high) = code.values, low <= high { low...high } else { nil }
      }
    let candidates =
      [(1...count).map { -Double($0) }]
      + [900, 9_900, 99_900, 999_900, 9_999_900].map { start in
        (1...count).map { Double(start + $0) }
      }
    return candidates.first { numbers in
      let span = (numbers.min() ?? 0)...(numbers.max() ?? 0)
      return !ranges.contains { $0.overlaps(span) } && !used.contains { span.contains($0) }
    }
  }
}
