import SurveyData
package import SurveyRequests
package import SurveyStatistics
package import SurveyTables

/// Comparisons, trends and ranks as records and as tables.
package struct ComparisonReport {
  private let asked: ComparisonOptions
  private let groups: [String]
  private let context: ResultContext
  /// What was compared.
  private(set) var comparisons: [Comparison] = []
  private var trends: [(trend: Trend, comparison: Comparison)] = []
  private var ranks: [(variable: String, test: RankTest, result: RankTestResult)] = []
  private var tests: [(test: TestResult, scale: Double?)] = []
  /// What makes the printed tables, given the printed figures.
  private var makers: [(CellMarks?) -> Table] = []

  package init(asked: ComparisonOptions, groups: [String], context: ResultContext) {
    self.asked = asked
    self.groups = groups
    self.context = context
  }

  private var language: String { context.language }

  // MARK: Adding results

  /// Adds comparisons, for stated shares with the tests of their fit.
  package mutating func add(_ comparison: Comparison, fits: [GoodnessOfFit] = []) {
    comparisons.append(comparison)
    tests += fits.isEmpty ? comparison.tests.map { ($0, nil) } : fits.map { ($0.test, $0.scale) }
    makers.append { [asked, context] marks in
      var table = ComparisonTable(
        comparison, fits: fits, asked: asked, marks: marks, context: context
      ).table
      table.subject = Table.Subject(comparison.variable.name)
      return table
    }
  }

  /// Adds the trend of the comparisons added last.
  package mutating func add(_ trend: Trend) {
    guard let comparison = comparisons.last else { return }
    trends.append((trend, comparison))
    tests += trend.tests.map { ($0, nil) }
    var table = TrendTable(trend, of: comparison, context: context).table
    table.subject = Table.Subject(records: "trends")
    makers.append { [table] _ in table }
  }

  /// Adds a test of ranks.
  package mutating func add(_ result: RankTestResult, variable: String, test: RankTest) {
    ranks.append((variable, test, result))
    tests.append((result.test, nil))
    var table = rankTable(result, variable: variable, test: test)
    table.subject = Table.Subject(records: "ranks")
    makers.append { [table] _ in table }
  }

  /// The printed tables, with printed figures beside their cells.
  package func tables(beside marks: CellMarks?) -> [Table] { makers.map { $0(marks) } }

  /// Where the rows of every variable went.
  package var accounts: [(name: String, account: Accounting)] {
    comparisons.flatMap {
      $0.accounts.isEmpty ? [($0.variable.name, $0.accounting)] : $0.accounts
    }
  }

  /// What must be known of groups and strata.
  package var notes: [String] {
    context.words(of: comparisons.flatMap(\.notes) + trends.flatMap(\.trend.notes))
  }

  /// What each row of the first records is of, for printed figures beside it.
  package var cells: [ResultCell] {
    comparisons.flatMap { comparison in
      comparison.rows.map { ResultCell($0, of: comparison.variable.name) }
    }
  }

  // MARK: Records

  private var columns: ComparisonRecords {
    ComparisonRecords(groups: groups, within: asked.within, language: language)
  }

  /// The comparisons, the tests, and what was asked for besides.
  package var records: [Records] {
    var testRecords = EstimateRecords.tests(tests.map(\.test))
    if tests.contains(where: { $0.scale != nil }) {
      testRecords.details = tests.map { test in
        test.scale.map { [Tree.Member("scale", .value(.number($0)))] } ?? []
      }
    }
    return [rows, testRecords] + (trends.isEmpty ? [] : [columns.trends(trends)])
      + (ranks.isEmpty ? [] : [columns.ranks(ranks)])
  }

  /// One row a comparison, with its labels for JSON.
  private var rows: Records {
    var records = columns.rows(comparisons)
    let own = comparisons.flatMap { comparison in
      let names = ComparisonNames(comparison, language: language, survey: context.survey)
      return comparison.rows.map { row in
        [
          Tree.Member("label", .text(row.category?.label.text(in: language) ?? "")),
          Tree.Member("group_label", .text(names.name(of: row.group, baseline: false))),
          Tree.Member("reference_label", .text(names.name(of: row.reference, baseline: true))),
          Tree.Member("measure", .text(comparison.measure.rawValue)),
          Tree.Member("statistic_compared", .text(comparison.estimand.statistic.rawValue)),
        ]
      }
    }
    records.details = zip(own, records.details).map { $0 + $1 }
    return records
  }

  // MARK: Ranks

  private func rankTable(_ result: RankTestResult, variable: String, test: RankTest) -> Table {
    let described = try? context.survey.dataset.variable(variable)
    let group = try? context.survey.dataset.variable(groups.first ?? "")
    let digits = context.digits ?? decimals(toShow: result.scores.standardErrors)
    let title = Phrase.ranks(of: described?.title(in: language) ?? variable).text(in: language)
    return Table(
      title: result.stratum.map { "\(title), \($0.name(in: language))" } ?? title,
      stub: group?.title(in: language) ?? "",
      columns: [
        Table.Column(
          (test == .vanDerWaerden ? Phrase.meanNormalScore : .meanRank).text(in: language)),
        Table.Column(Phrase.n.text(in: language), isRepeated: true),
      ],
      rows: result.groups.indices.map { index in
        Table.Row(
          result.groups[index].name(in: language),
          cells: [
            .number(Table.Quantity(result.scores.values[index], as: .fixed(digits: digits))),
            .count(result.scores.counts[index]),
          ])
      },
      notes: context.tableNotes(
        for: described, account: result.accounting,
        extra: [
          .testResult(
            .joined(
              [.test(result.test.test), Phrase(verbatim: result.test.df2.isNaN ? "t" : "F")],
              separator: ": "),
            statistic: result.test.statistic, df1: result.test.df1,
            df2: result.test.df2.isNaN ? nil : result.test.df2, p: result.test.pValue),
          .ties(inOrderOfFile: asked.ties == .file),
        ], interval: nil, degreesOfFreedom: nil),
      essentials: context.essentials(for: described, account: result.accounting))
  }
}
