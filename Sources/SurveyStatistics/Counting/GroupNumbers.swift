/// Numbers for the combinations of groups that occur, in their order.
struct GroupNumbers {
  /// The combinations.
  let present: [Int]
  private var dense: [Int32]
  private var sparse: [Int: Int32] = [:]

  /// - Parameters:
  ///   - keys: The combinations, as often as they occur; nil means one combination, 0.
  ///   - space: How many combinations there can be.
  init(_ keys: (some Sequence<Int>)?, space: Int) {
    guard let keys else {
      (present, dense) = ([0], [0])
      return
    }
    guard space <= 1 << 22 else {
      present = Set(keys).sorted()
      dense = []
      for (number, key) in present.enumerated() { sparse[key] = Int32(number) }
      return
    }
    dense = Array(repeating: -1, count: space)
    for key in keys { dense[key] = 0 }
    present = dense.indices.filter { [dense] in dense[$0] == 0 }
    for (number, key) in present.enumerated() { dense[key] = Int32(number) }
  }

  subscript(key: Int) -> Int { Int(dense.isEmpty ? sparse[key, default: 0] : dense[key]) }
}
