import IntegrationParadox
import SurveyData
import SurveyModels
import SurveyStatistics

/// How much misreporting would erase a gradient, as `paradox tipping` takes it.
struct TippingAnalysis {
  let found: Tipping
  let outcome: Expression
  let status: String
  let options: TippingOptions

  init(
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
  var factors: [String] { [status] }
  var inputs: [String] { outcome.variables }
  var formulas: [(formula: Formula, references: [String: String])] { [] }

  func write(to program: inout RProgram) throws {
    program.need(.figures, .column, .byGroup, .derivatives, .delta, .tipping)
    let words = program.words
    try program.writeRespondents(
      "as.numeric(\(try words.text(outcome)))", .right([]), group: nil, besides: [status])
    let name = words.name(status)
    program.add(
      """
      levels <- \(program.quoted(levels))
      answered$variables$.by <- as.character(answered$variables$\(name))
      answered <- answered[answered$variables$.by %in% levels, ]
      m <- by_group(".outcome", answered, "mean")
      p <- unname(coef(m)[levels])
      V <- unname(vcov(m)[levels, levels])
      df <- degf(answered)
      sensitivity <- \(options.sensitivity)
      specificity <- \(options.specificity)
      # The rise from the lowest level to the highest along the straight line through all.
      place <- (seq_along(levels) - 1) / (length(levels) - 1)
      slope <- (place - mean(place)) / sum((place - mean(place))^2)
      over <- tipping(p, V, slope, "over-reporting", df)
      under <- tipping(p, V, slope, "under-reporting", df)
      report("rows", rbind(over$curve, under$curve))
      report("points", rbind(over$point, under$point))
      each <- sapply(levels, function(g) degf(answered[answered$variables$.by == g, ]))
      report("levels", cbind(data.frame(\(name) = levels,
        n = sapply(levels, function(g) sum(answered$variables$.by == g & weights(answered) > 0))),
        figures(p, sqrt(diag(V)), each), corrected_over_reporting = over$levels,
        corrected_under_reporting = under$levels))
      """)
  }
}
