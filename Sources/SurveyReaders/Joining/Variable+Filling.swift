internal import SurveyData

extension LocalizedText {
  /// The text with the languages that it lacks from another.
  ///
  /// A text of which nobody has said the language may be in any, so that it lacks none; where the other
  /// says the same in a language, it is the other's.
  func filled(by other: Self) -> Self {
    if isEmpty { return other }
    let own = Set(texts.map(\.language))
    let others = Set(other.texts.map(\.language))
    guard !own.union(others).contains(embeddedLanguage) else {
      let saysTheSame =
        own == [embeddedLanguage] && other.texts.contains { $0.text == texts[0].text }
      return saysTheSame ? other : self
    }
    return LocalizedText(texts + other.texts.filter { !own.contains($0.language) })
  }

  /// Whether two texts say the same in the languages that both have.
  func agrees(with other: Self) -> Bool {
    let shared = texts.compactMap { mine in
      other.texts.first { $0.language == mine.language }.map { (mine.text, $0.text) }
    }
    guard shared.isEmpty else { return shared.allSatisfy { $0 == $1 } }
    let either = Set((texts + other.texts).map(\.language))
    return !either.contains(embeddedLanguage) || texts.first?.text == other.texts.first?.text
  }
}

extension Variable {
  /// The variable with the languages of its texts that it lacks from another.
  func filled(by other: Variable) -> Variable {
    var filled = self
    filled.label = label.filled(by: other.label)
    filled.question = question.filled(by: other.question)
    filled.unit = unit.filled(by: other.unit)
    filled.answerLabel = answerLabel.filled(by: other.answerLabel)
    filled.note = note.filled(by: other.note)
    filled.universe = universe.map { own in
      Universe(
        condition: own.condition, label: own.label.filled(by: other.universe?.label ?? .none))
    }
    let labels = Dictionary(
      other.categories.map { ($0.code, $0.label) }, uniquingKeysWith: { first, _ in first })
    filled.categories = categories.map { category in
      labels[category.code].map { Category(category.code, label: category.label.filled(by: $0)) }
        ?? category
    }
    filled.missing = missing.map { code in
      other.missing.first { $0.values == code.values }.map {
        MissingCode(code.values, reason: code.reason, label: code.label.filled(by: $0.label))
      } ?? code
    }
    return filled
  }

  /// The variable that holds the answers of another as well: what it says of a code or a key goes
  /// before what the other says.
  func joined(with other: Variable) -> Variable {
    var joined = filled(by: other)
    let codes = Set(categories.map(\.code))
    joined.categories += other.categories.filter { !codes.contains($0.code) }
    if joined.categories.allSatisfy({ $0.number != nil }) {
      joined.categories.sort { ($0.number ?? 0) < ($1.number ?? 0) }
    }
    let missing = Set(missing.map(\.values))
    joined.missing += other.missing.filter { !missing.contains($0.values) }
    let types = [type, other.type]
    joined.type =
      types.contains(.decimal) && types.allSatisfy { $0 == nil || $0 == .integer || $0 == .decimal }
      ? .decimal : type ?? other.type
    joined.measure = measure ?? other.measure
    if let range, let others = other.range {
      joined.range =
        min(range.lowerBound, others.lowerBound)...max(range.upperBound, others.upperBound)
    } else {
      joined.range = range ?? other.range
    }
    joined.format = format ?? other.format
    joined.writeFormat = writeFormat ?? other.writeFormat
    joined.universe = universe ?? other.universe
    joined.role = role ?? other.role
    joined.reference = reference ?? other.reference
    if answer.isEmpty { joined.answer = other.answer }
    // Codes that one file lets pass are in the joined one.
    if isOpen != other.isOpen || other.unknown == .warn { joined.unknown = .warn }
    return joined
  }

  /// Leaves out the condition of the universe where it names what is not there.
  mutating func dropCondition(unless isKnown: (String) -> Bool) {
    guard let universe, let condition = universe.condition else { return }
    let names = (try? Expression(condition).variables) ?? []
    if !names.allSatisfy(isKnown) {
      self.universe = Universe(condition: nil, label: universe.label)
    }
  }
}
