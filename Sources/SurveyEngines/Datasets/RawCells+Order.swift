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
struct Ranks {
  let ofPlace: [Int]
  /// The number of ranks; that of no value is the first.
  let count: Int

  private init(ofPlace: [Int], count: Int) { (self.ofPlace, self.count) = (ofPlace, count) }

  /// - Parameter values: The values; nil stands first.
  init<Value: Hashable & Comparable>(_ values: some Sequence<Value?>) {
    let known = Set(values.lazy.compactMap { $0 }).sorted()
    let ranks = Dictionary(uniqueKeysWithValues: zip(known, 1...))
    ofPlace = values.map { $0.flatMap { ranks[$0] } ?? 0 }
    count = known.count + 1
  }

  /// The widest range of whole numbers that are looked up instead of hashed.
  private static let widestRange = 1 << 16

  /// - Parameter codes: Whole numbers, mostly few and near each other; nil stands first.
  init(codes: [Int?]) {
    let known = codes.lazy.compactMap { $0 }
    guard let least = known.min(), let most = known.max(),
      case let (range, overflows) = most.subtractingReportingOverflow(least), !overflows,
      range < Self.widestRange
    else {
      self.init(codes)
      return
    }
    var ranks = Array(repeating: 0, count: range + 1)
    for code in known { ranks[code - least] = 1 }
    var count = 1
    for place in ranks.indices where ranks[place] > 0 {
      ranks[place] = count
      count += 1
    }
    self.init(ofPlace: codes.map { $0.map { ranks[$0 - least] } ?? 0 }, count: count)
  }

  /// The places of pairs, each of a value here and one there.
  func crossed(with other: Ranks) -> Ranks {
    Ranks(codes: zip(ofPlace, other.ofPlace).map { $0 * other.count + $1 })
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
  /// The places of the values.
  var ranks: Ranks {
    switch self {
    case .texts(let texts): Ranks(texts.lazy.map { $0 })
    case .numbers(let numbers): Ranks(numbers.lazy.map { $0.isNaN ? nil : $0 })
    case .integers(let numbers): Ranks(codes: numbers)
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
