internal import SurveyData
internal import SurveyReaders

extension RawCells {
  /// The same cells in the order of their values, since an engine's order is another in each run.
  ///
  /// - Complexity: O(cells × keys), and the different values of a key in their order.
  var sorted: RawCells {
    // By the last key first, since cells that agree in a key keep their order.
    let order = keys.reversed().reduce(Array(0..<sums.count)) { $1.values.ranks.sorting($0) }
    return RawCells(
      keys: keys.map { Key($0.name, $0.values.taking(order)) }, sums: sums.taking(order))
  }
}

/// The places of values among the different values in their order.
private struct Ranks {
  let ofPlace: [Int]
  let count: Int

  /// - Parameter values: The values; nil stands first.
  init<Value: Hashable & Comparable>(_ values: some Sequence<Value?>) {
    let known = Set(values.lazy.compactMap { $0 }).sorted()
    let ranks = Dictionary(uniqueKeysWithValues: zip(known, 1...))
    ofPlace = values.map { $0.flatMap { ranks[$0] } ?? 0 }
    count = known.count + 1
  }

  /// Places by their ranks; those of one rank as they were.
  func sorting(_ places: [Int]) -> [Int] {
    var starts = Array(repeating: 0, count: count + 1)
    for rank in ofPlace { starts[rank + 1] += 1 }
    for rank in 1...count { starts[rank] += starts[rank - 1] }
    var sorted = places
    for place in places {
      sorted[starts[ofPlace[place]]] = place
      starts[ofPlace[place]] += 1
    }
    return sorted
  }
}

extension RawCells.Values {
  fileprivate var ranks: Ranks {
    switch self {
    case .texts(let texts): Ranks(texts.lazy.map { $0 })
    case .numbers(let numbers): Ranks(numbers.lazy.map { $0.isNaN ? nil : $0 })
    case .integers(let numbers): Ranks(numbers)
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
