package import SurveyData

extension Tabulation {
  /// The shares of each answer to a question whose cells hold several, as one table.
  ///
  /// The share of an answer is that of those who gave it among all who gave any; the shares of a group add
  /// up to more than 1 where people gave several.
  /// - Parameters:
  ///   - variable: The question.
  ///   - parts: For each answer the table of the variable that says whether it was chosen, showing 1.
  package init(of variable: Variable, _ parts: [(answer: Category, table: Tabulation)]) {
    let first = parts[0].table
    func together(_ rows: KeyPath<Tabulation, [EstimateRow]>) -> [EstimateRow] {
      first[keyPath: rows].indices.flatMap { index in
        parts.map { $0.table[keyPath: rows][index].of($0.answer, to: variable.name) }
      }
    }
    self.init(
      variable: variable, groupVariables: first.groupVariables, percentages: first.percentages,
      kept: first.kept, counted: nil, rows: together(\.rows), totals: together(\.totals),
      estimates: first.estimates,
      accounting: first.accounting.calling(first.variable.name, variable.name),
      found: first.found)
  }

  /// The table of a variable that says whether an answer was given, as that answer to a question.
  package func standing(for answer: Category, to question: Variable) -> Tabulation {
    func renamed(_ rows: [EstimateRow]) -> [EstimateRow] {
      rows.map { $0.of(answer, to: question.name) }
    }
    return Tabulation(
      variable: question, groupVariables: groupVariables, percentages: percentages, kept: kept,
      counted: CountedAnswer([answer], isChosen: true), rows: renamed(rows),
      totals: renamed(totals), estimates: estimates,
      accounting: accounting.calling(variable.name, question.name), found: found)
  }

  /// The same table with shares of all answers that were given, `Σ w·1[answer] ∕ Σ w·answers`.
  ///
  /// - Parameters:
  ///   - ratios: Those shares as ratios, group after group.
  ///   - all: The same of everybody; nil without groups.
  ///   - given: How many answers each group gave, and everybody.
  package func ofMentions(
    _ ratios: Summary, all: Summary?, given: (groups: [Int], all: Int), options: EstimationOptions
  ) -> Tabulation {
    func shares(_ rows: [EstimateRow], _ ratios: [EstimateRow], _ bases: [Int]) -> [EstimateRow] {
      rows.indices.map { place in
        let row = rows[place]
        guard let ratio = ratios.first(where: { $0.groups == row.groups }), !ratio.estimate.isNaN
        else {
          return EstimateRow(
            emptyOf: row.variable, category: row.category, statistic: "share", groups: row.groups)
        }
        let proportion = Proportion(
          ratio.estimate, standardError: ratio.standardError, base: bases[place],
          kishSize: row.interval.low.isNaN ? .nan : Double(bases[place]),
          degreesOfFreedom: ratio.degreesOfFreedom)
        return EstimateRow(
          variable: row.variable, category: row.category, statistic: "share", groups: row.groups,
          count: row.count, weightedCount: row.weightedCount, base: bases[place],
          estimate: proportion.value, standardError: proportion.standardError,
          interval: proportion.interval(options.interval ?? .logit, level: options.level),
          degreesOfFreedom: proportion.degreesOfFreedom, designEffect: .nan,
          flags: options.reliability.flags(for: proportion), isExact: proportion.isExact,
          missingInformation: ratio.missingInformation)
      }
    }
    return Tabulation(
      variable: variable, groupVariables: groupVariables, percentages: percentages, kept: kept,
      counted: counted, rows: shares(rows, ratios.rows, given.groups),
      totals: all.map { shares(totals, $0.rows, [given.all]) } ?? [], estimates: estimates,
      accounting: accounting, found: found)
  }

  /// Throws where one answer a person is needed.
  func requireSingleAnswers(_ what: String) throws {
    guard variable.hasSeveralAnswers else { return }
    let error = variable.noSingleAnswer
    throw SurveyError(
      .usage, at: variable.name, "holds several answers in a cell, and \(what) one",
      remedy: error.remedy)
  }
}

extension Accounting {
  /// The same account with another name for a variable.
  fileprivate func calling(_ old: String, _ new: String) -> Accounting {
    Accounting(
      read: read, used: used, outside: outside, outsideUnknown: outsideUnknown,
      missing: missing.map {
        Missing(variable: $0.variable == old ? new : $0.variable, code: $0.code, count: $0.count)
      })
  }
}

extension EstimateRow {
  /// The same estimate as the share of an answer.
  package func of(
    _ answer: Category?, to name: String, as other: String? = nil
  ) -> EstimateRow {
    EstimateRow(
      variable: name, category: answer, statistic: other ?? statistic, groups: groups, count: count,
      weightedCount: weightedCount, base: base, estimate: estimate, standardError: standardError,
      interval: interval, degreesOfFreedom: degreesOfFreedom, designEffect: designEffect,
      flags: flags, isExact: isExact, missingInformation: missingInformation)
  }
}

extension Survey {
  /// Tabulates each answer to a question whose cells hold several.
  func tabulateAnswers(
    _ variable: Variable, by groups: [String], percentages: Percentages,
    keeping reasons: Set<MissingReason>, counting counted: CountedAnswer?,
    options: EstimationOptions
  ) throws -> Tabulation {
    guard percentages == .row else {
      throw SurveyError(
        .usage, at: variable.name,
        "holds several answers in a cell, whose shares are of those who answered",
        remedy: "Leave out the kind of percentages.")
    }
    let chosen = variable.chosenVariables.filter { counted?.codes.contains($0.answer.code) ?? true }
    guard !chosen.isEmpty else {
      throw SurveyError(.noAnswer, at: variable.name, "nobody in the base has a valid answer")
    }
    return Tabulation(
      of: variable,
      try chosen.map { answer, derived in
        (
          answer,
          try tabulate(
            derived.variable.name, by: groups, keeping: reasons,
            counting: CountedAnswer([derived.variable.categories[1]], isChosen: true),
            options: options)
        )
      })
  }
}
