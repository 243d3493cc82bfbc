package import IntegrationParadox
import SurveyData
package import SurveyModels
package import SurveyStatistics

/// How much misreporting would erase a gradient, as `paradox tipping` takes it.
package struct TippingAnalysis {
  let found: Tipping
  let outcome: Expression
  let status: String
  let options: TippingOptions

  package init(
    _ found: Tipping, outcome: String, over status: String, options: TippingOptions,
    in survey: Survey
  ) throws {
    self.found = found
    self.outcome = try Judgement(outcome, in: survey.dataset).expression
    self.status = status
    self.options = options
  }

  var levels: [String] { found.levels.map(\.category.code) }
}

extension TippingAnalysis: TranslatedAnalysis {
  package var factors: [String] { [status] }
  package var inputs: [String] { outcome.variables }
  package var formulas: [(formula: Formula, references: [String: String])] { [] }

  package func write(to program: inout RProgram) throws {
    program.need(.figures, .column, .byGroup, .derivatives, .tipping)
    let words = program.words
    try program.writeRespondents(
      "as.numeric(\(try words.text(outcome)))", .right([]), group: nil, besides: [status])
    let name = words.name(status)
    program.set(
      """
      levels <- \(program.quoted(levels))
      sensitivity <- \(options.sensitivity)
      specificity <- \(options.specificity)
      """)
    program.add(
      """
      answered$variables$.by <- as.character(answered$variables$\(name))
      answered <- answered[answered$variables$.by %in% levels, ]
      m <- by_group(".outcome", answered, "mean")
      p <- unname(coef(m)[levels])
      V <- unname(vcov(m)[levels, levels])
      df <- degf(answered)
      each <- sapply(levels, function(g) degf(answered[answered$variables$.by == g, ]))
      rows <- cbind(data.frame(\(name) = levels,
        n = sapply(levels, function(g) sum(answered$variables$.by == g & weights(answered) > 0))),
        figures(p, sqrt(diag(V)), each))
      """)
    let followed = """
      # The rise from the lowest level to the highest along the straight line through all.
      place <- (seq_along(levels) - 1) / (length(levels) - 1)
      slope <- (place - mean(place)) / sum((place - mean(place))^2)
      over <- tipping(p, uncertain, slope, "over-reporting")
      under <- tipping(p, uncertain, slope, "under-reporting")
      """
    let tables = (
      "rbind(over$curve, under$curve)", "rbind(over$point, under$point)",
      "corrected_over_reporting = over$levels, corrected_under_reporting = under$levels"
    )
    guard program.source.survey.isImputed else {
      program.add(
        """
        uncertain <- function(value, slopes) figures(value, sqrt(made_of(slopes, V))[1, 1], df)
        \(followed)
        report("rows", \(tables.0))
        report("points", \(tables.1))
        report("levels", cbind(rows, \(tables.2)))
        """)
      return
    }
    program.add("report(\"levels\", structure(rows, V = V, design_df = df))")
    program.conclude(
      """
      # The gradient of the combined shares; its error is that of a sum of them in every data set.
      p <- whole$levels$estimate
      uncertain <- function(value, slopes) {
        of <- function(f) matrix(sapply(found, function(tables) f(tables$levels)), 1)
        pooled <- rubin(of(function(rows) slopes %*% rows$estimate),
          of(function(rows) sqrt(slopes %*% attr(rows, "V") %*% t(slopes))),
          min(of(function(rows) attr(rows, "design_df"))))
        figures(value, pooled$error, pooled$df)
      }
      \(followed)
      whole <- list(rows = \(tables.0), points = \(tables.1),
        levels = cbind(whole$levels, \(tables.2)))
      """)
  }
}
