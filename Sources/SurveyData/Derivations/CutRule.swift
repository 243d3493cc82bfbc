/// Left-closed intervals of a number.
///
/// What lies below the first bound is left out; the last
/// interval is open upwards unless there is one category less than there are bounds.
struct CutRule {
  let bounds: [Double]

  /// The intervals as categories 1, 2, …: `15–29`, `60+`.
  func categories(ofWholeNumbers isWhole: Bool) -> [Category] {
    let isWhole = isWhole && bounds.allSatisfy { $0 == $0.rounded() && abs($0) < 1e15 }
    return bounds.indices.map { index in
      let low = canonicalCode(bounds[index])
      guard index + 1 < bounds.count else {
        return Category(String(index + 1), label: LocalizedText([("en", "\(low)+")]))
      }
      let next = bounds[index + 1]
      let last = isWhole ? canonicalCode(next - 1) : canonicalCode(next)
      let label =
        isWhole ? (last == low ? low : "\(low)–\(last)") : "\(low) to under \(last)"
      return Category(String(index + 1), label: LocalizedText([("en", label)]))
    }
  }

  func apply(to column: NumericColumn, categories given: [Category]) -> CategoricalColumn {
    let categories = given.isEmpty ? categories(ofWholeNumbers: false) : given
    let count = categories.count
    let leftOut = count + column.missing.count
    let positions = column.values.map { value in
      if value.isNaN { return count + NumericColumn.missingIndex(value) }
      let interval = (bounds.firstIndex { value < $0 } ?? bounds.count) - 1
      return interval < 0 || interval >= count ? leftOut : interval
    }
    return CategoricalColumn(
      positions: Positions(positions, valueCount: leftOut + 1), categories: categories,
      missing: column.missing + [.leftOut])
  }
}
