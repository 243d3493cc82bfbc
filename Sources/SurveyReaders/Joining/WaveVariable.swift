internal import SurveyData

/// One variable in the waves that have it, and whether they mean the same by it.
struct WaveVariable {
  /// What one wave has.
  struct Part {
    /// The place of the wave.
    let wave: Int
    let code: String
    let variable: Variable
    let kind: ValueKind
    /// The valid codes that occur; nil where there are too many to be answers of a list.
    let occurring: [String]?
    /// The extremes of the numbers that occur.
    let span: ClosedRange<Double>?
    fileprivate let values: Set<Double>
    /// Whether it says who was drawn or how much they weigh, whose range means nothing.
    fileprivate let isTechnical: Bool
  }

  let name: String
  let parts: [Part]

  /// The most different values of a column without labels that are taken for a list of answers.
  private static let longestList = 30

  init(_ name: String, in files: [WaveFile]) throws {
    self.name = name
    parts = try files.enumerated().compactMap { wave, file in
      guard let variable = file.variable(name) else { return nil }
      return try Part(wave: wave, variable, in: file, longestList: Self.longestList)
    }
  }

  /// The waves whose answers are of one variable, in groups; more than one group where they are not,
  /// each with what tells it from the first.
  var classes: [(parts: [Part], conflict: String?)] {
    var classes: [(parts: [Part], conflict: String?)] = []
    for part in parts {
      var found: String?
      let place = classes.indices.first { index in
        let conflicts = classes[index].parts.lazy.compactMap { $0.conflict(with: part) }
        guard let conflict = conflicts.first else { return true }
        found = found ?? conflict
        return false
      }
      if let place { classes[place].parts.append(part) } else { classes.append(([part], found)) }
    }
    return classes
  }
}

extension WaveVariable.Part {
  fileprivate init(wave: Int, _ variable: Variable, in file: WaveFile, longestList: Int) throws {
    self.wave = wave
    code = file.code
    isTechnical = variable.role != nil || file.technicalNames.contains(variable.name)
    kind = try ValueKind(of: variable, in: file.dataset)
    guard kind == .number else {
      self.variable = variable
      (occurring, span, values) = (nil, nil, [])
      return
    }
    let found: Set<Double>
    if ExportedColumn.view(of: try file.dataset.described(variable.name)) == .numbers {
      found = Set(try file.dataset.numeric(variable.name).values.lazy.filter { !$0.isNaN })
    } else {
      let column = try file.dataset.cells(variable.name)
      let counts = column.counts()
      found = Set(
        column.categories.indices.lazy.filter { counts[$0] > 0 }
          .compactMap { column.categories[$0].number })
    }
    values = found
    var described = variable
    if variable.type == nil, found.contains(where: { $0 != $0.rounded() }) {
      described.type = .decimal
    }
    self.variable = described
    occurring = found.count <= longestList ? found.sorted().map(canonicalCode) : nil
    span = found.min().flatMap { low in found.max().map { low...$0 } }
  }

  /// Whether the codes are a list of answers.
  private var isListed: Bool { variable.range == nil && variable.categories.count > 1 }

  /// The list of answers: those with a label, and those that occur besides.
  private var listed: [Double] {
    Set(variable.categories.compactMap(\.number) + (occurring ?? []).compactMap(Double.init))
      .sorted()
  }

  /// Why the answers of two waves are not of one variable: `1–5 in 2021, 0–10 in 2023`; nil where they
  /// may be.
  func conflict(with other: Self) -> String? {
    func each(_ mine: String, _ others: String) -> String {
      "\(mine) in \(code), \(others) in \(other.code)"
    }
    if kind != other.kind, kind != .unknown, other.kind != .unknown {
      return each(kind.rawValue, other.kind.rawValue)
    }
    guard !isTechnical, !other.isTechnical else { return nil }
    if let range = variable.range, let others = other.variable.range, range != others,
      !isAmount(like: other)
    {
      return each(Self.words(range), Self.words(others))
    }
    if let code = validHereMissing(there: other) {
      return "\(code) is " + each("an answer", "missing")
    }
    if let code = other.validHereMissing(there: self) {
      return "\(code) is " + each("missing", "an answer")
    }
    if let moved = movedLabel(other) { return moved }
    guard kind == .number, other.kind == .number, !isAmount(like: other), scalesDiffer(other)
    else { return nil }
    return each(scale, other.scale)
  }

  /// Whether both are numbers with a true zero, such as an age, which mean the same in any range.
  private func isAmount(like other: Self) -> Bool {
    variable.measure == .ratio && other.variable.measure == .ratio
  }

  /// The ranges of two amounts that are one variable though these differ: `18–89 in 2021, 16–89 in 2023`.
  func otherRange(than other: Self) -> String? {
    guard !isTechnical, let range = variable.range, let others = other.variable.range,
      range != others
    else { return nil }
    return "\(Self.words(range)) in \(code), \(Self.words(others)) in \(other.code)"
  }

  private static func words(_ range: ClosedRange<Double>) -> String {
    "\(canonicalCode(range.lowerBound))–\(canonicalCode(range.upperBound))"
  }

  /// The answers from the lowest to the highest, in words.
  private var scale: String {
    if let range = variable.range { return Self.words(range) }
    let codes = isListed || occurring != nil ? listed : []
    guard let low = codes.first ?? span?.lowerBound, let high = codes.last ?? span?.upperBound
    else { return "nothing" }
    return Self.words(low...high)
  }

  /// A code that is an answer in this wave and means a missing one in the other.
  private func validHereMissing(there other: Self) -> String? {
    let known = Set(variable.categories.map(\.code))
    for missing in other.variable.missing {
      switch missing.values {
      case .code(let text):
        if known.contains(text) || Double(text).map(values.contains) ?? false { return text }
      case .range(let low, let high):
        if let value = values.filter({ low <= $0 && $0 <= high }).min() {
          return canonicalCode(value)
        }
      case .empty: break
      }
    }
    return nil
  }

  /// A label that stands at another code in the other wave: `"Male" is 1 in 2021, 2 in 2023`.
  private func movedLabel(_ other: Self) -> String? {
    let (mine, others) = (variable.categories, other.variable.categories)
    for category in mine where !category.label.isEmpty {
      guard !others.contains(where: { $0.code == category.code && $0.says(category) }),
        let moved = others.first(where: { $0.says(category) }),
        !mine.contains(where: { $0.code == moved.code && $0.says(category) })
      else { continue }
      let label = category.label.texts.first?.text ?? ""
      return "\"\(label)\" is \(category.code) in \(code), \(moved.code) in \(other.code)"
    }
    return nil
  }

  /// Whether lists of answers have other ends, and not by answers that were added alone.
  private func scalesDiffer(_ other: Self) -> Bool {
    guard let own = ends, let others = other.ends else { return false }
    guard own != others, isScale || other.isScale else { return false }
    if !isScale || !other.isScale {
      // Of a list of answers not all need occur where they have no labels.
      let (list, open) = isScale ? (own, others) : (others, own)
      return open.lowerBound < list.lowerBound || open.upperBound > list.upperBound
    }
    return !labelsMostlyAgree(other)
  }

  private var isScale: Bool { isListed || variable.range != nil }

  private var ends: ClosedRange<Double>? {
    if let range = variable.range { return range }
    guard occurring != nil else { return isListed ? nil : span }
    let codes = listed
    return codes.first.flatMap { low in codes.last.map { low...$0 } }
  }

  /// Whether more than half of the codes that both have are the same answers.
  private func labelsMostlyAgree(_ other: Self) -> Bool {
    let codes = Set(listed).intersection(other.listed).map(canonicalCode)
    return 2 * codes.count { agrees(other, at: $0) } > codes.count
  }

  /// Whether both waves give a code the same label; codes without any agree where nothing is in order.
  private func agrees(_ other: Self, at code: String) -> Bool {
    let own = variable.categories.first { $0.code == code }?.label ?? .none
    let others = other.variable.categories.first { $0.code == code }?.label ?? .none
    if own.isEmpty, others.isEmpty {
      return variable.measure == .nominal && other.variable.measure == .nominal
    }
    return !own.isEmpty && !others.isEmpty && own.agrees(with: others)
  }
}

extension Category {
  /// Whether it has a label that is another's too, in a language that both have.
  fileprivate func says(_ other: Category) -> Bool {
    label.texts.contains { mine in
      !mine.text.isEmpty
        && other.label.texts.contains { theirs in
          let either = [mine.language, theirs.language]
          return (mine.language == theirs.language || either.contains(embeddedLanguage))
            && mine.text.lowercased() == theirs.text.lowercased()
        }
    }
  }
}
