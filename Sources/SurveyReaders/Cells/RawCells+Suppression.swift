internal import SurveyData

extension RawCells {
  /// The same people in lines that each stand for so many at least, without what only variances need.
  ///
  /// Where a cell has fewer, the answer to the last variable is taken out and its people are put with those of
  /// other small cells that are like them in the variables before; where these are too few as well, so is the
  /// answer before it, and so on. People who are too few with all their answers taken out are joined by
  /// those of the smallest line that is left. Every line is the people of some cells, and nobody is in two, so that
  /// no line can be taken from another.
  ///
  /// - Parameters:
  ///   - least: How many people with a weight a line stands for at the least.
  ///   - order: The names of the keys, those first whose answers are to be kept longest.
  /// - Throws: ``SurveyError`` of kind data where all people together are fewer, and where somebody's own answer reads like
  ///   one that was taken out.
  /// - Complexity: O(cells × keys).
  package func suppressed(below least: Int, keeping order: [String]) throws -> RawCells {
    let least = max(least, sums.suppressedBelow ?? 0)
    let named = order.compactMap { name in keys.firstIndex { $0.name == name } }
    let columns = named + keys.indices.filter { !named.contains($0) }
    let given = keys.map(\.values.plainTexts)
    try refuseTaken(given)
    // In an order of the answers, so that the same people are joined wherever the cells come from.
    let places = Self.order(of: given, count: sums.count)
    let texts = given.map { texts in places.map { texts[$0] } }
    let people = places.map { cell in
      sums.weights.map { sums.weighted(cell, by: $0) }.min() ?? sums.people[cell]
    }
    func count(_ cells: [Int]) -> Int { cells.reduce(0) { $0 + people[$1] } }
    var lines: [(cells: [Int], known: Int)] = []
    var few = Array(people.indices)
    for known in (0...columns.count).reversed() {
      let alike = Dictionary(grouping: few) { cell in
        columns[..<known].map { texts[$0][cell] }
      }.values.sorted { $0[0] < $1[0] }
      few = []
      for cells in alike {
        if count(cells) >= least || known == 0 {
          lines.append((cells, known))
        } else {
          few += cells
        }
      }
      few.sort()
    }
    while let place = lines.lastIndex(where: { $0.known == 0 && count($0.cells) < least }) {
      let rest = lines.remove(at: place)
      guard
        let smallest = lines.indices.min(by: { count(lines[$0].cells) < count(lines[$1].cells) })
      else {
        throw SurveyError(
          .data,
          "all people with a weight together are fewer than \(least), so no cell may be written")
      }
      lines[smallest] = (lines[smallest].cells + rest.cells, 0)
    }
    let written = keys.indices.map { key in
      let depth = columns.firstIndex(of: key) ?? 0
      return lines.map { depth < $0.known ? texts[key][$0.cells[0]] : CellColumn.suppressed }
    }
    // An order of what is hidden would tell of it.
    let order = Self.order(of: written, count: lines.count)
    var lineOf = Array(repeating: Int32(0), count: people.count)
    for (place, line) in order.enumerated() {
      for cell in lines[line].cells { lineOf[places[cell]] = Int32(place) }
    }
    var result = RawCells(
      keys: zip(keys, written).map { key, texts in Key(key.name, .texts(order.map { texts[$0] })) },
      sums: sums.grouped(lineOf, count: lines.count).suppressed(below: least))
    result.notes = notes
    result.queries = queries
    return result
  }

  private func refuseTaken(_ texts: [[String]]) throws {
    guard sums.suppressedBelow == nil else { return }
    for (key, texts) in zip(keys, texts) where texts.contains(CellColumn.suppressed) {
      throw SurveyError(
        .data,
        "'\(key.name)' is '\(CellColumn.suppressed)' for some, which stands for what is taken out",
        remedy: "Write another word in the data.")
    }
  }

  /// The people out of whose answers some were taken.
  var peopleWithoutAll: Int {
    let texts = keys.map(\.values.plainTexts)
    return sums.people.enumerated().reduce(0) { sum, cell in
      texts.contains { $0[cell.offset] == CellColumn.suppressed } ? sum + cell.element : sum
    }
  }

  /// Lines by the values of their columns: numbers before texts, and what is hidden last.
  private static func order(of columns: [[String]], count: Int) -> [Int] {
    func place(_ text: String) -> (Int, Double, String) {
      if text == CellColumn.suppressed { return (2, 0, "") }
      return Double(text).map { (0, $0, "") } ?? (1, 0, text)
    }
    let ranks = columns.map { texts in
      let different = Set(texts).sorted { place($0) < place($1) }
      let ranks = Dictionary(uniqueKeysWithValues: zip(different, 0...))
      return texts.map { ranks[$0] ?? 0 }
    }
    return (0..<count).sorted { a, b in
      ranks.first { $0[a] != $0[b] }.map { $0[a] < $0[b] } ?? (a < b)
    }
  }
}
