extension String {
  /// The text on one line and without control characters, which could steer a terminal.
  package var onOneLine: String {
    guard unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
      return self
    }
    var clean = UnicodeScalarView()
    for scalar in unicodeScalars {
      clean.append(scalar.properties.generalCategory == .control ? " " : scalar)
    }
    return String(clean)
  }
}

extension Substring {
  /// The text without white space at its ends.
  package var trimmed: String {
    var text = self
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
