public import ArgumentParser
import SurveyData
import SurveyRequests
public import SurveyStatistics

extension Estimand.Statistic: ExpressibleByArgument {}
extension ComparisonMeasure: ExpressibleByArgument {}
extension RankTest: ExpressibleByArgument {}
extension TieRule: ExpressibleByArgument {}
extension BaselineName: ExpressibleByArgument {}

/// Shares of answers as they are stated on the command line: `1=0.2,2=0.3,3=0.5`, or the file in which
/// they stand.
struct ShareList: ExpressibleByArgument, Sendable {
  /// The share of every code; empty where they stand in a file.
  let shares: [String: Double]
  /// The file.
  let file: String?

  /// Reads codes and shares; nil when one is not of the form CODE=SHARE or stands twice.
  init?(argument: String) {
    guard argument.contains("=") else {
      (shares, file) = ([:], argument)
      return
    }
    guard let parts = NameList(argument: argument)?.names else { return nil }
    var shares: [String: Double] = [:]
    for part in parts {
      guard let sign = part.lastIndex(of: "="), let share = Double(part[part.index(after: sign)...])
      else { return nil }
      guard shares.updateValue(share, forKey: String(part[..<sign])) == nil else { return nil }
    }
    self.shares = shares
    file = nil
  }
}

extension ShareList {
  /// The shares in the order of the answers, scaled to add up to one.
  func scaled(in survey: Survey, of variable: String) throws -> [(code: String, share: Double)] {
    let categories = try survey.dataset.categorical(variable).categories
    let shares = try shares.byCode(of: variable, among: categories)
    let sum = shares.values.reduce(0, +)
    return categories.compactMap { category in
      shares[category.code].map { (category.code, $0 / sum) }
    }
  }
}

/// The options of `compare` that say what is compared with what.
struct ComparisonArguments: ParsableArguments {
  @Option(
    help: """
      share, mean, median, total (default: shares of a categorical variable, means of a number). A \
      median is compared by its influence, with the density of Woodruff's interval.
      """)
  var statistic: Estimand.Statistic?

  @OptionGroup var answers: AnswerArguments

  @Option(
    help: """
      What each group is compared with: reference, previous (the group before it, as waves), \
      all-pairs, rest (all other groups together), total (everybody).
      """)
  var against = BaselineName.reference

  @Option(
    help: ArgumentHelp(
      "The group that the others are compared with; of crossed groups 'a,b'.", valueName: "code"))
  var reference: String?

  @Option(help: "difference, ratio, odds-ratio; ratios are tested on the log scale.")
  var measure = ComparisonMeasure.difference

  @Option(
    help: """
      Adjustment of p-values for the comparisons of one answer (in one category of --within): none, \
      holm, bonferroni, bh.
      """)
  var adjust = Adjustment.holm

  @Option(
    help: ArgumentHelp(
      "Compare the groups separately in the categories of this variable.", valueName: "name"),
    completion: .variables)
  var within: String?

  @Option(
    name: .customLong("to"), parsing: .unconditional,
    help: ArgumentHelp("Compare with this value instead of a group.", valueName: "value"))
  var value: Double?

  @Option(
    name: .customLong("shares"),
    help: ArgumentHelp(
      """
      Shares that answers are compared with and tested for, such as '1=0.2,2=0.3,3=0.5'; with --standardize the \
      composition of the standard, a list or a CSV file.
      """, valueName: "list"))
  var statedShares: ShareList?

  @OptionGroup var standard: StandardArguments

  @Flag(
    help: "Compare two variables answered by the same people; what two variables mean without --by."
  )
  var paired = false

  @Flag(
    help: """
      Every two of several variables that the same people answered are compared; what a group of the \
      codebook means without --by.
      """)
  var items = false

  @Flag(help: "Follow the estimate over the groups, which are ordered: slope and contrasts.")
  var trend = false

  @Option(
    help: "Test ranks too: wilcoxon, kruskal-wallis, van-der-waerden, median. May be repeated.")
  var rank: [RankTest] = []

  @Option(
    help: """
      How equal numbers are ranked: middle (of the weight that they share), file (in the order of the \
      file, as R).
      """)
  var ties = TieRule.middle

  init() {}

  /// The shares that answers are compared with.
  var shares: ShareList? { standard.standardize == nil ? statedShares : nil }

  /// How comparisons are made, for reports.
  var options: ComparisonOptions {
    ComparisonOptions(against: against, adjust: adjust, within: within, ties: ties)
  }

  /// What is said of a variable: a share where an answer is named or it has categories.
  /// - Throws: ``SurveyError`` for an answer of something that has no shares.
  func compared(
    _ variable: String, of variables: [String], in dataset: Dataset
  ) throws -> Estimand.Statistic {
    let described = try dataset.described(variable)
    let isNamed = try answers.asks(variable, of: variables, in: dataset)
    if let statistic, statistic != .share {
      guard !isNamed else {
        throw SurveyError(
          .usage, at: variable, "--answer asks for a share, and --statistic for something else",
          remedy: "Leave one of them out.")
      }
      try described.requireNumbers()
      return statistic
    }
    let isShare =
      try statistic == .share || isNamed || described.type == .text
      || dataset.variable(variable).isCategorical
    if !isShare { try described.requireNumbers() }
    return isShare ? .share : .mean
  }

  /// What is compared of a variable: of categories the answer that counts, where one does.
  ///
  /// - Parameters:
  ///   - variables: All that are compared.
  ///   - kept: Reasons for a missing answer that are answers.
  ///   - isWhole: Whether all answers are wanted unless one is named.
  /// - Throws: As ``compared(_:of:in:)``, and for an unknown answer.
  func estimand(
    _ variable: String, of variables: [String], keeping kept: Set<MissingReason>, isWhole: Bool,
    in dataset: Dataset
  ) throws -> Estimand {
    switch try compared(variable, of: variables, in: dataset) {
    case .total: return .total(of: variable)
    case .median: return .median(of: variable)
    case .mean: return .mean(of: variable)
    case .share: break
    }
    let isNamed = try answers.counted(of: variables, keeping: kept, in: dataset)[variable] != nil
    guard isNamed || (!isWhole && !answers.isAll && answers.answer == nil),
      let counted = try dataset.variable(variable).countedAnswer(
        among: dataset.categorical(variable).keeping(kept).categories)
    else { return .shares(of: variable) }
    return .share(of: variable, is: counted)
  }
}
