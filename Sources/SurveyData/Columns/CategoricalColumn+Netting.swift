extension CategoricalColumn {
  /// The same answers with those that count as one in one category, `4|5`, in the place of the first.
  ///
  /// - Parameter counted: The answer; one code alone changes nothing, unless it stands against the
  ///   rest, which then is one category too, under the code of its first.
  /// - Complexity: O(rows).
  public func netting(_ counted: CountedAnswer?) -> CategoricalColumn {
    guard let counted, counted.isNet || counted.isAgainstRest else { return self }
    let isCounted = categories.map { counted.codes.contains($0.code) }
    guard let first = isCounted.firstIndex(of: true) else { return self }
    var kept: [Category] = []
    var place: [Int] = []
    var rest: Int?
    for index in categories.indices {
      if isCounted[index] {
        if index == first { kept.append(counted.category) }
        place.append(index == first ? kept.count - 1 : place[first])
      } else if counted.isAgainstRest, let rest {
        place.append(rest)
      } else {
        kept.append(categories[index])
        place.append(kept.count - 1)
        rest = kept.count - 1
      }
    }
    place += missing.indices.map { kept.count + $0 }
    var moved: [Int] = []
    moved.reserveCapacity(count)
    positions.withEach { moved.append(place[$0]) }
    return CategoricalColumn(
      positions: Positions(moved, valueCount: kept.count + missing.count), categories: kept,
      missing: missing)
  }
}
