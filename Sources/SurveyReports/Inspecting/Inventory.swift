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
    ///   - whole: What is known of all rows, where the cells are not all.
    init(
      _ variable: Variable, _ cells: CategoricalColumn, counts cellCounts: [Int],
      reading: LabelReading?, whole: ColumnValues.Whole? = nil
    ) {
      self.variable = variable
      self.reading = reading
      let several = variable.hasSeveralAnswers ? SeveralAnswers(cells, of: variable) : nil
      let all = several?.counts(of: cellCounts) ?? cellCounts
      categories = several?.answers ?? cells.categories
      counts = Array(all.prefix(categories.count))
      missing = zip(several?.missing ?? cells.missing, all[categories.count...])
        .map { (code: $0.0, count: $0.1) }.filter { $0.count > 0 }
      let absent = missing.reduce(0) { $0 + $1.count }
      let answered = (whole?.rows ?? cellCounts.reduce(0, +)) - absent
      self.answered = answered
      let found = Self.range(categories, counts, answered: answered)
      guard let whole else {
        distinct = counts.count { $0 > 0 }
        range = found
        return
      }
      let codes = missing.filter { !$0.code.text.isEmpty }
      distinct = whole.distinct - codes.count
      // The mean of an engine is of codes for missing answers too.
      let coded = codes.compactMap { code in
        Double(code.code.text).map { (number: $0, count: code.count) }
      }
      let words = codes.reduce(0) { $0 + $1.count } - coded.reduce(0) { $0 + $1.count }
      guard let numbers = whole.numbers, numbers + words >= whole.answered else {
        range = nil
        return
      }
      let sum =
        whole.mean * Double(numbers) - coded.reduce(0) { $0 + $1.number * Double($1.count) }
      range = found.map { ($0.low, sum / Double(answered), $0.high) }
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
    for pass in dataset.source.passes(over: names.count) where !dataset.givesCells {
      let some = names[pass]
      let part = whole.withoutColumns()
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
      notes += part.notes
    }
    if let origin = dataset.origin {
      var unread: SurveyError?
      for name in names {
        do {
          let seen = try whole.seen(name, from: origin)
          entries.append(
            Entry(
              try seen.dataset.variable(name), seen.column, counts: seen.counts,
              reading: try seen.dataset.reading(of: name), whole: seen.whole))
          check.see(seen, of: name)
          notes += seen.dataset.notes.compactMap { $0.ofTable(dataset.source, seen) }
          if let note = Note(partOf: name, seen) { notes.append(note) }
        } catch let error as SurveyError where error.kind == .data {
          unread = unread ?? error
          notes.append(
            Note(
              .warning, id: "engine.unread", "'\(name)' was not looked at: \(error.problem)",
              naming: [name, error.problem]))
        }
      }
      if entries.isEmpty, let unread { throw unread }
    }
    self.rows = try rows ?? dataset.peopleCount
    self.entries = entries
    self.notes = notes
    // Of cells nothing is known but their answers.
    findings =
      dataset.cells == nil || dataset.givesCells
      ? try check.finish(rows: self.rows).filter { $0.id != "values-in-part" } : []
  }
}

extension Note {
  /// The same of a table, which has no lines; nil for what is said of cells, or of all values where not all are here.
  fileprivate func ofTable(_ source: any ColumnSource, _ seen: SeenColumn) -> Note? {
    let isOfAll = id == "csv.unknown-code" && seen.whole != nil
    return id.hasPrefix("engine.") || isOfAll
      ? nil : Note(level, id: id, text, naming: values, at: source.facts.path)
  }

  /// What is said of a column of too many values to look at each; nil of any other.
  fileprivate init?(partOf name: String, _ seen: SeenColumn) {
    guard let whole = seen.whole else { return nil }
    let looked = seen.counts.count { $0 > 0 }
    self.init(
      .information, id: "engine.values",
      "'\(name)' has \(whole.distinct) different values, of which \(looked) were looked at: those that most people "
        + "have, the smallest and the largest",
      naming: [name, "\(whole.distinct)", "\(looked)"])
  }
}

extension Dataset {
  /// A variable by itself, of people who stay where they are.
  fileprivate func seen(_ name: String, from origin: any CellGiving) throws -> SeenColumn {
    guard codebook.derived.contains(where: { $0.variable.name == name }) else {
      return try origin.seen(try described(name).name, by: codebook)
    }
    let part = try gathered(by: [name], weight: nil, replicates: nil)
    let column = try part.cells(name)
    return SeenColumn(column: column, counts: column.counts(of: part.cells?.people), of: part)
  }
}
