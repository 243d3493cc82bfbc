import ArgumentParser
import SurveyData

/// Which answer counts: `--answer yes`, `--answer 4,5`, `--answer trust=4,5,voted=yes`.
struct AnswerArguments: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      The answer that counts: a code or its label; 4,5 as one; VAR=CODE for one of several variables; \
      chosen (by the codebook, 1 of 0 and 1, or the only yes); all.
      """, valueName: "codes"))
  var answer: String?

  /// Makes the defaults; the parser fills them.
  init() {}

  /// Whether every answer is wanted, also where one counts by itself.
  var isAll: Bool { answer == "all" }

  /// The answers that are asked for, by variable; a variable that is not named has none.
  ///
  /// - Parameters:
  ///   - variables: The variables that the verb is asked about.
  ///   - reasons: Reasons for a missing answer that are answers.
  /// - Throws: ``SurveyError`` with codes and labels for an answer that is none.
  func counted(
    of variables: [String], keeping reasons: Set<MissingReason> = [], in dataset: Dataset
  ) throws -> [String: CountedAnswer] {
    guard let answer else { return [:] }
    var found: [String: CountedAnswer] = [:]
    for name in variables {
      let categories =
        try reasons.isEmpty
        ? dataset.categories(of: name) : dataset.categorical(name).keeping(reasons).categories
      if categories.named(answer) != nil {
        found[name] = try dataset.answer([answer], of: name, among: categories)
      } else if answer == "chosen" {
        guard let counted = try dataset.variable(name).countedAnswer(among: categories) else {
          throw try dataset.variable(name).noCountedAnswer(among: categories)
        }
        found[name] = counted
      } else if !isAll, let names = try names(for: name, of: variables, in: dataset) {
        found[name] = try dataset.answer(names, of: name, among: categories)
      }
    }
    return found
  }

  /// Whether one variable's answer is asked for.
  func asks(_ name: String, of variables: [String], in dataset: Dataset) throws -> Bool {
    try answer != nil && !isAll && names(for: name, of: variables, in: dataset) != nil
  }

  /// What is said of one variable; nil when pairs speak of others only.
  private func names(
    for name: String, of variables: [String], in dataset: Dataset
  ) throws -> [String]? {
    var common: [String] = []
    var own: [String]?
    var current: String?
    for part in (answer ?? "").split(separator: ",", omittingEmptySubsequences: false) {
      var code = String(part)
      if let sign = code.firstIndex(of: "=") {
        let variable = String(code[..<sign])
        let isGroup = members(of: variable, in: dataset).contains(where: variables.contains)
        if variables.contains(variable) || isGroup {
          current = variable
          code = String(code[code.index(after: sign)...])
        } else if dataset.variableNames.contains(variable) {
          throw SurveyError(
            .usage,
            "--answer speaks of '\(variable)', which is not among those asked about: "
              + variables.joined(separator: ", "))
        }
      }
      code = code.trimmingBlanks
      switch current {
      case nil: common.append(code)
      case name?: own = (own ?? []) + [code]
      case let group? where members(of: group, in: dataset).contains(name):
        own = (own ?? []) + [code]
      default: break
      }
    }
    return own ?? (common.isEmpty ? nil : common)
  }

  /// The variables of a group of the codebook; none of what is no group.
  private func members(of group: String, in dataset: Dataset) -> [String] {
    dataset.codebook.groups.first { $0.name == group }?.members ?? []
  }

  /// The answers of outcomes, which are variables or conditions.
  /// - Throws: ``SurveyError`` when no outcome is a variable.
  func counted(ofOutcomes texts: [String], in dataset: Dataset) throws -> [String: CountedAnswer] {
    guard answer != nil else { return [:] }
    let names = texts.filter { (try? dataset.described($0)) != nil }
    guard !names.isEmpty else {
      throw SurveyError(
        .usage, "--answer chooses among the answers of a variable, and \(texts[0]) is a condition",
        remedy: "Leave it out, or name a variable.")
    }
    return try counted(of: names, in: dataset)
  }
}

extension String {
  /// Without blanks at both ends.
  var trimmingBlanks: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
