internal import SurveyData
internal import SurveyReaders

/// A node of a recipe, read as what the format expects there.
struct RecipeNode {
  let yaml: YAMLNode

  var place: String { yaml.place }

  /// One line of a mapping.
  struct Entry {
    let key: String
    let place: String
    let node: RecipeNode

    func error(_ problem: String, remedy: String? = nil) -> SurveyError {
      SurveyError(.data, at: place, problem, remedy: remedy)
    }
  }

  func error(_ problem: String, remedy: String? = nil) -> SurveyError {
    SurveyError(.data, at: place, problem, remedy: remedy)
  }

  func text() throws -> String {
    guard case .scalar(let text) = yaml.value else { throw error("must be a single value") }
    return text
  }

  func number(_ range: ClosedRange<Double> = -1e15...1e15) throws -> Double {
    let text = try text()
    guard let number = Double(text), range.contains(number) else {
      let bounds = "\(canonicalCode(range.lowerBound)) to \(canonicalCode(range.upperBound))"
      throw error("must be a number from \(bounds): '\(text)'")
    }
    return number
  }

  func whole(_ range: ClosedRange<Int>) throws -> Int {
    let text = try text()
    guard let number = Int(text), range.contains(number) else {
      throw error(
        "must be a whole number from \(range.lowerBound) to \(range.upperBound): '\(text)'")
    }
    return number
  }

  /// A list; a single value is a list of one.
  func list() throws -> [RecipeNode] {
    switch yaml.value {
    case .list(let nodes): nodes.map { RecipeNode(yaml: $0) }
    case .scalar: [self]
    case .mapping: throw error("must be a list")
    }
  }

  var isMapping: Bool {
    if case .mapping = yaml.value { true } else { false }
  }

  func entries() throws -> [Entry] {
    guard case .mapping(let entries) = yaml.value else {
      throw error("must be a mapping of 'key: value' lines")
    }
    return entries.map {
      Entry(key: $0.key, place: $0.keyPlace, node: RecipeNode(yaml: $0.node))
    }
  }

  /// The keys of a mapping that the format knows.
  func fields(_ known: [String]) throws -> RecipeFields {
    let entries = try entries()
    for entry in entries where !known.contains(entry.key) {
      throw entry.error(
        "unknown key '\(entry.key)'",
        remedy: suggestion(for: entry.key, among: known)
          ?? "Known here: \(known.joined(separator: ", ")).")
    }
    return RecipeFields(
      place: place,
      nodes: Dictionary(uniqueKeysWithValues: entries.map { ($0.key, $0.node) }))
  }

  /// A text in one language, or in several as a mapping.
  func localizedText() throws -> LocalizedText {
    guard isMapping else { return LocalizedText(try text(), in: "en") }
    return LocalizedText(try entries().map { ($0.key, try $0.node.text()) })
  }
}
