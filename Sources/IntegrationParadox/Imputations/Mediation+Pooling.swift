internal import SurveyData
internal import SurveyModels
public import SurveyStatistics

extension Mediation: Poolable {
  /// Combines nested models and decompositions of imputed data by Rubin's rules; blocks are tested
  /// by D₁.
  ///
  /// A share of an effect that is not one in some data set is NaN.
  ///
  /// - Returns: Effects on the scale of each data set.
  /// - Throws: ``SurveyError`` where data sets have other groups, keys or coefficients.
  public static func pooled(
    _ imputations: [Mediation], options: EstimationOptions
  ) throws -> Mediation {
    let first = imputations[0]
    let level = options.level
    let accounting = try Accounting.pooled(imputations.map(\.accounting))
    let outcome = first.tests.first?.variable
    let rows = try ImputedRows(imputations.map(\.rows), of: outcome) {
      [$0.group?.code, $0.key.name, $0.quantity.rawValue, $0.mediator]
    }
    let differences = try ImputedRows(imputations.map(\.differences), of: outcome) {
      [$0.group.code, $0.reference.code, $0.key.name, $0.quantity.rawValue, $0.mediator]
    }
    return Mediation(
      rows: rows.map { rows in
        Row(
          group: rows[0].group, key: rows[0].key, quantity: rows[0].quantity,
          mediator: rows[0].mediator,
          estimate: Difference(pooling: rows.map(\.estimate), level: level))
      },
      models: try first.models.indices.map { index in
        (
          first.models[index].name,
          try ModelFit.pooled(imputations.map { $0.models[index].fit }, options: options)
        )
      },
      nested: try first.nested.indices.map { index in
        try NestedModel(pooling: imputations.map { $0.nested[index] }, level: level)
      }, tests: try TestResult.pooled(imputations.map(\.tests)),
      differences: differences.map { rows in
        GroupDifference(
          group: rows[0].group, reference: rows[0].reference, key: rows[0].key,
          quantity: rows[0].quantity, mediator: rows[0].mediator,
          difference: Difference(pooling: rows.map(\.difference), level: level))
      }, blocks: first.blocks, scale: first.scale, accounting: accounting,
      notes: imputations.map(\.notes).joinedOnce)
  }
}

extension NestedModel {
  /// Combines one of the models of imputed data.
  fileprivate init(pooling imputations: [NestedModel], level: Double) throws {
    let first = imputations[0]
    self.init(
      name: first.name,
      rows: try ImputedRows(imputations.map(\.rows), of: first.name, by: \.column.name).map {
        Row(
          column: $0[0].column, estimate: Difference(pooling: $0.map(\.estimate), level: level))
      }, count: first.count, isLogit: first.isLogit,
      estimates: try Estimates(pooling: imputations.map(\.estimates)))
  }
}
