/// Custom attributes of records 7/17 and 7/18.
enum SPSSAttributes {
  /// Parses `name('value'\n'value'\n)…` up to the end or a slash.
  /// - Returns: The attributes and what is left after the slash.
  static func parseSet(_ text: Substring) -> (
    values: [(name: String, values: [String])], rest: Substring
  ) {
    var rest = text
    var found: [(name: String, values: [String])] = []
    while let open = rest.firstIndex(of: "("), rest.first != "/" {
      let name = String(rest[..<open])
      rest = rest[rest.index(after: open)...]
      var values: [String] = []
      while rest.first == "'" {
        rest = rest.dropFirst()
        // A value ends with a quote and a line end; quotes inside stand as they are.
        guard let end = rest.firstRange(ofQuoteAndLineEnd: ()) else { return (found, "") }
        values.append(String(rest[..<end]))
        rest = rest[rest.index(end, offsetBy: 2)...]
      }
      guard rest.first == ")" else { return (found, "") }
      rest = rest.dropFirst()
      found.append((name, values))
    }
    return (found, rest.first == "/" ? rest.dropFirst() : "")
  }

  /// Parses `VARIABLE:set/VARIABLE:set…`.
  static func parseVariables(_ text: String) -> [(variable: String, name: String, values: [String])]
  {
    var rest = text[...]
    var found: [(variable: String, name: String, values: [String])] = []
    while let colon = rest.firstIndex(of: ":") {
      let variable = String(rest[..<colon])
      let set = parseSet(rest[rest.index(after: colon)...])
      found += set.values.map { (variable, $0.name, $0.values) }
      rest = set.rest
    }
    return found
  }
}

extension Substring {
  /// Where the next quote stands that ends its line.
  fileprivate func firstRange(ofQuoteAndLineEnd: Void) -> Index? {
    var index = startIndex
    while index < endIndex {
      let next = self.index(after: index)
      if self[index] == "'", next < endIndex, self[next] == "\n" { return index }
      index = next
    }
    return nil
  }
}
