public import SurveyModels
internal import SurveyReaders
public import SurveyStatistics
public import SurveyTables

extension Table {
  /// Shares with everything that is known of them, a row an answer of a group, in the columns of
  /// `vekt tabulate`.
  public init(_ tabulation: Tabulation, language: String = "en") {
    let records = EstimateRecords(
      groups: tabulation.groupVariables.map(\.name), language: language)
    self.init(
      records.shares(tabulation.rows), title: tabulation.variable.title(in: language))
  }

  /// Means, totals and the like, a row a statistic of a group, in the columns of `vekt summarize`.
  public init(_ summary: Summary, language: String = "en") {
    let records = EstimateRecords(groups: summary.groupVariables.map(\.name), language: language)
    self.init(records.summaries(summary.rows), title: summary.variable)
  }

  /// Comparisons, a row each, in the columns of `vekt compare`.
  public init(_ comparison: Comparison, language: String = "en") {
    let records = ComparisonRecords(
      groups: comparison.groupVariables.map(\.name), within: comparison.withinVariable?.name,
      language: language)
    self.init(records.rows([comparison]), title: comparison.variable.title(in: language))
  }

  /// Coefficients, a row each, in the columns of `vekt model`.
  public init(_ fit: ModelFit, exponentiate: Bool = false) {
    self.init(fit.records(exponentiate: exponentiate), title: fit.formula.source)
  }

  /// Coefficients of a model of several answers, a row each, in the columns of `vekt model`.
  public init(_ fit: CategoryFit, exponentiate: Bool = false) {
    self.init(fit.records(exponentiate: exponentiate), title: fit.formula.source)
  }

  /// Average marginal effects, a row each, in the columns of `vekt model --margins`.
  ///
  /// - Parameters:
  ///   - effects: The effects.
  ///   - group: The name of the variable over whose groups they were averaged, which is its column's.
  ///   - language: The language of labels.
  public init(_ effects: MarginalEffects, over group: String? = nil, language: String = "en") {
    let isGrouped = effects.rows.contains { $0.place.group != nil }
    self.init(
      MarginRecords.effects(effects, over: isGrouped ? group ?? "group" : nil, in: language))
  }

  /// Writes the table in the format that the ending of the path names: `.csv` and `.json` hold the
  /// numbers unrounded.
  ///
  /// - Parameters:
  ///   - path: Where; the file appears whole or not at all.
  ///   - language: `en` or `nb`: the decimal sign and words of formats for people.
  /// - Throws: ``SurveyError`` for an ending that names no format, or a file that cannot be written.
  public func write(to path: String, language: String = "en") throws {
    let document = Document(records: [Records(self)], tables: [self])
    let bytes = try document.rendered(
      as: SurveyTables.Format(of: path), style: Style(language: language))
    try OutputFile.write(bytes, to: path)
  }
}
