internal import SurveyData
internal import SurveyReaders

extension RawCells {
  /// The same cells in the order of their values, since an engine's order is another in each run.
  var sorted: RawCells {
    let comparisons = keys.map(\.values.comparison)
    let order = (0..<sums.count).sorted { a, b in
      for comparison in comparisons {
        switch comparison(a, b) {
        case 0: continue
        case let sign: return sign < 0
        }
      }
      return a < b
    }
    return RawCells(
      keys: keys.map { Key($0.name, $0.values.taking(order)) }, sums: sums.taking(order))
  }
}

extension RawCells.Values {
  /// Below zero where a value stands before another; no answer stands first.
  fileprivate var comparison: (Int, Int) -> Int {
    func sign<Value: Comparable>(_ a: Value, _ b: Value) -> Int { a < b ? -1 : a > b ? 1 : 0 }
    return switch self {
    case .texts(let texts): { sign(texts[$0], texts[$1]) }
    case .numbers(let numbers):
      {
        let (a, b) = (numbers[$0], numbers[$1])
        return a.isNaN || b.isNaN ? sign(a.isNaN ? 0 : 1, b.isNaN ? 0 : 1) : sign(a, b)
      }
    case .integers(let numbers): { sign(numbers[$0] ?? .min, numbers[$1] ?? .min) }
    }
  }

  fileprivate func taking(_ order: [Int]) -> RawCells.Values {
    switch self {
    case .texts(let texts): .texts(order.map { texts[$0] })
    case .numbers(let numbers): .numbers(order.map { numbers[$0] })
    case .integers(let numbers): .integers(order.map { numbers[$0] })
    }
  }
}
