package import SurveyData

extension Dataset {
  /// Writes cells of these people and, beside them, the codebook that decodes them.
  ///
  /// - Parameters:
  ///   - cells: The cells, by columns of this dataset.
  ///   - weight: The weight that was added up.
  ///   - design: How people were drawn, with the replicate weights that were added up; nil leaves it unsaid.
  ///   - path: The file to make, which ends in `.csv`.
  /// - Returns: How many cells there are, of one person too, where the codebook is, and what it leaves out.
  /// - Throws: ``SurveyError`` for a code that the codebook does not know, and for a codebook that is there
  ///   already and says something else; then nothing is written.
  package func write(
    _ cells: RawCells, weight: WeightDeclaration?, design: DesignDeclaration?, to path: String
  ) throws -> [Note] {
    let keys = cells.keys.map(\.name)
    let beside = Codebook.pathToBe(besideData: path)
    let derived = codebook.derived.map(\.variable.name)
    let present = Set(keys + derived)
    var book = try keeping(keys + derived.filter { origins(of: $0).isSubset(of: present) }).codebook
    book.variables = try keys.map { try asWritten($0, trimming: true) }
    let isSuppressed = cells.sums.suppressedBelow != nil
    if isSuppressed {
      for place in book.variables.indices { book.variables[place].missing.addSuppressed() }
    }
    book.weights =
      weight.map { weight in
        [
          WeightDeclaration(
            weight.name, source: weight.source, isDefault: true, label: weight.label,
            dropsMissing: weight.dropsMissing,
            adjustments: isSuppressed ? [] : weight.adjustments)
        ]
      } ?? []
    book.design =
      design.map(Codebook.Design.declared)
      ?? (codebook.design == .simpleRandom ? .simpleRandom : .unstated)
    book.path = nil
    book.file = FileStatement()
    // Every column has its own.
    book.defaultMissing = DefaultMissing()
    book.file.path = path.split(separator: "/").last.map(String.init)
    book.file.format = "csv"
    book.file.missing = codebook.file.missing
    book.file.rows = cells.sums.rows
    let text = book.yaml()
    try OutputFile.requireSame(text, at: beside)
    try OutputFile.write(cells.csv, to: path)
    try OutputFile.write(codebook: text, to: beside)
    let (count, alone) = (cells.sums.count, cells.sums.people.count { $0 == 1 })
    let hidden = cells.peopleWithoutAll
    let suppressed = cells.sums.suppressedBelow.map { least in
      Note(
        .warning, id: "cells.suppressed",
        "answers of \(hidden) people were taken out, so that every line stands for \(least) people or more; what "
          + "is made of these cells has no standard errors",
        naming: [String(hidden), String(least)])
    }
    let roles = [
      Note(
        .warning, id: "cells.left-out",
        "the roles of the paradox are left out, since the cells are not by all their variables")
    ]
    return [
      Note(
        .information, id: "cells.written",
        "\(count) cells of \(cells.sums.rows) people"
          + (alone == 0
            ? "" : "; \(alone) hold one person, whose answers stand there as they were given"),
        naming: [String(count), String(cells.sums.rows), String(alone)], at: path),
      Note(
        .information, id: "cells.codebook", "decodes the cells, and names weight and design",
        at: beside),
    ] + [suppressed].compactMap(\.self)
      + (codebook.paradox != nil && book.paradox == nil ? roles : [])
  }
}
