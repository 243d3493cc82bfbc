internal import SurveyData

/// A codebook in another format.
package struct ExportedCodebook {
  package var text: String
  package var losses = CodebookLosses()
}

/// What a format cannot hold of a codebook.
package struct CodebookLosses {
  private var found: [(what: String, names: [String])] = []

  /// Adds one, of a variable or of the whole.
  mutating func add(_ what: String, of name: String? = nil) {
    if let index = found.firstIndex(where: { $0.what == what }) {
      found[index].names += [name].compactMap { $0 }
    } else {
      found.append((what, [name].compactMap { $0 }))
    }
  }

  /// A sentence each, with the names of the variables.
  package var sentences: [String] {
    found.map { what, names in
      names.isEmpty ? what : "\(what): \(names.joined(separator: ", "))"
    }
  }
}

extension Codebook {
  /// Its languages, the codebook's own first.
  var languages: [String] {
    let all =
      [study.title, study.population]
      + (variables + derived.map(\.variable)).flatMap { variable in
        [variable.label, variable.question] + variable.categories.map(\.label)
      }
    return all.flatMap { $0.texts.map(\.language) }.reduce(into: [language]) {
      if !$0.contains($1) { $0.append($1) }
    }
  }

  /// What a format loses that has one language and no computed variables.
  func losses(keeping language: String, computed: Bool) -> CodebookLosses {
    var losses = CodebookLosses()
    for other in languages where other != language {
      losses.add("labels are in '\(language)' only; left out", of: other)
    }
    for derived in computed ? [] : derived {
      losses.add("variables that are computed are not in the file", of: derived.variable.name)
    }
    return losses
  }
}

extension MissingCode {
  /// Its label, or the words of its reason.
  func title(in language: String) -> String {
    let text = label.text(in: language)
    return text.isEmpty ? reason.label.text(in: language) : text
  }
}

extension DerivedVariable {
  /// How it is computed, in the words of the codebook.
  var ruleText: String {
    switch rule {
    case .recode(let source, let map, let otherwise):
      let lines = map.map { "\($0.from.joined(separator: ", ")) → \($0.to ?? "missing")" }
      let rest =
        switch otherwise {
        case .fail: ""
        case .missing: "; else missing"
        case .copy: "; else copy"
        case .code(let code): "; else \(code)"
        }
      return "recode \(source): " + lines.joined(separator: "; ") + rest
    case .cut(let source, let bounds):
      return "cut \(source) at " + bounds.map(canonicalCode).joined(separator: ", ")
    case .mean(let items, let least, let reversed):
      return "mean of \(items.joined(separator: ", ")), at least \(least) valid"
        + (reversed.isEmpty ? "" : ", reversed: \(reversed.joined(separator: ", "))")
    case .anyOf(let items, let code, let missing):
      return "any of \(items.joined(separator: ", ")) is \(code), "
        + "missing where \(missing.rawValue) of them are"
    case .chosen(let source, let answer):
      return "whether '\(answer)' is among the answers of \(source)"
    case .expression(let source): return source
    }
  }
}
