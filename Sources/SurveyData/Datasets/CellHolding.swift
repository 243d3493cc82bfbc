/// A source whose rows may be cells.
package protocol CellHolding: ColumnSource {
  /// What its rows stand for; nil where each is one person.
  var cells: CellSums? { get }

  /// Whether more cells of the same people can be had from where they are.
  var isOfSecluded: Bool { get }
}

extension CellHolding {
  package var isOfSecluded: Bool { false }
}

/// A source that keeps its people to itself: only cells of them can be had.
package protocol SecludedSource: ColumnSource {}

extension Dataset {
  /// What the rows stand for when they are cells; nil where each is one person.
  package var cells: CellSums? { (source as? any CellHolding)?.cells }

  /// Whether the people are elsewhere, so that looking at more columns costs a query.
  var isElsewhere: Bool {
    source is any SecludedSource || (source as? any CellHolding)?.isOfSecluded ?? false
  }

  /// The number of people: of rows where each is one.
  package var peopleCount: Int { get throws { try cells?.rows ?? rowCount } }

  /// Throws where rows are cells, for what needs the people one by one.
  package func requirePeople(for what: String, remedy: String) throws {
    let isSecluded = source is any SecludedSource
    guard cells != nil || isSecluded else { return }
    throw SurveyError(
      .usage, at: source.facts.path,
      "\(what) needs the people one by one, and "
        + (isSecluded ? "they stay where they are" : "these rows are cells of several"),
      remedy: isSecluded ? "Use a file of them." : remedy)
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
