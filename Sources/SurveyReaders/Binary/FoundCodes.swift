package import SurveyData

/// The codes of one column while it is read: those that the codebook lists, then those found in the
/// file, each with a provisional position.
package struct FoundCodes {
  /// What the provisional positions stand for.
  package enum Meaning: Hashable {
    /// A category, by its place in ``categories``.
    case category(Int)
    /// A missing code, by its place in ``missing``.
    case missing(Int)
  }

  package private(set) var categories: [Category]
  package private(set) var missing: [MissingCode]
  /// What each provisional position stands for.
  package private(set) var meanings: [Meaning]
  /// The provisional position of each missing code.
  package private(set) var positionsOfMissing: [Int]
  private var places: [String: Int]
  private let listed: Int
  /// The place of the missing code for implausible values; nil unless the codebook wants one.
  package let implausible: Int?

  package init(_ scheme: CodeScheme) {
    categories = scheme.categories
    missing = scheme.missing
    listed = scheme.categories.count
    implausible = scheme.implausiblePosition.map { $0 - scheme.categories.count }
    places = Dictionary(
      scheme.categories.enumerated().map { ($0.element.code, $0.offset) }, uniquingKeysWith: min)
    positionsOfMissing = scheme.missing.indices.map { scheme.categories.count + $0 }
    meanings =
      scheme.categories.indices.map(Meaning.category) + scheme.missing.indices.map(Meaning.missing)
  }

  /// Whether the codebook lists categories.
  package var hasListed: Bool { listed > 0 }

  /// The provisional position of a category, by its code; nil when there is none yet.
  package func position(of code: String) -> Int? { places[code] }

  /// Adds a category that was found in the file.
  /// - Parameter isLookedUp: Whether ``position(of:)`` is to know it.
  package mutating func add(_ category: Category, isLookedUp: Bool = true) -> Int {
    categories.append(category)
    meanings.append(.category(categories.count - 1))
    if isLookedUp { places[category.code] = meanings.count - 1 }
    return meanings.count - 1
  }

  /// Adds a missing code that was found in the file.
  package mutating func add(_ code: MissingCode) -> Int {
    missing.append(code)
    meanings.append(.missing(missing.count - 1))
    positionsOfMissing.append(meanings.count - 1)
    return meanings.count - 1
  }

  /// The finished column.
  ///
  /// Codes found in the file go among the listed ones when those are numbers
  /// in order, otherwise after them; always by number, then by text.
  package func column(_ positions: GrowingPositions) -> CategoricalColumn {
    let numbers = categories.map(\.plainNumber)
    func precedes(_ a: Int, _ b: Int) -> Bool {
      switch (numbers[a], numbers[b]) {
      case (let x?, let y?): x < y
      case (_?, nil): true
      case (nil, _?): false
      case (nil, nil): categories[a].code < categories[b].code
      }
    }
    var order = Array(categories.indices)
    if categories.count > listed {
      let isOrdered = zip(0..<listed, (0..<listed).dropFirst()).allSatisfy { precedes($0, $1) }
      let first = isOrdered ? 0 : listed
      order[first...].sort(by: precedes)
    }
    var place = Array(repeating: 0, count: categories.count)
    for (position, index) in order.enumerated() { place[index] = position }
    let map = meanings.map { meaning in
      switch meaning {
      case .category(let index): place[index]
      case .missing(let index): categories.count + index
      }
    }
    return CategoricalColumn(
      positions: positions.mapped(by: map), categories: order.map { categories[$0] },
      missing: missing)
  }
}
