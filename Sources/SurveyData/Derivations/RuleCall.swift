/// A rule written as a call: `cut(age, 18, 35, 60)`, `recode(trust, 1..2 = 1 'Low', else = 2)`,
/// `mean(trust_*, min: 3)`, `labels(age >= 60, 0 'Young', 1 'Old')`.
struct RuleCall {
  let name: RuleName
  /// What stands between the commas.
  private let arguments: [String]
  private let language: String

  /// Reads a call; nil when the text is none of these.
  ///
  /// - Parameter language: The language of its labels.
  /// - Throws: ``SurveyError`` of kind usage where something follows it, or a sign is never closed.
  init?(parsing source: String, language: String) throws {
    guard let open = source.firstIndex(of: "("),
      let name = RuleName(rawValue: source[..<open].trimmed.lowercased())
    else { return nil }
    self.name = name
    self.language = language
    var parts = [""]
    var depth = 0
    var quote: Character?
    var end: String.Index?
    for index in source.indices[open...] where end == nil {
      let sign = source[index]
      if let mark = quote {
        if sign == mark { quote = nil }
      } else if "'\"`".contains(sign) {
        quote = sign
      } else if sign == "(" {
        depth += 1
        if depth == 1 { continue }
      } else if sign == ")" {
        depth -= 1
        if depth == 0 {
          end = index
          continue
        }
      } else if sign == ",", depth == 1 {
        parts.append("")
        continue
      }
      parts[parts.count - 1].append(sign)
    }
    guard let end else {
      throw SurveyError(
        .usage, "'\(source)' is never closed",
        remedy: quote.map { "A \($0) is missing." } ?? "A ) is missing.")
    }
    guard source[source.index(after: end)...].trimmed.isEmpty else { throw name.standsAlone }
    arguments = parts.map { $0[...].trimmed }
    guard !arguments.contains("") else {
      throw SurveyError(
        .usage, "an argument of '\(source)' is empty", remedy: "Write it as in \(name.example).")
    }
  }

  /// The variable with what the rule says of its codes, and the rule.
  func derived(_ variable: Variable) throws -> DerivedVariable {
    switch name {
    case .cut: try cut(variable)
    case .recode: try recode(variable)
    case .mean: try mean(variable)
    case .labels: try labels(variable)
    }
  }

  private func fault(_ problem: String) -> SurveyError {
    SurveyError(
      .usage, "\(name.rawValue)(…): \(problem)", remedy: "Write it as in \(name.example).")
  }

  /// The name of the variable that comes first.
  private func first() throws -> String {
    let words = try words(of: arguments[0])
    guard words.count == 1, !words[0].isText else {
      throw fault("'\(arguments[0])' is not the name of a variable")
    }
    return words[0].text
  }

  private func category(_ code: String, _ label: String?) -> Category {
    Category(code, label: label.map { LocalizedText([(language, $0)]) } ?? .none)
  }

  // MARK: The rules

  private func cut(_ variable: Variable) throws -> DerivedVariable {
    var variable = variable
    var bounds: [Double] = []
    var labels: [String] = []
    for argument in arguments.dropFirst() {
      let words = try words(of: argument)
      if words.count == 1, words[0].isText {
        labels.append(words[0].text)
      } else if let bound = Double(argument), bound.isFinite, labels.isEmpty {
        bounds.append(bound)
      } else {
        throw fault("'\(argument)' is neither a limit nor a label after the limits")
      }
    }
    guard !bounds.isEmpty, zip(bounds, bounds.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw fault("the limits must be rising numbers")
    }
    guard labels.isEmpty || labels.count == bounds.count || labels.count == bounds.count - 1 else {
      throw fault(
        "\(bounds.count) limits make \(bounds.count) categories, or \(bounds.count - 1) where the last "
          + "limit closes, but there are \(labels.count) labels")
    }
    if !labels.isEmpty {
      variable.categories = labels.enumerated().map { category(String($0 + 1), $1) }
    }
    return DerivedVariable(variable, rule: .cut(try first(), at: bounds))
  }

  private func recode(_ variable: Variable) throws -> DerivedVariable {
    var variable = variable
    var lines: [DerivedVariable.CodeMapping] = []
    var otherwise = DerivedVariable.Otherwise.fail
    var old: [String] = []
    func target(_ text: String) throws -> String? {
      let words = try words(of: text)
      guard let code = words.first, words.count < 3, words.count == 1 || words[1].isText else {
        throw fault("'\(text)' is not a code with a label")
      }
      if !code.isText, code.isMissing {
        guard words.count == 1 else { throw fault("'missing' has no label") }
        return nil
      }
      let label = words.dropFirst().first?.text
      if let known = variable.categories.firstIndex(where: { $0.code == code.text }) {
        let given = variable.categories[known].label
        guard label == nil || given.isEmpty || given == category("", label).label else {
          throw fault("two labels for one code, \(code.text)")
        }
        if label != nil { variable.categories[known] = category(code.text, label) }
      } else {
        variable.categories.append(category(code.text, label))
      }
      return code.text
    }
    for argument in arguments.dropFirst() {
      guard let sign = argument.equalSign else {
        old += try words(of: argument).map(\.code)
        continue
      }
      let left = try words(of: String(argument[..<sign]))
      let right = argument[argument.index(after: sign)...].trimmed
      if left.count == 1, !left[0].isText, left[0].text.lowercased() == "else" {
        guard old.isEmpty else { throw fault("'\(old[0])' has no new code") }
        otherwise =
          right == "copy" ? .copy : try target(right).map { .code($0) } ?? .missing
        continue
      }
      old += left.map(\.code)
      guard !old.isEmpty else { throw fault("no code stands before '= \(right)'") }
      lines.append(.init(from: old, to: try target(right)))
      old = []
    }
    guard old.isEmpty else { throw fault("'\(old[0])' has no new code") }
    guard !lines.isEmpty else { throw fault("nothing is recoded") }
    return DerivedVariable(
      variable, rule: .recode(try first(), map: lines, otherwise: otherwise))
  }

  private func mean(_ variable: Variable) throws -> DerivedVariable {
    var items: [String] = []
    var least: Int?
    for argument in arguments {
      let parts = argument.split(maxSplits: 1, omittingEmptySubsequences: false) {
        $0 == ":" || $0 == "="
      }
      guard parts.count == 2 else {
        let words = try words(of: argument)
        guard words.count == 1, !words[0].isText else {
          throw fault("'\(argument)' is neither a variable nor a list")
        }
        items.append(words[0].text)
        continue
      }
      guard parts[0].trimmed == "min", least == nil, let count = Int(parts[1].trimmed) else {
        throw fault("'\(argument)' says nothing; `min: 2` is the fewest valid answers")
      }
      least = count
    }
    guard !items.isEmpty else { throw fault("no variable is named") }
    return DerivedVariable(
      variable,
      rule: .mean(items, minimumValid: least ?? DerivedVariable.allValid, reversed: []))
  }

  private func labels(_ variable: Variable) throws -> DerivedVariable {
    var variable = variable
    variable.categories = try arguments.dropFirst().map { argument in
      let words = try words(of: argument)
      guard words.count == 2, words[1].isText else {
        throw fault("'\(argument)' is not a code with a label")
      }
      return category(words[0].code, words[1].text)
    }
    let codes = variable.categories.map(\.code)
    guard !codes.isEmpty, Set(codes).count == codes.count else {
      throw fault(codes.isEmpty ? "no code has a label" : "a code stands twice")
    }
    if variable.categories.allSatisfy({ $0.number != nil }) {
      variable.categories.sort { ($0.number ?? 0) < ($1.number ?? 0) }
    }
    _ = try Expression(arguments[0])
    return DerivedVariable(variable, rule: .expression(arguments[0]))
  }

  // MARK: Words

  /// A word of an argument, or a text in quotation marks.
  private struct Word {
    let text: String
    let isText: Bool

    /// The code that it is; a stretch may be written `1:5`.
    var code: String {
      guard !isText else { return text }
      let ends = text.split(separator: ":", omittingEmptySubsequences: false)
      let isStretch = ends.count == 2 && ends.allSatisfy { Double($0) != nil }
      return isStretch ? "\(ends[0])..\(ends[1])" : Double(text).map(canonicalCode) ?? text
    }

    var isMissing: Bool { ["missing", "na", "."].contains(text.lowercased()) }
  }

  private func words(of argument: String) throws -> [Word] {
    var words: [Word] = []
    var rest = argument[...]
    while let sign = rest.first {
      if sign.isWhitespace {
        rest.removeFirst()
      } else if "'\"`".contains(sign) {
        rest.removeFirst()
        guard let end = rest.firstIndex(of: sign) else {
          throw fault("the \(sign) in '\(argument)' is never closed")
        }
        words.append(Word(text: String(rest[..<end]), isText: sign != "`"))
        rest = rest[rest.index(after: end)...]
      } else {
        let word = rest.prefix { !$0.isWhitespace && !"'\"`".contains($0) }
        words.append(Word(text: String(word), isText: false))
        rest = rest.dropFirst(word.count)
      }
    }
    return words
  }
}

extension DerivedVariable {
  /// The number of valid answers that means all.
  static let allValid = Int.max

  /// Reads a rule written as a call, or an expression.
  ///
  /// - Parameter language: The language of labels.
  /// - Throws: ``SurveyError`` of kind usage.
  package init(_ variable: Variable, parsing source: String, language: String = "en") throws {
    if let call = try RuleCall(parsing: source, language: language) {
      self = try call.derived(variable)
    } else {
      self.init(variable, rule: .expression(source))
    }
  }

  /// The same with names in place of lists, and the number of valid answers that `mean` needs.
  package func naming(_ lists: VariableLists) throws -> DerivedVariable {
    guard case .mean(let texts, let least, let reversed) = rule else { return self }
    var result = self
    let items = try lists.names(in: texts)
    if let twice = items.first(where: { name in items.count { $0 == name } > 1 }) {
      throw SurveyError(.usage, "mean(…): '\(twice)' stands twice")
    }
    guard least == Self.allValid || (1...items.count).contains(least) else {
      throw SurveyError(
        .usage,
        "mean(…): of \(items.count) variables at least \(least) valid answers are asked for",
        remedy: "min lies between 1 and \(items.count).")
    }
    result.rule = .mean(
      items, minimumValid: least == Self.allValid ? items.count : least, reversed: reversed)
    return result
  }
}

extension String {
  /// The sign of a recode's line, which is no part of `<=` and stands in no quotation marks.
  fileprivate var equalSign: Index? {
    var quote: Character?
    var before: Character?
    for index in indices {
      let sign = self[index]
      if let mark = quote {
        if sign == mark { quote = nil }
      } else if "'\"`".contains(sign) {
        quote = sign
      } else if sign == "=", before != "<", before != ">" {
        return index
      }
      before = sign
    }
    return nil
  }
}
