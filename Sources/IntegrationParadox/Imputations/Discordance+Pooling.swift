internal import SurveyData
internal import SurveyModels
public import SurveyStatistics

extension Discordance: Poolable {
  /// Combines typologies of imputed judgements by Rubin's rules; `wald` and `equal-shares` are
  /// tested by D₁, `rao-scott` and `typology` by D₂.
  ///
  /// - Returns: Shares 0…1 and log ratios.
  /// - Throws: ``SurveyError`` where data sets have other groups.
  public static func pooled(
    _ imputations: [Discordance], options: EstimationOptions
  ) throws -> Discordance {
    let first = imputations[0]
    let accounting = try Accounting.pooled(imputations.map(\.accounting))
    let rows = try ImputedRows(imputations.map(\.rows), of: first.tests.first?.variable) {
      $0.group?.code
    }
    return Discordance(
      rows: rows.map { Row(pooling: $0, level: options.level) },
      differences: Gap.GroupDifference.pooled(
        imputations.map(\.differences), level: options.level),
      tests: try TestResult.pooled(imputations.map(\.tests), leavingOutOthers: true),
      accounting: accounting, notes: imputations.map(\.notes).joinedOnce)
  }
}

extension Discordance.Row {
  fileprivate init(pooling rows: [Self], level: Double) {
    /// - Returns: Log odds ratios, and effects as differences of shares.
    /// - Throws: ``SurveyError`` where data sets have other coefficients.
    func pooled(_ part: (Self) -> Difference) -> Difference {
      Difference(pooling: rows.map(part), level: level)
    }
    self.init(
      group: rows[0].group, count: rows.map(\.count).meanCount,
      cells: rows[0].cells.indices.map { cell in pooled { $0.cells[cell] } },
      shareAmongFirst: pooled(\.shareAmongFirst), logRatio: pooled(\.logRatio),
      kappa: pooled(\.kappa), onlyFirst: rows.map(\.onlyFirst).meanCount,
      onlySecond: rows.map(\.onlySecond).meanCount)
  }
}

extension DiscordanceModel: Poolable {
  /// Combines models of imputed data and their effects by Rubin's rules.
  public static func pooled(
    _ imputations: [DiscordanceModel], options: EstimationOptions
  ) throws -> DiscordanceModel {
    DiscordanceModel(
      fit: try ModelFit.pooled(imputations.map(\.fit), options: options),
      effects: try MarginalEffects.pooled(imputations.map(\.effects), options: options))
  }
}
