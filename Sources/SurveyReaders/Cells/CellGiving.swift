package import SurveyData
internal import Synchronization

/// A source of which cells can be had, by the columns that somebody names, and perhaps the people themselves.
package protocol CellGiving: SecludedSource, WishTaking {
  /// What an analysis turned out to need besides what it named.
  var wishes: CellWishes { get }

  /// All people, by their raw values in some columns.
  ///
  /// - Throws: ``SurveyError`` for a column that is not there or holds no answers, for bad weights, for too many
  ///   cells, and where the cells are not the people who were counted.
  func cells(for question: CellQuestion) throws -> RawCells

  /// All people as an analysis needs them: as cells where these are fewer and tell enough, otherwise one by one.
  ///
  /// - Throws: As ``cells(for:)``, and where people are needed who are not given, or are too many.
  func answer(to question: CellQuestion) throws -> CellAnswer

  /// All people one by one with all their columns, for what copies them.
  ///
  /// - Throws: ``SurveyError`` of kind usage where nobody has said that people may be copied.
  func everybody(for what: String) throws -> RawPeople
}

extension CellGiving {
  /// All people, by their raw values in some columns.
  package func cells(
    by columns: [String], weights: [String], replicates: [String]
  ) throws -> RawCells {
    try cells(
      for: CellQuestion(
        by: columns.map { CellQuestion.Column($0) }, weights: weights, replicates: replicates))
  }
}

/// What an analysis reads of people who are elsewhere.
package struct CellQuestion: Sendable {
  /// A raw column.
  package struct Column: Hashable, Sendable {
    /// Its name.
    package var name: String
    /// Whether it is used as a number and may be different for everybody.
    package var mayDiffer = false

    /// Makes a column.
    package init(_ name: String, mayDiffer: Bool = false) {
      (self.name, self.mayDiffer) = (name, mayDiffer)
    }
  }

  /// The raw columns that the cells are by.
  package var keys: [Column]
  /// The columns of weights, which are added up with their squares.
  package var weights: [String]
  /// The columns of replicate weights, which are added up.
  package var replicates: [String]
  /// The columns behind the weights, which are read where people come one by one.
  package var behindWeights: [String] = []
  /// Why cells do not tell enough; nil where they do.
  package var refusal: SurveyError?

  /// Asks for cells.
  package init(by keys: [Column], weights: [String] = [], replicates: [String] = []) {
    (self.keys, self.weights, self.replicates) = (keys, weights, replicates)
  }
}

/// People who are elsewhere, as an analysis needs them.
package enum CellAnswer: Sendable {
  case cells(RawCells)
  case people(RawPeople)
}

/// What was asked for when an answer was there already: who does the same work again has it.
package final class CellWishes: Sendable {
  private struct Wishes {
    var columns: [(name: String, view: ColumnView)] = []
    var arePeople = false
    var fetched: [String] = []
  }

  private let wishes = Mutex(Wishes())

  package init() {}

  /// The columns, each once for each view.
  package var columns: [(name: String, view: ColumnView)] { wishes.withLock(\.columns) }

  /// Their names, each once.
  package var names: [String] {
    columns.map(\.name).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Whether the people are wished one by one.
  package var arePeople: Bool { wishes.withLock(\.arePeople) }

  /// How much is wished.
  package var count: Int { names.count + (arePeople ? 1 : 0) }

  /// Adds columns.
  package func add(_ columns: [(name: String, view: ColumnView)]) {
    wishes.withLock { wishes in
      wishes.columns += columns.filter { column in
        !wishes.columns.contains { $0 == column }
      }
    }
  }

  /// Wishes the people one by one.
  package func addPeople() { wishes.withLock { $0.arePeople = true } }

  /// The columns that people came with in this work, and now come with besides.
  package func fetching(_ names: [String]) -> [String] {
    wishes.withLock { wishes in
      wishes.fetched += names.filter { !wishes.fetched.contains($0) }
      return wishes.fetched
    }
  }

  /// Forgets all, before other work.
  package func forget() { wishes.withLock { $0 = Wishes() } }
}

extension Dataset {
  /// Where other answers of the same people can be had; nil where the people, or all cells, are here.
  package var origin: (any CellGiving)? {
    (source as? any CellGiving) ?? (source as? CellSource)?.origin
  }

  /// Whether the people are elsewhere, and come as an analysis needs them.
  package var givesCells: Bool { origin != nil }

  /// Whether the rows are people.
  package var hasPeople: Bool { cells == nil && !(source is any CellGiving) }
}
