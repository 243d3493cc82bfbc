internal import Synchronization

/// The answers of a survey: a codebook, and columns that are read when an analysis names them.
public struct Dataset: Sendable {
  /// What the codes mean: the user's codebook where there is one, otherwise the file's own labels.
  public let codebook: Codebook
  /// Where the columns are read from.
  public let source: any ColumnSource
  private let cache: ColumnCache
  /// Every variable by its name: the codebook's, otherwise the file's own.
  private let variables: [String: Variable]
  /// The variables that ``variableNames`` has; nil means all.
  private var shown: Set<String>?

  /// Makes a dataset.
  ///
  /// - Parameters:
  ///   - source: Where the columns are read from.
  ///   - codebook: What the codes mean; nil means what the file itself says.
  public init(_ source: any ColumnSource, codebook: Codebook? = nil) {
    self.source = source
    let embedded = source.embeddedCodebook
    let codebook = codebook ?? embedded
    self.codebook = codebook
    cache = ColumnCache()
    cache.add(source.openingNotes)
    let known =
      codebook.variables + codebook.derived.map(\.variable)
      + codebook.withDefaultMissing(embedded.variables) + embedded.derived.map(\.variable)
    // What a codebook does not say of how a column is shown, the file does.
    variables = Dictionary(known.map { ($0.name, $0) }) { first, own in
      var variable = first
      if first.hasNumbers == own.hasNumbers, first.hasNumbers || first.type == own.type {
        variable.format = first.format ?? own.format
      }
      return variable
    }
  }

  private init(_ other: Dataset, cache: ColumnCache) {
    source = other.source
    codebook = other.codebook
    variables = other.variables
    shown = other.shown
    self.cache = cache
  }

  /// The same answers under another codebook, with some of the names only.
  func showing(_ names: Set<String>, by codebook: Codebook) -> Dataset {
    var result = Dataset(source, codebook: codebook)
    result.shown = names
    return result
  }

  /// The same dataset with no column read yet, for passes that are to keep none.
  public func withoutColumns() -> Dataset { Dataset(self, cache: ColumnCache()) }

  /// The number of rows of the file.
  public var rowCount: Int { get throws { try cache.anyColumnCount ?? source.rowCount() } }

  /// What the user must know about the columns read so far.
  public var notes: [Note] { cache.notes }

  /// Adds to what the user must know.
  func add(_ note: Note) { cache.add([note]) }

  /// The names of all variables: the codebook's, the derived ones, and columns of the file that the
  /// codebook does not describe; of a file that is stated to be partial, without what it lacks.
  public var variableNames: [String] {
    let described = codebook.variableNames
    let known = Set(described)
    let columns = source.embeddedCodebook.variables.map(\.name)
    let all = (described + columns.filter { !known.contains($0) })
      .filter { shown?.contains($0) ?? true }
    guard codebook.file.isPartial else { return all }
    let present = Set(columns).union(codebook.derived.map(\.variable.name))
    return all.filter { origins(of: $0).isSubset(of: present) }
  }

  /// The columns of the file that the codebook does not describe.
  package var undescribed: [Variable] {
    let described = Set(codebook.variableNames)
    return source.embeddedCodebook.variables.compactMap {
      described.contains($0.name) ? nil : variables[$0.name]
    }
  }

  /// What is known of a variable; a labelled number of the file has the measure that its values
  /// suggest.
  /// - Throws: ``SurveyError`` with the nearest name when there is no such variable.
  public func variable(_ name: String) throws -> Variable {
    var variable = try described(name)
    if let reading = try reading(of: name) { variable.measure = reading.measure }
    return variable
  }

  /// How a labelled number of the file is read; nil for any other variable, and where a codebook
  /// describes it.
  /// - Throws: ``SurveyError`` for an unknown name or a fault in the file.
  /// - Complexity: O(rows) the first time.
  public func reading(of name: String) throws -> LabelReading? {
    let variable = try described(name)
    guard variable.isOpenReading else { return nil }
    if let known = cache.reading(of: name) { return known }
    let reading = LabelReading(of: variable, occurring: try occurringCodes(of: variable))
    cache.set(reading, of: name)
    return reading
  }

  /// The valid codes that occur, in no order; of the numbers where only these have been read.
  private func occurringCodes(of variable: Variable) throws -> [String] {
    let isDay = variable.type == .date || variable.type == .datetime
    if !isDay, cache[variable.name, .codes] == nil,
      case .numbers(let column) = cache[variable.name, .numbers]
    {
      return Set(column.values.lazy.filter { !$0.isNaN }).map(canonicalCode)
    }
    let column = try categorical(variable.name)
    let counts = column.counts()
    return column.categories.indices.filter { counts[$0] > 0 }.map { column.categories[$0].code }
  }

  /// What the codebook or the file says of a variable, before a row is read.
  package func described(_ name: String) throws -> Variable {
    if let variable = variables[name] { return variable }
    throw SurveyError(
      .usage, at: source.facts.path, "no variable '\(name)'",
      remedy: suggestion(for: name, among: variableNames)
        ?? (cells == nil ? nil : "The cells are by \(variableNames.joined(separator: ", "))."))
  }

  /// A column as positions in a list of codes.
  /// - Throws: ``SurveyError`` also for a variable whose cells hold several answers, see ``Variable/separator``.
  public func categorical(_ name: String) throws -> CategoricalColumn {
    if let variable = variables[name], variable.hasSeveralAnswers {
      throw variable.noSingleAnswer
    }
    return try cells(name)
  }

  /// A column as positions in a list of what its cells hold.
  package func cells(_ name: String) throws -> CategoricalColumn {
    try load([(name, .codes)])
    guard case .codes(let column) = cache[name, .codes] else {
      throw SurveyError(.fault, at: name, "was not read as codes")
    }
    return column
  }

  /// A column as numbers.
  public func numeric(_ name: String) throws -> NumericColumn {
    try load([(name, .numbers)])
    guard case .numbers(let column) = cache[name, .numbers] else {
      throw SurveyError(.fault, at: name, "was not read as numbers")
    }
    return column
  }

  /// A column as text.
  public func text(_ name: String) throws -> TextColumn {
    try load([(name, .text)])
    guard case .text(let column) = cache[name, .text] else {
      throw SurveyError(.fault, at: name, "was not read as text")
    }
    return column
  }

  /// Reads the columns that are not there yet in one pass over the file, then computes the derived
  /// ones among them.
  ///
  /// - Parameter wanted: Names of the file's and of derived variables, each with its view.
  /// - Throws: ``SurveyError`` for an unknown name or a fault in the file.
  public func load(_ wanted: [(name: String, view: ColumnView)]) throws {
    let derived = Dictionary(
      codebook.derived.map { ($0.variable.name, $0) }, uniquingKeysWith: { first, _ in first })
    var requests: [ColumnRequest] = []
    var asked: [ColumnView: Set<String>] = [:]
    var pending: [(DerivedVariable, ColumnView)] = []
    var path: [String] = []
    func need(_ name: String, _ view: ColumnView) throws {
      guard cache[name, view] == nil else { return }
      guard let rule = derived[name] else {
        guard asked[view, default: []].insert(name).inserted else { return }
        requests.append(ColumnRequest(try described(name), as: view))
        return
      }
      guard !pending.contains(where: { $0.0.variable.name == name && $0.1 == view }) else { return }
      guard !path.contains(name) else {
        throw SurveyError(.data, at: name, "is derived from itself")
      }
      path.append(name)
      for input in try rule.inputs(in: self) { try need(input.name, input.view) }
      path.removeLast()
      pending.append((rule, view))
    }
    for (name, view) in wanted { try need(name, view) }
    if !requests.isEmpty {
      let (columns, notes) = try source.read(requests)
      for (request, column) in zip(requests, columns) {
        cache[request.variable.name, request.view] = column
      }
      cache.add(notes)
      for request in requests where request.view == .numbers {
        try noteMissingLookalikes(in: request.variable.name)
      }
    }
    for (rule, view) in pending {
      let column = try rule.compute(on: self)
      cache[rule.variable.name, view] = try column.seen(as: view, name: rule.variable.name)
    }
  }
}

extension Variable {
  fileprivate var hasNumbers: Bool { type == nil || type == .integer || type == .decimal }
}

/// The columns read so far.
///
/// Reading is idempotent, so that two readers at worst do the same work.
private final class ColumnCache: Sendable {
  private struct Key: Hashable {
    let name: String
    let view: ColumnView
  }

  private struct State {
    var columns: [Key: Column] = [:]
    var notes: [Note] = []
    var readings: [String: LabelReading] = [:]
  }

  private let state = Mutex(State())

  subscript(name: String, view: ColumnView) -> Column? {
    get { state.withLock { $0.columns[Key(name: name, view: view)] } }
    set { state.withLock { $0.columns[Key(name: name, view: view)] = newValue } }
  }

  var anyColumnCount: Int? { state.withLock { $0.columns.first?.value.count } }

  var notes: [Note] { state.withLock(\.notes) }

  func reading(of name: String) -> LabelReading? { state.withLock { $0.readings[name] } }

  func set(_ reading: LabelReading, of name: String) {
    state.withLock { $0.readings[name] = reading }
  }

  func add(_ notes: [Note]) {
    state.withLock { state in
      state.notes += notes.filter { !state.notes.contains($0) }
    }
  }
}
