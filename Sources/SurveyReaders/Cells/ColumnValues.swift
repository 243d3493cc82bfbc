package import SurveyData

/// What a column of a table holds whose people stay where they are.
package struct ColumnValues: Sendable {
  /// The values with their people: all, or where they are too many those that most people have and those at both ends.
  package let cells: RawCells
  /// What is known of all people; nil where all values are here.
  package let whole: Whole?

  /// A column of too many values.
  package struct Whole: Sendable {
    /// The people.
    package let rows: Int
    /// The people with a value.
    package let answered: Int
    /// The different values.
    package let distinct: Int
    /// The mean of those that are numbers; NaN where nobody reckons with them.
    package let mean: Double
    /// The people whose value is a number; nil where nobody has looked.
    package let numbers: Int?
    /// The people whose number is not whole.
    package let fractions: Int

    package init(
      rows: Int, answered: Int, distinct: Int, mean: Double, numbers: Int?, fractions: Int
    ) {
      (self.rows, self.answered, self.distinct) = (rows, answered, distinct)
      (self.mean, self.numbers, self.fractions) = (mean, numbers, fractions)
    }
  }

  package init(_ cells: RawCells, whole: Whole? = nil) {
    (self.cells, self.whole) = (cells, whole)
  }
}

/// What a column of weights is, people uncounted one by one.
package struct WeightFacts: Equatable, Sendable {
  /// The people with a number.
  package var count = 0
  /// The people without one.
  package var missing = 0
  /// The people with one below zero.
  package var negative = 0
  /// The people with zero.
  package var zero = 0
  /// The sum.
  package var sum = 0.0
  /// The smallest; NaN without any.
  package var smallest = Double.nan
  /// The largest.
  package var largest = Double.nan

  package init() {}

  /// Looks at everybody's.
  init(_ values: [Double]) {
    let known = values.filter { !$0.isNaN }
    (count, missing) = (known.count, values.count - known.count)
    (negative, zero) = (known.count { $0 < 0 }, known.count { $0 == 0 })
    sum = known.reduce(0, +)
    (smallest, largest) = (known.min() ?? .nan, known.max() ?? .nan)
  }
}

/// A column as somebody looks at it by itself.
package struct SeenColumn: Sendable {
  /// Its codes, those that the codebook does not know too.
  package let column: CategoricalColumn
  /// How many people have each.
  package let counts: [Int]
  /// The people.
  package let rows: Int
  /// What is known beyond; nil where all values are here.
  package let whole: ColumnValues.Whole?
  /// The column as data, to be looked at further.
  package let dataset: Dataset

  /// A column of cells, all of its values being there.
  package init(column: CategoricalColumn, counts: [Int], of dataset: Dataset) {
    self.init(
      column: column, counts: counts, rows: counts.reduce(0, +), whole: nil, dataset: dataset)
  }

  fileprivate init(
    column: CategoricalColumn, counts: [Int], rows: Int, whole: ColumnValues.Whole?,
    dataset: Dataset
  ) {
    (self.column, self.counts, self.rows) = (column, counts, rows)
    (self.whole, self.dataset) = (whole, dataset)
  }
}

extension CellGiving {
  /// A column by itself, read by what a codebook says of it; codes that it does not know are kept.
  ///
  /// - Throws: ``SurveyError`` for a column that is not there or holds no answers.
  package func seen(_ name: String, by codebook: Codebook) throws -> SeenColumn {
    var book = codebook
    book.file.rows = nil
    for index in book.variables.indices { book.variables[index].unknown = .warn }
    let values = try values(of: name)
    let dataset = try Dataset(cells: values.cells, codebook: book, facts: facts, from: self)
    let column = try dataset.cells(name)
    return SeenColumn(
      column: column, counts: column.counts(of: values.cells.sums.people),
      rows: values.whole?.rows ?? values.cells.sums.rows, whole: values.whole, dataset: dataset)
  }
}
