/// A source whose rows may be cells.
package protocol CellHolding: ColumnSource {
  /// What its rows stand for; nil where each is one person.
  var cells: CellSums? { get }
  /// Whether the people lie in a table of an engine, which gives them no order.
  var isUnordered: Bool { get }
}

/// A source that keeps its people to itself: only cells of them can be had.
package protocol SecludedSource: ColumnSource {}

/// A source that may have the people one by one when the same work is done again.
package protocol WishTaking: ColumnSource {
  /// Asks for the people, where they may be had.
  func wishForPeople()
}

extension Dataset {
  /// What the rows stand for when they are cells; nil where each is one person.
  package var cells: CellSums? { (source as? any CellHolding)?.cells }

  /// Whether the people are elsewhere, so that looking at more columns costs a query.
  var isElsewhere: Bool {
    source is any SecludedSource || (source as? any CellHolding)?.isUnordered ?? false
  }

  /// The number of people: of rows where each is one.
  package var peopleCount: Int { get throws { try cells?.rows ?? rowCount } }

  /// Throws where rows are cells, for what needs the people one by one.
  ///
  /// - Parameter wishing: Whether people who are elsewhere are asked for, so that they are there when the same work is
  ///   done again.
  package func requirePeople(for what: String, remedy: String, wishing: Bool = false) throws {
    let isSecluded = source is any SecludedSource
    guard cells != nil || isSecluded else { return }
    if wishing { wishForPeople() }
    throw SurveyError(
      .usage, at: source.facts.path,
      "\(what) needs the people one by one, and "
        + (isSecluded ? "they stay where they are" : "these rows are cells of several"),
      remedy: isSecluded ? "Use a file of them." : remedy)
  }

  /// Asks for people who are elsewhere, so that they are there when the same work is done again.
  package func wishForPeople() { (source as? any WishTaking)?.wishForPeople() }

  /// Throws where rows have no order that means anything.
  package func requireOrder(for what: String, remedy: String) throws {
    guard (source as? any CellHolding)?.isUnordered ?? false, cells == nil else { return }
    throw SurveyError(
      .usage, at: source.facts.path,
      "\(what) needs the people one by one in an order, and those of a table have none",
      remedy: remedy)
  }
}

extension CategoricalColumn {
  /// How many people hold each position: valid categories first, then missing codes.
  ///
  /// - Parameter people: The people of every row; nil where each is one.
  /// - Complexity: O(rows).
  package func counts(of people: [Int]?) -> [Int] {
    guard let people else { return counts() }
    var counts = Array(repeating: 0, count: categories.count + missing.count)
    for row in people.indices { counts[positions[row]] += people[row] }
    return counts
  }
}
