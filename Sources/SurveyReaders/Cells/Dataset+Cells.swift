package import SurveyData

extension Dataset {
  /// Makes a dataset of cells from elsewhere: their raw values are decoded by a codebook exactly as the
  /// rows of a CSV file are, and every analysis takes a row for the people that it stands for.
  ///
  /// - Parameters:
  ///   - cells: The cells.
  ///   - codebook: What the codes mean; nil means what the values say.
  ///   - facts: Where the cells come from, for errors and for what a result says of its data.
  ///   - options: Whether warnings are errors; nothing else of them says anything of cells.
  ///   - origin: Where cells by more columns can be had; nil where these are all.
  /// - Throws: ``SurveyError`` for columns that have the same name, and when the codebook states another
  ///   number of rows. Codes that it does not know are faults when a column is read.
  /// - Complexity: O(cells × columns).
  package init(
    cells: RawCells, codebook: Codebook?, facts: FileFacts,
    options: ReadingOptions = ReadingOptions(), from origin: (any CellGiving)? = nil
  ) throws {
    try codebook?.requireRows(cells.sums.rows, at: facts.path, ofTable: origin != nil)
    self = try Dataset(
      FileBytes(path: facts.path, contents: cells.keyLines), of: cells.sums, notes: cells.notes,
      codebook: codebook, facts: facts, options: options, from: origin)
  }

  /// Makes a dataset of people who came from an engine: their raw values are decoded by a codebook exactly as
  /// the rows of a CSV file are.
  ///
  /// - Parameters:
  ///   - people: The people.
  ///   - codebook: What the codes mean; nil means what the engine's types say.
  ///   - origin: Where they come from, and where more columns can be had.
  /// - Throws: ``SurveyError`` when the codebook states another number of rows.
  /// - Complexity: O(1); columns are decoded when an analysis names them.
  package init(people: RawPeople, codebook: Codebook?, from origin: any CellGiving) throws {
    try codebook?.requireRows(people.count, at: origin.facts.path, ofTable: true)
    self = try Dataset(
      people.lines, of: nil, notes: people.notes, codebook: codebook,
      facts: origin.facts.answering(people.queries),
      options: ReadingOptions(), from: origin)
  }

  private init(
    _ lines: FileBytes, of sums: CellSums?, notes: [Note], codebook: Codebook?, facts: FileFacts,
    options: ReadingOptions, from origin: (any CellGiving)?
  ) throws {
    var statement = FileStatement()
    statement.delimiter = ","
    statement.decimal = "."
    statement.encoding = "utf-8"
    statement.header = .names
    statement.missing = codebook?.file.missing ?? []
    var reading = ReadingOptions()
    reading.strict = options.strict
    reading.file = statement
    let keys = try CSVSource(lines, codebook: codebook?.ofCells, options: reading)
    self = try Dataset(
      CellSource(keys, facts: facts, isFile: false, sums: sums, notes: notes, origin: origin),
      codebook: origin == nil ? codebook?.ofPart : codebook
    ).findingSeveralAnswers()
  }
}

extension Codebook {
  /// The same codebook, without what it states of the file of people: cells are another file.
  var ofCells: Codebook {
    var book = self
    book.file = FileStatement()
    book.file.missing = file.missing
    return book
  }

  /// The same codebook for cells that are not by all that it describes.
  var ofPart: Codebook {
    var book = self
    book.file.isPartial = true
    return book
  }

  /// Throws where the codebook states another number of people.
  package func requireRows(_ rows: Int, at path: String, ofTable isTable: Bool = false) throws {
    guard let stated = file.rows, stated != rows else { return }
    throw SurveyError(
      .data, at: path,
      (isTable ? "the table has \(rows) rows" : "the cells are of \(rows) people")
        + ", but the codebook states \(stated)\(isTable ? "" : " rows")",
      remedy: isTable
        ? "A part of the table may be out of reach; or mend `rows:` under `file:` in the codebook."
        : "Take the codebook of these data, or mend `rows:` under `file:`.")
  }
}
