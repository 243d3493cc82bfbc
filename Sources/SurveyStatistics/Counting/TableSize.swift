internal import SurveyData

/// How large a table may become.
///
/// Beyond it a command would take minutes or all of the memory for a
/// table that nobody can read, so that it says so instead.
package enum TableSize {
  /// The most answers of a variable whose shares are estimated.
  package static let mostAnswers = 1_000
  /// The most estimates of a table, and comparisons of a variable.
  package static let mostEstimates = 250_000
  /// The most contrasts of one test: its work grows with their cube.
  package static let mostContrasts = 1_000
  /// The most groups whose ranks or trend are tested, for the same reason.
  package static let mostTestedGroups = 500
  /// The most groups that are listed though nobody is in some of them.
  package static let mostListedGroups = 1_000
  /// The most sums that a variance keeps, half a gigabyte.
  private static let mostSums = 1 << 26

  /// The number of combinations of some columns' positions.
  ///
  /// - Parameters:
  ///   - radices: The number of positions of every column.
  ///   - units: What each combination can occur in, such as sampling units.
  ///   - names: The columns' names.
  /// - Throws: ``SurveyError`` when there are more than 64 bits number.
  package static func combinations(
    _ radices: [Int], in units: Int = 1, of names: [String]
  ) throws -> Int {
    try radices.reduce(max(units, 1)) { product, radix in
      let next = product.multipliedReportingOverflow(by: max(radix, 1))
      guard !next.overflow, next.partialValue <= 1 << 61 else {
        throw SurveyError(
          .usage, at: names.joined(separator: ","),
          "\(names.count) variables with so many values have more combinations than can be numbered",
          remedy: "Name fewer of them, or cut them into categories with --derive.")
      }
      return next.partialValue
    }
  }

  /// Refuses shares of more answers, or of more answers and groups, than a table can have.
  package static func checkShares(
    answers: Int, groups: Int, of name: String
  ) throws {
    guard answers <= mostAnswers else {
      throw SurveyError(
        .usage, at: name,
        "has \(answers) different answers, and shares are estimated of at most \(mostAnswers)",
        remedy: "If it is a number, use `vekt summarize`; otherwise join answers, or name one with "
          + "--answer.")
    }
    try check(estimates: answers * groups, of: "\(answers) answers in \(groups) groups", at: name)
  }

  /// Refuses more rows than 32 bits number, as the places of rows, units and cells are kept.
  package static func check(rows: Int, at place: String) throws {
    guard rows > Int(Int32.max) else { return }
    throw SurveyError(
      .data, at: place, "has \(rows) rows, and at most \(Int32.max) are analysed",
      remedy: "Analyse a part of it.")
  }

  /// Refuses a table of more estimates than somebody can want.
  package static func check(estimates: Int, of what: String, at place: String) throws {
    guard estimates > mostEstimates else { return }
    throw SurveyError(
      .usage, at: place,
      "\(what) make \(estimates) estimates, and a table has at most \(mostEstimates)",
      remedy: "Name fewer groups, or join categories.")
  }

  /// Refuses a test whose work grows beyond measure.
  package static func check(contrasts: Int, of what: String, at place: String) throws {
    guard contrasts > mostContrasts else { return }
    throw SurveyError(
      .usage, at: place,
      "a test of \(what) has \(contrasts) contrasts, and is made of at most \(mostContrasts)",
      remedy: "Join answers or groups, or leave the test out.")
  }

  /// Refuses a test of more groups than can be tested together.
  package static func check(testedGroups groups: Int, at place: String) throws {
    guard groups > mostTestedGroups else { return }
    throw SurveyError(
      .usage, at: place,
      "has \(groups) groups, and at most \(mostTestedGroups) are tested together",
      remedy: "Join groups, or cut the number into categories with --derive.")
  }

  /// Refuses variances that would fill the memory.
  ///
  /// - Parameters:
  ///   - entries: The pairs of sampling unit and group with somebody in them.
  ///   - width: The estimates of a group.
  ///   - squares: The sums of products that an entry keeps besides.
  static func checkSums(entries: Int, width: Int, squares: Int) throws {
    let sums = entries.multipliedReportingOverflow(by: width + squares)
    guard sums.overflow || sums.partialValue > mostSums else { return }
    throw SurveyError(
      .usage,
      "\(width) estimates together, in \(entries) parts of the sample, need more memory for their "
        + "variances than is taken",
      remedy: "Join answers or groups, or name fewer of them.")
  }

  /// All combinations of some columns' categories, those with nobody among them, while they are few;
  /// otherwise those that are known.
  ///
  /// - Parameters:
  ///   - columns: The group variables' columns.
  ///   - known: The combinations with somebody, as positions, in order.
  ///   - answers: How many estimates every group has.
  static func listedGroups(
    _ columns: [CategoricalColumn], known: [[Int]], answers: Int = 1
  ) -> [[Int]] {
    let most = min(mostListedGroups, mostEstimates / max(answers, 1))
    let count = columns.reduce(1) { min($0 * $1.categories.count, most + 1) }
    guard count > known.count, count <= most else { return known }
    return columns.reduce([[]]) { groups, column in
      groups.flatMap { group in column.categories.indices.map { group + [$0] } }
    }
  }
}
