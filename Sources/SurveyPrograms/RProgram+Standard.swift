import SurveyData
import SurveyStatistics

extension RProgram {
  /// What must be known of those who are standardised: `!is.na(age3)`.
  var standardKnown: [String] {
    (source.survey.standard?.variables ?? []).map { "!is.na(\(words.name($0)))" }
  }

  /// Gives the groups of `answered` the composition of the standard population.
  mutating func standardize(over groups: [String]) throws {
    guard let standard = source.survey.standard else { return }
    let levels = try standard.variables.map { name in
      try source.survey.dataset.categorical(name).categories
    }
    // The first variable varies fastest.
    let cells = levels.reduce([[String]()]) { all, own in
      own.flatMap { category in all.map { $0 + [category.code] } }
    }
    let shares = Dictionary(
      uniqueKeysWithValues: standard.shares.map { ($0.codes, $0.share) })
    func formula(_ names: [String]) -> String {
      "~" + (names.isEmpty ? "1" : names.map(words.name).joined(separator: " + "))
    }
    add(
      "answered <- svystandardize(answered, by = \(formula(standard.variables)), "
        + "over = \(formula(groups)),")
    add("  population = c(\(cells.map { "\(shares[$0] ?? 0)" }.joined(separator: ", "))))")
  }

  /// Whether nobody is in `base`: with changed weights those outside stay, without one.
  var isEmptyBase: String {
    source.survey.standard == nil ? "nrow(base) == 0" : "!any(weights(base) > 0)"
  }
}
