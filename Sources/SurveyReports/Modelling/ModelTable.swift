internal import Glibc
internal import SurveyData
internal import SurveyModels
internal import SurveyStatistics
internal import SurveyTables

/// The printed table of a model: a heading for each factor with its reference, ratios where the
/// family has them.
struct ModelTable {
  private let fit: ModelFit
  private let tests: [TestResult]
  private let statistics: FitStatistics
  private let stars: SignificanceStars?
  private let context: ResultContext

  init(
    _ fit: ModelFit, tests: [TestResult], statistics: FitStatistics, stars: SignificanceStars?,
    context: ResultContext
  ) {
    self.fit = fit
    self.tests = tests
    self.statistics = statistics
    self.stars = stars
    self.context = context
  }

  private var language: String { context.language }
  private var isRatio: Bool { fit.family.hasRatios }

  /// The table.
  var table: Table {
    let (kind, unit) = Phrase.regression(fit.family.rawValue)
    var table = Table(
      title: "\(context.title(of: fit.formula.outcome.name, counting: fit.event))"
        + "\(fit.event == nil ? ": " : " – ")\(kind.text(in: language))",
      unit: Phrase.unit(unit, level: context.options.level).text(in: language),
      columns: [
        Table.Column(fit.formula.name ?? unit.text(in: language)), Table.Column(""),
      ], rows: rows,
      legend: stars?.legend(in: language) ?? [],
      notes: context.tableNotes(
        for: nil, account: fit.accounting, extra: extraNotes, interval: nil,
        degreesOfFreedom: fit.rows.first?.degreesOfFreedom),
      essentials: context.essentials(for: nil, account: fit.accounting))
    table.reference = isRatio ? 1 : 0
    return table
  }

  private var rows: [Table.Row] {
    var rows: [Table.Row] = []
    var heading = ""
    for row in fit.rows {
      let isFactor = row.column.parts.contains { $0.category != nil }
      if isFactor, row.variable != heading {
        rows.append(
          Table.Row(
            Self.heading(of: row.column, in: context),
            cells: Self.reference(of: row.column, fit.references, in: context).map { [.text($0)] }
              ?? [], kind: .heading))
      }
      heading = isFactor ? row.variable : ""
      rows.append(
        Table.Row(
          Self.label(of: row.column, in: context), indent: isFactor ? 1 : 0,
          cells: [
            Self.cell(row, isRatio: isRatio, stars: stars, digits: context.digits),
            .probability(row.pValue),
          ]))
    }
    return rows
  }

  /// The heading over the categories of a factor or a product.
  static func heading(of column: ModelColumn, in context: ResultContext) -> String {
    column.parts.map { title(of: $0.variable, in: context) }.joined(separator: " × ")
  }

  /// What a coefficient is of, in words.
  static func label(of column: ModelColumn, in context: ResultContext) -> String {
    let language = context.language
    if column.parts.isEmpty { return Phrase.intercept.text(in: language) }
    return column.parts.map { part in
      part.category?.name(in: language)
        ?? (part.number == nil ? title(of: part.variable, in: context) : part.name)
    }.joined(separator: " × ")
  }

  /// A coefficient or a ratio with its interval.
  static func cell(
    _ row: ModelRow, isRatio: Bool, stars: SignificanceStars?, digits: Int?
  ) -> Table.Cell {
    func shown(_ value: Double) -> Double { isRatio ? exp(value) : value }
    let format: Table.Format =
      isRatio
      ? .fixed(digits: digits ?? 2)
      : digits.map { .fixed(digits: $0) } ?? .significant(digits: 3)
    return .estimate(
      Table.Quantity(shown(row.estimate), as: format),
      low: row.interval.low.isNaN ? nil : shown(row.interval.low),
      high: row.interval.high.isNaN ? nil : shown(row.interval.high),
      mark: stars?.mark(row.pValue) ?? "")
  }

  /// A variable's label.
  static func title(of name: String, in context: ResultContext) -> String {
    (try? context.survey.dataset.variable(name))?.title(in: context.language) ?? name
  }

  /// The reference of a single factor, in words.
  static func reference(
    of column: ModelColumn, _ references: [String: String], in context: ResultContext
  ) -> String? {
    guard column.parts.count == 1, let part = column.parts.first,
      let variable = try? context.survey.dataset.variable(part.variable),
      let code = references[part.variable]
    else { return nil }
    let category = variable.categories.first { $0.code == code } ?? Category(code)
    return Phrase.reference(category.name(in: context.language)).text(in: context.language)
  }

  private var extraNotes: [Phrase] {
    tests.map { test in
      let name = test.test == "wald-f" ? Phrase(verbatim: "F") : .test(test.test)
      let result = Phrase.testResult(
        name, statistic: test.statistic, df1: test.df1, df2: test.df2, p: test.pValue)
      let term = test.term.split(separator: ":").map { Self.title(of: String($0), in: context) }
        .joined(separator: " × ")
      return Phrase.joined([Phrase(verbatim: term), result], separator: ": ")
    } + [.fit(statistics.figures)] + context.missingInformation(fit.rows.map(\.missingInformation))
  }
}

extension FitStatistics {
  /// The figures that the family has, in words.
  var figures: [Phrase] {
    let numbers: [(Phrase, Double, Int)] = [
      (.aic, aic, 1), (.bic, bic, 1), (.rSquared, rSquared, 3), (.coxSnell, coxSnell, 3),
      (.nagelkerke, nagelkerke, 3), (.mcFadden, mcFadden, 3), (.rocArea, rocArea, 3),
      (.dispersion, dispersion, 3),
    ]
    let known = numbers.filter { !$0.1.isNaN }.map { Phrase.figure($0.0, $0.1, digits: $0.2) }
    guard let goodness else { return known }
    return known + [
      .testResult(
        .archerLemeshow, statistic: goodness.statistic, df1: goodness.df1, df2: goodness.df2,
        p: goodness.pValue)
    ]
  }
}
