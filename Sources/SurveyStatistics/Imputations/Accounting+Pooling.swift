internal import SurveyData

extension Accounting {
  /// The account of one imputation, which must be that of all.
  ///
  /// - Throws: ``SurveyError`` when the respondents of an analysis differ between imputations.
  package static func pooled(_ imputations: [Accounting]) throws -> Accounting {
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
