package import SurveyData
internal import Synchronization

/// A source of which only cells can be had, by the columns that somebody names.
package protocol CellGiving: SecludedSource {
  /// The columns that an analysis turned out to read besides those that it named.
  var wishes: CellWishes { get }

  /// All people, by their raw values in some columns.
  ///
  /// - Parameters:
  ///   - columns: The columns that the cells are by.
  ///   - weights: The columns of weights, which are added up with their squares.
  ///   - replicates: The columns of replicate weights, which are added up.
  /// - Throws: ``SurveyError`` for a column that is not there or holds no answers, for bad weights, for too many
  ///   cells, and where the cells are not the people who were counted.
  func cells(by columns: [String], weights: [String], replicates: [String]) throws -> RawCells

  /// The values of a column.
  /// - Throws: ``SurveyError`` for a column that is not there or holds no answers.
  func values(of column: String) throws -> ColumnValues

  /// What columns of weights are.
  /// - Throws: ``SurveyError`` for a column that is not there or holds no numbers.
  func weights(_ columns: [String]) throws -> [WeightFacts]

  /// Whether somebody answers; otherwise questions are written down only.
  var answers: Bool { get }
}

extension CellGiving {
  package var answers: Bool { true }
}

/// Columns that were asked for when cells were there already: who does the same work again has them.
package final class CellWishes: Sendable {
  private let all = Mutex<[String]>([])

  package init() {}

  /// The names, each once.
  package var names: [String] { all.withLock(\.self) }

  /// Adds names.
  package func add(_ names: [String]) {
    all.withLock { all in all += names.filter { !all.contains($0) } }
  }

  /// Forgets all, before other work.
  package func forget() { all.withLock { $0 = [] } }
}

extension Dataset {
  /// Where more cells of the same people can be had; nil where the people, or all cells, are here.
  package var origin: (any CellGiving)? {
    (source as? any CellGiving) ?? (source as? CellSource)?.origin
  }

  /// Whether the people are elsewhere, and only cells of them can be had.
  package var givesCells: Bool { origin != nil }
  /// Whether neither people nor cells of them are here yet.
  var isEmptyHanded: Bool { source is any CellGiving }
}
