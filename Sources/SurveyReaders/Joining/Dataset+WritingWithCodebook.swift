internal import Glibc
public import SurveyData

extension Dataset {
  /// Writes all variables and, beside them, the codebook that says what the file cannot: labels in all
  /// languages, why answers are missing, weights and design.
  ///
  /// - Parameters:
  ///   - path: The file to make, as for ``write(to:language:)``; the codebook is `NAME.codebook.yaml`.
  ///   - language: The language of the labels in the file itself; nil means the codebook's default.
  /// - Returns: What the format cannot hold, each as a note `convert.loss.…`, and where the codebook is.
  /// - Throws: ``SurveyError`` as ``write(to:language:)`` does, and for a codebook that is there already
  ///   and says something else; then nothing is written.
  public func writeWithCodebook(to path: String, language: String? = nil) throws -> [Note] {
    let beside = Codebook.pathToBe(besideData: path)
    var book: String
    var notes: [Note]
    if path.lowercased().hasSuffix(".csv") {
      book = try codebookOfCSV(at: path).yaml()
      try OutputFile.requireSame(book, at: beside)
      notes = try write(to: path, language: language)
    } else {
      if access(beside, F_OK) == 0 {
        try OutputFile.requireSame(codebookOfTrial(of: path, language), at: beside)
      }
      notes = try write(to: path, language: language)
      book = try codebook(ofWritten: path, called: path).yaml()
    }
    try OutputFile.write(codebook: book, to: beside)
    notes.append(
      Note(
        .information, id: "convert.codebook",
        "holds labels, missing reasons, weights and design", at: beside))
    return notes
  }

  /// The codebook of a file before it is written: of the same file in a folder of its own.
  private func codebookOfTrial(of path: String, _ language: String?) throws -> String {
    var template = Array("/tmp/vekt-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else {
      throw SurveyError(.output, at: path, "cannot be tried in /tmp")
    }
    let folder = String(cString: made)
    let trial = folder + "/" + (path.split(separator: "/").last.map(String.init) ?? "trial")
    defer {
      unlink(trial)
      rmdir(folder)
    }
    _ = try write(to: trial, language: language)
    return try codebook(ofWritten: trial, called: path).yaml()
  }

  /// What this dataset's codebook says, in the names and missing codes that a file of it has.
  ///
  /// Formats have rules for both; which code became which is read from the rows.
  private func codebook(ofWritten path: String, called: String) throws -> Codebook {
    let written = try Dataset(contentsOf: path)
    var book = codebook
    let names = variableNames
    let found = written.source.embeddedCodebook.variables
    let new = Dictionary(
      zip(names, found.map(\.name)), uniquingKeysWith: { first, _ in first })
    book.variables = try zip(names, found).map { name, file in
      var variable = try asWritten(name)
      variable.name = file.name
      variable.type = variable.type ?? file.type
      if variable.separator != nil {
        // Each answer is a column, and the cells are texts of any answers.
        (variable.separator, variable.categories, variable.type) = (nil, [], file.type)
      } else {
        variable.missing = try missing(of: variable, name, as: file, in: written)
      }
      variable.format = nil
      variable.writeFormat = nil
      return variable
    }
    book.derived = []
    book.path = nil
    book.file = FileStatement()
    // Every column has its own.
    book.defaultMissing = DefaultMissing()
    book.file.path = called.split(separator: "/").last.map(String.init)
    book.file.rows = try rowCount
    book.rename(names) { new[$0] ?? $0 }
    return book
  }

  /// The missing codes of a written column, with this dataset's reasons and labels.
  private func missing(
    of variable: Variable, _ name: String, as file: Variable, in written: Dataset
  ) throws -> [MissingCode] {
    let column = try ExportedColumn(name, of: self)
    var codes: [MissingCode] = []
    func add(_ values: MissingCode.Values, like code: MissingCode) {
      guard values != .empty, !codes.contains(where: { $0.values == values }) else { return }
      codes.append(MissingCode(values, reason: code.reason, label: code.label))
    }
    let places = column.firstRowsOfMissing
    let texts = places.allSatisfy({ $0 == nil }) ? [] : try written.text(file.name).values
    for (code, row) in zip(column.missing, places) {
      if let row {
        if !texts[row].isEmpty { add(.code(texts[row]), like: code) }
      } else if code != .system, file.missing.contains(where: { $0.values == code.values }) {
        add(code.values, like: code)
      }
    }
    for code in file.missing where code != .system {
      let isKnown = codes.contains { $0.values == code.values }
      if !isKnown, let own = variable.missing.first(where: { $0.values == code.values }) {
        add(code.values, like: own)
      } else if !isKnown, !variable.categories.contains(where: { $0.code == code.text }) {
        codes.append(code)
      }
    }
    return codes
  }
}

extension ExportedColumn {
  /// For each missing code the first row that has it; nil for one that no row has.
  fileprivate var firstRowsOfMissing: [Int?] {
    var rows = [Int?](repeating: nil, count: missing.count)
    switch cells {
    case .numbers(let numbers):
      for (row, number) in numbers.enumerated() where number.isNaN {
        let place = NumericColumn.missingIndex(number)
        if rows[place] == nil { rows[place] = row }
      }
    case .coded(let positions, let values):
      for row in 0..<positions.count where values[positions[row]].isNaN {
        let place = NumericColumn.missingIndex(values[positions[row]])
        if rows[place] == nil { rows[place] = row }
      }
    case .codedText(let positions, let texts):
      for row in 0..<positions.count {
        guard let place = missing.firstIndex(where: { $0.text == texts[positions[row]] }) else {
          continue
        }
        if rows[place] == nil { rows[place] = row }
      }
    case .texts: break
    }
    return rows
  }
}

extension Codebook {
  /// Where the codebook of a data file belongs: `DIR/NAME.codebook.yaml` beside `DIR/NAME.sav`.
  static func pathToBe(besideData path: String) -> String {
    let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let dot = path[slash...].lastIndex(of: ".") ?? path.endIndex
    return String(path[..<dot]) + ".codebook.yaml"
  }

  /// Calls variables by other names, wherever they are named.
  ///
  /// - Parameter names: The names before, in the order of the file.
  fileprivate mutating func rename(_ names: [String], _ new: (String) -> String) {
    for index in groups.indices {
      groups[index].members = groups[index].members.map(new)
      groups[index].exclusive = groups[index].exclusive.map(new)
    }
    for index in weights.indices {
      if case .variable(let name) = weights[index].source {
        weights[index].source = .variable(new(name))
      }
      weights[index].adjustments = weights[index].adjustments.map { $0.renamed(new) }
    }
    totals = totals.map { total in
      let names = total.variable.split(separator: ":").map { new(String($0)) }
      return StatedTotal(names.joined(separator: ":"), total.category, total.total)
    }
    if case .declared(var declaration) = design {
      declaration.strata = declaration.strata.map(new)
      declaration.psu = declaration.psu.map(new)
      declaration.fpc = declaration.fpc.map(new)
      if let lists = declaration.replicates?.weights,
        let columns = try? VariableLists(names).names(in: lists), columns.map(new) != columns
      {
        declaration.replicates?.weights = columns.map(new)
      }
      design = .declared(declaration)
    }
    let known = Set(variables.map(\.name))
    for index in variables.indices { variables[index].dropCondition(unless: known.contains) }
    weights.removeAll { weight in
      guard case .expression(let source) = weight.source else { return false }
      return !((try? Expression(source).variables) ?? []).allSatisfy(known.contains)
    }
  }
}
