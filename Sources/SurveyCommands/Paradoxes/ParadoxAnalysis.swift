internal import IntegrationParadox
internal import SurveyData
internal import SurveyStatistics
internal import SurveyTables

/// All the analyses of a specification, as tables T1 to T7 and as records.
struct ParadoxAnalysis {
  private(set) var tables: [Table] = []
  /// Where the rows went, analysis by analysis.
  private(set) var accounts: [(name: String, account: Accounting)] = []
  private(set) var notes: [String] = []
  private var rows: Records
  private var tests: [TestResult] = []
  private var parts: [Records] = []
  private let specification: ParadoxSpecification
  private let survey: Survey
  private let context: ResultContext

  init(
    _ specification: ParadoxSpecification, of survey: Survey, scale: MediationScale,
    context: ResultContext
  ) throws {
    self.specification = specification
    self.survey = survey
    self.context = context
    rows = Records(
      "rows",
      columns: ["table", specification.group, "item", "quantity", "detail", "n"]
        + Difference.figures)
    try addPrevalences()
    try addGap()
    try addMediation(scale)
    try addGradient()
    try addPool()
  }

  /// Every number in one long table, all tests, then each analysis as its own verb gives it.
  var records: [Records] { [rows, EstimateRecords.tests(tests)] + parts }

  private var level: Double { context.options.level }

  private mutating func add(_ table: String, _ made: [Table], _ name: String, _ account: Accounting)
  {
    tables += made.map { original in
      var numbered = original
      numbered.title = "\(table). \(original.title)"
      return numbered
    }
    accounts.append((name, account))
  }

  private mutating func add(_ notes: [Note]) {
    for note in notes.map(\.description) where !self.notes.contains(note) {
      self.notes.append(note)
    }
  }

  /// Takes the records of a verb, each under the verb's name.
  private mutating func add(_ records: [Records], of verb: String) {
    for part in records where part.name != "tests" {
      var named = part
      named.name = part.name == "rows" ? verb : "\(verb)_\(part.name)"
      parts.append(named)
    }
  }

  private mutating func add(
    _ table: String, group: Category?, item: String, quantity: String, detail: String = "",
    count: Int? = nil, _ estimate: Difference, interval: ConfidenceInterval? = nil
  ) {
    var figures = estimate.records
    if let interval {
      // That a share is zero is no hypothesis.
      if ["share", "level"].contains(quantity) {
        (figures[2], figures[4]) = (.empty, .empty)
      }
      figures.replaceSubrange(5...6, with: [.number(interval.low), .number(interval.high)])
    }
    rows.rows.append(
      [
        .text(table), .text(group?.code ?? "all"), .text(item), .text(quantity), .text(detail),
        count.map { .integer($0) } ?? .empty,
      ] + figures)
  }

  // MARK: T1

  private mutating func addPrevalences() throws {
    let items = [specification.judgements.a, specification.judgements.b, specification.outcome]
    let found = try items.map {
      try survey.prevalence(
        of: $0, by: specification.group, interval: context.options.interval ?? .logit, level: level)
    }
    let report = PrevalenceReport(
      prevalences: found, group: specification.group, context: context)
    tables.append(report.table)
    tables[tables.count - 1].title = "T1. \(report.table.title)"
    for prevalence in found {
      accounts.append((prevalence.item, prevalence.accounting))
      add(prevalence.notes)
      for row in prevalence.rows {
        add(
          "T1", group: row.group, item: prevalence.item, quantity: "share", count: row.count,
          row.share, interval: row.interval)
      }
    }
    parts.append(report.records)
  }

  // MARK: T2

  private mutating func addGap() throws {
    let (a, b) = specification.judgements
    let name = "\(a) - \(b)"
    let gap = try survey.gap(
      a, b, by: specification.group, reference: specification.reference, level: level)
    let report = GapReport(
      gap, judgements: (a, b), group: specification.group, context: context)
    add("T2", report.tables, "gap", gap.accounting)
    add([report.records, report.differences], of: "gap")
    for row in gap.rows {
      add("T2", group: row.group, item: name, quantity: "gap", count: row.count, row.difference)
    }
    for row in gap.differences {
      add(
        "T2", group: row.group, item: name, quantity: "gap_difference",
        detail: row.reference.code, count: row.count, row.difference)
    }
    tests += gap.equality.map { [$0] } ?? []
    add(gap.notes)
    let discordance = try survey.discordance(
      a, b, by: specification.group, reference: specification.reference, level: level)
    let types = DiscordanceReport(
      discordance: discordance, judgements: (a, b), group: specification.group, context: context)
    add("T2", types.tables, "discordance", discordance.accounting)
    add([types.records, types.differences], of: "discordance")
    for row in discordance.rows {
      add(
        "T2", group: row.group, item: name, quantity: "share_among_a", count: row.count,
        row.shareAmongFirst)
    }
    tests += discordance.tests
    add(discordance.notes)
  }

  // MARK: T3 and T4

  private mutating func addMediation(_ scale: MediationScale) throws {
    guard !specification.blocks.isEmpty else { return }
    let mediation = try survey.mediation(
      of: specification.outcome, keys: [specification.status], blocks: specification.blocks,
      controls: specification.controls, scale: scale, by: specification.group,
      reference: specification.reference, level: level)
    let report = MediationReport(
      mediation: mediation, outcome: specification.outcome, group: specification.group,
      errors: .joint, context: context)
    let made = report.tables
    add("T3", Array(made.prefix(1)), "models", mediation.accounting)
    add("T4", Array(made.dropFirst()), "decomposition", mediation.accounting)
    accounts.removeLast()
    add(report.records, of: "models")
    for model in mediation.models {
      for row in model.fit.rows {
        add(
          "T3", group: nil, item: row.term, quantity: "coefficient", detail: model.name,
          count: model.fit.count,
          Difference(
            row.estimate, standardError: row.standardError,
            degreesOfFreedom: row.degreesOfFreedom, level: level))
      }
    }
    for row in mediation.rows {
      add(
        "T4", group: row.group, item: row.key.name, quantity: row.quantity.rawValue,
        detail: row.mediator, row.estimate)
    }
    tests += mediation.tests
    add(mediation.notes)
  }

  // MARK: T5

  private mutating func addGradient() throws {
    let gradient = try survey.gradient(
      of: specification.outcome, over: specification.status, by: specification.group,
      controls: specification.controls, reference: specification.reference, level: level)
    let report = GradientReport(
      gradient: gradient, outcome: specification.outcome, status: specification.status,
      group: specification.group, controls: specification.controls, values: [:],
      context: context)
    add("T5", report.tables, "gradient", gradient.accounting)
    add(report.records, of: "gradient")
    for row in gradient.rows {
      add(
        "T5", group: row.group, item: specification.status, quantity: row.quantity.rawValue,
        detail: row.term, count: row.count, row.estimate, interval: row.interval)
    }
    tests += gradient.tests
    add(gradient.notes)
  }

  // MARK: T7

  /// The gap in each part of the survey, pooled over the parts.
  private mutating func addPool() throws {
    guard let over = specification.pool else { return }
    let (a, b) = specification.judgements
    let gap = try survey.gap(a, b, by: over, level: level)
    let estimates = gap.rows.compactMap { row in
      row.group.flatMap { group in
        row.difference.standardError > 0
          ? StudyEstimate(
            group.name(in: context.language), estimate: row.difference.estimate,
            standardError: row.difference.standardError) : nil
      }
    }
    var options = PoolingOptions()
    options.level = level
    options.error = .knappHartung
    let pool = try Pool(estimates, options: options)
    let report = PoolReport(
      pool, input: PoolingInput(estimates), options: options, language: context.language,
      digits: context.output.digits)
    add("T7", report.tables, "pool", gap.accounting)
    tables[tables.count - 1].notes.append(
      Phrase.pooledWithinSurvey(context.title(of: over)).text(in: context.language))
    add([report.rows, report.heterogeneity], of: "pool")
    for study in pool.studies {
      add("T7", group: nil, item: study.source.name, quantity: "gap", study.difference)
    }
    for term in pool.terms {
      add("T7", group: nil, item: term.name, quantity: "pooled_gap", term.difference)
    }
    tests += pool.tests
  }
}

extension PoolingInput {
  /// Estimates that come from an analysis and not from a file.
  init(_ estimates: [StudyEstimate]) {
    self.estimates = estimates
    terms = []
    read = estimates.count
    outside = 0
    missing = 0
  }
}
