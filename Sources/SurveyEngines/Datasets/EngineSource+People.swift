internal import SurveyData
internal import SurveyReaders

extension EngineSource {
  private var title: String { session.address.dialect.title }

  /// Whether the people are few enough to come one by one.
  private func areFew() throws -> Bool { try rowCount() <= session.address.limits.rows }

  func wishForPeople() {
    guard session.address.people != .cellsOnly, (try? areFew()) == true else { return }
    wishes.addPeople()
  }

  func answer(to question: CellQuestion) throws -> CellAnswer {
    let policy = session.address.people
    if policy == .always || wishes.arePeople { return .people(try people(for: question)) }
    if let refusal = question.refusal ?? refusal(of: question.weights) {
      guard policy == .auto, try areFew() else { throw try staying(refusal) }
      return .people(try people(for: question))
    }
    guard policy == .auto else { return .cells(try cells(for: question)) }
    // Whoever is here already is not asked for again.
    if let found = known.people.withLock({ $0 }), found.asked.holds(asked(everything(in: question)))
    {
      return .people(found.people)
    }
    if let number = try question.keys.first(where: { try $0.mayDiffer && isDifferent($0.name) }) {
      guard try areFew() else { throw try tooDifferent(number.name) }
      return .people(try people(for: question))
    }
    guard try areFew() else { return .cells(try cells(for: question)) }
    let limit = cellLimit(of: question)
    let half = max(1, try rowCount() / 2)
    if let cells = try cells(for: question, atMost: min(half, limit)) { return .cells(cells) }
    return .people(try people(for: question))
  }

  func everybody(_ columns: [CellQuestion.Column], for what: String) throws -> RawPeople {
    guard session.address.people == .always else {
      throw SurveyError(
        .usage, at: place, "\(what) needs the people one by one, and they stay in \(title)",
        remedy: "Write `rows: always` in an engine file, or use a file of them.")
    }
    return try everyone(in: CellQuestion(by: columns))
  }

  /// The most columns that a note names.
  private static let mostNamed = 12

  // MARK: Which way

  /// The most different answers of a number that is asked for as codes are.
  private static let mostAnswers = 1000

  /// Whether the numbers of a column are different for nearly everybody, and nobody has said that they are to be rounded.
  private func isDifferent(_ name: String) throws -> Bool {
    guard session.address.rounding[name] == nil else { return false }
    if let found = known.differences.withLock({ $0[name] }) { return found }
    try check(name, isWeight: false)
    let rows = try rowCount()
    let most = min(Self.mostAnswers, rows / 2)
    // Where a large table begins differently, cells turn out to be too many.
    let first = rows > 2 * Self.firstRows ? Self.firstRows : nil
    let result = try session.result(
      of: session.writer.different(name, upTo: most + 1, among: first))
    let isDifferent = (result.columns.first?.values.asNumbers.first ?? 0) > Double(most)
    known.differences.withLock { $0[name] = isDifferent }
    return isDifferent
  }

  /// A refusal of cells, with why people do not come instead.
  private func staying(_ refusal: SurveyError) throws -> SurveyError {
    let why =
      session.address.people == .cellsOnly
      ? "The engine file says `rows: cells-only`, so that people stay where they are."
      : try
        "There are \(rowCount()) people; `at_most: {rows: …}` in an engine file lets so many come."
    return SurveyError(
      refusal.kind, at: refusal.place, refusal.problem,
      remedy: [refusal.remedy, why].compactMap(\.self).joined(separator: " "))
  }

  private func tooDifferent(_ name: String) throws -> SurveyError {
    let limit = session.address.limits.rows
    return SurveyError(
      .noAnswer, at: place,
      try
        "'\(name)' is different for nearly everybody, and \(rowCount()) rows are more than the \(limit) that may come here",
      remedy:
        "Round it in the engine file (`round: {\(name): 1000}`), make classes of it in a view, or allow more "
        + "(`at_most: {rows: …}`).")
  }

  // MARK: People

  private func people(for question: CellQuestion) throws -> RawPeople {
    try everyone(in: everything(in: question))
  }

  /// A question with all columns that people need for it.
  private func everything(in question: CellQuestion) -> CellQuestion {
    var question = question
    // Of these, sums say nothing.
    if (question.refusal ?? refusal(of: question.weights)) != nil { question.weights = [] }
    question.keys += question.behindWeights
    question.keys += question.replicates.map { CellQuestion.Column($0) }
    return question
  }

  /// Why weights are not added up; nil where they are.
  ///
  /// A text that is no number would be no answer in a sum of texts.
  func refusal(of weights: [SummedWeight]) -> SurveyError? {
    guard session.writer.isText, let weight = weights.first(where: { !$0.term.isColumn }) else {
      return nil
    }
    return SurveyError(
      .usage, at: place,
      "the weight '\(weight.name)' is reckoned from columns, which are texts to \(title) in a CSV file",
      remedy: "Make Parquet of it, or a view with numbers.")
  }

  /// The people with the columns of a question, and with those that they came with before in the same work.
  private func everyone(in question: CellQuestion) throws -> RawPeople {
    let question = wishes.fetching(question)
    let asked = asked(question)
    if let found = known.people.withLock({ $0 }), found.asked.holds(asked) { return found.people }
    let (rows, limits) = (try rowCount(), session.address.limits)
    guard rows <= limits.rows else {
      throw SurveyError(
        .noAnswer, at: place, "\(rows) rows are more than the \(limits.rows) that may come here",
        remedy: "Allow more in the engine file: `at_most: {rows: …}`.")
    }
    // The old ones go before the new ones come.
    known.people.withLock { $0 = nil }
    let (keys, summed, control) = try checked(question)
    var writer = PeopleWriter(columns: keys.map(\.name), path: facts.path)
    var sums = Dictionary(summed.map { ($0.name, 0.0) }, uniquingKeysWith: { first, _ in first })
    if keys.isEmpty {
      writer.append([], count: rows)
    } else {
      _ = try session.result(of: session.writer.people(keys)) { batch in
        guard batch.columns.count == keys.count else {
          throw SurveyError(.data, "the engine sent fewer columns than it was asked for")
        }
        for weight in summed {
          let values = weight.term.values(count: batch.rowCount) { name in
            zip(keys, batch.columns).first { $0.0.name == name }?.1.values.asNumbers ?? []
          }
          sums[weight.name]? += values.reduce(0) { $1.isNaN ? $0 : $0 + $1 }
        }
        try writer.append(
          zip(batch.columns, keys).map { try EngineCells.answers($0.values, $1, at: nil) },
          count: batch.rowCount)
        guard writer.byteCount <= limits.memory else { throw Self.tooLarge(writer.count, limits) }
      }
    }
    try control.check(people: writer.count, sums: sums, of: "the people", at: place)
    var people = try writer.people()
    people.notes =
      notes(on: people, keys.map(\.name), weights: summed) + notes(onRounding: keys)
    people.queries = written(
      question, summed, keys.isEmpty ? "" : session.writer.people(keys)
    ).filter { !$0.isEmpty }
    known.people.withLock { $0 = (asked, people) }
    return people
  }

  private static func tooLarge(_ count: Int, _ limits: QueryLimits) -> SurveyError {
    SurveyError(
      .noAnswer,
      "\(count) people take more than the \(limits.memory >> 20) MiB that they may, and are not all",
      remedy: "Ask about fewer variables, or allow more in the engine file: `at_most: {memory: …}`."
    )
  }

  private func notes(on people: RawPeople, _ names: [String], weights: [SummedWeight]) -> [Note] {
    let most = Self.mostNamed
    let columns =
      names.prefix(most).joined(separator: ", ")
      + (names.count > most ? ", … (\(names.count))" : "")
    let came = Note(
      .information, id: "engine.rows",
      "\(facts.detail) sent \(people.count) people one by one, with \(columns); people and weights add up",
      naming: [facts.detail, "\(people.count)", columns], at: place)
    return (names.isEmpty ? [] : [came]) + notes(onWeights: weights.flatMap(\.term.columns))
  }
}
