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
  func everybody(_ columns: [CellQuestion.Column], for what: String) throws -> RawPeople

  /// The values of a column.
  /// - Throws: ``SurveyError`` for a column that is not there or holds no answers.
  func values(of column: String) throws -> ColumnValues

  /// What weights are, of all people.
  /// - Throws: ``SurveyError`` for a column that is not there or holds no numbers.
  func weights(_ weights: [SummedWeight]) throws -> [WeightFacts]

  /// Whether somebody answers; otherwise questions are written down only.
  var answers: Bool { get }
}

extension CellGiving {
  package var answers: Bool { true }

  /// All people, by their raw values in some columns.
  package func cells(
    by columns: [String], weights: [SummedWeight], replicates: [String]
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
    /// The numbers that stand for missing answers, which are never rounded.
    package var missing: [MissingCode.Values]
    /// Whether it is used as a number and may be different for everybody.
    package var mayDiffer = false

    /// Makes a column.
    package init(_ name: String, missing: [MissingCode.Values] = []) {
      (self.name, self.missing) = (name, missing)
    }
  }

  /// The raw columns that the cells are by.
  package var keys: [Column]
  /// The weights, which are added up with their squares.
  package var weights: [SummedWeight]
  /// The columns of replicate weights, which are added up.
  package var replicates: [String]
  /// The columns behind the weights, which are read where people come one by one.
  package var behindWeights: [Column] = []
  /// Those of the keys that say which sampling unit somebody is of, which are the same for all questions of a design.
  package var units: [String] = []
  /// Why cells do not tell enough; nil where they do.
  package var refusal: SurveyError?

  /// Asks for cells.
  package init(by keys: [Column], weights: [SummedWeight] = [], replicates: [String] = []) {
    (self.keys, self.weights, self.replicates) = (keys, weights, replicates)
  }
}

extension CellQuestion {
  /// Adds the columns and weights of another question.
  fileprivate mutating func add(_ other: CellQuestion) {
    for column in other.keys where !keys.contains(where: { $0.name == column.name }) {
      keys.append(column)
    }
    weights += other.weights.filter { !weights.contains($0) }
    replicates += other.replicates.filter { !replicates.contains($0) }
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
    var fetched = CellQuestion(by: [])
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

  /// A question with those before it in the same work, whose people come together.
  package func fetching(_ question: CellQuestion) -> CellQuestion {
    wishes.withLock { wishes in
      wishes.fetched.add(question)
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

  /// Whether neither people nor cells of them are here yet.
  var isEmptyHanded: Bool { source is any CellGiving }
}
