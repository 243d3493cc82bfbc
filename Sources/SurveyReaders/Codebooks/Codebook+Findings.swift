public import SurveyData

extension Codebook {
  /// Everything in which the codebook and its file do not agree, or that looks odd.
  ///
  /// - Parameter dataset: The data, opened with this or any other codebook.
  /// - Returns: The findings: first of the file, then variable by variable, then of weights and
  ///   design.
  /// - Throws: ``SurveyError`` when the file cannot be read at all. A column that cannot be read as
  ///   the codebook says is a finding.
  /// - Complexity: O(rows × columns).
  public func findings(in dataset: Dataset) throws -> [Finding] {
    var check = CodebookCheck(self, source: dataset.source)
    return try check.finish()
  }
}

/// Compares a codebook with its file.
package struct CodebookCheck {
  let codebook: Codebook
  let source: any ColumnSource
  /// The data read by this codebook, which keeps and counts codes that it does not know.
  let dataset: Dataset
  private(set) var findings: [Finding] = []
  /// What the columns tell that were seen already.
  private var seen: [String: [Finding]] = [:]
  private let wanted: Set<String>?
  /// The variables of the codebook that are columns of the file and not derived.
  private let described: [String: Variable]
  private var universes: [String: ConditionColumn] = [:]

  /// Begins a check.
  /// - Parameter wanted: The variables to check; nil means all.
  package init(_ codebook: Codebook, source: any ColumnSource, of wanted: Set<String>? = nil) {
    var tolerant = codebook
    for index in tolerant.variables.indices { tolerant.variables[index].unknown = .warn }
    self.codebook = codebook
    self.source = source
    self.wanted = wanted
    let derived = Set(codebook.derived.map(\.variable.name))
    described = Dictionary(
      codebook.variables.lazy.filter { !derived.contains($0.name) }.map { ($0.name, $0) },
      uniquingKeysWith: { first, _ in first })
    dataset = Dataset(source, codebook: tolerant)
  }

  mutating func add(_ finding: Finding) { findings.append(finding) }

  /// Checks a column that somebody has read, so that it need not be read again.
  ///
  /// - Parameters:
  ///   - column: The column with the codes that the codebook does not know, as `unknown: warn` reads it.
  ///   - counts: Its ``CategoricalColumn/counts()``.
  package mutating func see(_ column: CategoricalColumn, counts: [Int], of name: String) {
    if let variable = described[name] { see(variable, column, counts) }
  }

  /// Checks a column that was looked at by itself.
  package mutating func see(_ column: SeenColumn, of name: String) {
    guard let variable = described[name] else { return }
    see(variable, column.column, column.counts, whole: column.whole)
  }

  private mutating func see(
    _ variable: Variable, _ column: CategoricalColumn, _ counts: [Int],
    whole: ColumnValues.Whole? = nil
  ) {
    let before = findings
    findings = []
    check(variable, column, counts, whole: whole)
    seen[variable.name] = findings
    findings = before
  }

  /// Checks the rest.
  ///
  /// - Parameter rows: The number of rows, where somebody knows it.
  /// - Returns: The findings in the order of the codebook.
  package mutating func finish(rows: Int? = nil) throws -> [Finding] {
    try checkFile(rows)
    let present = checkNames().filter { wanted?.contains($0.name) ?? true }
    for note in codebook.notes {
      add(Finding(.information, id: note.id.droppingPrefix("codebook."), note.text))
    }
    for pass in source.passes(over: present.count) {
      let unseen = present[pass].filter { seen[$0.name] == nil }
      if let origin {
        for variable in unseen { try look(at: variable, in: origin) }
      } else {
        for (variable, column, counts) in try read(unseen) { see(variable, column, counts) }
      }
      for variable in present[pass] { findings += seen[variable.name, default: []] }
    }
    loadDesign()
    checkWeights()
    checkAdjustments()
    checkDesign()
    checkLikelyRoles()
    return findings.filter { finding in
      finding.variable.flatMap { name in wanted.map { $0.contains(name) } } ?? true
    }
  }

  /// What is stated of the file as a whole.
  private mutating func checkFile(_ known: Int?) throws {
    if let stated = codebook.file.rows {
      let rows = try known ?? source.rowCount()
      if rows != stated {
        add(
          Finding(
            .error, id: "row-count", count: rows,
            "the codebook states \(stated) rows, but the file has \(rows)",
            naming: ["\(stated)", "\(rows)"],
            remedy: "Use the file that the codebook describes, or correct `rows:`."))
      }
    }
    if let stated = codebook.file.sha256, let hash = try source.sha256(), hash != stated {
      add(
        Finding(
          .error, id: "sha256",
          "the file's SHA-256 is \(hash), not the one that the codebook states",
          remedy: "Use the file that the codebook describes, or correct `sha256:`."))
    }
  }

  /// Names that are in the codebook or in the file only.
  ///
  /// - Returns: The variables that are in both.
  private mutating func checkNames() -> [Variable] {
    let columns = source.embeddedCodebook.variables.map(\.name)
    let inFile = Set(columns)
    let described = Set(codebook.variables.map(\.name))
    let strangers = columns.filter { !described.contains($0) && !$0.isEmpty }
    let absent = codebook.variables.filter { !inFile.contains($0.name) }
    let absentees = codebook.file.isPartial ? absent.map(\.name) : []
    if !absentees.isEmpty {
      add(
        Finding(
          .information, id: "columns-not-in-file", count: absentees.count,
          "the file, stated to be partial, lacks \(absentees.count) of the columns described: "
            + Self.listed(absentees), naming: [Self.listed(absentees)]))
    }
    for variable in absent where !codebook.file.isPartial {
      let name = variable.name
      let near =
        strangers.first { $0.folded == name.folded } ?? nearestName(to: name, among: strangers)
      add(
        Finding(
          .error, id: "variable-not-in-file", variable: name,
          "the file has no column '\(name)'" + (near.map { "; it has '\($0)'" } ?? ""),
          naming: [name] + [near].compactMap(\.self),
          remedy: near.map { "Write '\($0)' in the codebook." }))
    }
    if !strangers.isEmpty {
      add(
        Finding(
          .information, id: "columns-not-described", count: strangers.count,
          "the codebook does not describe \(strangers.count) of the file's columns: "
            + Self.listed(strangers), naming: [Self.listed(strangers)]))
    }
    return codebook.variables.filter { inFile.contains($0.name) }
  }

  /// The first ten of some names, and how many more there are.
  private static func listed(_ names: [String]) -> String {
    let more = names.count > 10 ? " and \(names.count - 10) more" : ""
    return names.prefix(10).joined(separator: ", ") + more
  }

  /// Looks at a column by itself; one that cannot be read is a finding.
  private mutating func look(at variable: Variable, in origin: any CellGiving) throws {
    do {
      see(try origin.seen(variable.name, by: codebook), of: variable.name)
    } catch let error as SurveyError where error.kind == .data || error.kind == .usage {
      add(unreadable(variable, error))
    }
  }

  private func unreadable(_ variable: Variable, _ error: SurveyError) -> Finding {
    Finding(
      .error, id: "unreadable", variable: variable.name, error.problem, remedy: error.remedy)
  }

  /// The columns of a batch with their counts; a column that cannot be read is a finding.
  private mutating func read(
    _ variables: [Variable]
  ) throws -> [(variable: Variable, column: CategoricalColumn, counts: [Int])] {
    guard !variables.isEmpty else { return [] }
    let requests = variables.map { variable in
      var tolerant = variable
      tolerant.unknown = .warn
      return ColumnRequest(tolerant, as: .codes)
    }
    do {
      let columns = try source.read(requests).columns
      return concurrentMap(columns.count, threads: coreCount) {
        index -> (variable: Variable, column: CategoricalColumn, counts: [Int])? in
        guard case .codes(let codes) = columns[index] else { return nil }
        return (variables[index], codes, codes.counts())
      }.compactMap(\.self)
    } catch let error as SurveyError where error.kind == .data || error.kind == .usage {
      guard variables.count == 1 else { return try variables.flatMap { try read([$0]) } }
      add(unreadable(variables[0], error))
      return []
    }
  }

  /// Where cells can be had of people who stay where they are; nil where the people are here.
  var origin: (any CellGiving)? { dataset.origin }

  /// The people by some of the table's columns, where they stay where they are; the data themselves elsewhere.
  func people(by names: [String]) throws -> Dataset {
    guard dataset.givesCells else { return dataset }
    let present = Set(source.embeddedCodebook.variables.map(\.name))
    return try dataset.gathered(
      by: dataset.rawNames(behind: names).filter(present.contains), weight: nil, replicates: nil)
  }

  /// The rows of a universe; nil when its condition cannot be evaluated.
  mutating func universe(_ condition: String) -> ConditionColumn? {
    if let known = universes[condition] { return known }
    guard let column = try? Expression(condition).condition(on: dataset) else { return nil }
    universes[condition] = column
    return column
  }
}

extension String {
  /// The name without case, spaces, underscores, dots and hyphens.
  var folded: String { lowercased().filter { !" _.-\u{FEFF}\u{A0}".contains($0) } }

  func droppingPrefix(_ prefix: String) -> String {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
  }
}
