internal import SurveyData

extension Survey {
  /// Rank tests of the same groups within each category of another variable.
  ///
  /// Everybody is ranked among those of the own category alone; the others keep their place in the
  /// design with weight zero. Categories without two groups have no test.
  ///
  /// The influence is that of ``rankTest(_:of:across:ties:options:)`` among those of the category,
  /// and 0 for all others.
  ///
  /// - Parameters:
  ///   - test: The scores.
  ///   - variable: A number, or a variable whose answers are ordered.
  ///   - group: The group variable's name.
  ///   - within: The name of the variable in whose categories the groups are compared.
  ///   - ties: How equal numbers are ranked.
  ///   - options: The confidence level.
  /// - Returns: One result a category, in the order of the codes; its test has the term `sex=1`.
  /// - Throws: ``SurveyError`` for unordered text, an empty base, or when no category has two
  ///   groups.
  /// - Complexity: O(rows × log rows) a category.
  /// - Note: Agrees with `svyranktest(x ~ g, subset(design, sex == 1))` of R's survey 4.1.
  /// - SeeAlso: Lumley and Scott (2013), Biometrika 100, 831–842.
  public func rankTests(
    _ test: RankTest = .wilcoxon, of variable: String, across group: String, within: String,
    ties: TieRule = .middle, options: EstimationOptions = EstimationOptions()
  ) throws -> [RankTestResult] {
    try dataset.load([(within, .codes), (group, .codes)])
    let number = try orderedNumbers(variable)
    let cells = try Cases([(variable, number)], by: [within, group], in: self)
    let described = try dataset.variable(within)
    let sizes = Dictionary(grouping: cells.groups) { $0[0] }.mapValues(\.count)
    let results = try sizes.keys.sorted().filter { sizes[$0, default: 0] > 1 }.map { position in
      let category = cells.groupColumns[0].categories[position]
      let isText = described.type == .text || category.number == nil
      let code = isText ? "'\(category.code)'" : category.code
      return try self.within("`\(within)` == \(code)").rankTest(
        test, of: variable, across: group, ties: ties, options: options, in: (within, category))
    }
    guard !results.isEmpty else {
      throw SurveyError(
        .noAnswer, at: within, "no category has two groups of \(group) to compare")
    }
    return results
  }
}
