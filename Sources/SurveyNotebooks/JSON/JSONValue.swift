internal import SurveyData

/// A value of JSON, as Jupyter's notebooks hold it; members keep their order.
indirect enum JSONValue: Equatable, Sendable {
  case null
  case flag(Bool)
  /// A number as it was written.
  case number(String)
  case text(String)
  case list([JSONValue])
  case object([Member])

  /// A named value.
  struct Member: Equatable, Sendable {
    let name: String
    var value: JSONValue
  }

  /// The value of a member; nil for what is no object or has none of that name.
  subscript(name: String) -> JSONValue? {
    get {
      guard case .object(let members) = self else { return nil }
      return members.last { $0.name == name }?.value
    }
    set {
      guard case .object(var members) = self else { return }
      let place = members.lastIndex { $0.name == name }
      switch (place, newValue) {
      case (let place?, let value?): members[place].value = value
      case (let place?, nil): members.remove(at: place)
      case (nil, let value?): members.append(Member(name: name, value: value))
      case (nil, nil): break
      }
      self = .object(members)
    }
  }

  /// The text, when it is one.
  var string: String? { if case .text(let text) = self { text } else { nil } }

  /// The elements, when it is a list.
  var elements: [JSONValue]? { if case .list(let list) = self { list } else { nil } }

  /// What kind of value it is, in words.
  var kindName: String {
    switch self {
    case .null: "null"
    case .flag: "true or false"
    case .number: "a number"
    case .text: "a text"
    case .list: "a list"
    case .object: "an object"
    }
  }

  /// A text that may be cut into lines, as notebooks have it; nil for anything else.
  var lines: String? {
    if let string { return string }
    guard let elements else { return nil }
    let lines = elements.compactMap(\.string)
    return lines.count == elements.count ? lines.joined() : nil
  }

  /// A text cut into lines, each with its end.
  init(lines text: String) {
    var lines: [JSONValue] = []
    var rest = text[...]
    while !rest.isEmpty {
      let end = rest.firstIndex(of: "\n").map { rest.index(after: $0) } ?? rest.endIndex
      lines.append(.text(String(rest[..<end])))
      rest = rest[end...]
    }
    self = .list(lines)
  }

  /// An object from named values.
  static func members(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
    .object(members.map { Member(name: $0.key, value: $0.value) })
  }

  /// The value as Jupyter writes notebooks: one space a level, everything else on its own line.
  func written(indent: Int = 0) -> String {
    let margin = String(repeating: " ", count: indent + 1)
    let end = "\n" + String(repeating: " ", count: indent)
    switch self {
    case .list(let list) where !list.isEmpty:
      return "[\n" + list.map { margin + $0.written(indent: indent + 1) }.joined(separator: ",\n")
        + end + "]"
    case .object(let members) where !members.isEmpty:
      let lines = members.map {
        "\(margin)\(JSON.text($0.name)): \($0.value.written(indent: indent + 1))"
      }
      return "{\n" + lines.joined(separator: ",\n") + end + "}"
    default: return compact
    }
  }

  /// The value on one line.
  var compact: String {
    switch self {
    case .null: "null"
    case .flag(let flag): flag ? "true" : "false"
    case .number(let number): number
    case .text(let text): JSON.text(text)
    case .list(let list): "[" + list.map(\.compact).joined(separator: ", ") + "]"
    case .object(let members):
      "{" + members.map { JSON.text($0.name) + ": " + $0.value.compact }.joined(separator: ", ")
        + "}"
    }
  }
}
