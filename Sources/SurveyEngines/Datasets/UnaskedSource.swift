internal import SurveyData
internal import SurveyReaders

/// A table of an engine that nobody connects to: who asks it for cells gets the queries instead.
///
/// Nothing is known of its columns but what a codebook says.
struct UnaskedSource: CellGiving {
  let facts: FileFacts
  let embeddedCodebook: Codebook
  let wishes = CellWishes()
  let answers = false
  private let address: EngineAddress
  private let codebook: Codebook

  init(_ address: EngineAddress, _ codebook: Codebook) {
    self.address = address
    self.codebook = codebook
    facts = FileFacts(
      path: address.text, format: address.dialect.name.rawValue, encoding: "utf-8", byteCount: 0,
      detail: address.dialect.title)
    embeddedCodebook = Codebook(variables: codebook.variables)
  }

  func rowCount() -> Int { 0 }

  func sha256() -> String? { nil }

  /// Columns of nobody, which the cells are to be by.
  func read(_ requests: [ColumnRequest]) throws -> (columns: [Column], notes: [Note]) {
    let names = requests.map(\.variable.name)
    wishes.add(requests.map { ($0.variable.name, $0.view) })
    var book = codebook
    book.file.rows = nil
    let nobody = RawCells(
      keys: names.map { .init($0, .texts([])) },
      sums: try CellSums(people: [], rows: 0, weights: [], replicates: []) { _ in address.text })
    return try Dataset(cells: nobody, codebook: book, facts: facts).source.read(requests)
  }

  func values(of column: String) throws -> ColumnValues { throw needsAnswers }

  func weights(_ weights: [SummedWeight]) throws -> [WeightFacts] { throw needsAnswers }

  private var needsAnswers: SurveyError {
    SurveyError(
      .usage, at: address.text, "a look at single columns needs their answers",
      remedy: "Leave out --emit sql.")
  }

  func answer(to question: CellQuestion) throws -> CellAnswer { .cells(try cells(for: question)) }

  func everybody(_ columns: [CellQuestion.Column], for what: String) throws -> RawPeople {
    throw SurveyError(
      .usage, at: address.text, "\(what) needs the people one by one",
      remedy: "Leave out --emit sql.")
  }

  func wishForPeople() {}

  func cells(for question: CellQuestion) throws -> RawCells {
    if let refusal = question.refusal { throw refusal }
    guard let writer = QueryWriter(address.dialect, address.relation, form: address.form) else {
      throw SurveyError(.usage, at: address.text, "\(address.dialect.title) reads no files")
    }
    let names = question.weights.map(\.name)
    let replicates = question.replicates.filter { !names.contains($0) }
    let summed = question.weights + replicates.map { SummedWeight($0, .column($0, missing: [])) }
    let columns = question.keys.map(\.name)
    for column in question.keys { try address.requireRoundable(column) }
    // Who has a weight of zero, or none, nobody knows yet.
    let query = CellQuery(
      keys: question.keys.map { address.key(of: $0) },
      weights: question.weights.map { .init(name: $0.name, term: $0.term, isCounted: true) },
      replicates: replicates,
      limit: address.limits.cells(columns: columns.count + 1 + 2 * summed.count))
    var parts = address.dialect.opening.map { ("One state of the table in all queries.", $0) }
    parts += address.before.map { ("What the engine file says to run first.", $0) }
    parts.append(("The columns of the table, without a row.", writer.columns))
    if address.dialect.hasTypedValues, !question.keys.isEmpty || !summed.isEmpty {
      for names in (columns + summed.flatMap(\.term.columns)).portions(of: QueryWriter.mostColumns)
      {
        parts.append(
          (
            "How many values of each column are texts, whole numbers, numbers with decimals, bytes.",
            writer.types(of: names)
          ))
      }
    }
    for weights in summed.portions(of: QueryWriter.mostColumns) {
      parts.append(
        (
          summed.isEmpty
            ? "All people."
            : "All people, and what is to be known of each weight before it is added up.",
          writer.control(weights: weights)
        ))
    }
    parts.append(
      (
        "The cells: saved as CSV, this result is read by every verb in place of the data, with the same codebook.",
        writer.cells(query, countingRows: true)
      ))
    throw WrittenQueries(
      text: address.secrets.scrubbed(
        parts.map { "-- \($0)\n\($1);\n" }.joined(separator: "\n")))
  }
}

/// What an engine would have been asked.
package struct WrittenQueries: Error {
  /// The queries, each below a comment.
  package let text: String
}
