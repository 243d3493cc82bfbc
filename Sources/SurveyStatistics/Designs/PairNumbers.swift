/// Numbers for pairs in the order in which they are met, sorted afterwards.
struct PairNumbers {
  private let second: Int
  private var dense: [Int32]
  private var sparse: [Int: Int32] = [:]
  private var pairs: [Int] = []

  init(first: Int, second: Int) {
    self.second = second
    let size = first.multipliedReportingOverflow(by: second)
    dense =
      size.overflow || size.partialValue > 1 << 22
      ? [] : Array(repeating: -1, count: size.partialValue)
  }

  mutating func provisional(_ a: Int, _ b: Int) -> Int32 {
    let key = a * second + b
    if !dense.isEmpty {
      if dense[key] < 0 {
        dense[key] = Int32(pairs.count)
        pairs.append(key)
      }
      return dense[key]
    }
    if let number = sparse[key] { return number }
    let number = Int32(pairs.count)
    sparse[key] = number
    pairs.append(key)
    return number
  }

  /// The sorted number of each provisional one, and the members of each sorted pair.
  func sorted() -> (numbers: [Int32], first: [Int32], second: [Int32]) {
    let order = pairs.indices.sorted { pairs[$0] < pairs[$1] }
    var numbers = Array(repeating: Int32(0), count: pairs.count)
    for (new, old) in order.enumerated() { numbers[old] = Int32(new) }
    return (
      numbers, order.map { Int32(pairs[$0] / second) }, order.map { Int32(pairs[$0] % second) }
    )
  }
}
