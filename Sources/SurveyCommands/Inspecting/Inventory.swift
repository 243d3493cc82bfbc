import SurveyData
import SurveyReaders

/// What the variables of a file hold: every code with its count.
struct Inventory {
  /// What one variable holds.
  struct Entry {
    let variable: Variable
    /// The codes that occur or are declared, with their counts, in order.
    let codes: [(category: Category, count: Int)]
    /// The missing codes that occur, with their counts.
    let missing: [(code: MissingCode, count: Int)]
    /// How the file's labelled number is read; nil where nothing was to be decided.
    let reading: LabelReading?

    /// The rows with a valid answer.
    let answered: Int
    /// The codes that occur.
    var used: [(category: Category, count: Int)] { codes.filter { $0.count > 0 } }

    /// Whether the values are numbers rather than answers to choose from.
    var isNumber: Bool {
      guard !variable.isCategorical, !used.isEmpty else { return false }
      guard variable.type == nil || variable.type == .integer || variable.type == .decimal else {
        return false
      }
      let isMany = used.count > Self.mostCategories || variable.type == .decimal
      return used.allSatisfy { $0.category.number != nil } && isMany
    }

    /// The most codes that a variable of which nothing is said may have to count as categorical.
    static let mostCategories = 20

    /// The smallest number, the mean and the largest; nil when the codes are not numbers.
    var range: (low: Double, mean: Double, high: Double)? {
      let numbers = used.compactMap { code in code.category.number.map { ($0, code.count) } }
      guard numbers.count == used.count, let low = numbers.map(\.0).min(),
        let high = numbers.map(\.0).max()
      else { return nil }
      let sum = numbers.reduce(0.0) { $0 + $1.0 * Double($1.1) }
      return (low, sum / Double(answered), high)
    }
  }

  let rows: Int
  let entries: [Entry]
  let findings: [Finding]
  let notes: [Note]

  /// Reads variables a few at a time, so that a wide file does not fill the memory.
  ///
  /// Codes that the codebook does not know are shown, not refused.
  init(of names: [String], in dataset: Dataset) throws {
    var relaxed = dataset.codebook
    for index in relaxed.variables.indices { relaxed.variables[index].unknown = .warn }
    let whole = Dataset(dataset.source, codebook: relaxed)
    var entries: [Entry] = []
    var notes: [Note] = []
    for pass in dataset.source.passes(over: names.count) {
      let some = names[pass]
      let part = whole.withoutColumns()
      try part.load(some.map { ($0, .codes) })
      for name in some {
        let cells = try part.cells(name)
        let variable = try part.variable(name)
        let several = variable.hasSeveralAnswers ? SeveralAnswers(cells, of: variable) : nil
        let counts = several?.counts ?? cells.counts()
        let categories = several?.answers ?? cells.categories
        let missing = zip(several?.missing ?? cells.missing, counts[categories.count...])
          .map { (code: $0.0, count: $0.1) }.filter { $0.count > 0 }
        entries.append(
          Entry(
            variable: variable,
            codes: Array(zip(categories, counts)).map { (category: $0.0, count: $0.1) },
            missing: missing, reading: try part.reading(of: name),
            answered: cells.count - missing.reduce(0) { $0 + $1.count }))
      }
      notes += part.notes
    }
    rows = try dataset.rowCount
    self.entries = entries
    self.notes = notes
    let wanted = Set(names)
    findings = try dataset.codebook.findings(in: dataset).filter {
      $0.variable.map(wanted.contains) ?? true
    }
  }
}
