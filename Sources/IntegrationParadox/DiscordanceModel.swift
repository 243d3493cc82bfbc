internal import SurveyData
public import SurveyModels
public import SurveyStatistics

/// Who of those with the first of two judgements lacks the second, by a logistic model.
public struct DiscordanceModel: Sendable {
  /// The model: without the second judgement, of those with the first.
  public let fit: ModelFit
  /// The average marginal effects of group and controls, as shares 0…1.
  public let effects: MarginalEffects
}

extension Survey {
  /// Models who is without the second of two judgements among those with the first, such as
  /// integrated but not accepted.
  ///
  /// `logit P(not B | A) = a + group + controls`, by pseudo maximum likelihood among those with A,
  /// who keep their place in the design; the effects are averaged over them. With the group alone
  /// the effects are the differences of the shares of not-B among A.
  ///
  /// The influence is that of `fit(_:family:level:)` among those with A and 0 for all others. Who
  /// has A depends on the group too, so that the effects do not say what the group causes.
  ///
  /// - Parameters:
  ///   - a: The first judgement, as of `discordance`.
  ///   - b: The second judgement.
  ///   - group: The group variable; nil for none.
  ///   - controls: What is held constant, as in a formula.
  ///   - level: The confidence level, between 0 and 1.
  /// - Returns: Log odds ratios, and effects as differences of shares −1…1.
  /// - Throws: ``SurveyError`` for unknown names, nothing that may explain, or for what a model
  ///   throws.
  /// - Complexity: O(rows × columns²) a step.
  /// - Note: Agrees with `svyglm(…, subset(design, a), family = quasibinomial)` of R's survey 4.1;
  ///   effects as of `margins`.
  /// - SeeAlso: Binder (1983), International Statistical Review 51; Mize (2019), Sociological
  ///   Science 6.
  public func discordanceModel(
    _ a: String, _ b: String, by group: String?, controls: [String], level: Double = 0.95
  ) throws -> DiscordanceModel {
    let (first, second) = (try Judgement(a, in: dataset), try Judgement(b, in: dataset))
    let terms = (group.map { ["factor(\(dataset.term($0)))"] } ?? []) + controls.map(dataset.term)
    guard !terms.isEmpty else {
      throw SurveyError(
        .usage, "there is nothing that may explain who lacks the second judgement",
        remedy: "Write --by GROUP or --controls V1,V2.")
    }
    let formula = try Formula(
      "not (\(second.expression.source)) ~ \(terms.joined(separator: " + "))")
    let fit = try within(first.expression.source).fit(formula, family: .logistic, level: level)
    let names = fit.rows.map(\.column).flatMap(\.parts).map(\.variable).reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    return DiscordanceModel(
      fit: fit, effects: try fit.margins(of: names, options: MarginOptions(level: level)))
  }
}
