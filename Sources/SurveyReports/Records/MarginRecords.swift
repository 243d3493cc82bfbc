internal import SurveyData
package import SurveyModels
internal import SurveyStatistics
package import SurveyTables

/// The machine-readable rows of margins, predictions and contrasts.
package enum MarginRecords {
  /// The columns that combined imputations have besides, when there are any.
  private static func imputationFigures(_ rows: [MissingInformation?]) -> [String] {
    rows.contains { $0 != nil } ? EstimateRecords.imputationFigures : []
  }

  private static func values(_ information: MissingInformation?) -> [Records.Value] {
    information == nil ? [] : EstimateRecords.values(information)
  }

  private static func value(_ answer: FixedAnswer) -> Records.Value {
    switch answer {
    case .code(let code): .text(code)
    case .number(let number): .number(number)
    }
  }

  private static func code(_ category: Category?) -> Records.Value {
    category.map { .text($0.code) } ?? .empty
  }

  private static func head(_ row: MarginalEffects.Row) -> [Records.Value] {
    [.text(row.term), .text(row.variable), code(row.category), .text(row.contrast)]
  }

  /// The label of a row's category and group, for JSON.
  private static func labels(
    _ categories: [(name: String, category: Category?)], in language: String
  ) -> [Tree.Member] {
    let labelled = categories.compactMap { name, category in
      category.map { Tree.Member(name, .text($0.label.text(in: language))) }
    }
    return labelled.isEmpty ? [] : [Tree.Member("labels", .object(labelled))]
  }

  /// One row an effect, `term, variable, category, contrast`, where it holds, the figures.
  package static func effects(
    _ effects: MarginalEffects, over group: String?, in language: String
  ) -> Records {
    let set = effects.rows.first?.place.answers.map(\.variable) ?? []
    let hasOutcomes = effects.rows.contains { $0.outcome != nil }
    let head = ["term", "variable", "category", "contrast"]
    let own = Records.columns(
      of: set + [group].compactMap { $0 },
      beside: head + ["outcome", "n"] + Difference.figures + EstimateRecords.imputationFigures)
    var records = Records(
      "margins",
      columns: head + own + (hasOutcomes ? ["outcome"] : []) + Difference.figures + ["n"]
        + imputationFigures(effects.rows.map(\.difference.missingInformation)),
      rows: effects.rows.map { row in
        self.head(row) + row.place.answers.map { value($0.answer) }
          + (group == nil ? [] : [code(row.place.group)])
          + (hasOutcomes ? [code(row.outcome)] : []) + row.difference.records
          + [.integer(row.count)] + values(row.difference.missingInformation)
      })
    records.details = effects.rows.map { row in
      labels(
        [(row.variable, row.category)] + (group == nil ? [] : [(own[set.count], row.place.group)])
          + [("outcome", row.outcome)], in: language)
    }
    return records
  }

  /// One row a second difference: an effect in a place against the same in another.
  package static func differences(_ effects: MarginalEffects) -> Records {
    let hasOutcomes = effects.rows.contains { $0.outcome != nil }
    return Records(
      "second_differences",
      columns: ["term", "variable", "category", "contrast", "group", "reference"]
        + (hasOutcomes ? ["outcome"] : []) + Difference.figures
        + imputationFigures(effects.differences.map(\.difference.missingInformation)),
      rows: effects.differences.map { row in
        head(row.effect) + [.text(row.effect.place.code), .text(row.reference.place.code)]
          + (hasOutcomes ? [code(row.effect.outcome)] : []) + row.difference.records
          + values(row.difference.missingInformation)
      })
  }

  /// One row a prediction: the variables that are set, the group, the figures.
  package static func predictions(
    _ predictions: Predictions, over group: String?, in language: String
  ) -> Records {
    let hasOutcomes = predictions.rows.contains { $0.outcome != nil }
    let figures = ["estimate", "std_error", "df", "conf_low", "conf_high", "n"]
    let own = Records.columns(
      of: predictions.variables + [group].compactMap { $0 },
      beside: ["outcome"] + figures + EstimateRecords.imputationFigures)
    var records = Records(
      "predictions",
      columns: own + (hasOutcomes ? ["outcome"] : []) + figures
        + imputationFigures(predictions.rows.map(\.missingInformation)),
      rows: predictions.rows.map { row in
        row.answers.map { value($0.answer) } + (group == nil ? [] : [code(row.group)])
          + (hasOutcomes ? [code(row.outcome)] : []) + [
            .number(row.estimate), .number(row.standardError), .number(row.degreesOfFreedom),
            .number(row.interval.low), .number(row.interval.high), .integer(row.count),
          ] + values(row.missingInformation)
      })
    records.details = predictions.rows.map { row in
      .labels([
        (group == nil ? nil : own.last, row.group?.label.text(in: language) ?? ""),
        ("outcome", row.outcome?.label.text(in: language) ?? ""),
      ])
    }
    return records
  }

  /// One row a written-out combination.
  package static func contrasts(_ contrasts: Contrasts) -> Records {
    Records(
      "contrasts",
      columns: ["contrast"] + Difference.figures
        + imputationFigures(contrasts.rows.map(\.difference.missingInformation)),
      rows: contrasts.rows.map {
        [.text($0.contrast)] + $0.difference.records + values($0.difference.missingInformation)
      })
  }
}

extension MarginalEffects.Place {
  /// The group's code, or the codes of what is set: `1`, `gen=1, sex=2` where there are several.
  package var code: String {
    if let group { return group.code }
    if answers.count == 1 { return answers[0].answer.text }
    return answers.map { "\($0.variable)=\($0.answer.text)" }.joined(separator: ", ")
  }
}
