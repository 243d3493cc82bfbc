public import SurveyData

extension Survey {
  /// The same survey with its missing answers imputed several times.
  ///
  /// An analysis of it is made in every data set, and its estimates are combined by Rubin's rules,
  /// `Q̄` with `T = Ū + (1 + 1∕m) B`, see ``PooledEstimate``; joint tests are D₁, and tests that are
  /// none of estimates D₂ from their p-values. Counts are rounded means. The imputations must hold
  /// what an analysis asks: a model that the imputer left out makes it too calm.
  ///
  ///     let shares = try Survey(imputations: surveys).tabulate("trust", by: ["origin"])
  ///
  /// - Parameters:
  ///   - surveys: The data sets, at least two, with the same rows and the same design.
  ///   - stack: The file in which they stand below each other; nil when each has its own.
  /// - Throws: ``SurveyError`` when there is one only, or rows or designs differ.
  /// - Note: Agrees with `MIcombine` of R's mitools 2.4 in estimates and errors.
  /// - SeeAlso: Rubin (1987), Multiple Imputation for Nonresponse in Surveys, section 3.1; Barnard
  ///   and Rubin (1999), Biometrika 86.
  public init(imputations surveys: [Survey], from stack: StackedImputations? = nil) throws {
    let names = surveys.map(\.dataset.source.facts.path)
    guard surveys.count > 1 else {
      throw SurveyError(
        .usage, at: names.first, "there is one imputation, which cannot tell how uncertain it is",
        remedy: "Give two imputed data sets or more, as in --imputations 'imp_*.csv'.")
    }
    for (other, name) in zip(surveys, names).dropFirst() {
      let (rows, first) = (other.weights.rowsRead, surveys[0].weights.rowsRead)
      guard rows == first else {
        throw SurveyError(
          .data, at: name, "has \(rows) rows, but \(names[0]) has \(first)",
          remedy: "Imputations of the same people have the same rows.")
      }
      guard other.roster.stages == surveys[0].roster.stages else {
        throw SurveyError(
          .data, at: name, "has other strata or sampling units than \(names[0])",
          remedy: "Strata, sampling units and population sizes are the same in all imputations.")
      }
    }
    self.init(surveys, stack: stack)
  }

  /// Whether there are several data sets.
  public var isImputed: Bool { !imputations.isEmpty }

  /// The first data set, or the survey itself.
  package var first: Survey { imputations.first ?? self }
}

/// What an analysis found in a survey, or in each of its imputed data sets: an analysis is written
/// once, and asks for what it needs as if there were one.
package struct Findings<Finding> {
  /// What was found in each data set.
  package let each: [Finding]

  /// Findings of each data set, at least one.
  package init(each: [Finding]) { self.each = each }

  /// What was found in the first data set, which speaks for names and order in all.
  package var first: Finding { each[0] }

  /// Whether there are several data sets.
  package var areSeveral: Bool { each.count > 1 }

  /// What is made of it in each data set.
  package func map<Other>(_ make: (Finding) throws -> Other) rethrows -> Findings<Other> {
    Findings<Other>(each: try each.map(make))
  }

  /// Estimates, combined by Rubin's rules.
  ///
  /// - Throws: ``SurveyError`` when one data set has an estimate that another has not.
  package func estimates(_ part: (Finding) throws -> Estimates) throws -> Estimates {
    guard areSeveral else { return try part(first) }
    return try Estimates(pooling: try each.map(part))
  }

  /// Rows of a table, combined by Rubin's rules.
  ///
  /// - Throws: ``SurveyError`` when data sets have rows of different things.
  package func rows(
    options: EstimationOptions, _ part: (Finding) throws -> [EstimateRow]
  ) throws -> [EstimateRow] {
    guard areSeveral else { return try part(first) }
    return try EstimateRow.pooled(try each.map(part), options: options)
  }

  /// A test that is none of estimates, combined from its p-values by D₂.
  ///
  /// - Parameter components: k, what is tested at once; nil means the mean of the degrees of
  ///   freedom.
  package func test(
    of components: Double? = nil, _ part: (Finding) throws -> TestResult
  ) rethrows -> TestResult {
    guard areSeveral else { return try part(first) }
    return TestResult(repeated: try each.map(part), components: components)
  }

  /// What must be the same in all data sets, such as the groups.
  ///
  /// - Throws: ``SurveyError`` where it differs.
  package func agreed<Fact: Equatable>(
    at place: String?, _ fact: (Finding) throws -> Fact
  ) throws -> Fact {
    let facts = try each.map(fact)
    guard let odd = facts.firstIndex(where: { $0 != facts[0] }) else { return facts[0] }
    throw SurveyError(
      .data, at: place, "has other answers or groups in imputation \(odd + 1) than in the first",
      remedy: "List the codes in the codebook, or join groups and categories that are rare.")
  }

  /// Places that are among those of one data set at least, in order.
  package func positions(_ part: (Finding) -> [Int]) -> [Int] {
    Set(each.flatMap(part)).sorted()
  }

  /// The mean of a number.
  package func mean(_ part: (Finding) throws -> Double) rethrows -> Double {
    SurveyStatistics.mean(try each.map(part))
  }

  /// The means of several numbers.
  package func means(_ part: (Finding) throws -> [Double]) rethrows -> [Double] {
    let all = try each.map(part)
    return all[0].indices.map { index in SurveyStatistics.mean(all.map { $0[index] }) }
  }

  /// The rounded means of numbers of respondents.
  package func counts(_ part: (Finding) throws -> [Int]) rethrows -> [Int] {
    try means { try part($0).map(Double.init) }.map { Int($0.rounded()) }
  }

  /// Notes, each once.
  package func notes(_ part: (Finding) throws -> [Note]) rethrows -> [Note] {
    guard areSeveral else { return try part(first) }
    return try each.flatMap(part).reduce(into: []) { notes, note in
      if !notes.contains(note) { notes.append(note) }
    }
  }

  /// Where every row went, which must be the same in all data sets.
  ///
  /// - Throws: ``SurveyError`` when the respondents of an analysis differ between data sets.
  package func accounting(_ part: (Finding) -> Accounting) throws -> Accounting {
    try Accounting.agreed(each.map(part))
  }
}

extension Findings: Sendable where Finding: Sendable {}

extension Survey {
  /// Finds something in the survey, or in each of its imputed data sets.
  ///
  /// - Throws: What the analysis throws, with the data set's name.
  package func findings<Finding>(
    _ find: (Survey) throws -> Finding
  ) throws -> Findings<Finding> {
    guard isImputed else { return Findings(each: [try find(self)]) }
    return Findings(
      each: try imputations.enumerated().map { number, survey in
        do {
          return try find(survey)
        } catch let error as SurveyError where number > 0 {
          throw error.located(at: survey.dataset.source.facts.path)
        }
      })
  }
}

extension Accounting {
  /// The account of one data set, which must be that of all.
  fileprivate static func agreed(_ imputations: [Accounting]) throws -> Accounting {
    let first = imputations[0]
    guard let other = imputations.first(where: { $0.used != first.used }) else { return first }
    let counts = imputations.map(\.used)
    let range = "\(counts.min() ?? 0) to \(counts.max() ?? 0)"
    if other.outside != first.outside {
      throw SurveyError(
        .data,
        "the subpopulation differs between imputations: \(range) respondents, since the condition "
          + "rests on imputed answers",
        remedy: "Use a condition on answers that were not imputed.")
    }
    func missing(_ account: Accounting, _ name: String) -> Int {
      account.missing.reduce(0) { $0 + ($1.variable == name ? $1.count : 0) }
    }
    let names = (first.missing + other.missing).map(\.variable)
    let varying = names.first { missing(first, $0) != missing(other, $0) }
    throw SurveyError(
      .data, at: varying,
      "has \(range) respondents in different imputations, so it is imputed in some only",
      remedy: "Impute it in all data sets, or in none.")
  }
}
