import ArgumentParser
import SurveyData
import SurveyStatistics

/// Whom percentages are of, and what missing answers may do to them.
struct BaseArguments: ParsableArguments {
  @Option(
    help: """
      Whom percentages are of: answered, asked (also don't know, refused, no answer), all (also those \
      whom the question was not for, and empty fields).
      """)
  var base = PercentageBase.answered

  @Option(
    help: ArgumentHelp(
      "Reasons for a missing answer that become categories, such as dont_know,refused.",
      valueName: "reasons"))
  var keep: NameList?

  @Flag(
    help: """
      Add bounds: each share if none, and if all, of those who were asked and have no valid answer \
      had given that answer.
      """)
  var bounds = false

  /// Makes the defaults; the parser fills them.
  init() {}

  /// The reasons that the percentages' base or `--keep` lets count.
  /// - Throws: ``SurveyError`` with the nearest name for an unknown reason.
  func kept() throws -> Set<MissingReason> { base.reasons.union(try named()) }

  /// The reasons for a missing answer that are answers by `--keep`.
  /// - Throws: ``SurveyError`` with the nearest name for an unknown reason.
  func named() throws -> Set<MissingReason> {
    let named = try (keep?.names ?? []).map { name in
      guard let reason = MissingReason(rawValue: name) else {
        let names = MissingReason.allCases.map(\.rawValue)
        throw SurveyError(
          .usage, "no reason '\(name)' for a missing answer",
          remedy: suggestion(for: name, among: names)
            ?? "There are \(names.joined(separator: ", ")).")
      }
      return reason
    }
    return Set(named)
  }
}
