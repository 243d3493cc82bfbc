internal import Glibc
package import IntegrationParadox
internal import SurveyData
internal import SurveyModels
internal import SurveyStatistics
package import SurveyTables

/// Nested models and what mediators explain, as records, as tables and as sentences.
package struct MediationReport {
  let mediation: Mediation
  let outcome: String
  let group: String?
  let errors: MediationErrors
  let context: ResultContext

  /// Says it of a result in its context.
  package init(
    mediation: Mediation, outcome: String, group: String?, errors: MediationErrors,
    context: ResultContext
  ) {
    self.mediation = mediation
    self.outcome = outcome
    self.group = group
    self.errors = errors
    self.context = context
  }

  private var language: String { context.language }

  /// `rows`, `tests`, `models`, and `differences` between groups.
  package var records: [Records] {
    [rows, EstimateRecords.tests(mediation.tests), models]
      + (mediation.differences.isEmpty ? [] : [differences])
  }

  private var rows: Records {
    let records = Records(
      "rows",
      columns: Records.columns(
        of: [group].compactMap { $0 },
        before: ["key", "quantity", "mediator"] + Difference.figures),
      rows: mediation.rows.map { row in
        let head: [Records.Value] =
          (group == nil ? [] : [.text(row.group?.code ?? "all")])
          + [.text(row.key.name), .text(row.quantity.rawValue), .text(row.mediator)]
        return head + row.estimate.records
      })
    return EstimateRecords.adding(
      mediation.rows.map(\.estimate.missingInformation), to: records)
  }

  private var models: Records {
    Records(
      "models",
      columns: ["model", "term", "variable", "category"] + Difference.figures,
      rows: mediation.nested.flatMap { model in
        model.rows.map { row in
          [
            .text(model.name), .text(row.column.name), .text(row.column.variable),
            row.column.category.map { .text($0) } ?? .empty,
          ] + row.estimate.records
        }
      })
  }

  private var differences: Records {
    Records(
      "differences",
      columns: ["key", "quantity", "mediator", "group", "reference"] + Difference.figures,
      rows: mediation.differences.map { row in
        [
          .text(row.key.name), .text(row.quantity.rawValue), .text(row.mediator),
          .text(row.group.code), .text(row.reference.code),
        ] + row.difference.records
      })
  }

  /// The nested models, the decomposition of each group and of all, the groups compared.
  package var tables: [Table] {
    let groups = mediation.rows.reduce(into: [Category?]()) { groups, row in
      if !groups.contains(row.group) { groups.append(row.group) }
    }
    return [nested] + groups.map(decomposition)
      + (mediation.differences.isEmpty ? [] : [comparison])
  }

  // MARK: Nested models

  private var nested: Table {
    let isRatio = mediation.nested.last?.isLogit == true
    let widest = mediation.nested.last?.rows ?? []
    var rows: [Table.Row] = []
    var heading = ""
    for row in widest {
      let isFactor = row.column.parts.contains { $0.category != nil }
      if isFactor, row.column.variable != heading {
        rows.append(Table.Row(context.title(of: row.column.variable), kind: .heading))
      }
      heading = isFactor ? row.column.variable : ""
      rows.append(
        Table.Row(
          context.label(of: row.column), indent: isFactor ? 1 : 0,
          cells: mediation.nested.map { model in
            guard let own = model.rows.first(where: { $0.column == row.column })?.estimate else {
              return .empty
            }
            let value = { (number: Double) in isRatio ? exp(number) : number }
            return ConfidenceInterval(
              low: value(own.interval.low), high: value(own.interval.high)
            ).cell(value(own.estimate), as: .fixed(digits: context.digits ?? 2))
          }))
    }
    let unit: Phrase = isRatio ? .oddsRatio : .coefficient
    let fit = mediation.nested.last
    return Table(
      title: Phrase.nestedModels(of: outcomeTitle).text(in: language),
      unit: Phrase.unit(unit, level: context.options.level).text(in: language),
      columns: mediation.nested.enumerated().map { number, model in
        Table.Column(
          number == 0
            ? model.name
            : "\(model.name): + \(blockHeading(mediation.blocks[number - 1].name))")
      }, rows: rows,
      notes: (followed + [.sameRespondents(fit?.count ?? 0)] + mediation.tests.map(sentence)).map {
        $0.text(in: language)
      }
        + context.tableNotes(
          for: nil, account: mediation.accounting, interval: nil,
          degreesOfFreedom: fit?.rows.first?.estimate.degreesOfFreedom),
      essentials: context.essentials(for: nil, account: mediation.accounting))
  }

  /// What becomes of each key from the first model to the last, in plain words.
  private var followed: [Phrase] {
    guard let first = mediation.nested.first, let last = mediation.nested.last else { return [] }
    let isRatio = last.isLogit
    let keys = Set(mediation.rows.map(\.key))
    func finding(_ row: NestedModel.Row) -> Phrase.Finding {
      let value = { (number: Double) in isRatio ? exp(number) : number }
      let estimate = row.estimate
      return Phrase.Finding(
        value(estimate.estimate), low: value(estimate.interval.low),
        high: value(estimate.interval.high), level: context.options.level,
        as: .fixed(digits: context.digits ?? 2), nothing: isRatio ? 1 : 0)
    }
    return first.rows.filter { keys.contains($0.column) }.compactMap { row in
      guard let end = last.rows.first(where: { $0.column == row.column }) else { return nil }
      return .followed(
        context.fullLabel(of: row.column), from: finding(row), to: finding(end), isRatio: isRatio,
        last: last.name)
    }
  }

  private func sentence(_ test: TestResult) -> Phrase {
    .testResult(
      .blockTest(test.term, isEntry: test.test == "entry-wald-f"), statistic: test.statistic,
      df1: test.df1, df2: test.df2, p: test.pValue)
  }

  // MARK: Decompositions

  private func decomposition(_ group: Category?) -> Table {
    let own = mediation.rows.filter { $0.group == group }
    let keys = own.reduce(into: [ModelColumn]()) { keys, row in
      if !keys.contains(row.key) { keys.append(row.key) }
    }
    let shown: [Mediation.Quantity] = [.reduced, .full, .difference, .contrast]
    var rows: [Table.Row] = []
    for key in keys {
      if keys.count > 1 { rows.append(Table.Row(context.fullLabel(of: key), kind: .heading)) }
      for row in own
      where row.key == key && shown.contains(row.quantity) && !isRepetition(row.mediator) {
        let share = own.first {
          row.quantity == .difference && $0.key == key && $0.quantity == .share
            && $0.mediator == row.mediator
        }
        rows.append(
          Table.Row(
            label(of: row.quantity, row.mediator),
            indent: (keys.count > 1 ? 1 : 0) + (row.mediator.isEmpty ? 0 : 1),
            cells: [
              row.estimate.cell(as: format), .probability(row.estimate.pValue),
              share.map {
                $0.estimate.estimate.isNaN
                  ? .text("–")
                  : .number(Table.Quantity($0.estimate.estimate, as: .percent(digits: 0)))
              } ?? .empty,
            ]))
      }
    }
    let name = group.map { ": " + $0.name(in: language) } ?? ""
    return Table(
      title: Phrase.explained(
        by: titles(of: keys).joined(separator: ", "), of: outcomeTitle
      ).text(in: language)
        + name,
      unit: Phrase.unit(unit, level: context.options.level).text(in: language),
      columns: [
        Table.Column(Phrase.effect.text(in: language)),
        Table.Column(Phrase.p.text(in: language)),
        Table.Column(Phrase.shareOfEffect.text(in: language)),
      ], rows: rows,
      notes: (keys.flatMap { sentences(own, key: $0) } + [errorsNote, .mediationCaveat])
        .map { $0.text(in: language) })
  }

  /// The keys' variables, each once.
  private func titles(of keys: [ModelColumn]) -> [String] {
    keys.flatMap(\.parts).map { context.title(of: $0.variable) }.reduce(into: []) { titles, title in
      if !titles.contains(title) { titles.append(title) }
    }
  }

  /// Whether a block is one variable, whose row says it all.
  private func isRepetition(_ mediator: String) -> Bool {
    mediation.blocks.contains { $0.name == mediator && $0.variables.count == 1 }
      && !mediation.blocks.contains { $0.variables.contains(mediator) }
  }

  private var unit: Phrase {
    if mediation.scale == .probability { return .percentagePoints }
    return mediation.nested.first?.isLogit == true ? .logOdds : .coefficient
  }

  private var format: Table.Format {
    mediation.scale == .probability
      ? .points(digits: context.digits ?? 1) : .fixed(digits: context.digits ?? 3)
  }

  private func label(of quantity: Mediation.Quantity, _ mediator: String) -> String {
    switch quantity {
    case .reduced: Phrase.withoutMediators.text(in: language)
    case .full: Phrase.besideMediators.text(in: language)
    case .contrast: context.blockTitle(mediator.replacing("-", with: " − "))
    default:
      mediator.isEmpty
        ? Phrase.difference.text(in: language)
        : Phrase.through(title(ofMediator: mediator)).text(in: language)
    }
  }

  private var outcomeTitle: String {
    context.title(of: outcome, counting: mediation.models.last?.fit.event)
  }

  /// A mechanism at the head of a column; one that is a variable has its label.
  private func blockHeading(_ name: String) -> String {
    let title = context.title(of: name)
    return title == name ? context.blockTitle(name) : title
  }

  private func title(ofMediator name: String) -> String {
    mediation.blocks.contains { $0.name == name }
      ? Phrase.block(context.blockTitle(name)).text(in: language) : context.title(of: name)
  }

  /// What the mediators explain, and the ratios, in plain words.
  private func sentences(_ rows: [Mediation.Row], key: ModelColumn) -> [Phrase] {
    func value(_ quantity: Mediation.Quantity, _ mediator: String = "") -> Difference? {
      rows.first {
        $0.key == key && $0.quantity == quantity && $0.mediator == mediator
      }?.estimate
    }
    guard let share = value(.share), let reduced = value(.reduced) else { return [] }
    let name = context.fullLabel(of: key)
    var phrases: [Phrase] = []
    if share.estimate.isNaN {
      phrases.append(
        abs(reduced.estimate) < 2 * reduced.standardError
          ? .noEffectToExplain(name) : .suppression(name))
    } else {
      phrases.append(
        .mediatedShare(
          key: name, share: share.estimate, low: share.interval.low, high: share.interval.high,
          level: context.options.level,
          blocks: mediation.blocks.compactMap { block in
            value(.share, block.name).map { (context.blockTitle(block.name), $0.estimate) }
          }))
    }
    if let ratio = value(.ratio), let rescaling = value(.rescaling) {
      phrases.append(
        .confoundingRatio(key: name, ratio: ratio.estimate, rescaling: rescaling.estimate))
    }
    return phrases
  }

  private var errorsNote: Phrase {
    switch errors {
    case .joint: .jointErrors
    case .sobel: .sobelErrors
    case .fixed: .fixedErrors
    case .model: .modelErrors
    }
  }

  // MARK: Groups compared

  private var comparison: Table {
    var rows: [Table.Row] = []
    var heading = ""
    for row in mediation.differences {
      let title = "\(context.fullLabel(of: row.key)), \(row.group.name(in: language))"
      if title != heading { rows.append(Table.Row(title, kind: .heading)) }
      heading = title
      rows.append(
        Table.Row(
          label(of: row.quantity, row.mediator), indent: 1,
          cells: [
            row.difference.cell(as: .points(digits: context.digits ?? 1)),
            .probability(row.difference.pValue),
          ]))
    }
    let reference = mediation.differences.first?.reference.name(in: language) ?? ""
    return Table(
      title: Phrase.effectDifferences.text(in: language),
      unit: Phrase.unit(.percentagePoints, level: context.options.level).text(in: language),
      columns: [
        Table.Column(Phrase.difference.text(in: language)),
        Table.Column(Phrase.p.text(in: language)),
      ], rows: rows,
      notes: (comparedGroups + [
        Phrase.comparedWith(reference, adjustment: "none"), Phrase.groupsOnProbabilityScale,
      ]).map { $0.text(in: language) })
  }
}

extension MediationReport {
  /// Where each key's effect, and what goes through the mediators, differs most between groups.
  private var comparedGroups: [Phrase] {
    let keys = mediation.differences.reduce(into: [ModelColumn]()) { keys, row in
      if !keys.contains(row.key) { keys.append(row.key) }
    }
    return keys.flatMap { key in
      [Mediation.Quantity.reduced, .difference].flatMap { quantity in
        context.compared(
          .effectOf(context.fullLabel(of: key), throughMediators: quantity == .difference),
          mediation.differences.filter {
            $0.key == key && $0.quantity == quantity && $0.mediator.isEmpty
          }.map { ($0.group, $0.reference, $0.difference) },
          as: .points(digits: context.digits ?? 1))
      }
    }
  }
}

extension ResultContext {
  /// What a column of a model stands for, below its variable's heading.
  func label(of column: ModelColumn) -> String {
    if column.parts.isEmpty { return Phrase.intercept.text(in: language) }
    return column.parts.map { $0.category?.name(in: language) ?? title(of: $0.variable) }
      .joined(separator: " × ")
  }

  /// The same without a heading.
  func fullLabel(of column: ModelColumn) -> String {
    column.parts.map { part in
      part.category.map { "\(title(of: part.variable)): \($0.name(in: language))" }
        ?? title(of: part.variable)
    }.joined(separator: " × ")
  }

  /// The name of a mechanism in words.
  func blockTitle(_ name: String) -> String { Phrase.mechanism(name).text(in: language) }
}
