extension CategoricalColumn {
  /// The same answers with some reasons for a missing one as categories of their own.
  ///
  /// - Parameter reasons: Reasons such as *don't know*; those that the column does not have change
  ///   nothing.
  /// - Returns: A column whose valid codes are followed by the codes of these reasons; an empty field
  ///   has the code `system`.
  /// - Complexity: O(rows).
  public func keeping(_ reasons: Set<MissingReason>) -> CategoricalColumn {
    let kept = missing.indices.filter { reasons.contains(missing[$0].reason) }
    guard !kept.isEmpty else { return self }
    // The system-missing value stays first, though no row may hold it any more.
    let left = missing.indices.filter { $0 == 0 || !kept.contains($0) }
    let valid = categories.count + kept.count
    var place = Array(0..<categories.count + missing.count)
    for index in left where !kept.contains(index) {
      place[categories.count + index] = valid + (left.firstIndex(of: index) ?? 0)
    }
    for (number, index) in kept.enumerated() {
      place[categories.count + index] = categories.count + number
    }
    var moved: [Int] = []
    moved.reserveCapacity(count)
    positions.withEach { moved.append(place[$0]) }
    return CategoricalColumn(
      positions: Positions(moved, valueCount: valid + left.count),
      categories: (categories
        + kept.map { index in
          let code = missing[index]
          return Category(
            code.text.isEmpty ? code.reason.rawValue : code.text,
            label: code.label.isEmpty ? code.reason.label : code.label)
        }).toldApart, missing: left.map { missing[$0] })
  }
}
