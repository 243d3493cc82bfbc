internal import SurveyData

/// A dataset on its way into a file of another format, and what the file cannot hold.
struct Export {
  /// The language of the labels that are written.
  let language: String
  let codebook: Codebook
  let columns: [ExportedColumn]
  /// The path of the file to be.
  let path: String
  private(set) var notes: [Note] = []

  var rowCount: Int { columns.first?.count ?? 0 }

  /// Loads every column of the dataset.
  /// - Parameters:
  ///   - language: The language of labels; nil means the codebook's default.
  ///   - hasCodebook: Whether a codebook beside the file says which cells hold several answers, so that
  ///     these need no columns of their own.
  ///   - keepsTexts: Whether the file to be holds texts in a column of dates.
  init(
    _ dataset: Dataset, to path: String, language: String?, hasCodebook: Bool = false,
    keepsTexts: Bool = false
  ) throws {
    self.path = path
    var codebook = dataset.codebook
    if !hasCodebook { codebook.groups += codebook.variables.compactMap(\.groupOfAnswers) }
    self.codebook = codebook
    self.language = language ?? codebook.output.language ?? codebook.language
    let names = hasCodebook ? dataset.namesOfCSV : dataset.variableNames
    guard !names.isEmpty else {
      throw SurveyError(.data, at: dataset.source.facts.path, "has no variables to write")
    }
    try dataset.load(names.map { ($0, ExportedColumn.view(of: try dataset.described($0))) })
    columns = try concurrentMap(names.count, threads: coreCount) { index in
      Result { try ExportedColumn(names[index], of: dataset, keepsTexts: keepsTexts) }
    }.map { try $0.get() }
    noteCommonLosses(hasCodebook: hasCodebook)
    for loss in columns.flatMap(\.losses) { lose(loss.what, loss.text) }
  }

  /// Text in the language that is written.
  func text(_ text: LocalizedText) -> String { text.text(in: language) }

  /// The label that stands for a missing code; the reason's own words where it has none, unless
  /// reading the file again gives the reason without.
  func label(_ code: MissingCode) -> String {
    let label = text(code.label)
    guard label.isEmpty, code.reason != .noAnswer, code.reason != .system else { return label }
    return code.reason.label.text(in: language)
  }

  /// Something that the file cannot hold.
  mutating func lose(_ what: String, _ text: String) {
    notes.append(Note(.warning, id: "convert.loss.\(what)", text, at: path))
  }

  /// Something that stands in the file in another way.
  mutating func tell(_ what: String, _ text: String) {
    notes.append(Note(.information, id: "convert.\(what)", text, at: path))
  }

  /// A format whose values the file shows in another way.
  mutating func loseFormat(_ format: String, of name: String, in program: String) {
    lose(
      "formats",
      "'\(name)' has the format \(format), which \(program) lacks: the values are kept, and shown "
        + "otherwise")
  }

  private mutating func noteCommonLosses(hasCodebook: Bool) {
    let others = otherLanguages
    if !others.isEmpty {
      lose(
        "languages",
        "holds labels in one language, '\(language)'; those in "
          + others.map { "'\($0)'" }.joined(separator: ", ") + " are left out")
    }
    let derived = codebook.derived.filter { !$0.isChosenAnswer }
    if !derived.isEmpty {
      lose(
        "derivations",
        "holds the values of \(Self.list(derived.map(\.variable.name))), but not how they "
          + "are derived")
    }
    if !codebook.banners.isEmpty, !hasCodebook {
      lose("banners", "has no place for banners: \(Self.list(codebook.banners.map(\.name)))")
    }
    for variable in codebook.variables where variable.hasSeveralAnswers && !hasCodebook {
      let names = variable.chosenVariables.map(\.derived.variable.name)
      lose(
        "several-answers",
        "holds the cells of '\(variable.name)' as text, and each answer as a column: "
          + Self.list(names))
    }
    for weight in codebook.weights {
      if case .expression(let expression) = weight.source {
        lose("weights", "cannot hold the weight '\(weight.name)', which is '\(expression)'")
      }
    }
    let simple = codebook.weights.filter { weight in
      if case .variable = weight.source { weight != codebook.defaultWeight } else { false }
    }
    if !simple.isEmpty {
      lose("weights", "has one weight; \(Self.list(simple.map(\.name))) are not marked as weights")
    }
  }

  private var otherLanguages: [String] {
    var found: Set<String> = []
    func look(_ text: LocalizedText) {
      if text.texts.count > 1 { found.formUnion(text.texts.map(\.language)) }
    }
    look(codebook.study.title)
    for variable in codebook.variables + codebook.derived.map(\.variable) {
      look(variable.label)
      look(variable.question)
      for category in variable.categories { look(category.label) }
      for code in variable.missing { look(code.label) }
    }
    return found.subtracting([language]).sorted()
  }

  /// The weight that the file marks: the default one, when it is a column.
  var weightName: String? {
    guard case .variable(let name) = codebook.defaultWeight?.source else { return nil }
    return name
  }

  /// The first few of a list of names.
  static func list(_ names: [String]) -> String {
    names.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
      + (names.count > 5 ? " and \(names.count - 5) more" : "")
  }
}

extension Export {
  /// A text cut to so many bytes, which is said.
  mutating func cut(_ text: String, to limit: Int, _ what: String) -> String {
    let cut = text.cut(toBytes: limit)
    if cut != text { lose("labels", "\(what) is longer than \(limit) bytes and is cut") }
    return cut
  }
}

extension Dataset {
  /// The columns of a CSV file: a cell of several answers is one, whose answers its codebook knows.
  var namesOfCSV: [String] {
    let answers = Set(codebook.derived.filter(\.isChosenAnswer).map(\.variable.name))
    return variableNames.filter { !answers.contains($0) }
  }
}
