internal import SurveyData

/// A key that a mapping of the codebook may have, and what it sets.
struct CodebookKey<Target>: Sendable {
  let name: String
  let read: @Sendable (inout Target, YAMLNode, CodebookScope) throws -> Void

  init(
    _ name: String,
    _ read: @escaping @Sendable (inout Target, YAMLNode, CodebookScope) throws -> Void
  ) {
    self.name = name
    self.read = read
  }

  /// A key that holds a text, possibly in several languages.
  static func text(
    _ name: String, _ path: any WritableKeyPath<Target, LocalizedText> & Sendable
  ) -> Self {
    Self(name) { $0[keyPath: path] = try $1.localized(name, in: $2.language) }
  }
}

extension YAMLNode {
  /// Reads a mapping by a table of its keys, in the order of the table.
  ///
  /// - Throws: ``SurveyError`` for a key that is not in the table, with the nearest one.
  func read<Target>(
    _ keys: [CodebookKey<Target>], into target: inout Target, of noun: String,
    in scope: CodebookScope
  ) throws {
    let entries = try entries(noun)
    try refuseKeys(besides: keys.map(\.name), of: noun)
    for key in keys {
      for entry in entries where entry.key == key.name {
        try key.read(&target, entry.node, scope)
      }
    }
  }

  /// Throws for a key that is not among those known.
  package func refuseKeys(besides known: [String], of noun: String) throws {
    for entry in try entries(noun) where !known.contains(entry.key) {
      throw SurveyError(
        .data, at: entry.keyPlace, "unknown key '\(entry.key)' in \(noun)",
        remedy: suggestion(for: entry.key, among: known)
          ?? "The keys are \(known.joined(separator: ", ")).")
    }
  }

  /// The value of a key of a mapping.
  package subscript(key: String) -> YAMLNode? {
    guard case .mapping(let entries) = value else { return nil }
    return entries.first { $0.key == key }?.node
  }
}

/// What the parts of a codebook need to know of its other parts while it is read.
final class CodebookScope {
  /// The language of plain labels.
  var language = "en"
  /// The named sets of missing codes.
  var missingSets: [String: [MissingCode]] = [:]
  /// The named code lists.
  var codeLists: [String: [Category]] = [:]
  /// The names of sets and lists that some variable uses.
  var used: Set<String> = []
  /// By variables, the codes that are valid though the default missing codes cover them.
  var overruled: [String: [String]] = [:]
  /// The variables read so far, and where their names stand.
  var variables: [String: (variable: Variable, place: String)] = [:]
  /// Their names in order.
  private var order: [String] = []

  /// The variable that a node names.
  /// - Throws: ``SurveyError`` at the node with the nearest name.
  func variable(_ name: String, at place: String) throws -> Variable {
    if let known = variables[name] { return known.variable }
    throw SurveyError(
      .data, at: place, "no variable '\(name)' in this codebook",
      remedy: suggestion(for: name, among: variables.keys.sorted())
        ?? "Describe it under `variables:`, if only as `\(name): {}`.")
  }

  /// Lists of the variables read so far, in the order of the codebook.
  var lists: VariableLists { VariableLists(order) }

  /// Adds a variable.
  /// - Throws: ``SurveyError`` when the name is taken.
  func add(_ variable: Variable, at place: String) throws {
    if let first = variables[variable.name] {
      throw SurveyError(
        .data, at: place,
        "two entries for one variable: '\(variable.name)' stands first at \(first.place)")
    }
    variables[variable.name] = (variable, place)
    order.append(variable.name)
  }

  /// Parses and checks an expression of the codebook.
  @discardableResult
  func check(_ source: String, at place: String) throws -> Expression.Kind {
    do {
      return try Expression(source).check { name in
        if let known = self.variables[name] { return known.variable }
        throw SurveyError(
          .usage, "no variable '\(name)' in this codebook",
          remedy: suggestion(for: name, among: self.variables.keys.sorted()))
      }
    } catch let error as SurveyError {
      throw SurveyError(.data, at: place, error.problem, remedy: error.remedy)
    }
  }
}
