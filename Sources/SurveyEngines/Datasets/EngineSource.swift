internal import SurveyData
internal import SurveyReaders
internal import Synchronization

/// A table of an engine as a source of answers: people stay where they are, and what comes are cells.
struct EngineSource: CellGiving {
  private(set) var facts: FileFacts
  let embeddedCodebook: Codebook
  let session: EngineSession
  let known = Known()
  let wishes = CellWishes()

  /// What was asked before, so that nobody asks twice.
  final class Known: Sendable {
    /// What was counted, by the weights that were asked for together.
    let controls = Mutex<[[String]: Control]>([:])
    /// The last cells, the latest at the end.
    let cells = Mutex<[(asked: [[String]], cells: RawCells)]>([])
    /// The columns that were looked at.
    let values = Mutex<[String: ColumnValues]>([:])
    static let mostCells = 100_000
    static let mostAnswers = 4
  }

  init(_ session: EngineSession) {
    self.session = session
    let info = session.info
    facts = FileFacts(
      path: session.address.text, format: session.address.dialect.name.rawValue, encoding: "utf-8",
      byteCount: 0,
      detail: info.title(of: session.address.dialect))
    facts.engine = info.facts(of: session.address)
    embeddedCodebook = Codebook(
      variables: session.columns.map { column in
        var variable = Variable(column.name)
        variable.type = column.valueType
        return variable
      })
  }

  var place: String { session.address.text }

  func rowCount() throws -> Int { try control([]).rows }

  func sha256() -> String? { nil }

  func read(_ requests: [ColumnRequest]) throws -> (columns: [Column], notes: [Note]) {
    let names = requests.map { "'\($0.variable.name)'" }.joined(separator: ", ")
    wishes.add(requests.map(\.variable.name))
    throw SurveyError(
      .usage, at: place,
      "people stay in \(session.address.dialect.title), and this asks for every one's \(names)",
      remedy:
        "Verbs that estimate need cells only: tabulate, summarize, compare, model, paradox; `vekt cells` writes them "
        + "to a file.")
  }

  func cells(
    by columns: [String], weights: [String], replicates: [String]
  ) throws -> RawCells {
    let asked = [columns, weights, replicates]
    if let found = known.cells.withLock({ $0.first { $0.asked == asked }?.cells }) { return found }
    let cells = try query(columns, weights: weights, replicates: replicates)
    if cells.sums.count <= Known.mostCells {
      known.cells.withLock { $0 = $0.suffix(Known.mostAnswers - 1) + [(asked, cells)] }
    }
    return cells
  }

  /// Asks the engine for cells, and checks them.
  private func query(
    _ columns: [String], weights: [String], replicates: [String]
  ) throws -> RawCells {
    for name in columns + weights + replicates {
      try check(name, isWeight: !columns.contains(name))
    }
    let summed = weights + replicates.filter { !weights.contains($0) }
    let readings = try readings(of: columns, weights: summed)
    let control = try control(summed)
    try requireReplicates(of: weights, replicates, control)
    guard control.rows > 0 else {
      throw SurveyError(.data, at: place, "the table has no rows")
    }
    try control.check(at: place)
    let query = CellQuery(
      keys: columns.map { CellQuery.Key(name: $0, reading: readings[$0] ?? .plain) },
      weights: weights.map { name in
        let known = control.weights[name]
        return .init(
          name: name, isCounted: known.map { $0.count < control.rows || $0.smallest <= 0 } ?? false)
      },
      replicates: summed.filter { !weights.contains($0) },
      limit: session.address.limits.cells(columns: columns.count + 1 + 2 * summed.count))
    let result = try session.result(of: session.writer.cells(query))
    guard result.rowCount <= query.limit else { throw tooMany(query) }
    var cells = try EngineCells(result, query, control, at: place).cells
    cells.notes = notes(on: cells)
    let writer = session.writer
    let names = columns + summed
    let asksTypes = writer.dialect.hasTypedValues && !names.isEmpty
    cells.queries =
      ((asksTypes ? [writer.types(of: names)] : [])
      + [writer.control(weights: summed), writer.cells(query)])
      .map(session.address.secrets.scrubbed)
    return cells
  }

  private func notes(on cells: RawCells) -> [Note] {
    let engine = facts.detail
    let (rows, count) = (cells.sums.rows, cells.sums.count)
    let alone = cells.sums.people.count { $0 == 1 }
    let counted = Note(
      .information, id: "engine.cells",
      "\(engine) read \(rows) rows and sent \(count) cells; people and weights add up"
        + (alone == 0 ? "" : "; \(alone) cells are one person, so mind disclosure"),
      naming: [engine, "\(rows)", "\(count)", "\(alone)"], at: place)
    let inexact = Note(
      .information, id: "engine.order",
      "an engine adds up in another order each time, so that the last digits of sums may differ from run to run"
    )
    let short = cells.sums.weights.map(\.name).filter { name in
      session.columns.contains { $0.name == name && $0.type == .float }
    }.map { name in
      Note(
        .information, id: "engine.single",
        "the weight '\(name)' is stored as 32-bit numbers, so that 0.1 is not quite 0.1 (6e-8 of it)",
        naming: [name], at: place)
    }
    return [counted] + (cells.sums.weights.isEmpty ? [] : [inexact]) + short
  }

  // MARK: Columns

  func check(_ name: String, isWeight: Bool) throws {
    guard let column = session.columns.first(where: { $0.name == name }) else {
      throw SurveyError(
        .usage, at: place, "the table has no column '\(name)'",
        remedy: suggestion(for: name, among: session.columns.map(\.name))
          ?? "It has \(session.columns.map(\.name).joined(separator: ", ")).")
    }
    guard let type = column.type else {
      throw SurveyError(
        .data, at: place,
        "the column '\(name)' is of a type that is no answer (Arrow: \(column.format))",
        remedy: "Make numbers or texts of it in a view.")
    }
    if isWeight, !type.isNumber, !session.address.dialect.hasTypedValues, !session.writer.isText {
      throw SurveyError(
        .data, at: place, "the weight '\(name)' is not a number by its type",
        remedy: "Make one of it in a view.")
    }
  }

  /// How columns are read whose values have types of their own; all are plain in other engines.
  func readings(of columns: [String], weights: [String]) throws -> [String: CellQuery
    .Reading]
  {
    let names = columns + weights
    guard session.address.dialect.hasTypedValues, !names.isEmpty else { return [:] }
    let counts = try session.result(of: session.writer.types(of: names)).columns.map {
      $0.values.asNumbers.first ?? 0
    }
    var readings: [String: CellQuery.Reading] = [:]
    for (index, name) in names.enumerated() {
      let (text, real, blob) = (counts[4 * index], counts[4 * index + 2], counts[4 * index + 3])
      if blob > 0 {
        throw SurveyError(
          .data, at: place,
          "the column '\(name)' holds bytes in \(canonicalCode(blob)) rows, which are no answer",
          remedy: "Make numbers or texts of it in a view.")
      }
      if index >= columns.count, text > 0 {
        throw SurveyError(
          .data, at: place, "the weight '\(name)' is text in \(canonicalCode(text)) rows",
          remedy: "Make numbers of it in a view.")
      }
      readings[name] = text > 0 ? .text : real > 0 ? .number : .plain
    }
    return readings
  }

  func control(_ weights: [String]) throws -> Control {
    if let found = known.controls.withLock({ $0[weights] }) { return found }
    let control = try Control(
      session.result(of: session.writer.control(weights: weights)), weights: weights, at: place)
    known.controls.withLock { $0[weights] = control }
    return control
  }

  /// Stops where somebody with a weight has no replicate weight.
  private func requireReplicates(of weights: [String], _ replicates: [String], _ control: Control)
    throws
  {
    let people = weights.first.flatMap { control.weights[$0]?.count } ?? control.rows
    for name in replicates where (control.weights[name]?.count ?? 0) < people {
      throw SurveyError(
        .data, at: place,
        "the replicate weight '\(name)' is missing in some rows that have a weight",
        remedy: "Mend them in a view.")
    }
  }

  private func tooMany(_ query: CellQuery) -> SurveyError {
    SurveyError(
      .noAnswer, at: place,
      "there are more than \(query.limit) different answers of \(query.keys.map(\.name).joined(separator: ", "))",
      remedy:
        "Ask about fewer variables, or about classes of a number in a view; `at_most: {memory: …}` in an engine file "
        + "allows more.")
  }
}

extension EngineColumn {
  /// What a codebook calls such values; nil leaves it to the values, as in a CSV file: whether codes or numbers stand in
  /// a column of numbers, its type does not say.
  fileprivate var valueType: ValueType? {
    switch type {
    case .days: .date
    case .moment(_, let isDate): isDate ? .date : .datetime
    default: nil
    }
  }
}

extension EngineInfo {
  /// Who answers, as a result says it.
  fileprivate func facts(of address: EngineAddress) -> EngineFacts {
    let table =
      switch address.relation {
      case .table(let name): name.parts.joined(separator: ".")
      case .files(let path): path
      }
    func plain(_ version: String) -> String {
      version.hasPrefix("v") ? String(version.dropFirst()) : version
    }
    return EngineFacts(
      engine: name(of: address.dialect), version: plain(engineVersion), driver: driver,
      driverVersion: plain(driverVersion), table: table)
  }

  /// The engine's name; the dialect's where it does not say its own.
  private func name(of dialect: Dialect) -> String {
    engine.isEmpty || engine.lowercased() == dialect.title.lowercased() ? dialect.title : engine
  }

  /// The engine's name and version; the dialect's name where it does not say its own.
  fileprivate func title(of dialect: Dialect) -> String {
    let version = engineVersion.hasPrefix("v") ? String(engineVersion.dropFirst()) : engineVersion
    return [name(of: dialect), version].filter { !$0.isEmpty }.joined(separator: " ")
  }
}
