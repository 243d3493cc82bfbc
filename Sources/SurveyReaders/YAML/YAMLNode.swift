internal import SurveyData
internal import Yams

/// A YAML value with its place. Every scalar is text; who reads it decides what it means.
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
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw Self.error(from: error, name: name)
    }
    guard let root else { throw SurveyError(.data, at: name, "is empty") }
    self = try Self.convert(root, name: name, depth: 0)
  }

  private init(_ value: Value, place: String) {
    self.value = value
    self.place = place
  }

  private static func convert(_ node: Node, name: String, depth: Int) throws -> YAMLNode {
    let place = node.mark.map { "\(name):\($0.line):\($0.column)" } ?? name
    guard depth <= 32 else { throw SurveyError(.data, at: place, "is nested deeper than 32 levels") }
    if node.anchor != nil {
      throw SurveyError(
        .data, at: place, "anchors and aliases (& and *) are not allowed",
        remedy: "Use a named code list or missing set instead.")
    }
    switch node {
    case .scalar(let scalar):
      return YAMLNode(.scalar(scalar.string), place: place)
    case .sequence(let sequence):
      return YAMLNode(
        .list(try sequence.map { try convert($0, name: name, depth: depth + 1) }), place: place)
    case .mapping(let mapping):
      var entries: [Entry] = []
      var seen: [String: String] = [:]
      for (key, value) in mapping {
        let keyPlace = key.mark.map { "\(name):\($0.line):\($0.column)" } ?? place
        guard case .scalar(let scalar) = key else {
          throw SurveyError(.data, at: keyPlace, "a key must be plain text")
        }
        if scalar.string == "<<" {
          throw SurveyError(.data, at: keyPlace, "merge keys (<<) are not allowed")
        }
        if let first = seen[scalar.string] {
          throw SurveyError(.data, at: keyPlace, "'\(scalar.string)' stands twice: first at \(first)")
        }
        seen[scalar.string] = keyPlace
        entries.append(
          Entry(
            key: scalar.string, keyPlace: keyPlace,
            node: try convert(value, name: name, depth: depth + 1)))
      }
      return YAMLNode(.mapping(entries), place: place)
    case .alias:
      throw SurveyError(.data, at: place, "anchors and aliases (& and *) are not allowed")
    }
  }

  private static func error(from error: YamlError, name: String) -> SurveyError {
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      SurveyError(
        .data, at: "\(name):\(mark.line):\(mark.column)",
        "is not YAML: \(problem)" + (context.map { " (\($0.text))" } ?? ""))
    default:
      SurveyError(.data, at: name, "is not YAML: \(error)")
    }
  }
}
