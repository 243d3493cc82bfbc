internal import SurveyData
internal import Yams

/// A YAML value with its place.
///
/// Every scalar is text; who reads it decides what it means.
package struct YAMLNode: Sendable {
  /// What the node holds.
  package let value: Value
  /// `file:line:column` of its first character.
  package let place: String

  package indirect enum Value: Sendable {
    case scalar(String)
    case list([YAMLNode])
    case mapping([Entry])
  }

  /// A key of a mapping and what it names.
  package struct Entry: Sendable {
    package let key: String
    package let keyPlace: String
    package let node: YAMLNode
  }

  /// Reads one YAML document.
  ///
  /// - Parameters:
  ///   - text: The document; at most 16 MiB, nested at most 32 deep.
  ///   - name: The file's name, for places.
  /// - Throws: ``SurveyError`` of kind data for bad YAML, a duplicate key, an anchor, alias, tag or
  ///   merge key.
  package init(parsing text: String, name: String) throws {
    guard text.utf8.count <= 16 << 20 else {
      throw SurveyError(.data, at: name, "is larger than 16 MiB, which no codebook needs")
    }
    do {
      // The nodes hold their anchors weakly: the parser must outlive the conversion.
      let parser = try Parser(yaml: text, resolver: .basic)
      self = try withExtendedLifetime(parser) {
        guard let root = try parser.singleRoot() else {
          throw SurveyError(.data, at: name, "is empty")
        }
        return try Self.convert(root, name: name, depth: 0)
      }
    } catch let error as YamlError {
      throw Self.error(from: error, name: name, text: text)
    }
  }

  private init(_ value: Value, place: String) {
    self.value = value
    self.place = place
  }

  /// What the tag of a node without a tag is called.
  private static let plainTags: Set<Tag.Name> = [.str, .seq, .map, .implicit, .nonSpecific]

  private static func convert(_ node: Node, name: String, depth: Int) throws -> YAMLNode {
    let place = node.mark.map { "\(name):\($0)" } ?? name
    guard depth <= 32 else {
      throw SurveyError(.data, at: place, "is nested deeper than 32 levels")
    }
    if node.anchor != nil {
      throw SurveyError(
        .data, at: place, "anchors and aliases (& and *) are not allowed",
        remedy: "Use a named code list or missing set instead.")
    }
    if !plainTags.contains(where: { $0.rawValue == node.tag.description }) {
      throw SurveyError(
        .data, at: place, "tags (!) are not allowed: the codebook itself says what a value is")
    }
    switch node {
    case .scalar(let scalar):
      return YAMLNode(.scalar(scalar.string), place: place)
    case .sequence(let sequence):
      return YAMLNode(
        .list(try sequence.map { try convert($0, name: name, depth: depth + 1) }), place: place)
    case .mapping(let mapping):
      let entries = try mapping.map { key, value in
        let keyPlace = key.mark.map { "\(name):\($0)" } ?? place
        guard case .scalar(let scalar) = key, key.anchor == nil else {
          throw SurveyError(.data, at: keyPlace, "a key must be plain text")
        }
        if scalar.string == "<<" {
          throw SurveyError(.data, at: keyPlace, "merge keys (<<) are not allowed")
        }
        return Entry(
          key: scalar.string, keyPlace: keyPlace,
          node: try convert(value, name: name, depth: depth + 1))
      }
      return YAMLNode(.mapping(entries), place: place)
    case .alias:
      throw SurveyError(.data, at: place, "anchors and aliases (& and *) are not allowed")
    }
  }

  private static func error(from error: YamlError, name: String, text: String) -> SurveyError {
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      return SurveyError(
        .data, at: "\(name):\(mark)",
        "is not YAML: \(problem)" + (context.map { " (\($0.text))" } ?? ""))
    case .duplicatedKeysInMapping(let keys, let context):
      let key = keys.first ?? ""
      let second = DuplicateKey(key, in: text).place(after: context.mark)
      return SurveyError(
        .data, at: "\(name):\(second ?? context.mark.description)",
        "'\(key)' stands twice: first at \(name):\(context.mark)",
        remedy: "Keep one of them.")
    default:
      return SurveyError(.data, at: name, "is not YAML")
    }
  }
}

/// Finds the second of two equal keys, since the parser only tells where the first is.
private struct DuplicateKey {
  private let spellings: [String]
  private let lines: [Substring]

  init(_ key: String, in text: String) {
    spellings = ["\"\(key)\"", "'\(key)'", key]
    lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }

  func place(after first: Mark) -> String? {
    guard lines.indices.contains(first.line - 1) else { return nil }
    let line = Array(lines[first.line - 1])
    for column in line.indices.dropFirst(first.column) where isKey(line[column...]) {
      return "\(first.line):\(column + 1)"
    }
    for index in lines.indices.dropFirst(first.line) {
      let start = Array(lines[index]).dropFirst(first.column - 1)
      let isAlone = lines[index].prefix(first.column - 1).allSatisfy(\.isWhitespace)
      if isAlone, isKey(start) { return "\(index + 1):\(first.column)" }
    }
    return nil
  }

  private func isKey(_ text: ArraySlice<Character>) -> Bool {
    spellings.contains { spelling in
      text.starts(with: Array(spelling))
        && text.dropFirst(spelling.count).first { $0 != " " } == ":"
    }
  }
}
