internal import SurveyData

/// Waves on their way into one file.
struct WaveJoin {
  let files: [WaveFile]
  let variable: String
  let labels: Waves.Labels
  private(set) var columns: [(variable: Variable, column: Column)] = []
  private(set) var notes: [Note] = []
  /// Missing codes that differ between waves and say the same, each with the variables that have them.
  private var codings: [(sentence: String, names: [String])] = []
  /// The variables that are one in all waves.
  private(set) var shared: Set<String> = []
  /// The variables that were kept apart.
  private(set) var apart: Set<String> = []

  init(_ files: [WaveFile], variable: String, labels: Waves.Labels) {
    self.files = files
    self.variable = variable
    self.labels = labels
  }

  var taken: Set<String> { Set(columns.map(\.variable.name)) }

  mutating func tell(_ id: String, _ text: String, naming values: [String] = []) {
    notes.append(Note(.information, id: "append.\(id)", text, naming: values))
  }

  mutating func warn(_ id: String, _ text: String, naming values: [String] = []) {
    notes.append(Note(.warning, id: "append.\(id)", text, naming: values))
  }

  /// Whose labels hold, as words.
  private func kept(_ parts: [WaveVariable.Part]) -> String {
    (labels == .last ? parts.last : parts.first)?.code ?? ""
  }

  mutating func joinVariables() throws {
    try requireFree()
    columns.append(waveColumn)
    var names: [String] = []
    for file in files {
      let known = Set(names)
      names += file.variables.map(\.name).filter { $0 != variable && !known.contains($0) }
    }
    let all = Set(names)
    tellOfWhole(names)
    for name in names {
      let found = try WaveVariable(name, in: files)
      let classes = found.classes
      guard classes.count > 1 else {
        if found.parts.count == files.count { shared.insert(name) }
        try add(found.parts, as: name)
        continue
      }
      apart.insert(name)
      var made: [String] = []
      for each in classes {
        var own = "\(name)_\(each.parts.map(\.code.asName).joined(separator: "_"))"
        while all.contains(own) || taken.contains(own) { own += "_" }
        made.append(own)
        try add(each.parts, as: own)
      }
      let conflicts = classes.compactMap(\.conflict).joined(separator: "; ")
      tell(
        "apart",
        "\(name): \(conflicts): kept apart as \(made.joined(separator: ", ")); where they mean the "
          + "same, give them the same codes and range in the codebooks")
    }
    for (sentence, names) in codings { tell("missing", "\(Export.list(names)): \(sentence)") }
  }

  /// The variable of the wave may be there already, when it says the same.
  private func requireFree() throws {
    for file in files where file.variable(variable) != nil {
      let texts = try file.texts(variable)
      guard texts.allSatisfy({ $0 == file.code }) else {
        throw SurveyError(
          .usage, at: file.dataset.source.facts.path,
          "has a variable '\(variable)' that is not \(file.code) in every row",
          remedy:
            "Give the wave another name: --as round=\(files.map(\.code).joined(separator: ",")).")
      }
    }
  }

  private var waveColumn: (Variable, Column) {
    var described = Variable(variable)
    let own = files.compactMap { $0.variable(variable) }
    described.label =
      own.first?.label ?? LocalizedText([("en", "Wave"), ("nb", "Runde")])
    let isNumber = files.allSatisfy { file in
      Double(file.code).map { canonicalCode($0) == file.code && $0 == $0.rounded() } ?? false
    }
    described.type = isNumber ? .integer : .text
    described.measure = isNumber ? .ordinal : .nominal
    let labels = own.flatMap(\.categories)
    described.categories = files.map { file in
      labels.first { $0.code == file.code && !$0.label.isEmpty } ?? Category(file.code)
    }
    let positions = files.enumerated().flatMap { Array(repeating: $0, count: $1.rows) }
    return (
      described,
      .codes(
        CategoricalColumn(
          positions: Positions(positions, valueCount: files.count + 1),
          categories: described.categories, missing: [.system]))
    )
  }

  /// How many files, rows and variables there are, and which variables a wave lacks.
  mutating func tellOfWhole(_ names: [String]) {
    let rows = files.reduce(0) { $0 + $1.rows }
    let inAll = names.count { name in files.allSatisfy { $0.variable(name) != nil } }
    var sentence =
      "\(files.count) files, \(rows) rows, \(inAll) variables in \(files.count == 2 ? "both" : "all")"
    var groups: [(waves: [String], names: [String])] = []
    for name in names {
      let waves = files.filter { $0.variable(name) != nil }.map(\.code)
      guard waves.count < files.count else { continue }
      if let place = groups.firstIndex(where: { $0.waves == waves }) {
        groups[place].names.append(name)
      } else {
        groups.append((waves, [name]))
      }
    }
    let parts = groups.map { group in
      "\(group.waves.joined(separator: ", ")): \(group.names.count) "
        + "(\(group.names.joined(separator: ", ")))"
    }
    for part in parts { sentence += "; only in \(part)" }
    if !groups.isEmpty { sentence += ": not asked in the other wave\(files.count > 2 ? "s" : "")" }
    notes.insert(
      Note(
        .information, id: "append.rows", sentence,
        naming: ["\(files.count)", "\(rows)", "\(inAll)"] + parts), at: 0)
    let folded = Dictionary(grouping: names) { $0.lowercased() }
    for name in names where name == folded[name.lowercased()]?.first {
      if let same = folded[name.lowercased()], same.count > 1 {
        warn(
          "case",
          same.joined(separator: " and ")
            + " differ by capital letters only, and are two variables",
          naming: [same.joined(separator: ", ")])
      }
    }
  }

  /// Adds a variable as the waves that have it say it is.
  private mutating func add(_ parts: [WaveVariable.Part], as name: String) throws {
    tellDifferences(parts, of: name)
    let order = labels == .last ? parts.reversed() : parts
    var joined = order[0].variable
    for part in order.dropFirst() { joined = joined.joined(with: part.variable) }
    joined.name = name
    let present = Dictionary(parts.map { ($0.wave, $0) }, uniquingKeysWith: { first, _ in first })
    if parts.count < files.count, joined.notAsked == nil {
      joined.missing.append(joined.newNotAsked)
    }
    let lacking = joined.notAsked ?? .system
    let pieces = files.enumerated().map { wave, file in
      present[wave].map { JoinedPiece.rows(file.dataset, name: $0.variable.name) }
        ?? .lacking(lacking, count: file.rows)
    }
    if joined.role == .id, try repeats(parts) {
      joined.role = nil
      tell(
        "id", "\(name): identifiers of one wave stand in another too, and tell no rows apart",
        naming: [name])
    }
    columns.append((joined, try Column(joined, joining: pieces)))
  }

  /// Whether a value stands in several waves.
  private func repeats(_ parts: [WaveVariable.Part]) throws -> Bool {
    var seen: Set<String> = []
    for part in parts {
      let own = Set(try files[part.wave].texts(part.variable.name)).subtracting([""])
      if !seen.isDisjoint(with: own) { return true }
      seen.formUnion(own)
    }
    return false
  }

  private mutating func addCodings(
    _ differences: WaveDifferences, of name: String, _ old: String, _ new: String
  ) {
    guard !differences.codings.isEmpty else { return }
    let pairs = differences.codings.map { pair in
      "\"\(pair.reason.rawValue)\" is \(pair.old) in \(old) and \(pair.new) in \(new)"
    }.sorted()
    let sentence = pairs.joined(separator: ", ") + ": both codes are kept, and are the same reason"
    if let place = codings.firstIndex(where: { $0.sentence == sentence }) {
      codings[place].names.append(name)
    } else {
      codings.append((sentence, [name]))
    }
  }

  mutating func tellDifferences(_ parts: [WaveVariable.Part], of name: String) {
    for (a, b) in zip(parts, parts.dropFirst()) {
      let differences = WaveDifferences(a.variable, b.variable)
      if !differences.contradictions.isEmpty {
        let list = differences.contradictions.map { item in
          "\(item.what) is \(item.old) in \(a.code), \(item.new) in \(b.code)"
        }
        tell(
          "differs",
          "\(name): \(list.joined(separator: "; ")): kept as \(kept(parts)); "
            + "`--labels \(labels == .last ? "first" : "last")` turns it")
      }
      if let ranges = a.otherRange(than: b) {
        tell(
          "range", "\(name): \(ranges): numbers with a true zero, and one variable in both ranges")
      }
      addCodings(differences, of: name, a.code, b.code)
      for (part, codes) in [(a, differences.onlyOld), (b, differences.onlyNew)] where !codes.isEmpty
      {
        tell("codes", "\(name): \(codes.joined(separator: ", ")) in \(part.code) only")
      }
    }
  }
}

extension Variable {
  /// The code that says that the question was not asked, where there is one.
  fileprivate var notAsked: MissingCode? {
    missing.first { code in
      if case .code = code.values { code.reason == .notAsked } else { false }
    }
  }

  /// A code for it that every format holds: Stata's among numbers and texts, a day that is none.
  fileprivate var newNotAsked: MissingCode {
    let code =
      switch type {
      case .date: "9999-12-31"
      case .datetime: "9999-12-31T00:00:00"
      default: ".s"
      }
    return MissingCode(.code(code), reason: .notAsked)
  }
}

extension String {
  /// The text as the end of a name.
  fileprivate var asName: String {
    String(map { $0.isLetter || $0.isNumber ? $0 : "_" })
  }
}
