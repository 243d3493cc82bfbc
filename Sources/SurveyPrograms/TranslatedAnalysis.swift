import SurveyData
package import SurveyModels
import SurveyStatistics

/// An analysis that brings its own words for R and for Stata.
package protocol TranslatedAnalysis {
  /// The variables whose answers are taken as categories.
  var factors: [String] { get }
  /// The variables that it reads besides those of the formulas.
  var inputs: [String] { get }
  /// The formulas of models, each with the references of its factors.
  var formulas: [(formula: Formula, references: [String: String])] { get }
  /// The variables of which reasons for a missing answer count, or several codes count as one.
  var kept: [KeptAnswers] { get }
  /// Whether it is of people who were drawn by a design.
  var hasDesign: Bool { get }
  /// Writes the analysis in R.
  func write(to program: inout RProgram) throws
  /// Writes the analysis in Stata.
  func write(to program: inout StataProgram) throws
}

extension TranslatedAnalysis {
  package var kept: [KeptAnswers] { [] }
  package var hasDesign: Bool { true }
}

extension Survey {
  /// The references that factors of a formula have by the formula itself, by the codebook, or as the
  /// first category.
  func references(of formula: Formula) throws -> [String: String] {
    var references: [String: String] = [:]
    for atom in formula.atoms {
      guard let name = atom.expression.variables.first, atom.expression.source == name,
        let variable = try? dataset.variable(name),
        atom.isFactor || (atom.form == .plain && (variable.isCategorical || variable.type == .text))
      else { continue }
      if case .factor(let reference?) = atom.form {
        references[atom.name] = reference
      } else {
        references[atom.name] =
          try variable.reference ?? dataset.categorical(name).categories.first?.code
      }
    }
    return references
  }
}

extension Formula {
  /// The right side of some variables.
  static func right(_ names: [String]) throws -> Formula {
    try Formula("1 ~ \(names.isEmpty ? "1" : names.joined(separator: " + "))")
  }
}

extension RProgram {
  /// `c("a", "b")` of texts.
  func quoted(_ list: [String]) -> String {
    "c(\(list.map(words.literal).joined(separator: ", ")))"
  }

  /// Those who have all that an analysis needs, their outcome as `y`, their group as text in `.by`.
  mutating func writeRespondents(
    _ outcome: String, _ formula: Formula, group: String?, besides others: [String] = [],
    among codes: [String] = []
  ) throws {
    try writeAnswered([formula], outcomes: [outcome])
    let needed = others + [group].compactMap { $0 }
    if !needed.isEmpty {
      let known = needed.map { "!is.na(\(words.name($0)))" }
      add("answered <- subset(answered, \(known.joined(separator: " & ")))")
    }
    if let group {
      add("answered$variables$.by <- as.character(answered$variables$\(words.name(group)))")
    }
    if !codes.isEmpty {
      add("answered <- answered[answered$variables$.by %in% \(quoted(codes)), ]")
    }
    add("y <- answered$variables$.outcome")
  }

  /// `data.frame(generation = g)`, in front of the rows of a group; nothing without groups.
  func key(_ group: String?, _ value: String) -> String {
    group.map { "data.frame(\(words.name($0)) = \(value)), " } ?? ""
  }

  /// An outcome of two values as 0 and 1.
  func outcome(_ expression: Expression, event: String?) throws -> String {
    let text = try words.text(expression)
    guard let event else { return text }
    return event == "true"
      ? "as.numeric(\(text))"
      : "as.numeric(\(words.isAnswer(event, text, of: expression.variables.first ?? "")))"
  }
}
