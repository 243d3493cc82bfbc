internal import SurveyData
public import SurveyStatistics

extension MarginOptions {
  /// The level as an option of estimation.
  var estimation: EstimationOptions {
    var options = EstimationOptions()
    options.level = level
    return options
  }
}

extension MarginalEffects: Poolable {
  /// Combines effects in imputed data by Rubin's rules, their joint tests by D₁.
  ///
  /// - Returns: Effects in the unit of the outcome, chances as 0…1.
  /// - Throws: ``SurveyError`` where data sets have other effects.
  public static func pooled(
    _ imputations: [MarginalEffects], options: EstimationOptions
  ) throws -> MarginalEffects {
    let first = imputations[0]
    let estimates = try Estimates(pooling: imputations.map(\.estimates))
    let rows = first.rows.indices.map { index in
      first.rows[index].with(
        Difference(pooling: imputations.map(\.rows[index].difference), level: options.level))
    }
    // A row stands in its second differences too.
    func pooled(_ row: Row) -> Row { first.rows.firstIndex(of: row).map { rows[$0] } ?? row }
    let differences = first.differences.indices.map { index in
      let second = first.differences[index]
      return SecondDifference(
        effect: pooled(second.effect), reference: pooled(second.reference),
        difference: Difference(
          pooling: imputations.map(\.differences[index].difference), level: options.level))
    }
    return MarginalEffects(
      rows: rows, differences: differences,
      tests: try TestResult.pooled(imputations.map(\.tests)), estimates: estimates,
      notes: first.notes)
  }
}

extension MarginalEffects.Row {
  fileprivate func with(_ difference: Difference) -> Self {
    Self(
      variable: variable, category: category, reference: reference, place: place,
      outcome: outcome, count: count, difference: difference)
  }
}

extension Predictions {
  /// Combines predictions in imputed data by Rubin's rules.
  init(pooling imputations: [Predictions], curve: any ResponseCurve, level: Double) throws {
    let first = imputations[0]
    let pooled = try Estimates(pooling: imputations.map(\.estimates))
    self.init(
      variables: first.variables,
      rows: first.rows.indices.map { index in
        let row = first.rows[index]
        let (value, error) = (pooled.values[index], pooled.standardErrors[index])
        let df = pooled.degreesOfFreedom[index]
        return Row(
          answers: row.answers, group: row.group, outcome: row.outcome, count: row.count,
          estimate: value, standardError: error, degreesOfFreedom: df,
          interval: curve.interval(value, error, degreesOfFreedom: df, level: level),
          missingInformation: pooled.missingInformation[index])
      }, estimates: pooled, notes: first.notes)
  }
}

extension Contrasts {
  /// Combines written-out combinations of coefficients by Rubin's rules.
  init(pooling imputations: [Contrasts], level: Double) throws {
    let first = imputations[0]
    rows = first.rows.indices.map { index in
      Row(
        contrast: first.rows[index].contrast,
        difference: Difference(
          pooling: imputations.map(\.rows[index].difference), level: level))
    }
    tests = try TestResult.pooled(imputations.map(\.tests))
    estimates = try Estimates(pooling: imputations.map(\.estimates))
    notes = first.notes
  }
}
