internal import SurveyData

/// A code that the scheme does not list.
struct CSVDiscoveredCode: Sendable {
  let code: String
  /// The number that it spells; NaN where it is none.
  let number: Double

  init(_ code: String) {
    self.code = code
    number = DecimalNumber.value(code) ?? .nan
  }
}

/// The codes that several threads discovered, as one list.
struct CSVCodeMerger {
  /// The valid codes: those listed, then those discovered, in numeric order if all of these are
  /// numbers and in text order otherwise; all together in numeric order where a range is declared.
  private(set) var categories: [Category]
  /// The missing codes: those of the scheme, then the words that stand among numbers.
  private(set) var missing: [MissingCode]
  /// For each thread, the final position of each of its own.
  private(set) var maps: [[UInt32]]

  init(
    _ scheme: CodeScheme, _ discovered: [[CSVDiscoveredCode]], isNumber: (String) -> Bool
  ) {
    let listed = scheme.categories.count
    let own = listed + scheme.missing.count
    let words = CSVMarkers.found(
      in: discovered.joined().lazy.map(\.code), of: scheme.variable, isNumber: isNumber
    ).sorted()
    categories = scheme.categories
    missing = scheme.missing + words.map(CSVMarkers.code)
    maps = discovered.map { Array(repeating: 0, count: own + $0.count) }
    for thread in maps.indices {
      for position in 0..<listed { maps[thread][position] = UInt32(position) }
    }
    for found in Self.sorted(discovered, without: Set(words)) {
      let code = discovered[Int(found.thread)][Int(found.index)].code
      if categories.count == listed || categories[categories.count - 1].code != code {
        categories.append(Category(code))
      }
      maps[Int(found.thread)][own + Int(found.index)] = UInt32(categories.count - 1)
    }
    if scheme.variable.range != nil { sortByNumber(listed: listed, own: own) }
    for thread in maps.indices {
      for index in scheme.missing.indices {
        maps[thread][listed + index] = UInt32(categories.count + index)
      }
      guard !words.isEmpty else { continue }
      for (place, found) in discovered[thread].enumerated() {
        guard let index = words.firstIndex(of: found.code) else { continue }
        maps[thread][own + place] = UInt32(categories.count + scheme.missing.count + index)
      }
    }
  }

  /// Puts the codes listed and those discovered in one order.
  private mutating func sortByNumber(listed: Int, own: Int) {
    let numbers = categories.map { $0.number ?? .infinity }
    let order = categories.indices.sorted { (numbers[$0], $0) < (numbers[$1], $1) }
    var final = Array(repeating: UInt32(0), count: order.count)
    for (position, old) in order.enumerated() { final[old] = UInt32(position) }
    categories = order.map { categories[$0] }
    for thread in maps.indices {
      for position in maps[thread].indices where position < listed || position >= own {
        maps[thread][position] = final[Int(maps[thread][position])]
      }
    }
  }

  /// Where a code was met, and its number.
  private struct Found {
    let number: Double
    let thread: Int32
    let index: Int32
  }

  private static func sorted(
    _ discovered: [[CSVDiscoveredCode]], without words: Set<String>
  ) -> [Found] {
    var found: [Found] = []
    found.reserveCapacity(discovered.reduce(0) { $0 + $1.count })
    for (thread, codes) in discovered.enumerated() {
      for (index, code) in codes.enumerated() where words.isEmpty || !words.contains(code.code) {
        found.append(
          Found(
            number: code.number, thread: Int32(truncatingIfNeeded: thread),
            index: Int32(truncatingIfNeeded: index)))
      }
    }
    func isBeforeAsText(_ a: Found, _ b: Found) -> Bool {
      discovered[Int(a.thread)][Int(a.index)].code < discovered[Int(b.thread)][Int(b.index)].code
    }
    guard !found.contains(where: \.number.isNaN) else { return found.sorted(by: isBeforeAsText) }
    return found.sorted { $0.number != $1.number ? $0.number < $1.number : isBeforeAsText($0, $1) }
  }
}
