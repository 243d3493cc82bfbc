/// What lists of variables mean: `trust_*`, `q1-q20`, `a,b,c`, a group of the codebook.
///
/// A variable that has the very name of a list is meant before all else.
package struct VariableLists: Sendable {
  /// The variables that lists may speak of, in order.
  private var ordered: [String]
  private var known: Set<String>
  private let groups: [String: [String]]
  /// Where the variables are, for errors.
  private let place: String?

  /// - Parameters:
  ///   - ordered: The variables in the order that stretches and patterns follow.
  ///   - others: Variables that can be named but are in no stretch or pattern.
  ///   - groups: The groups of the codebook.
  package init(
    _ ordered: [String], besides others: [String] = [], groups: [VariableGroup] = [],
    at place: String? = nil
  ) {
    self.ordered = ordered
    known = Set(ordered + others)
    self.groups = Dictionary(
      groups.map { ($0.name, $0.members) }, uniquingKeysWith: { first, _ in first })
    self.place = place
  }

  /// The same with one variable more.
  func followed(by name: String) -> VariableLists {
    var result = self
    result.ordered.append(name)
    result.known.insert(name)
    return result
  }

  /// Whether a text speaks of several variables, and is not the name of one.
  package func isList(_ text: String) -> Bool {
    !known.contains(text)
      && (text.contains { $0 == "," || Self.isWild($0) } || groups[text] != nil
        || stretch(text) != nil)
  }

  /// Whether there is a variable of that name.
  func isKnown(_ name: String) -> Bool { known.contains(name) }

  /// The variables that texts name, each once; a text that is no list stands as it is, for whoever
  /// knows what it may be besides.
  ///
  /// - Throws: ``SurveyError`` of kind usage with the nearest names where nothing matches.
  package func names(in texts: [String]) throws -> [String] {
    guard texts.contains(where: isList) else { return texts }
    var seen: Set<String> = []
    return try texts.flatMap(names).filter { seen.insert($0).inserted }
  }

  private func names(in text: String) throws -> [String] {
    if known.contains(text) { return [text] }
    if text.contains(",") {
      let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(\.trimmed)
      guard !parts.contains("") else {
        throw SurveyError(
          .usage, "the list '\(text)' has an empty name", remedy: "Write it as in a,b,c.")
      }
      return try parts.flatMap(names)
    }
    if let members = groups[text] { return members }
    if text.contains(where: Self.isWild) {
      let found = ordered.filter { Self.matches(text[...], $0[...]) }
      guard !found.isEmpty else { throw nothing(matches: text) }
      return found
    }
    guard let (first, last) = stretch(text) else { return [text] }
    guard let start = ordered.firstIndex(of: first), let end = ordered.firstIndex(of: last) else {
      let stranger = ordered.contains(first) ? last : first
      throw SurveyError(
        .usage, at: place,
        "no variable '\(stranger)', where '\(text)' \(stranger == first ? "begins" : "ends")",
        remedy: suggestion(for: stranger, among: ordered))
    }
    guard start <= end else {
      throw SurveyError(
        .usage, at: place, "'\(first)' stands after '\(last)' in the file",
        remedy: "Write \(last)-\(first).")
    }
    return Array(ordered[start...end])
  }

  /// The ends of `q1-q20`, of which one at least is a variable.
  private func stretch(_ text: String) -> (first: String, last: String)? {
    let signs = text.indices.filter { text[$0] == "-" }
    let pairs = signs.map { (text[..<$0].trimmed, text[text.index(after: $0)...].trimmed) }
    return pairs.first { known.contains($0.0) && known.contains($0.1) }
      ?? pairs.first {
        !$0.0.isEmpty && !$0.1.isEmpty && (known.contains($0.0) || known.contains($0.1))
      }
  }

  // MARK: Patterns

  private static func isWild(_ character: Character) -> Bool {
    character == "*" || character == "?"
  }

  /// Whether a name fits a pattern in which `*` is any characters and `?` is one.
  /// - Complexity: O(pattern × name).
  private static func matches(_ pattern: Substring, _ name: Substring) -> Bool {
    var (pattern, name) = (pattern, name)
    var retry: (pattern: Substring, name: Substring)?
    while !name.isEmpty {
      if pattern.first == "*" {
        pattern.removeFirst()
        retry = (pattern, name)
      } else if let sign = pattern.first, sign == "?" || sign == name.first {
        pattern.removeFirst()
        name.removeFirst()
      } else if var last = retry {
        last.name.removeFirst()
        retry = last
        (pattern, name) = last
      } else {
        return false
      }
    }
    return pattern.allSatisfy { $0 == "*" }
  }

  private func nothing(matches pattern: String) -> SurveyError {
    let near = nearest(to: pattern)
    let quoted = near.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
    return SurveyError(
      .usage, at: place, "no variable matches '\(pattern)'",
      remedy: near.isEmpty
        ? "`vekt inspect` shows the variables."
        : "Did you mean \(quoted)\(near.count > 3 ? " and \(near.count - 3) more" : "")?")
  }

  /// The names that fit a pattern but for the case of its letters, or whose beginning or end is nearest
  /// to what the pattern says of it.
  private func nearest(to pattern: String) -> [String] {
    let folded = pattern.lowercased()
    let same = ordered.filter { Self.matches(folded[...], $0.lowercased()[...]) }
    guard same.isEmpty else { return same }
    let parts = pattern.split(whereSeparator: Self.isWild)
    guard let longest = parts.max(by: { $0.count < $1.count }), !longest.isEmpty else { return [] }
    func pieces(_ name: String) -> [String] {
      let lengths = max(1, longest.count - 1)...longest.count + 1
      return lengths.map { String(name.prefix($0)) } + lengths.map { String(name.suffix($0)) }
    }
    guard let piece = nearestName(to: String(longest), among: ordered.flatMap(pieces)) else {
      return []
    }
    return ordered.filter { pieces($0).contains(piece) }
  }
}

extension Dataset {
  /// The lists of variables, in the order of the file; derived ones follow.
  package var lists: VariableLists {
    let columns = source.embeddedCodebook.variables.map(\.name)
    let derived = codebook.derived.map(\.variable.name)
    let known = Set(columns)
    return VariableLists(
      columns + derived.filter { !known.contains($0) }, besides: variableNames,
      groups: codebook.groups, at: source.facts.path)
  }
}
