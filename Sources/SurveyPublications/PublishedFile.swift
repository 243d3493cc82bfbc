internal import SurveyData
internal import SurveyReaders
internal import SurveyStatistics

/// A file of figures as they were printed.
package struct PublishedFile {
  let path: String
  package var figures: [PublishedFigure]
  /// The columns of `group` and `reference`, for figures that are differences, by line.
  let sides: [Int: (group: String, reference: String)]
  /// What must be known of how it was read.
  let notes: [Note]

  /// The columns that say what a figure is; every other column that is a variable of the data is a
  /// group.
  private static let known: Set = [
    "id", "statement", "label", "variable", "codes", "category", "statistic", "where", "value",
    "percent", "published", "digits", "unit", "page", "report_line", "section", "source", "note",
  ]
  /// What a list of figures without `variable` calls them: what they are of, the answer, and whom.
  private static let listed = (
    name: ["statement", "indicator", "question", "label", "id"], answer: ["response", "answer"],
    people: ["population", "group"], time: ["year", "wave"]
  )

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - variables: The names of the data's variables.
  ///   - hasSides: Whether `group` and `reference` are the sides of a difference.
  ///   - unit: The unit of a column that does not say one.
  ///   - language: Where the figures are shown by themselves, the language of their names, and no column
  ///     `variable` is needed: `indicator_nb` goes before `indicator`.
  ///   - condition: Which rows are taken; nil means all.
  /// - Throws: ``SurveyError`` for a file without a variable or a value column, or with a value that
  ///   is not a number.
  package init(
    _ path: String, variables: Set<String>, hasSides: Bool = false,
    unit: PublishedFigure.Unit = .percent, alone language: String? = nil,
    where condition: String? = nil
  ) throws {
    let dataset = try Dataset(contentsOf: path)
    let names = dataset.variableNames
    func column(_ choices: String...) throws -> [String]? {
      guard let name = choices.first(where: names.contains) else { return nil }
      return try dataset.text(name).values
    }
    try dataset.load(names.map { ($0, .text) })
    func listed(_ choices: [String]) throws -> (name: String, values: [String])? {
      let ways = choices.flatMap { choice in
        (language == "nn" ? ["nn", "nb"] : [language ?? ""]).map { "\(choice)_\($0)" } + [choice]
      }
      return try ways.first(where: names.contains).map { ($0, try dataset.text($0).values) }
    }
    let isList = language != nil && !names.contains("variable")
    let chosen = try condition.map { try Expression($0).condition(on: dataset) }
    let name = try isList ? listed(Self.listed.name) : nil
    let none = name.map { [String](repeating: "", count: $0.values.count) }
    guard let variable = try column("variable") ?? none else {
      throw SurveyError(
        .data, at: path, "has no column 'variable', so that its figures select nothing",
        remedy:
          "Its columns are variable, codes, value (or percent), digits, unit, where, page and "
          + "source, and one for each group variable.")
    }
    let valueName = ["percent", "value", "published"].first(where: names.contains)
    guard let valueName, let values = try column(valueName) else {
      throw SurveyError(
        .data, at: path, "has no column 'value' or 'percent' with what was printed")
    }
    let sideNames: Set<String> = hasSides ? ["group", "reference"] : []
    let groupNames = names.filter {
      !isList && !Self.known.contains($0) && !sideNames.contains($0) && variables.contains($0)
    }
    let groupColumns =
      try groupNames.map { ($0, try dataset.text($0).values) }
      + (isList ? [Self.listed.people, Self.listed.time].compactMap(listed) : [])
    let (codes, statistics) = (try column("codes", "category"), try column("statistic"))
    let (conditions, digits) = (try column("where"), try column("digits"))
    let units = try column("unit")
    let labels =
      try name.map { Self.named($0.values, try listed(Self.listed.answer)?.values) }
      ?? column("statement", "label", "id")
    let (pages, sources) = (
      try column("page", "report_line", "section"),
      try column("source") ?? (isList ? column("survey") : nil)
    )
    let (groupSides, referenceSides) = (
      hasSides ? try column("group") : nil, hasSides ? try column("reference") : nil
    )
    var figures: [PublishedFigure] = []
    var sides: [Int: (group: String, reference: String)] = [:]
    var empty = 0
    for (row, text) in values.enumerated() {
      let place = "\(path):\(row + 2)"
      guard chosen.map({ $0[row] == .true }) ?? true else { continue }
      guard !text.isEmpty else {
        empty += 1
        continue
      }
      let plain = text.replacing(",", with: ".").replacing("−", with: "-")
        .filter { $0 != "%" && $0 != " " && $0 != "\u{A0}" }
      guard let value = Double(plain) else {
        throw SurveyError(
          .data, at: place, "the \(valueName) '\(text)' is not a number",
          remedy: "Write it as printed: 57 or 57.3.")
      }
      let shown = plain.split(separator: ".").dropFirst().first?.count ?? 0
      let wanted = digits?[row] ?? ""
      guard wanted.isEmpty || (0...9).contains(Int(wanted) ?? -1) else {
        throw SurveyError(.data, at: place, "digits is '\(wanted)'; it is the number of decimals")
      }
      let unitText = units?[row] ?? ""
      guard
        let ownUnit = unitText.isEmpty
          ? (valueName == "percent" ? .percent : unit) : PublishedFigure.Unit(rawValue: unitText)
      else {
        throw SurveyError(
          .data, at: place, "the unit '\(unitText)' is none of percent, share, number")
      }
      if let groupSides {
        sides[row + 2] = (groupSides[row], referenceSides?[row] ?? "")
      }
      figures.append(
        PublishedFigure(
          variable: variable[row],
          codes: (codes?[row] ?? "").split(whereSeparator: { $0 == " " || $0 == ";" })
            .map(String.init), value: value, digits: Int(wanted) ?? shown, unit: ownUnit,
          groups: groupColumns.filter { !$0.1[row].isEmpty }
            .map { PublishedFigure.Group($0.0, $0.1[row]) },
          condition: conditions.flatMap { $0[row].isEmpty ? nil : $0[row] },
          statistic: statistics?[row] ?? "", name: labels?[row] ?? "",
          page: pages?[row] ?? "", source: sources?[row] ?? "", line: row + 2))
    }
    let unused = names.filter {
      !isList && !Self.known.contains($0) && !groupNames.contains($0) && !sideNames.contains($0)
    }
    var notes: [Note] = []
    if !unused.isEmpty {
      notes.append(
        Note(
          .information, id: "published.unused-columns",
          "the columns \(unused.map { "'\($0)'" }.joined(separator: ", ")) are neither variables of "
            + "the data nor known to a published table, so that they select nothing",
          naming: [unused.map { "'\($0)'" }.joined(separator: ", ")], at: path))
    }
    if empty > 0 {
      notes.append(
        Note(
          .information, id: "published.without-value",
          "\(empty) row\(empty == 1 ? " has" : "s have") no value and \(empty == 1 ? "is" : "are") "
            + "passed over", naming: [String(empty)], at: path))
    }
    self.path = path
    self.figures = figures
    self.sides = sides
    self.notes = notes
  }

  /// What figures are of, with the answer where one question has several.
  private static func named(_ names: [String], _ answers: [String]?) -> [String] {
    guard let answers else { return names }
    var several: [String: Set<String>] = [:]
    for (name, answer) in zip(names, answers) { several[name, default: []].insert(answer) }
    return zip(names, answers).map { name, answer in
      several[name]?.count ?? 0 > 1 && !answer.isEmpty ? "\(name): \(answer)" : name
    }
  }
}
