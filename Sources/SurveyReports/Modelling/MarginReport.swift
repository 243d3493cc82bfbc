package import SurveyModels
package import SurveyRequests
package import SurveyStatistics
package import SurveyTables

/// What was asked after a fit, as records and tables.
package struct MarginReport {
  package private(set) var records: [Records] = []
  package private(set) var tables: [Table] = []
  package private(set) var tests: [TestResult] = []
  package private(set) var notes: [String] = []

  package init(_ asked: MarginRequest, of fit: some FormulaFit, context: ResultContext) throws {
    let options = asked.options(level: context.options.level)
    let tables = MarginTables(
      context: context, isChance: fit.isChance, covariates: options.covariates)
    func append(_ table: Table) {
      var table = table
      table.essentials = context.essentials(for: nil, account: fit.accounting)
      self.tables.append(table)
    }
    if let variables = asked.margins {
      var effects = try fit.margins(
        of: variables, over: asked.over, at: asked.at.map { try Settings($0) }, options: options)
      let places = effects.rows.map(\.place.group)
      effects = context.groups(of: asked.over, besides: places).map(effects.with) ?? effects
      records.append(MarginRecords.effects(effects, over: asked.over, in: context.language))
      if !effects.differences.isEmpty { records.append(MarginRecords.differences(effects)) }
      append(tables.effects(effects, of: variables))
      tests += effects.tests
      notes += context.words(of: effects.notes)
    }
    if let text = asked.predict {
      var predictions = try fit.predictions(at: Settings(text), over: asked.over, options: options)
      let groups = context.groups(of: asked.over, besides: predictions.rows.map(\.group))
      predictions = groups.map(predictions.with) ?? predictions
      records.append(MarginRecords.predictions(predictions, over: asked.over, in: context.language))
      append(
        tables.predictions(
          predictions, of: fit.formula.outcome.name, counting: (fit as? ModelFit)?.event,
          over: asked.over))
      notes += context.words(of: predictions.notes).filter { !notes.contains($0) }
    }
    if !asked.contrast.isEmpty {
      let contrasts = try fit.contrasts(asked.contrast, level: context.options.level)
      records.append(MarginRecords.contrasts(contrasts))
      append(tables.contrasts(contrasts))
      tests += contrasts.tests
      notes += context.words(of: contrasts.notes)
    }
  }
}
