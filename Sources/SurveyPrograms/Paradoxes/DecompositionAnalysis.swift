package import IntegrationParadox
import SurveyData
package import SurveyModels
package import SurveyStatistics

/// A gap between two groups taken apart, as `paradox decompose` takes it.
package struct DecompositionAnalysis {
  let found: Decomposition
  let outcome: Expression
  let group: String
  let covariates: Formula
  let references: [String: String]
  let options: DecompositionOptions

  package init(
    _ found: Decomposition, outcome: String, by group: String, covariates: [String],
    options: DecompositionOptions, in survey: Survey
  ) throws {
    guard options.method != .fairlie else {
      throw SurveyError(
        .usage,
        "--emit writes no program for --method fairlie: its draws come from a generator of random "
          + "numbers that R and Stata do not have",
        remedy: "Leave --method out; of the whole parts Yun's are the same.")
    }
    self.found = found
    self.outcome = try Formula("\(outcome) ~ 1").outcome.expression
    self.group = group
    self.covariates = try .right(covariates)
    references = try survey.references(of: self.covariates)
    self.options = options
  }

  var isLinear: Bool { options.method == .oaxaca }
}

extension DecompositionAnalysis: TranslatedAnalysis {
  package var factors: [String] { [group] }
  package var inputs: [String] { outcome.variables }
  package var formulas: [(formula: Formula, references: [String: String])] {
    [(covariates, references)]
  }

  package func write(to program: inout RProgram) throws {
    program.need(
      .figures, .covariance, .derivatives, .delta, .regress, .decompose, .sharedOut)
    try program.writeRespondents(
      try program.outcome(outcome, event: found.event), covariates, group: group,
      among: [found.reference, found.group].map(\.code))
    let words = program.words
    let right = try program.rightSide(of: covariates, knots: [:], hasConstant: true)
    let flags = covariates.atoms.map { program.isFactor($0) ? "TRUE" : "FALSE" }
    let weighing = [.group0: 1, .group1: 2, .pooled: 3][options.coefficients] ?? 1
    let pairs =
      options.isThreefold
      ? "c(2, 2), c(1, 1), c(2, 1), c(1, 2)"
      : "c(2, 2), c(1, 1), c(2, \(weighing)), c(1, \(weighing))"
    program.set("are_factors <- c(\(flags.joined(separator: ", ")))")
    program.set("is_linear <- \(isLinear ? "TRUE" : "FALSE")")
    program.comment(
      "Pairs of a group (1 the reference, 2 the other) and whose coefficients it has.")
    program.add(
      """
      X <- model.matrix(~ \(right), droplevels(answered$variables))
      other <- answered$variables$.by == \(words.literal(found.group.code))
      found <- decomposed(answered, y, X, other, \(isLinear ? "gaussian()" : "quasibinomial()"),
        list(\(pairs)), \(weighing == 3 ? "TRUE" : "FALSE"))
      found$covariates <- lapply(1:\(covariates.atoms.count), function(k) which(attr(X, "assign") == k))
      parts <- function(b) {
      gap <- b[1] - b[2]
      """)
    if options.isThreefold {
      program.add(
        """
        endowments <- b[3] - b[2]
        coefficients <- b[4] - b[2]
        change <- found$coefficients(2, b) - found$coefficients(1, b)
        interaction <- gap - endowments - coefficients
        c(gap, endowments,
          shared_out(endowments, endowment_terms(found, b, found$coefficients(1, b))), coefficients,
          shared_out(coefficients, coefficient_terms(found, b, 1, 1, 2)), interaction,
          shared_out(interaction, endowment_terms(found, b, change)))
        }
        """)
    } else {
      let steps =
        switch options.coefficients {
        case .group0: "coefficient_terms(found, b, 2, 1, 2)"
        case .group1: "coefficient_terms(found, b, 1, 1, 2)"
        case .pooled:
          "coefficient_terms(found, b, 2, 3, 2) + coefficient_terms(found, b, 1, 1, 3)"
        }
      program.add(
        """
        explained <- b[3] - b[4]
        unexplained <- gap - explained
        c(gap, explained,
          shared_out(explained, endowment_terms(found, b, found$coefficients(\(weighing), b))), unexplained,
          shared_out(unexplained, \(steps)))
        }
        """)
    }
    let components = found.rows.map(\.component.rawValue)
    program.add(
      """
      taken <- delta(parts, found$b, found$V)
      rows <- cbind(data.frame(component = \(program.quoted(components)),
        variable = \(program.quoted(found.rows.map(\.variable))), share = taken$values / taken$values[1]),
        figures(taken$values, sqrt(diag(taken$V)), degf(answered)))
      report("rows", rows)
      report("means", cbind(data.frame(\(words.name(group)) = \(program.quoted(found.means.map(\.group.code))),
        n = c(sum(other), sum(!other))), figures(found$b[1:2], sqrt(diag(found$V))[1:2], degf(answered))))
      """)
    program.conclude(
      """
      # Shares are those of the combined parts in the combined gap.
      whole$rows$share <- whole$rows$estimate / whole$rows$estimate[1]
      """)
  }
}
