package import IntegrationParadox
internal import SurveyData
internal import SurveyStatistics
package import SurveyTables

/// A gradient as records, as tables and as a sentence.
package struct GradientReport {
  let gradient: Gradient
  let outcome: String
  let status: String
  let group: String?
  let controls: [String]
  /// The controls' values at which the curve is drawn.
  let values: [String: Double]
  let context: ResultContext

  /// Says it of a result in its context.
  package init(
    gradient: Gradient, outcome: String, status: String, group: String?, controls: [String],
    values: [String: Double], context: ResultContext
  ) {
    self.gradient =
      gradient.levels.isEmpty
      ? gradient
      : context.groups(of: group, besides: gradient.rows.map(\.group)).map(gradient.with)
        ?? gradient
    self.outcome = outcome
    self.status = status
    self.group = group
    self.controls = controls
    self.values = values
    self.context = context
  }

  private var language: String { context.language }
  private var digits: Int { context.digits ?? 0 }

  /// `rows`, `tests`, and the `curve` of a spline.
  package var records: [Records] {
    [rows, EstimateRecords.tests(gradient.tests)] + (gradient.curve.isEmpty ? [] : [curve])
  }

  private func groupValue(_ category: Category?) -> [Records.Value] {
    group == nil ? [] : [.text(category?.code ?? "all")]
  }

  private var rows: Records {
    var records = Records(
      "rows",
      columns: Records.columns(
        of: [group].compactMap { $0 }, before: ["quantity", "term", "n"] + Difference.figures),
      rows: gradient.rows.map { row in
        var figures = row.estimate.records
        // That a chance is zero is no hypothesis.
        if row.quantity == .level {
          figures.replaceSubrange(2...4, with: [.empty, figures[3], .empty])
        }
        figures.replaceSubrange(
          5...6, with: [.number(row.interval.low), .number(row.interval.high)])
        return groupValue(row.group)
          + [.text(row.quantity.rawValue), .text(row.term), .integer(row.count)] + figures
      })
    records.details = gradient.rows.map { row in
      let level = gradient.levels.first { $0.code == row.term }
      return [Tree.Member("label", .text(level?.label.text(in: language) ?? ""))]
        + .labels([
          (group == nil ? nil : records.columns[0], row.group?.label.text(in: language) ?? "")
        ])
    }
    return EstimateRecords.adding(
      gradient.rows.map(\.estimate.missingInformation), to: records)
  }

  private var curve: Records {
    Records(
      "curve",
      columns: Records.columns(
        of: [group].compactMap { $0 } + [status],
        before: ["estimate", "std_error", "conf_low", "conf_high"]),
      rows: gradient.curve.map { point in
        groupValue(point.group) + [
          .number(point.status), .number(point.chance), .number(point.standardError),
          .number(point.interval.low), .number(point.interval.high),
        ]
      })
  }

  /// Levels, contrasts, second differences and the curve.
  package var tables: [Table] {
    var tables: [Table] = []
    if !gradient.levels.isEmpty {
      tables.append(levels)
      tables.append(bends)
      if gradient.rows.contains(where: { $0.quantity == .secondDifference }) {
        tables.append(secondDifferences)
      }
    }
    if !gradient.curve.isEmpty { tables.append(curveTable) }
    return tables
  }

  /// The groups, then all.
  private var columns: [Category?] {
    gradient.rows.reduce(into: [Category?]()) { groups, row in
      if !groups.contains(row.group) { groups.append(row.group) }
    }
  }

  private func name(_ category: Category?) -> String {
    category?.name(in: language) ?? Phrase.all.text(in: language)
  }

  private func find(
    _ quantity: Gradient.Quantity, _ term: String, _ group: Category?
  ) -> Gradient.Row? {
    gradient.rows.first { $0.quantity == quantity && $0.term == term && $0.group == group }
  }

  private var levels: Table {
    Table(
      title: Phrase.gradient(
        of: context.outcomeTitle(outcome), over: context.title(of: status)
      ).text(in: language),
      unit: Phrase.unit(.weightedPercent, level: context.options.level).text(in: language),
      stub: context.title(of: status),
      columns: columns.map { Table.Column(name($0)) }
        + [Table.Column(Phrase.n.text(in: language), isRepeated: true)],
      rows: gradient.levels.map { level in
        Table.Row(
          level.name(in: language),
          cells: columns.map { group in
            guard let row = find(.level, level.code, group) else { return .empty }
            return row.interval.cell(row.estimate.estimate, as: .percent(digits: digits))
          } + [.count(find(.level, level.code, nil)?.count ?? 0)])
      },
      notes: (columns.compactMap(rise) + adjusted + [.modelPercentages]).map {
        $0.text(in: language)
      }
        + context.tableNotes(
          for: nil, account: gradient.accounting, interval: nil,
          degreesOfFreedom: gradient.rows.first?.estimate.degreesOfFreedom),
      essentials: context.essentials(for: nil, account: gradient.accounting))
  }

  private var adjusted: [Phrase] {
    controls.isEmpty ? [] : [.averagedOver(controls.map(context.title))]
  }

  /// What the curve holds at a value, and what it averages over.
  private var drawn: [Phrase] {
    let moving = controls.filter { values[$0] == nil }
    let fixed = controls.compactMap { name in values[name].map { (context.title(of: name), $0) } }
    return (fixed.isEmpty ? [] : [.drawnAt(fixed)])
      + (moving.isEmpty ? [] : [.averagedOver(moving.map(context.title))])
  }

  /// How far it is from the first level to the last, in plain words.
  private func rise(_ group: Category?) -> Phrase? {
    guard let first = gradient.levels.first, let last = gradient.levels.last,
      let row = find(.difference, last.code, group), !row.interval.low.isNaN
    else { return nil }
    return .rise(
      group: self.group == nil ? nil : name(group), from: first.name(in: language),
      to: last.name(in: language), slope: slope(group),
      row.estimate.finding(as: .points(digits: digits), level: context.options.level))
  }

  private var bends: Table {
    let terms = gradient.rows.filter { $0.quantity == .contrast && $0.group == nil }.map(\.term)
    return Table(
      title: Phrase.shape.text(in: language),
      unit: Phrase.unit(.contrastOfPoints, level: context.options.level).text(in: language),
      columns: columns.map { Table.Column(name($0)) },
      rows: terms.map { term in
        Table.Row(
          Phrase.bend(term).text(in: language),
          cells: columns.map { group in
            guard let row = find(.contrast, term, group) else { return .empty }
            return row.interval.cell(row.estimate.estimate, as: .points(digits: digits))
          })
      },
      notes: columns.compactMap(shape).map { $0.text(in: language) }
        + tested(["equal-levels", "departure"], among: columns))
  }

  /// The tests of some names, each with its group.
  private func tested(_ names: [String], among groups: [Category?]) -> [String] {
    gradient.tests.filter { names.contains($0.test) }.map { test in
      let group = groups.first { $0?.code == test.term } ?? nil
      let result = Phrase.testResult(
        .gradientTest(test.test), statistic: test.statistic, df1: test.df1, df2: test.df2,
        p: test.pValue)
      return
        (self.group == nil
        ? result : .joined([Phrase(verbatim: name(group)), result], separator: ": ")).text(
          in: language)
    }
  }

  private func contrasts(_ group: Category?) -> [Gradient.Row] {
    gradient.rows.filter { $0.quantity == .contrast && $0.group == group }
  }

  private func isClear(_ row: Gradient.Row) -> Bool {
    row.interval.low > 0 || row.interval.high < 0
  }

  /// Whether all levels together rise clearly, 1, fall clearly, −1, or neither, 0.
  private func slope(_ group: Category?) -> Int {
    guard let linear = contrasts(group).first, isClear(linear) else { return 0 }
    return linear.estimate.estimate < 0 ? -1 : 1
  }

  /// Whether a group's line rises and bends, in plain words.
  private func shape(_ group: Category?) -> Phrase? {
    let rows = contrasts(group)
    guard let linear = rows.first, !linear.interval.low.isNaN else { return nil }
    return .shapeOfGradient(
      group: self.group == nil ? nil : name(group), slope: slope(group),
      bends: rows.dropFirst().contains(where: isClear))
  }

  private var secondDifferences: Table {
    let rows = gradient.rows.filter { $0.quantity == .secondDifference }
    let first = gradient.levels.first?.name(in: language) ?? ""
    let compared = rows.compactMap(\.group)
    let reference = columns.compactMap { $0 }.first { !compared.contains($0) }
    return Table(
      title: Phrase.secondDifferences.text(in: language),
      unit: Phrase.unit(.percentagePoints, level: context.options.level).text(in: language),
      columns: [
        Table.Column(Phrase.difference.text(in: language)),
        Table.Column(Phrase.p.text(in: language)),
      ],
      rows: rows.map { row in
        let level = gradient.levels.first { $0.code == row.term }?.name(in: language) ?? row.term
        return Table.Row(
          "\(name(row.group)): \(level)",
          cells: [
            row.estimate.cell(as: .points(digits: digits)), .probability(row.estimate.pValue),
          ])
      },
      notes: steepest(reference).map { $0.text(in: language) }
        + [Phrase.steeper(than: name(reference), from: first).text(in: language)]
        + gradient.tests.filter { ["second-differences", "product-terms"].contains($0.test) }.map {
          Phrase.testResult(
            .gradientTest($0.test), statistic: $0.statistic, df1: $0.df1, df2: $0.df2,
            p: $0.pValue
          ).text(in: language)
        })
  }

  /// The group whose way from the first level to the last is most another, in plain words.
  private func steepest(_ reference: Category?) -> [Phrase] {
    guard let first = gradient.levels.first, let last = gradient.levels.last, let reference else {
      return []
    }
    return context.compared(
      .riseFrom(first.name(in: language), to: last.name(in: language)),
      gradient.rows.compactMap { row in
        guard row.quantity == .secondDifference, row.term == last.code, let group = row.group else {
          return nil
        }
        return (group, reference, row.estimate)
      }, as: .points(digits: digits))
  }

  /// A group's curve from end to end, in plain words.
  private func inWords(_ group: Category?) -> Phrase? {
    let points = gradient.curve.filter { $0.group == group }
    let test = gradient.tests.first {
      $0.test == "nonlinearity" && (self.group == nil || $0.term == group?.code ?? "all")
    }
    guard let start = points.first, let end = points.last, let test else { return nil }
    return .curveInWords(
      group: self.group == nil ? nil : name(group), from: start.status, start: start.chance,
      to: end.status, end: end.chance, p: test.pValue, level: context.options.level)
  }

  private var curveTable: Table {
    let groups = gradient.curve.reduce(into: [Category?]()) { groups, point in
      if !groups.contains(point.group) { groups.append(point.group) }
    }
    let grid = gradient.curve.filter { $0.group == groups.last ?? nil }.map(\.status)
    return Table(
      title: Phrase.gradientCurve(
        of: context.outcomeTitle(outcome), over: context.title(of: status)
      ).text(in: language),
      unit: Phrase.unit(.weightedPercent, level: context.options.level).text(in: language),
      stub: context.title(of: status), columns: groups.map { Table.Column(name($0)) },
      rows: grid.map { status in
        Table.Row(
          NumberFormat(language: language).text(
            status, as: status == status.rounded() ? .fixed(digits: 0) : .significant(digits: 3)),
          cells: groups.map { group in
            guard
              let point = gradient.curve.first(where: { $0.group == group && $0.status == status })
            else { return .empty }
            return point.interval.cell(point.chance, as: .percent(digits: digits))
          })
      },
      notes: (groups.compactMap(inWords) + drawn).map { $0.text(in: language) }
        + tested(["spline", "nonlinearity"], among: groups))
  }
}
