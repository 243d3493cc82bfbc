package import SurveyData
import SurveyReaders

/// What the variables of a file hold: every code with its count.
package struct Inventory {
  /// What one variable holds.
  struct Entry: Sendable {
    let variable: Variable
    /// The codes that occur or are declared, in order, and how many rows have each.
    private let categories: [Category]
    private let counts: [Int]
    /// The missing codes that occur, with their counts.
    let missing: [(code: MissingCode, count: Int)]
    /// How the file's labelled number is read; nil where nothing was to be decided.
    let reading: LabelReading?
    /// The rows with a valid answer.
    let answered: Int
    /// How many codes occur.
    let distinct: Int
    /// The smallest number, the mean and the largest; nil when the codes are not numbers.
    let range: (low: Double, mean: Double, high: Double)?

    /// - Parameters:
    ///   - cells: The variable's cells, each of which may hold several answers.
    ///   - cellCounts: How many rows hold each.
    init(
      _ variable: Variable, _ cells: CategoricalColumn, counts cellCounts: [Int],
      reading: LabelReading?
    ) {
      self.variable = variable
      self.reading = reading
      let several = variable.hasSeveralAnswers ? SeveralAnswers(cells, of: variable) : nil
      let all = several?.counts(of: cellCounts) ?? cellCounts
      categories = several?.answers ?? cells.categories
      counts = Array(all.prefix(categories.count))
      missing = zip(several?.missing ?? cells.missing, all[categories.count...])
        .map { (code: $0.0, count: $0.1) }.filter { $0.count > 0 }
      answered = cellCounts.reduce(0, +) - missing.reduce(0) { $0 + $1.count }
      distinct = counts.count { $0 > 0 }
      range = Self.range(categories, counts, answered: answered)
    }

    private static func range(
      _ categories: [Category], _ counts: [Int], answered: Int
    ) -> (low: Double, mean: Double, high: Double)? {
      var found: (low: Double, sum: Double, high: Double)?
      for index in counts.indices where counts[index] > 0 {
        guard let number = categories[index].plainNumber else { return nil }
        let (low, sum, high) = found ?? (number, 0, number)
        found = (
          number < low ? number : low, sum + number * Double(counts[index]),
          high < number ? number : high
        )
      }
      return found.map { ($0.low, $0.sum / Double(answered), $0.high) }
    }

    /// How many codes occur or are declared.
    var codeCount: Int { categories.count }
    /// The codes that occur or are declared, with their counts.
    var codes: [(category: Category, count: Int)] {
      zip(categories, counts).map { (category: $0, count: $1) }
    }
    /// The most frequent code; nil where none occurs.
    var mostFrequent: (category: Category, count: Int)? {
      codes.filter { $0.count > 0 }.max { $0.count < $1.count }
    }

    /// Whether the values are numbers rather than answers to choose from.
    var isNumber: Bool {
      guard !variable.isCategorical, distinct > 0 else { return false }
      guard variable.type == nil || variable.type == .integer || variable.type == .decimal else {
        return false
      }
      return range != nil && (distinct > Self.mostCategories || variable.type == .decimal)
    }

    /// The most codes that a variable of which nothing is said may have to count as categorical.
    static let mostCategories = 20
  }

  package let rows: Int
  let entries: [Entry]
  let findings: [Finding]
  package let notes: [Note]

  /// Reads variables a few at a time, so that a wide file does not fill the memory.
  ///
  /// Codes that the codebook does not know are shown, not refused.
  package init(of names: [String], in dataset: Dataset) throws {
    var relaxed = dataset.codebook
    for index in relaxed.variables.indices { relaxed.variables[index].unknown = .warn }
    let whole = Dataset(dataset.source, codebook: relaxed)
    var entries: [Entry] = []
    var notes: [Note] = []
    var check = CodebookCheck(dataset.codebook, source: dataset.source, of: Set(names))
    var rows: Int?
    let isElsewhere = dataset.givesCells
    let passes =
      isElsewhere ? names.indices.map { $0..<$0 + 1 } : dataset.source.passes(over: names.count)
    for pass in passes {
      let some = names[pass]
      let part =
        isElsewhere
        ? try whole.gathered(by: Array(some), weight: nil, replicates: nil) : whole.withoutColumns()
      let people = part.cells?.people
      try part.load(some.map { ($0, .codes) })
      let columns = try some.map { try part.cells($0) }
      let described = try some.map { try (part.variable($0), part.reading(of: $0)) }
      let counts = concurrentMap(columns.count, threads: coreCount) {
        columns[$0].counts(of: people)
      }
      entries += concurrentMap(columns.count, threads: coreCount) { index in
        Entry(
          described[index].0, columns[index], counts: counts[index], reading: described[index].1)
      }
      for (index, name) in some.enumerated() {
        check.see(columns[index], counts: counts[index], of: name)
      }
      rows = rows ?? part.cells?.rows ?? columns.first?.count
      notes += part.notes.filter { !$0.id.hasPrefix("engine.") }
    }
    self.rows = try rows ?? dataset.peopleCount
    self.entries = entries
    self.notes = notes
    // Of cells nothing is known but their answers.
    findings = dataset.cells == nil && !isElsewhere ? try check.finish(rows: self.rows) : []
  }
}
