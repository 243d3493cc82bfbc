internal import SurveyData
internal import SurveyReaders
internal import Synchronization

/// A table of an engine as a source of answers: what comes are cells, or people where an analysis needs them.
struct EngineSource: CellGiving {
  private(set) var facts: FileFacts
  let embeddedCodebook: Codebook
  let session: EngineSession
  let known = Known()
  let wishes = CellWishes()

  /// What was asked before, so that nobody asks twice.
  final class Known: Sendable {
    /// What was counted, by the weights that were asked for together.
    let controls = Mutex<[[SummedWeight]: Control]>([:])
    /// The last cells, the latest at the end.
    let cells = Mutex<[(asked: Asked, cells: RawCells)]>([])
    /// The columns that were looked at.
    let values = Mutex<[String: ColumnValues]>([:])
    /// The people by some columns, as the first question by these columns saw them.
    let seen = Mutex<[[CellQuery.Key]: PeopleSeen]>([:])
    /// About how many cells there were by some columns, of which there were too many.
    let foreseen = Mutex<[[String]: Double]>([:])
    /// The columns whose numbers are different for everybody, and those whose are not.
    let differences = Mutex<[String: Bool]>([:])
    /// The last people.
    let people = Mutex<(asked: Asked, people: RawPeople)?>(nil)
    static let mostCells = 100_000
    static let mostAnswers = 4
  }

  /// A question that was asked.
  struct Asked: Equatable, Sendable {
    let keys: [CellQuery.Key]
    let weights: [SummedWeight]
    let replicates: [String]

    /// Whether its answer holds that of another question.
    func holds(_ other: Asked) -> Bool {
      other.keys.allSatisfy(keys.contains) && other.weights.allSatisfy(weights.contains)
        && other.replicates.allSatisfy(replicates.contains)
    }
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
    wishes.add(requests.map { ($0.variable.name, $0.view) })
    throw SurveyError(
      .usage, at: place,
      "people stay in \(session.address.dialect.title), and this asks for every one's \(names)",
      remedy:
        "Verbs that estimate need cells only: tabulate, summarize, compare, model, paradox; `vekt cells` writes them "
        + "to a file.")
  }

  func cells(for question: CellQuestion) throws -> RawCells {
    let limit = cellLimit(of: question)
    guard let cells = try cells(for: question, atMost: limit) else {
      throw tooMany(question, limit)
    }
    return cells
  }

  /// The cells; nil where there are more than a number.
  func cells(for question: CellQuestion, atMost limit: Int) throws -> RawCells? {
    let asked = asked(question)
    if let found = known.cells.withLock({ $0.first { $0.asked == asked }?.cells }) { return found }
    guard let cells = try query(question, atMost: limit) else { return nil }
    if cells.sums.count <= Known.mostCells {
      known.cells.withLock { $0 = $0.suffix(Known.mostAnswers - 1) + [(asked, cells)] }
    }
    return cells
  }

  /// A question as it is known again.
  func asked(_ question: CellQuestion) -> Asked {
    Asked(
      keys: question.keys.map { key(of: $0) }, weights: question.weights,
      replicates: question.replicates)
  }

  /// The most cells that memory has room for.
  func cellLimit(of question: CellQuestion) -> Int {
    let summed = Set(question.weights.map(\.name) + question.replicates).count
    return session.address.limits.cells(columns: question.keys.count + 1 + 2 * summed)
  }

  /// Asks the engine for cells, and checks them.
  private func query(_ question: CellQuestion, atMost limit: Int) throws -> RawCells? {
    let (keys, summed, control) = try checked(question)
    let query = CellQuery(
      keys: keys,
      weights: question.weights.map { weight in
        let known = control.weights[weight.name]
        return .init(
          name: weight.name, term: weight.term,
          isCounted: known.map { $0.count < control.rows || $0.smallest <= 0 } ?? false)
      },
      replicates: summed.dropFirst(question.weights.count).map(\.name), limit: limit)
    if control.rows > cellLimit(of: question), let many = try foreseen(query, rows: control.rows) {
      guard many <= Self.approximately * Double(limit) else { return nil }
    }
    let result = try session.result(of: session.writer.cells(query))
    guard result.rowCount <= query.limit else { return nil }
    var cells = try EngineCells(result, query, control, at: place).cells
    try requireSamePeople(cells, by: keys, units: question.units)
    cells.notes = notes(on: cells) + notes(onRounding: keys)
    cells.queries = written(question, summed, session.writer.cells(query))
    return cells
  }

  /// What an answer rests on, without secrets.
  func written(
    _ question: CellQuestion, _ summed: [SummedWeight], _ answering: String
  ) -> [String] {
    let writer = session.writer
    let names = question.keys.map(\.name) + summed.flatMap(\.term.columns)
    let asksTypes = writer.dialect.hasTypedValues && !names.isEmpty
    let most = QueryWriter.mostColumns
    return
      ((asksTypes ? names.portions(of: most).map(writer.types) : [])
      + summed.portions(of: most).map { writer.control(weights: $0) } + [answering])
      .map(session.address.secrets.scrubbed)
  }

  /// How the columns of a question are asked for, and what was counted of its weights, which are good.
  /// - Throws: ``SurveyError`` for columns that are not there or hold no answers, for bad weights, for no rows.
  func checked(
    _ question: CellQuestion
  ) throws -> (columns: [CellQuery.Key], summed: [SummedWeight], control: Control) {
    let (columns, weights) = (question.keys, question.weights)
    if let refusal = refusal(of: weights) { throw refusal }
    let names = weights.map(\.name)
    let summed =
      weights
      + question.replicates.filter { !names.contains($0) }.map {
        SummedWeight($0, .column($0, missing: []))
      }
    for column in columns { try check(column.name, isWeight: false) }
    for name in summed.flatMap(\.term.columns) { try check(name, isWeight: true) }
    let readings = try readings(
      of: columns.map(\.name), weights: summed.flatMap(\.term.columns))
    let control = try control(summed)
    try requireReplicates(of: names, question.replicates, control)
    guard control.rows > 0 else {
      throw SurveyError(.data, at: place, "the table has no rows")
    }
    try control.check(at: place)
    let keys = try columns.map { column in
      var key = key(of: column)
      key.reading = readings[column.name] ?? .plain
      if key.rounding != nil {
        try requireNumbers(column.name)
        try session.address.requireRoundable(column)
        if key.reading == .plain, session.address.dialect.hasTypedValues { key.reading = .number }
      }
      return key
    }
    return (keys, summed, control)
  }

  /// A column as it is asked for, before its values are looked at.
  func key(of column: CellQuestion.Column) -> CellQuery.Key { session.address.key(of: column) }

  private func notes(on cells: RawCells) -> [Note] {
    let engine = facts.detail
    let (rows, count) = (cells.sums.rows, cells.sums.count)
    let alone = cells.sums.people.count { $0 == 1 }
    let counted = Note(
      .information, id: "engine.cells",
      "\(engine) read \(rows) rows and sent \(count) cells; people and weights add up"
        + (alone == 0 ? "" : "; \(alone) cells are one person, so mind disclosure"),
      naming: [engine, "\(rows)", "\(count)", "\(alone)"], at: place)
    return [counted] + notes(onWeights: cells.sums.weights.map(\.name))
  }

  /// What is to be said of weights that an engine adds up or sends.
  func notes(onWeights names: [String]) -> [Note] {
    let inexact = Note(
      .information, id: "engine.order",
      "an engine adds up in another order each time, so that the last digits of sums may differ from run to run"
    )
    let short = names.filter { name in
      session.columns.contains { $0.name == name && $0.type == .float }
    }.map { name in
      Note(
        .information, id: "engine.single",
        "the weight '\(name)' is stored as 32-bit numbers, so that 0.1 is not quite 0.1 (6e-8 of it)",
        naming: [name], at: place)
    }
    return (names.isEmpty ? [] : [inexact]) + short
  }

  // MARK: Columns

  func check(_ name: String, isWeight: Bool) throws {
    guard let column = session.columns.first(where: { $0.name == name }) else {
      throw SurveyError(
        .usage, at: place, "the table has no column '\(name)'",
        remedy: suggestion(for: name, among: session.columns.map(\.name))
          ?? "It has \(session.columns.map(\.name).joined(separator: ", ")).")
    }
    guard name != CellColumn.people else {
      throw SurveyError(
        .data, at: place, "the column '\(name)' has the name of the people of cells",
        remedy: "Give it another name in a view.")
    }
    guard let type = column.type else {
      throw SurveyError(
        .data, at: place,
        "the column '\(name)' is of a type that is no answer (Arrow: \(column.format))",
        remedy: "Make numbers or texts of it in a view.")
    }
    if isWeight, session.address.rounding[name] != nil {
      throw SurveyError(
        .usage, at: place,
        "the weight '\(name)' would be rounded, as `round` of the engine file says",
        remedy: "Take it out of `round`.")
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
    let counts = try names.portions(of: QueryWriter.mostColumns).flatMap { names in
      try session.result(of: session.writer.types(of: names)).columns.map {
        $0.values.asNumbers.first ?? 0
      }
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

  func control(_ weights: [SummedWeight]) throws -> Control {
    if let found = known.controls.withLock({ $0[weights] }) { return found }
    if weights.count > QueryWriter.mostColumns {
      let parts = try weights.portions(of: QueryWriter.mostColumns).map { try self.control($0) }
      return parts.dropFirst().reduce(parts[0]) { $0.joined(with: $1) }
    }
    let control = try Control(
      session.result(of: session.writer.control(weights: weights)), weights: weights, at: place)
    let before = known.controls.withLock { controls in
      let other = controls.values.first { $0.rows != control.rows }
      if other == nil { controls[weights] = control }
      return other
    }
    if let before {
      throw SurveyError(
        .data, at: place,
        "the table changes while it is read: it had \(before.rows) rows, and now \(control.rows)",
        remedy: "Run it again, on a copy or a snapshot.")
    }
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

  private func tooMany(_ question: CellQuestion, _ limit: Int) -> SurveyError {
    let names = question.keys.map(\.name).joined(separator: ", ")
    let keys = question.keys.map { key(of: $0) }
    let many = known.foreseen.withLock { $0[keys.map(\.name)] } ?? 0
    return SurveyError(
      .noAnswer, at: place,
      many > Double(limit)
        ? "there are about \(canonicalCode(many)) different answers of \(names), and at most \(limit) are taken"
        : "there are more than \(limit) different answers of \(names)",
      remedy:
        "Ask about fewer variables, round a number in the engine file (`round: {…}`), or make classes of it in a view; "
        + "`at_most: {memory: …}` allows more.")
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

extension EngineAddress {
  /// A column as it is asked for, before its values are looked at.
  func key(of column: CellQuestion.Column) -> CellQuery.Key {
    var key = CellQuery.Key(name: column.name)
    key.rounding = rounding[column.name].map {
      CellQuery.Rounding(step: $0, keeping: column.missing)
    }
    return key
  }
}
