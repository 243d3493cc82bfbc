/// An element of XML, written with its children below it.
struct XMLElement {
  let name: String
  private let attributes: [(String, String?)]
  private let text: String
  private let children: [XMLElement]

  /// Makes an element; attributes without a value are left out.
  init(
    _ name: String, _ attributes: [(String, String?)] = [], text: String = "",
    _ children: [XMLElement] = []
  ) {
    self.name = name
    self.attributes = attributes
    self.text = text
    self.children = children
  }

  /// Makes an element without attributes.
  init(_ name: String, _ children: [XMLElement]) { self.init(name, [], children) }

  /// The element as a document.
  var document: String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + lines(indent: "") + "\n"
  }

  private func lines(indent: String) -> String {
    let head =
      name
      + attributes.compactMap { key, value in
        value.map { " \(key)=\"\(Self.escaped($0))\"" }
      }.joined()
    if children.isEmpty {
      return text.isEmpty
        ? "\(indent)<\(head)/>" : "\(indent)<\(head)>\(Self.escaped(text))</\(name)>"
    }
    let inside = children.map { $0.lines(indent: indent + "  ") }.joined(separator: "\n")
    return "\(indent)<\(head)>\n\(inside)\n\(indent)</\(name)>"
  }

  /// Text with the signs of XML written out; control characters, which XML forbids, as spaces.
  private static func escaped(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;".unicodeScalars
      case "<": out += "&lt;".unicodeScalars
      case ">": out += "&gt;".unicodeScalars
      case "\"": out += "&quot;".unicodeScalars
      case "\n", "\t", "\r", "\0"..<" ": out.append(" ")
      default: out.append(scalar)
      }
    }
    return String(out)
  }
}
