internal import SurveyData

/// An estimand in each of some groups, with the covariance between them, and in unions of groups.
struct GroupEstimates {
  let estimand: Estimand
  /// The answers that are compared, with their position among all; one nil for a number.
  let answers: [(category: Category?, position: Int)]
  /// The groups in which somebody is: one category a group variable, in the order of the codes.
  let groups: [[Category]]
  /// The same as positions.
  let positions: [[Int]]
  /// The groups in which nobody is.
  let absent: [AbsentGroup]
  /// The estimates: group after group, each with all answers.
  let estimates: Estimates
  let accounting: Accounting
  /// The intervals of shares, in the order of the estimates; nil for a number.
  let shares: ShareIntervals?
  private let width: Int
  private let survey: Survey
  private let names: [String]
  private let options: EstimationOptions

  /// Estimates in the groups that the variables `names` make.
  ///
  /// - Throws: ``SurveyError`` for an unknown answer, text that has no mean, an empty base.
  init(
    _ estimand: Estimand, by names: [String], in survey: Survey, options: EstimationOptions
  ) throws {
    self.estimand = estimand
    self.survey = survey
    self.names = names
    self.options = options
    let found = try survey.findings { survey in
      try estimand.statistic == .share
        ? GroupFinding(sharesOf: estimand, by: names, in: survey)
        : GroupFinding(numberOf: estimand, by: names, in: survey, options: options)
    }
    accounting = try found.accounting(\.accounting)
    estimates = try found.estimates(\.estimates)
    let first = found.first
    (positions, absent) = (first.positions, first.absent)
    groups = positions.map { positions in
      zip(first.columns, positions).map { $0.categories[$1] }
    }
    guard let categories = first.answers else {
      (answers, width, shares) = ([(nil, 0)], 1, nil)
      return
    }
    width = categories.count
    shares =
      found.areSeveral ? nil : ShareIntervals(estimates, bases: first.bases, options: options)
    guard let code = estimand.answer else {
      answers = categories.enumerated().map { ($1, $0) }
      return
    }
    guard let position = categories.firstIndex(where: { $0.code == code }) else {
      throw SurveyError(
        .usage, at: estimand.variable,
        "has no answer '\(code)' among \(categories.listedInQuotes)",
        remedy: categories.suggestion(for: code))
    }
    answers = [(categories[position], position)]
  }

  /// The respondents of every group.
  var counts: [Int] { groups.indices.map { count(of: [$0]) } }

  /// The respondents of several groups together.
  func count(of groups: [Int]) -> Int {
    estimates.people(of: groups.flatMap { $0 * width..<($0 + 1) * width })
  }

  /// The place of an answer's estimate in a group.
  func place(_ position: Int, _ group: Int) -> Int { group * width + position }

  /// The answers that somebody in some of the groups gave.
  func answersGiven(in groups: [Int]) -> [(category: Category?, position: Int)] {
    answers.filter { answer in
      answer.category == nil
        || groups.contains { estimates.counts[place(answer.position, $0)] > 0 }
    }
  }

  /// Throws when nobody gave the only answer that is compared, so that there is nothing to compare.
  func requireAnswers(_ rows: [Comparison.Row]) throws {
    guard rows.isEmpty, let answer = answers.first?.category, answers.count == 1 else { return }
    throw SurveyError(
      .noAnswer, at: estimand.variable, "nobody in the groups answered '\(answer.code)'",
      remedy: "Look at its codes and counts with `vekt inspect`.")
  }

  /// Estimates of one answer in unions of groups, which may overlap; each list of unions has one
  /// covariance, and shares have their intervals.
  func nested(
    _ answer: Int, _ lists: [[[Int]]]
  ) throws -> [(estimates: Estimates, shares: ShareIntervals?)] {
    let statistic = estimand.statistic == .share ? .mean : estimand.statistic
    let found = try survey.findings { survey in
      let frame = try NumericFrame(
        estimand.variable,
        column: estimand.statistic == .share
          ? { [estimand] dataset in
            try dataset.categorical(estimand.variable)
              .keeping(estimand.kept).netting(estimand.counted).numbers { $0 == answer ? 1 : 0 }
          } : nil, by: names, in: survey, options: options)
      return try lists.map { domains in
        (
          estimates: try frame.estimates(frame.statistic(statistic, in: domains)),
          bases: domains.map(frame.base)
        )
      }
    }
    return try lists.indices.map { list in
      let estimates = try found.estimates { $0[list].estimates }
      return (
        estimates,
        shares.map { _ in
          ShareIntervals(estimates, bases: found.first[list].bases, options: options)
        }
      )
    }
  }
}

/// What one data set has of an estimand in groups.
private struct GroupFinding {
  let columns: [CategoricalColumn]
  let positions: [[Int]]
  let absent: [AbsentGroup]
  let estimates: Estimates
  /// The base of every estimate of a share.
  let bases: [Base]
  /// All answers; nil for a number.
  let answers: [Category]?
  let accounting: Accounting

  init(
    numberOf estimand: Estimand, by names: [String], in survey: Survey, options: EstimationOptions
  ) throws {
    let frame = try NumericFrame(estimand.variable, by: names, in: survey, options: options)
    let singles = frame.bases.indices.map { [$0] }
    estimates = try frame.estimates(frame.statistic(estimand.statistic, in: singles))
    positions = frame.cells.groups
    columns = frame.cells.groupColumns
    absent = frame.cells.absentGroups
    bases = []
    answers = nil
    accounting = frame.cells.accounting
  }

  init(sharesOf estimand: Estimand, by names: [String], in survey: Survey) throws {
    let cells = try AnswerCells(
      [estimand.variable] + names, keeping: estimand.kept, counting: estimand.counted, in: survey)
    let shares = try Shares(of: cells, roster: survey.roster)
    let categories = cells.columns[0].categories
    estimates = shares.estimates
    bases = shares.bases
    positions = shares.groups
    columns = Array(cells.columns.dropFirst())
    absent = columns.absentGroups(known: positions)
    answers = categories
    accounting = cells.accounting
  }
}

/// A group in which nobody has a valid answer.
struct AbsentGroup {
  let categories: [Category]
  /// How many of the groups with somebody stand before it.
  let place: Int
}

extension [CategoricalColumn] {
  /// The combinations of categories in which nobody is, while there are few combinations.
  func absentGroups(known: [[Int]]) -> [AbsentGroup] {
    let present = Set(known)
    var place = 0
    return TableSize.listedGroups(self, known: known).compactMap { positions in
      guard !present.contains(positions) else {
        place += 1
        return nil
      }
      return AbsentGroup(
        categories: zip(self, positions).map { $0.categories[$1] }, place: place)
    }
  }
}

extension Cases {
  /// The groups in which nobody is.
  var absentGroups: [AbsentGroup] { groupColumns.absentGroups(known: groups) }
}

extension CategoricalColumn {
  /// A number for every valid category, by its position; missing answers stay missing.
  func numbers(_ value: (Int) -> Double) -> NumericColumn {
    let table =
      categories.indices.map(value) + missing.indices.map(NumericColumn.missingValue)
    var values: [Double] = []
    values.reserveCapacity(count)
    positions.withEach { values.append(table[$0]) }
    return NumericColumn(values: values, missing: missing)
  }
}
