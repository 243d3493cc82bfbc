package import SurveyData
package import SurveyReports
package import SurveyStatistics
package import SurveyTables

/// A file of printed figures, to be laid beside estimates.
package struct PublishedFigures {
  let path: String

  /// Names the file.
  package init(_ path: String) { self.path = path }

  /// What the figures of some variables read besides these: groups, and the variables of conditions.
  ///
  /// - Parameter variables: The variables; none means those of all figures, which are then read too.
  package func inputs(of variables: [String], in dataset: Dataset) throws -> [String] {
    let known = Set(dataset.variableNames)
    let figures = try PublishedFile(path, variables: known).figures
    let asked = figures.filter { figure in
      variables.isEmpty || variables.contains(figure.variable) || figure.variable.contains("/")
    }
    return asked.flatMap { figure in
      (variables.isEmpty ? [figure.variable] : []) + figure.groups.map(\.variable)
        + (figure.condition.flatMap { try? Expression($0).variables } ?? [])
    }.filter(known.contains)
  }

  /// The printed figures of tabulated shares beside the estimates.
  package func shares(
    of variables: [String], in survey: Survey, percentages: Percentages,
    keeping kept: Set<MissingReason> = [], options: EstimationOptions
  ) throws -> Ledger {
    let file = try PublishedFile(
      path, variables: Set(survey.dataset.variableNames))
    let tables = FigureTables(
      survey, percentages: percentages, keeping: kept, options: options)
    return try Ledger(
      file, isAsked: { variables.contains($0.variable) }, cell: ResultCell.init(share:),
      estimate: { try tables.share(of: $0) })
  }

  /// The printed figures of means, totals and the like beside the estimates.
  ///
  /// - Parameter variables: Names, or `A/B` for ratios.
  package func summaries(
    of variables: [String], statistic first: String, in survey: Survey,
    options: EstimationOptions
  ) throws -> Ledger {
    let file = try PublishedFile(
      path, variables: Set(survey.dataset.variableNames), unit: .number)
    func statistic(of figure: PublishedFigure) -> String {
      let isRatio = figure.variable.contains("/")
      let name = figure.statistic.isEmpty ? (isRatio ? "ratio" : first) : figure.statistic
      return name == "median" ? "q0.5" : name
    }
    return try Ledger(
      file, isAsked: { variables.contains($0.variable) },
      cell: {
        ResultCell(
          variable: $0.variable, code: "", statistic: statistic(of: $0), groups: $0.cellGroups)
      },
      estimate: { figure in
        let domain = try figure.condition.map { try survey.within($0) } ?? survey
        let (names, codes) = (figure.groups.map(\.variable), figure.groups.map(\.code))
        let parts = figure.variable.split(separator: "/").map(String.init)
        let summary =
          try parts.count == 2
          ? domain.ratio(parts[0], over: parts[1], by: names, options: options)
          : domain.summarize(
            figure.variable, by: names,
            statistics: [SummaryStatistic(named: statistic(of: figure))], options: options)
        return summary.rows.first { $0.groups.map(\.code) == codes }.map {
          ($0.estimate, $0.interval, $0.count)
        }
      })
  }

  /// The printed differences beside those that were found.
  ///
  /// A figure's `group` and `reference` are the codes of the sides, as the result has them; without
  /// `group` the columns of the group variables say it, without `reference` the only one counts.
  package func differences(
    of variables: [String], in survey: Survey,
    comparing compare: (Survey) throws -> [Comparison]
  ) throws -> Ledger {
    var found: [String: [Comparison]] = [:]
    func comparisons(where condition: String?) throws -> [Comparison] {
      if let known = found[condition ?? ""] { return known }
      let made = try compare(try condition.map { try survey.within($0) } ?? survey)
      found[condition ?? ""] = made
      return made
    }
    let isShare = try comparisons(where: nil).allSatisfy { comparison in
      comparison.measure == .difference && comparison.rows.contains { $0.category != nil }
    }
    let file = try PublishedFile(
      path, variables: Set(survey.dataset.variableNames), hasSides: true,
      unit: isShare ? .percent : .number)
    func row(_ figure: PublishedFigure) throws -> Comparison.Row? {
      let sides = file.sides[figure.line] ?? ("", "")
      return try comparisons(where: figure.condition)
        .filter { $0.variable.name == figure.variable }.lazy.flatMap(\.rows)
        .first { row in
          let codes = Set(row.groups.map(\.code) + [row.stratum].compactMap { $0?.code })
          return figure.codes == (row.category.map { [$0.code] } ?? [])
            && (sides.group.isEmpty || sides.group == row.group.code)
            && (sides.reference.isEmpty || sides.reference == row.reference.code)
            && figure.groups.allSatisfy { codes.contains($0.code) }
        }
    }
    return try Ledger(
      file, isAsked: { variables.contains($0.variable) },
      cell: { figure in try? row(figure).map { ResultCell($0, of: figure.variable) } },
      estimate: { figure in
        try row(figure).map { ($0.difference.estimate, $0.difference.interval, $0.count) }
      })
  }
}

/// The tables that figures of shares are cells of, each estimated once.
final class FigureTables {
  private let survey: Survey
  private let percentages: Percentages
  private let options: EstimationOptions
  private let kept: Set<MissingReason>
  private var tables: [Key: Tabulation] = [:]

  private struct Key: Hashable {
    let variable: String
    let condition: String?
    let groups: [String]
  }

  init(
    _ survey: Survey, percentages: Percentages = .row, keeping kept: Set<MissingReason> = [],
    options: EstimationOptions
  ) {
    self.survey = survey
    self.percentages = percentages
    self.kept = kept
    self.options = options
  }

  /// The table that a figure is a cell of.
  func table(of figure: PublishedFigure) throws -> Tabulation {
    let key = Key(
      variable: figure.variable, condition: figure.condition,
      groups: figure.groups.map(\.variable))
    if let table = tables[key] { return table }
    let domain = try key.condition.map { try survey.within($0) } ?? survey
    let table = try domain.tabulate(
      key.variable, by: key.groups, percentages: key.groups.isEmpty ? .row : percentages,
      keeping: kept, options: options)
    tables[key] = table
    return table
  }

  /// The share that a figure is of; nil when nothing is what it selects.
  func share(of figure: PublishedFigure) throws -> (Double, ConfidenceInterval, Int)? {
    guard !figure.codes.isEmpty else {
      throw SurveyError(.data, at: figure.variable, "the figure names no code of it")
    }
    return try table(of: figure).share(
      of: figure.codes, groups: figure.groups.map(\.code), options: options
    ).map { ($0.estimate, $0.interval, $0.count) }
  }
}

extension ResultCell {
  /// The cell of a share that a figure selects; nil when it is of several answers.
  init?(share figure: PublishedFigure) {
    guard figure.codes.count == 1 else { return nil }
    self.init(variable: figure.variable, code: figure.codes[0], groups: figure.cellGroups)
  }
}

extension PublishedFigure {
  /// The groups of the cell that it selects.
  fileprivate var cellGroups: Set<ResultCell.Group> {
    Set(groups.map { ResultCell.Group($0.variable, $0.code) })
  }
}

extension SummaryStatistic {
  /// The statistic of a name in results: `mean`, `total`, `sd`, `q0.25`.
  /// - Throws: ``SurveyError`` of kind data for any other.
  init(named name: String) throws {
    switch name {
    case "mean": self = .mean
    case "total": self = .total
    case "sd": self = .standardDeviation
    default:
      guard name.hasPrefix("q"), let p = Double(name.dropFirst()), (0...1).contains(p) else {
        throw SurveyError(
          .data, "no statistic '\(name)'; there are mean, total, sd, median and q0.25")
      }
      self = .quantile(p)
    }
  }
}

extension Document {
  /// The same with printed figures beside its rows and below its tables.
  ///
  /// - Parameters:
  ///   - cells: What each row of the first records is of.
  ///   - isAlone: Whether the ledger is all that is wanted.
  package func with(
    _ ledger: Ledger?, cells: [ResultCell], isAlone: Bool, context: ResultContext
  ) -> Document {
    guard let ledger else { return self }
    var document = self
    let table = ledger.table(language: context.language, level: context.options.level)
    if isAlone {
      document.records = [ledger.records]
      document.tables = [table]
    } else {
      document.records[0] = ledger.marking(records[0], cells: cells)
      document.records.append(ledger.records)
      document.tables.append(table)
    }
    document.notes +=
      [ledger.summary.text(in: context.language)] + ledger.notes(in: context.language)
    return document
  }
}
