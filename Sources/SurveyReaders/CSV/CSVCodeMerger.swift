internal import SurveyData

/// The codes that several threads discovered, as one list.
struct CSVCodeMerger {
  /// The valid codes: those listed, then those discovered in numeric order if all are numbers and
  /// in text order otherwise; all together in numeric order where a range is declared.
  let categories: [Category]
  /// For each thread, the final position of each of its own.
  let maps: [[UInt32]]

  init(_ scheme: CodeScheme, _ discovered: [[String]]) {
    let listed = scheme.categories.count
    var found: [Found] = []
    found.reserveCapacity(discovered.reduce(0) { $0 + $1.count })
    for (thread, codes) in discovered.enumerated() {
      for (index, code) in codes.enumerated() {
        found.append(
          Found(
            code: code, number: DecimalNumber.value(code), thread: thread,
            position: listed + scheme.missing.count + index))
      }
    }
    let isNumeric = found.allSatisfy { $0.number != nil }
    found.sort(by: isNumeric ? Found.isNumericallyBefore : Found.isTextuallyBefore)

    var all: [(category: Category, number: Double?, positions: [(thread: Int, position: Int)])] = []
    for (position, category) in scheme.categories.enumerated() {
      all.append((category, category.number, discovered.indices.map { ($0, position) }))
    }
    for code in found {
      if all.count > listed, all[all.count - 1].category.code == code.code {
        all[all.count - 1].positions.append((code.thread, code.position))
      } else {
        all.append((Category(code.code), code.number, [(code.thread, code.position)]))
      }
    }
    if scheme.variable.range != nil {
      all.sort { ($0.number ?? .infinity) < ($1.number ?? .infinity) }
    }
    var maps = discovered.map {
      Array(repeating: UInt32(0), count: listed + scheme.missing.count + $0.count)
    }
    for (final, entry) in all.enumerated() {
      for (thread, position) in entry.positions { maps[thread][position] = UInt32(final) }
    }
    for thread in maps.indices {
      for index in scheme.missing.indices {
        maps[thread][listed + index] = UInt32(all.count + index)
      }
    }
    categories = all.map(\.category)
    self.maps = maps
  }

  private struct Found {
    let code: String
    let number: Double?
    let thread: Int
    let position: Int

    static func isTextuallyBefore(_ a: Found, _ b: Found) -> Bool { a.code < b.code }

    static func isNumericallyBefore(_ a: Found, _ b: Found) -> Bool {
      let (first, second) = (a.number ?? 0, b.number ?? 0)
      return first == second ? a.code < b.code : first < second
    }
  }
}
