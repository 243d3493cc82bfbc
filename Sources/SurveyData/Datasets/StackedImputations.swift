/// A file in which imputed data sets stand below each other, with the number of the imputation in a
/// column, as Stata and R's mice write it; 0 is the original data.
public struct StackedImputations: Sendable {
  /// The file.
  public let dataset: Dataset
  /// The column with the number of the imputation.
  public let column: String
  /// The imputed data sets, number 1 first.
  public let datasets: [Dataset]
  /// The rows of the original data, which are left out.
  public let originalCount: Int

  /// Takes a file apart.
  ///
  /// - Parameters:
  ///   - dataset: The file.
  ///   - column: The name of the column with whole numbers: 1 to m, and perhaps 0.
  /// - Throws: ``SurveyError`` for a row without a number or with one that is not whole, a number
  ///   between 1 and m that does not occur, a single imputation, and imputations that differ in
  ///   their number of rows.
  /// - Complexity: O(rows).
  public init(_ dataset: Dataset, numberedBy column: String) throws {
    let path = dataset.source.facts.path
    let numbers = try dataset.numeric(column).values
    var rows: [Int: [Int]] = [:]
    for (row, number) in numbers.enumerated() {
      guard let whole = Int(exactly: number), whole >= 0 else {
        throw SurveyError(
          .data, at: "\(path): row \(row + 1)",
          "the imputation '\(column)' is \(number.isNaN ? "missing" : canonicalCode(number))",
          remedy: "It is a whole number: 1, 2, 3, …, and 0 for the original data.")
      }
      rows[whole, default: []].append(row)
    }
    /// The people of some rows.
    func people(_ rows: [Int]?) -> Int {
      let rows = rows ?? []
      return dataset.cells.map { cells in rows.reduce(0) { $0 + cells.people[$1] } } ?? rows.count
    }
    originalCount = people(rows.removeValue(forKey: 0))
    let found = rows.keys.sorted()
    guard let last = found.last, found.count > 1 else {
      throw SurveyError(
        .data, at: path,
        found.isEmpty
          ? "'\(column)' numbers no imputation above 0"
          : "'\(column)' numbers one imputation, which cannot tell how uncertain it is",
        remedy: "Give two imputed data sets or more; twenty are better.")
    }
    guard found.count == last else {
      let missing = (1...last).filter { rows[$0] == nil }
      throw SurveyError(
        .data, at: path,
        "'\(column)' goes up to \(last), but no row is of imputation "
          + missing.prefix(5).map(String.init).joined(separator: ", "),
        remedy: "Imputations are numbered 1, 2, 3, … without a gap.")
    }
    for number in found where people(rows[number]) != people(rows[1]) {
      throw SurveyError(
        .data, at: path,
        "imputation \(number) has \(people(rows[number])) rows, but imputation 1 has "
          + "\(people(rows[1]))",
        remedy: "Imputations of the same people have the same rows.")
    }
    let shared = SharedColumns(dataset.source)
    datasets = found.map { number in
      Dataset(
        RowSource(rows[number] ?? [], called: "imputation \(number)", of: shared),
        codebook: dataset.codebook)
    }
    self.dataset = dataset
    self.column = column
  }
}
