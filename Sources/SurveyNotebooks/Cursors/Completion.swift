internal import SurveyCommands
internal import SurveyData

/// What may stand at a cursor: verbs, options and their values, variables, codes, files.
struct Completion {
  /// What may stand there, in order.
  private(set) var matches: [Match] = []
  /// Where what it replaces begins, in Unicode code points.
  private(set) var start: Int
  /// Where that ends: at the cursor.
  let end: Int

  /// Something that may stand at a cursor.
  struct Match: Equatable {
    /// The text that is put in.
    let text: String
    /// What it is: `verb`, `option`, `value`, `variable`, `code`, `file`.
    let kind: String
    /// What it means: the help of an option, the label of a variable or a code.
    var meaning = ""
  }

  /// Completes a cell.
  ///
  /// - Parameters:
  ///   - code: The cell.
  ///   - cursor: Where the cursor stands, in Unicode code points.
  ///   - session: What is in use.
  init(_ code: String, cursor: Int, in session: NotebookSession) {
    end = min(max(0, cursor), code.unicodeScalars.count)
    start = end
    let place = CursorPlace(code, cursor: end)
    guard !place.isInComment else { return }
    let dataset = session.dataset
    let language = session.language
    guard let first = place.words.first else {
      addVerbs(after: [], place)
      return
    }
    if first == "derive" || first == "where" {
      add(CursorExpression(place.formula.withoutLeadingBlanks), dataset, language)
      if first == "where", place.words.count == 1, "all".begins(with: place.written) {
        matches.append(Match(text: "all", kind: "value", meaning: "everybody again"))
      }
      return
    }
    guard let verb = VerbManual.verb(of: place.words) else {
      addVerbs(after: place.words, place)
      return
    }
    if place.written.hasPrefix("-") {
      addOption(of: verb, place, dataset, session)
    } else if let option = place.words.last.flatMap(verb.option), option.valueName != nil {
      addValue(of: option, place.written, dataset, session)
    } else if !verb.firstWords.isEmpty, place.words == verb.words {
      add(verb.firstWords.map { Match(text: $0, kind: "value") }, typed: place.written)
    } else if verb.words == ["use"] {
      addFiles(place.written, session, endings: Self.dataEndings)
    } else if verb.words == ["codebook", "new"] || verb.words == ["codebook", "check"] {
    } else {
      add(CursorExpression(place.written), dataset, language)
    }
  }

  /// The content of the reply.
  var reply: JSONValue {
    let types = matches.map { match in
      JSONValue.members([
        "start": .number(String(start)), "end": .number(String(end)), "text": .text(match.text),
        "type": .text(match.kind), "signature": .text(match.meaning),
      ])
    }
    return .members([
      "status": .text("ok"), "matches": .list(matches.map { .text($0.text) }),
      "cursor_start": .number(String(start)), "cursor_end": .number(String(end)),
      "metadata": .members(["_jupyter_types_experimental": .list(types)]),
    ])
  }

  // MARK: Verbs and options

  private mutating func addVerbs(after words: [String], _ place: CursorPlace) {
    var seen: Set<String> = []
    let verbs = VerbManual.beginning(with: words).compactMap { verb -> Match? in
      guard verb.words.count > words.count, seen.insert(verb.words[words.count]).inserted else {
        return nil
      }
      let isWhole = verb.words.count == words.count + 1
      return Match(
        text: verb.words[words.count], kind: "verb", meaning: isWhole ? verb.summary : "")
    }
    add(verbs, typed: place.written)
  }

  private mutating func addOption(
    of verb: VerbManual, _ place: CursorPlace, _ dataset: Dataset?, _ session: NotebookSession
  ) {
    if let sign = place.written.firstIndex(of: "="),
      let option = verb.option(String(place.written[..<sign]))
    {
      let value = place.written[sign...].dropFirst()
      addValue(of: option, String(value), dataset, session)
    } else {
      add(
        verb.options.map { Match(text: $0.name, kind: "option", meaning: $0.help) },
        typed: place.written)
    }
  }

  private mutating func addValue(
    of option: VerbManual.Option, _ written: String, _ dataset: Dataset?,
    _ session: NotebookSession
  ) {
    if !option.values.isEmpty {
      add(option.values.map { Match(text: $0, kind: "value") }, typed: written)
    } else if option.isFile {
      let endings =
        switch option.name {
        case "--codebook": ["yaml", "yml"]
        case "--output": ["xlsx", "docx", "html", "csv", "json", "md", "tex", "svg", "png", "pdf"]
        case "--template": ["docx"]
        default: Self.dataEndings + ["yaml"]
        }
      addFiles(written, session, endings: endings)
    } else if option.name == "--weights" {
      let weights = dataset?.codebook.weights.map { Match(text: $0.name, kind: "variable") } ?? []
      add(weights, typed: written)
      let names = Set(weights.map(\.text))
      let others = variables(of: dataset, session.language).filter { !names.contains($0.text) }
      add(others, typed: written)
    } else if !option.isNumber {
      add(CursorExpression(written), dataset, session.language)
    }
  }

  // MARK: Variables and codes

  private mutating func add(
    _ expression: CursorExpression, _ dataset: Dataset?, _ language: String
  ) {
    start = end - expression.length
    if let name = expression.variable, let dataset {
      let codes = Self.codes(of: name, in: dataset)
      let isText = codes.contains { $0.number == nil } || dataset.isText(name)
      let mark = String(expression.mark)
      matches += codes.filter { code in
        [code.code, code.name(in: language)].contains { $0.begins(with: expression.typed) }
      }.map { code in
        Match(
          text: isText ? mark + code.code + mark : code.code, kind: "code",
          meaning: code.label.text(in: language))
      }
    } else {
      matches += variables(of: dataset, language).filter { $0.text.begins(with: expression.typed) }
    }
  }

  private func variables(of dataset: Dataset?, _ language: String) -> [Match] {
    guard let dataset else { return [] }
    return dataset.variableNames.map { name in
      let label = (try? dataset.variable(name))?.label.text(in: language) ?? ""
      return Match(text: name.isPlainName ? name : "`\(name)`", kind: "variable", meaning: label)
    }
  }

  /// The codes of a variable: the codebook's, otherwise those that occur, when they are few.
  private static func codes(of name: String, in dataset: Dataset) -> [Category] {
    guard let variable = try? dataset.variable(name) else { return [] }
    if !variable.categories.isEmpty { return variable.categories }
    let found = (try? dataset.categorical(name))?.categories ?? []
    return found.count <= 60 ? found : []
  }

  // MARK: Files

  /// The endings of data files.
  private static let dataEndings = [
    "csv", "tsv", "txt", "sav", "zsav", "por", "dta", "sas7bdat", "xpt",
  ]

  private mutating func addFiles(
    _ written: String, _ session: NotebookSession, endings: [String]
  ) {
    let mark = written.first.flatMap { $0 == "'" || $0 == "\"" ? $0 : nil }
    let path = mark == nil ? written.replacing("\\", with: "") : String(written.dropFirst())
    let cut = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let (folder, typed) = (String(path[..<cut]), String(path[cut...]))
    start = end - written.unicodeScalars.count
    for name in session.fileNames(in: folder) {
      let isFolder = name.hasSuffix("/")
      let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
      guard name.hasPrefix(typed), !name.hasPrefix(".") || typed.hasPrefix("."),
        isFolder || endings.contains(ending)
      else { continue }
      matches.append(Match(text: (folder + name).asWord(mark, isOpen: isFolder), kind: "file"))
    }
  }

  // MARK: Filtering

  private mutating func add(_ candidates: [Match], typed: String) {
    let mark = typed.first.flatMap { $0 == "'" || $0 == "\"" ? $0 : nil }
    let bare = mark == nil ? typed[...] : typed.dropFirst()
    // Of a list the last name counts.
    let last = bare.lastIndex(of: ",").map { bare[bare.index(after: $0)...] } ?? bare
    start = end - last.unicodeScalars.count
    matches += candidates.filter { $0.text.begins(with: String(last)) }
  }
}

extension Dataset {
  /// Whether the codes of a variable are texts.
  fileprivate func isText(_ name: String) -> Bool { (try? variable(name))?.type == .text }
}

extension String {
  /// Whether the text begins with another, whatever the case of the letters.
  fileprivate func begins(with beginning: String) -> Bool {
    beginning.isEmpty || lowercased().hasPrefix(beginning.lowercased())
  }

  fileprivate var withoutLeadingBlanks: String { String(drop(while: \.isWhitespace)) }

  /// A path as a word of a command: within its mark, or with backslashes before what would end it.
  fileprivate func asWord(_ mark: Character?, isOpen: Bool) -> String {
    if let mark { return String(mark) + self + (isOpen ? "" : String(mark)) }
    return String(flatMap { " '\"\\#".contains($0) ? ["\\", $0] : [$0] })
  }
}
