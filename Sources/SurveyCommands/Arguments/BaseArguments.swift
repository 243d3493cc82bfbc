import ArgumentParser
import SurveyData
import SurveyStatistics

/// Whom percentages are of.
struct BaseArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Whom percentages are of: answered (the default), asked (also don't know, refused, no answer), \
      all (also those whom the question was not for, and empty fields). Several, as \
      all,asked,answered, stand side by side in `tabulate`. Of a question with several answers also \
      mentioned (who gave one at least) and all-items (who answered every item).
      """, valueName: "bases"))
  var base = BaseList(.answered)

  @Option(
    help: ArgumentHelp(
      "Reasons for a missing answer that become categories, such as dont_know,refused.",
      valueName: "reasons"))
  var keep: NameList?

  /// Makes the defaults; the parser fills them.
  init() {}

  /// Whether anything but the default is asked for.
  var isAsked: Bool { base.bases != [.answered] || keep != nil }

  /// Refuses the bases of questions with several answers.
  func refuseMentions() throws {
    guard let mentions = base.mentions else { return }
    throw SurveyError(
      .usage, "--base \(mentions.rawValue) is of questions with several answers, and there is none",
      remedy: "Name a group of the codebook with `kind: multiple` in `vekt tabulate`.")
  }

  /// The reasons that the percentages' base or `--keep` lets count.
  /// - Throws: ``SurveyError`` with the nearest name for an unknown reason, and for several bases.
  func kept() throws -> Set<MissingReason> {
    guard base.bases.count == 1 else {
      throw SurveyError(
        .usage, "one base is wanted here, and --base names \(base.bases.count)",
        remedy: "Name one; `vekt tabulate VAR --base all,asked,answered` has them side by side.")
    }
    return try kept(base.bases[0])
  }

  /// The same of one of several bases.
  func kept(_ base: PercentageBase) throws -> Set<MissingReason> {
    base.reasons.union(try named())
  }

  /// The reasons that count on any of the bases.
  func anyKept() throws -> Set<MissingReason> {
    try base.bases.reduce(into: []) { $0.formUnion(try kept($1)) }
  }

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

/// Bases as they are written: `asked`, or `all,asked,answered`.
struct BaseList: ExpressibleByArgument, Sendable {
  /// The bases, in the order in which they are named, each once.
  let bases: [PercentageBase]
  /// The base of questions with several answers, where it is another than their coding says.
  private(set) var mentions: Mentions.Base?

  /// One base.
  init(_ base: PercentageBase) { self.init([base]) }

  private init(_ bases: [PercentageBase]) { self.bases = bases }

  /// Reads bases; nil when one is unknown or stands twice.
  init?(argument: String) {
    if let mentions = Mentions.Base(rawValue: argument), [.mentioned, .allItems].contains(mentions)
    {
      self.init(.answered)
      self.mentions = mentions
      return
    }
    guard let names = NameList(argument: argument)?.names else { return nil }
    let found = names.compactMap(PercentageBase.init(rawValue:))
    guard found.count == names.count, Set(found).count == found.count else { return nil }
    self.init(found)
  }

  /// What the help shows as the default.
  var defaultValueDescription: String {
    mentions?.rawValue ?? bases.map(\.rawValue).joined(separator: ",")
  }
}
