internal import SurveyModels
internal import SurveyRecords
internal import SurveyRequests
internal import SurveyStatistics
internal import SurveyTables

/// What was asked after a fit, as records and tables.
struct MarginReport {
  private(set) var records: [Records] = []
  private(set) var tables: [Table] = []
  private(set) var tests: [TestResult] = []
  private(set) var notes: [String] = []

  init(_ asked: MarginRequest, of fit: some FormulaFit, context: ResultContext) throws {
    let options = asked.options(level: context.options.level)
    let tables = MarginTables(
      context: context, isChance: fit.isChance, covariates: options.covariates)
    if let variables = asked.margins {
      let effects = try fit.margins(
        of: variables, over: asked.over, at: asked.at.map { try Settings($0) }, options: options)
      records.append(MarginRecords.effects(effects, over: asked.over, in: context.language))
      if !effects.differences.isEmpty { records.append(MarginRecords.differences(effects)) }
      self.tables.append(tables.effects(effects, of: variables))
      tests += effects.tests
      notes += context.words(of: effects.notes)
    }
    if let text = asked.predict {
      let predictions = try fit.predictions(at: Settings(text), over: asked.over, options: options)
      records.append(MarginRecords.predictions(predictions, over: asked.over, in: context.language))
      self.tables.append(
        tables.predictions(
          predictions, of: fit.formula.outcome.name, counting: (fit as? ModelFit)?.event,
          over: asked.over))
      notes += context.words(of: predictions.notes).filter { !notes.contains($0) }
    }
    if !asked.contrast.isEmpty {
      let contrasts = try fit.contrasts(asked.contrast, level: context.options.level)
      records.append(MarginRecords.contrasts(contrasts))
      self.tables.append(tables.contrasts(contrasts))
      tests += contrasts.tests
      notes += context.words(of: contrasts.notes)
    }
  }
}
