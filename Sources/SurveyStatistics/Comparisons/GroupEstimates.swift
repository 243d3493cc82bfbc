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
  /// The respondents of every group.
  let counts: [Int]
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
    guard estimand.statistic == .share else {
      let frame = try NumericFrame(estimand.variable, by: names, in: survey, options: options)
      let singles = frame.bases.indices.map { [$0] }
      estimates = try frame.estimates(frame.statistic(estimand.statistic, in: singles))
      positions = frame.cells.groups
      groups = positions.map { positions in
        zip(frame.cells.groupColumns, positions).map { $0.categories[$1] }
      }
      absent = frame.cells.absentGroups
      counts = frame.bases.map(\.count)
      answers = [(nil, 0)]
      width = 1
      self.shares = nil
      accounting = frame.cells.accounting
      return
    }
    let cells = try AnswerCells(
      [estimand.variable] + names, keeping: estimand.kept, counting: estimand.counted, in: survey)
    let shares = try Shares(of: cells, roster: survey.roster)
    let categories = cells.columns[0].categories
    width = categories.count
    estimates = shares.estimates
    self.shares = ShareIntervals(shares.estimates, bases: shares.bases, options: options)
    positions = shares.groups
    groups = positions.map { positions in
      zip(cells.columns.dropFirst(), positions).map { $0.categories[$1] }
    }
    absent = Array(cells.columns.dropFirst()).absentGroups(known: shares.groups)
    counts = groups.indices.map { [width] in shares.bases[$0 * width].count }
    accounting = cells.accounting
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
    let frame: NumericFrame
    if estimand.statistic == .share {
      frame = try NumericFrame(
        estimand.variable,
        column: { [estimand] dataset in
          try dataset.categorical(estimand.variable)
            .keeping(estimand.kept).netting(estimand.counted).numbers { $0 == answer ? 1 : 0 }
        }, by: names, in: survey, options: options)
    } else {
      frame = try NumericFrame(estimand.variable, by: names, in: survey, options: options)
    }
    let statistic = estimand.statistic == .share ? .mean : estimand.statistic
    return try lists.map { domains in
      let found = try frame.estimates(frame.statistic(statistic, in: domains))
      return (
        found,
        shares.map { _ in
          ShareIntervals(found, bases: domains.map(frame.base), options: options)
        }
      )
    }
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
