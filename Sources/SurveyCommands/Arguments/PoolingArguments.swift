public import ArgumentParser
public import IntegrationParadox
import SurveyRequests

extension EffectSize: ExpressibleByArgument {}

/// Where a file of estimates has what is pooled.
struct PoolingArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What each estimate is of (default: study, or the columns that tell the rows apart).",
      valueName: "column"))
  var studyColumn: String?

  @Option(help: ArgumentHelp("The estimates.", valueName: "column"))
  var estimateColumn = "estimate"

  @Option(help: ArgumentHelp("Their standard errors.", valueName: "column"))
  var stdErrorColumn = "std_error"

  @Option(help: ArgumentHelp("Their variances, instead of standard errors.", valueName: "column"))
  var varianceColumn: String?

  @Option(
    help: ArgumentHelp(
      """
      On which scale: estimate (as they are), partial-r or fisher-z (from estimate ∕ error and the \
      degrees of freedom), for coefficients of models with different covariates.
      """, valueName: "scale"))
  var effect = EffectSize.estimate

  @Option(help: ArgumentHelp("Their residual degrees of freedom.", valueName: "column"))
  var dfColumn = "df"

  @OptionGroup var conditions: ConditionArguments

  /// Makes the defaults; the parser fills them.
  init() {}

  /// The columns, for reports and programs.
  var columns: PoolingColumns {
    var columns = PoolingColumns()
    (columns.studyColumn, columns.estimateColumn) = (studyColumn, estimateColumn)
    (columns.stdErrorColumn, columns.varianceColumn) = (stdErrorColumn, varianceColumn)
    (columns.effect, columns.dfColumn) = (effect, dfColumn)
    columns.condition = conditions.condition
    return columns
  }
}
