package import IntegrationParadox
package import SurveyData
internal import SurveyRequests
package import SurveyStatistics
package import SurveyTables

/// All the analyses of a specification, as tables T1 to T7 and as records.
package struct ParadoxAnalysis {
  /// The names of the tables.
  package static let names = (1...7).map { "T\($0)" }

  package private(set) var tables: [Table] = []
  /// Where the rows went, analysis by analysis.
  package private(set) var accounts: [(name: String, account: Accounting)] = []
  package private(set) var notes: [String] = []
  private var rows: Records
  private var tests: [TestResult] = []
  private var parts: [Records] = []
  private let wanted: Set<String>
  private let specification: ParadoxRoles
  private let context: ResultContext

  package init(
    _ specification: ParadoxRoles, scale: MediationScale,
    tables wanted: Set<String>, context: ResultContext
  ) throws {
    self.wanted = wanted
    self.specification = specification
    self.context = context
    let last = ["item", "quantity", "detail", "n"] + Difference.figures
    rows = Records(
      "rows",
      columns: ["table"]
        + Records.columns(of: [specification.group], beside: ["table"] + last) + last)
    if wanted.contains("T1") { try addPrevalences() }
    if wanted.contains("T2") { try addGap() }
    if wanted.contains("T3") || wanted.contains("T4") { try addMediation(scale) }
    if wanted.contains("T5") {
      try addGradient()
      try addTipping()
    }
    if wanted.contains("T6") { try addDecompositions() }
    if wanted.contains("T7") { try addPool() }
  }

  /// Every number in one long table, all tests, then each analysis as its own verb gives it.
  package var records: [Records] { [rows, EstimateRecords.tests(tests)] + parts }

  private var level: Double { context.options.level }

  private mutating func add(_ table: String, _ made: [Table], _ name: String, _ account: Accounting)
  {
    guard wanted.contains(table) else { return }
    tables += made.map { original in
      var numbered = original
      numbered.title = "\(table). \(original.title)"
      return numbered
    }
    if !accounts.contains(where: { $0.name == name }) { accounts.append((name, account)) }
  }

  private mutating func add(_ notes: [Note]) { say(context.words(of: notes)) }

  private mutating func say(_ notes: [String]) {
    self.notes += notes.filter { !self.notes.contains($0) }
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
    guard wanted.contains(table) else { return }
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
    let items = [specification.first, specification.second, specification.outcome]
    let found = try items.map { item in
      try context.survey.prevalence(
        of: item, by: specification.group, interval: context.options.interval ?? .logit,
        level: level)
    }
    let report = PrevalenceReport(
      prevalences: found, group: specification.group, context: context)
    add("T1", [report.table], items[0], found[0].accounting)
    for prevalence in found {
      if prevalence.item != items[0] {
        accounts.append((prevalence.item, prevalence.accounting))
      }
      tests += prevalence.equality.map { [$0] } ?? []
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
    let (a, b) = (specification.first, specification.second)
    let name = "\(a) - \(b)"
    let gap = try context.survey.gap(
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
    let discordance = try context.survey.discordance(
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
    let blocks = specification.mechanisms.map { MediatorBlock($0.name, $0.variables) }
    guard !blocks.isEmpty else {
      return say([Phrase.mechanismsNeeded.text(in: context.language)])
    }
    let mediation = try context.survey.mediation(
      of: specification.outcome, keys: [specification.status], blocks: blocks,
      controls: specification.controls, scale: scale, by: specification.group,
      reference: specification.reference, level: level)
    let report = MediationReport(
      mediation: mediation, outcome: specification.outcome, group: specification.group,
      errors: .joint, context: context)
    let made = report.tables
    add("T3", Array(made.prefix(1)), "models", mediation.accounting)
    add("T4", Array(made.dropFirst()), "models", mediation.accounting)
    add(report.records, of: "models")
    for model in mediation.nested {
      for row in model.rows {
        add(
          "T3", group: nil, item: row.column.name, quantity: "coefficient", detail: model.name,
          count: model.count, row.estimate)
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
    let gradient = try context.survey.gradient(
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

  /// How much misreporting would erase the gradient of all.
  private mutating func addTipping() throws {
    var options = TippingOptions()
    options.level = level
    let tipping = try context.survey.tipping(
      specification.outcome, over: specification.status, options: options)
    let report = TippingReport(
      tipping, outcome: specification.outcome, status: specification.status, context: context)
    add("T5", report.tables, "tipping", tipping.accounting)
    add(report.records, of: "tipping")
    for way in tipping.ways {
      guard let point = way.point else { continue }
      add(
        "T5", group: nil, item: specification.status, quantity: "tipping_point",
        detail: way.kind.rawValue, point)
    }
    add(tipping.notes)
  }

  // MARK: T6

  /// The outcome of each group and of the one that they are compared with, taken apart.
  private mutating func addDecompositions() throws {
    let groups = try context.survey.prevalence(
      of: specification.outcome, by: specification.group, level: level
    ).rows.compactMap(\.group)
    let base = try Survey.base(
      specification.reference, of: context.survey.dataset.variable(specification.group),
      among: groups)
    let others = groups.filter { $0.code != base.code }
    var options = DecompositionOptions()
    options.reference = base.code
    options.level = level
    for other in others {
      let pair =
        try others.count == 1
        ? context.survey : context.survey.among([base, other], of: specification.group)
      let found = try pair.decompose(
        specification.outcome, by: specification.group,
        covariates: [specification.status] + specification.controls
          + specification.mechanisms.flatMap(\.variables),
        options: options)
      let report = DecompositionReport(
        found, outcome: specification.outcome, group: specification.group, options: options,
        context: context)
      var table = report.table
      if others.count > 1 {
        table.title =
          Phrase.versusGroup(
            table.title, other.name(in: context.language), base.name(in: context.language)
          ).text(in: context.language)
      }
      let name = others.count > 1 ? "decomposition_\(other.code)" : "decomposition"
      add("T6", [table], name, found.accounting)
      add(report.records, of: name)
      say([report.choices])
      for row in found.rows {
        add(
          "T6", group: other, item: specification.outcome, quantity: row.component.rawValue,
          detail: row.variable, row.difference)
      }
      add(found.notes)
    }
  }

  // MARK: T7

  /// The gap in each part of the survey, pooled over the parts.
  private mutating func addPool() throws {
    guard let over = specification.pool else {
      return say([Phrase.poolNeeded.text(in: context.language)])
    }
    let (a, b) = (specification.first, specification.second)
    let gap = try context.survey.gap(a, b, by: over, level: level)
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
      pool,
      input: PoolingInput(
        estimates, unknown: gap.rows.filter { $0.group != nil }.count - estimates.count),
      options: options, language: context.language,
      digits: context.digits, isShare: gap.isOfShares)
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
  ///
  /// - Parameter unknown: How many have no error, and are not pooled.
  init(_ estimates: [StudyEstimate], unknown: Int) {
    self.estimates = estimates
    terms = []
    read = estimates.count + unknown
    outside = 0
    missing = unknown
  }
}
