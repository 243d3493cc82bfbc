import ArgumentParser
import SurveyData
import SurveyStatistics
import SurveyTables

/// `compare DATA VAR --by GROUP`: differences between groups.
struct Compare: Verb {
  static let configuration = CommandConfiguration(
    abstract: "Differences between groups, each with its interval and test.",
    discussion: """
      Shares of a categorical variable, means of a number. The covariance between groups that share
      sampling units is counted.

      Examples:
        vekt compare survey.csv trust --by origin --reference majority
        vekt compare survey.csv income --by sex --adjust none
      """)

  @Argument(help: "The data file.")
  var data: String

  @Argument(help: "The variable to compare.")
  var variable: String

  @OptionGroup var estimation: EstimationArguments

  @Option(help: ArgumentHelp("The group that the others are compared with.", valueName: "code"))
  var reference: String?

  @Option(help: "Adjustment of p-values for many comparisons: none, holm, bonferroni, bh.")
  var adjust = Adjustment.holm

  @OptionGroup var published: PublishedArguments

  @OptionGroup var output: OutputArguments

  func perform(in workspace: Workspace) throws -> Outcome {
    guard estimation.groups.count == 1, let group = estimation.groups.first else {
      throw SurveyError(
        .usage, "compare takes one group variable, and \(estimation.groups.count) are named",
        remedy: "Write --by GROUP.")
    }
    let survey = try estimation.survey(
      data,
      columns: { dataset in
        let described = try dataset.variable(variable)
        let isShare = described.isCategorical || described.type == .text
        return [(variable, isShare ? .codes : .numbers)]
      }, in: workspace)
    let context = try ResultContext(
      survey, arguments: estimation, output: output)
    let comparison = try survey.compare(
      variable, across: group, to: reference, adjustment: adjust, options: context.options)
    let ledger = try published.differences(
      of: variable, across: group, in: survey, reference: reference, adjustment: adjust,
      options: context.options)
    let report = ComparisonReport(comparison, adjustment: adjust, context: context)
    let document = Document(
      data: try context.data(), design: context.design,
      accounting: context.accounting(comparison.accounting), records: [report.records],
      tables: [report.table], notes: context.notes
    ).with(
      ledger, cells: comparison.rows.map { Ledger.Cell($0, of: variable) }, context: context)
    return Outcome(.document(document, language: context.language))
  }
}
