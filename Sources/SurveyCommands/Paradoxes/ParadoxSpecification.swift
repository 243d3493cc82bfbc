internal import IntegrationParadox
internal import SurveyData
internal import SurveyReaders

/// Which variable plays which part in the paradox, as a small YAML file says.
struct ParadoxSpecification: Sendable {
  /// The two judgements by the same people.
  let judgements: (a: String, b: String)
  /// What education and the like are to explain.
  let outcome: String
  let group: String
  /// The group that the others are compared with; nil for the codebook's.
  let reference: String?
  let status: String
  /// The mechanisms, in the order of the file.
  let blocks: [MediatorBlock]
  let controls: [String]
  /// What the gap is pooled over, such as origins or waves; nil for nothing.
  let pool: String?

  private static let mechanisms = ["exposure", "awareness", "expectations"]
  private static let keys =
    ["judgements", "outcome", "group", "reference", "status"] + mechanisms + ["controls", "pool"]

  /// Reads a specification.
  /// - Throws: ``SurveyError`` with file, line and column for an unknown key, a part that is missing
  ///   or a value that is not what it should be.
  init(contentsOf path: String) throws {
    let file = try FileBytes(path)
    let text = withExtendedLifetime(file) { String(validating: file.bytes, as: UTF8.self) }
    guard let text else { throw SurveyError(.data, at: path, "is not text in UTF-8") }
    let root = try YAMLNode(parsing: text, name: path)
    guard case .mapping(let entries) = root.value else {
      throw SurveyError(
        .data, at: root.place, "is no specification: it has no `key: value`",
        remedy: "Write judgements, outcome, group, status, exposure, awareness and controls.")
    }
    var nodes: [String: YAMLNode] = [:]
    for entry in entries {
      guard Self.keys.contains(entry.key) else {
        throw SurveyError(
          .data, at: entry.keyPlace, "'\(entry.key)' is no part of the paradox",
          remedy: suggestion(for: entry.key, among: Self.keys)
            ?? "There are \(Self.keys.joined(separator: ", ")).")
      }
      nodes[entry.key] = entry.node
    }
    func required(_ key: String) throws -> YAMLNode {
      guard let node = nodes[key] else {
        throw SurveyError(
          .data, at: path, "the part '\(key)' is missing",
          remedy: "Write `\(key): VARIABLE`.")
      }
      return node
    }
    judgements = try Self.judgements(required("judgements"))
    outcome = try Self.text(required("outcome"))
    group = try Self.text(required("group"))
    reference = try nodes["reference"].map(Self.text)
    status = try Self.text(required("status"))
    controls = try nodes["controls"].map(Self.texts) ?? []
    pool = try nodes["pool"].map(Self.text)
    blocks = try entries.filter { Self.mechanisms.contains($0.key) }.map {
      MediatorBlock($0.key, try Self.texts($0.node))
    }
  }

  /// Checks that every name is a variable or a condition, and says which part a wrong one has.
  func check(against dataset: Dataset, path: String) throws {
    let parts =
      [("judgements", judgements.a), ("judgements", judgements.b), ("outcome", outcome)]
      + [("group", group), ("status", status)] + [pool].compactMap { $0.map { ("pool", $0) } }
      + controls.map { ("controls", $0) }
      + blocks.flatMap { block in block.variables.map { (block.name, $0) } }
    for (part, name) in parts {
      do {
        if name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) {
          _ = try dataset.variable(name)
        } else if ["judgements", "outcome"].contains(part) {
          try Expression(name).check(against: dataset)
        }
      } catch let error as SurveyError {
        throw SurveyError(error.kind, at: "\(path): \(part)", error.problem, remedy: error.remedy)
      }
    }
  }

  private static func judgements(_ node: YAMLNode) throws -> (a: String, b: String) {
    switch node.value {
    case .list(let items) where items.count == 2: return (try text(items[0]), try text(items[1]))
    case .mapping(let entries):
      let found = Dictionary(entries.map { ($0.key, $0.node) }, uniquingKeysWith: { $1 })
      if entries.count == 2, let a = found["a"], let b = found["b"] {
        return (try text(a), try text(b))
      }
    default: break
    }
    throw SurveyError(
      .data, at: node.place, "'judgements' must be two: `[integrated, accepted]`")
  }

  private static func text(_ node: YAMLNode) throws -> String {
    guard case .scalar(let text) = node.value, !text.isEmpty else {
      throw SurveyError(.data, at: node.place, "must be one name")
    }
    return text
  }

  private static func texts(_ node: YAMLNode) throws -> [String] {
    switch node.value {
    case .scalar(let text) where !text.isEmpty: return [text]
    case .list(let items) where !items.isEmpty: return try items.map(text)
    default: throw SurveyError(.data, at: node.place, "must be a name or a list of names")
    }
  }
}
