package import IntegrationParadox
import SurveyData
package import SurveyModels
package import SurveyStatistics

/// How an outcome follows a status, as `paradox gradient` takes it.
package struct GradientAnalysis {
  let found: Gradient
  let outcome: Expression
  /// The value of the outcome whose chance is followed; nil where the outcome is no variable.
  let event: String?
  let status: String
  /// Whether the levels are codes and not numbers.
  let hasCodes: Bool
  let group: String?
  let reference: String?
  let controls: Formula
  let references: [String: String]
  let spline: SplineKnots?
  let values: [String: Double]

  package init(
    _ found: Gradient, outcome: String, over status: String, by group: String?,
    controls: [String], spline: SplineKnots?, at values: [String: Double], in survey: Survey
  ) throws {
    self.found = found
    let plain = try Formula("\(outcome) ~ 1")
    self.outcome = plain.outcome.expression
    event = try survey.fit(plain, family: .logistic).event
    self.status = status
    let variable = try survey.dataset.variable(status)
    hasCodes = variable.isCategorical || variable.type == .text
    self.group = group
    self.controls = try .right(controls)
    references = try survey.references(of: self.controls)
    self.spline = spline
    self.values = values
    let others = Set(found.rows.filter { $0.quantity == .secondDifference }.map { $0.group?.code })
    self.reference =
      found.rows.first { $0.group != nil && !others.contains($0.group?.code) }?.group?.code
  }

  /// The groups, in order.
  var groups: [String] {
    found.rows.compactMap { $0.group?.code }.reduce(into: []) {
      if !$0.contains($1) { $0.append($1) }
    }
  }

  /// The numbers of the levels: their codes where all are numbers, otherwise 0, 1, ….
  var scores: [Double] {
    let numbers = found.levels.compactMap(\.number)
    return numbers.count == found.levels.count ? numbers : found.levels.indices.map(Double.init)
  }

  func hasTrend(_ group: String?) -> Bool {
    found.rows.contains { $0.quantity == .trend && $0.group?.code == group }
  }
}

extension GradientAnalysis: TranslatedAnalysis {
  package var factors: [String] { (hasCodes ? [status] : []) + [group].compactMap { $0 } }
  package var inputs: [String] { [status] + outcome.variables }
  package var formulas: [(formula: Formula, references: [String: String])] {
    [(controls, references)]
  }

  package func write(to program: inout RProgram) throws {
    program.need(
      .figures, .wald, .covariance, .derivatives, .delta, .independent, .regress, .byLogit)
    try program.writeRespondents(
      try program.outcome(outcome, event: event), controls, group: group, besides: [status])
    let right = try program.rightSide(of: controls, knots: [:], hasConstant: true)
    program.add(
      """
      C <- model.matrix(~ \(right), droplevels(answered$variables))
      C <- C[, independent(C)[-1], drop = FALSE]
      everybody <- rep(TRUE, length(y))
      df <- degf(answered)
      rows <- tests <- curves <- list()
      keep <- function(found, group) {
      rows[[length(rows) + 1]] <<- cbind(\(program.key(group, "group"))found$rows)
      if (!is.null(found$test)) tests[[length(tests) + 1]] <<- found$test
      }
      """)
    if let group {
      program.add("groups <- \(program.quoted(groups))")
      program.add("by <- match(answered$variables$.by, groups)")
      _ = group
    }
    if !found.levels.isEmpty { try writeLevels(to: &program) }
    if let spline { try writeSpline(spline, to: &program) }
    program.add("report(\"rows\", do.call(rbind, rows))")
    program.add("report(\"tests\", do.call(rbind, tests))")
    if spline != nil { program.add("report(\"curve\", do.call(rbind, curves))") }
    program.conclude(
      """
      # Intervals of chances are made on the logit scale, and that one is zero is no hypothesis.
      levels <- whole$rows$quantity == "level"
      whole$rows[levels, ] <- by_logit(whole$rows[levels, ], whole$rows$n[levels])
      whole$rows[levels, c("statistic", "p_value")] <- NA
      if (!is.null(whole$curve)) whole$curve <- by_logit(whole$curve)
      """)
  }

  private func writeLevels(to program: inout RProgram) throws {
    program.need(.column, .byGroup, .cellChances, .bends, .levelRows, .logitTrend)
    let codes = found.levels.map(\.code)
    let column = "answered$variables$\(program.words.name(status))"
    program.add()
    program.comment("Levels, differences, contrasts, trends.")
    program.add(
      hasCodes
        ? "levels <- \(program.quoted(codes))\nlevel_of <- match(as.character(\(column)), levels)"
        : "levels <- c(\(codes.joined(separator: ", ")))\nlevel_of <- match(\(column), levels)")
    program.add("scores <- c(\(scores.map(canonicalCode).joined(separator: ", ")))")
    program.add("J <- length(levels)")
    let flags = groups.map { hasTrend($0) ? "TRUE" : "FALSE" }.joined(separator: ", ")
    if let reference {
      let others = groups.filter { $0 != reference }
      program.add(
        """
        cells <- cell_chances(answered, y, (by - 1) * J + level_of, length(groups) * J, C)
        for (k in seq_along(groups)) keep(level_rows(cells, (k - 1) * J + 1:J,
          sapply(1:J, function(j) sum(by == k & level_of == j)), levels, scores, df), groups[k])
        # The steps of a group minus those of the reference.
        others <- match(\(program.quoted(others)), groups)
        base <- match(\(program.words.literal(reference)), groups)
        L <- do.call(rbind, lapply(others, function(k) t(sapply(2:J, function(j) {
        place <- numeric(length(groups) * J)
        place[c((k - 1) * J + j, (base - 1) * J + 1)] <- 1
        place[c((k - 1) * J + 1, (base - 1) * J + j)] <- -1
        place
        }))))
        b <- apply(L, 1, function(l) sum((l * cells$values)[l != 0]))
        V <- made_of(L, cells$V)
        rows[[length(rows) + 1]] <- cbind(\(program.key(group, "rep(groups[others], each = J - 1)"))data.frame(
          quantity = "second_difference", term = rep(levels[-1], length(others)), n = length(y)),
          figures(b, sqrt(diag(V)), df))
        tests[[length(tests) + 1]] <- cbind(data.frame(test = "second-differences"), wald(b, V, df))
        """)
      if found.tests.contains(where: { $0.test == "product-terms" }) {
        program.add(
          """
          tests[[length(tests) + 1]] <- cbind(data.frame(test = "product-terms"),
            wald(drop(L %*% cells$logits), made_of(L, cells$V_logits),
              df + 1 - length(cells$logits) - ncol(C)))
          """)
      }
      program.add(
        """
        for (k in which(c(\(flags)))) keep(logit_trend(answered, y, level_of, scores, C, by == k), groups[k])
        """)
    }
    program.add(
      """
      cells <- cell_chances(answered, y, level_of, J, C)
      keep(level_rows(cells, 1:J, sapply(1:J, function(j) sum(level_of == j)), levels, scores, df), "all")
      """)
    if hasTrend(nil) {
      program.add("keep(logit_trend(answered, y, level_of, scores, C, everybody), \"all\")")
    }
  }

  private static let harrell: [Int: String] = [
    3: "0.1, 0.5, 0.9", 4: "0.05, 0.35, 0.65, 0.95", 5: "0.05, 0.275, 0.5, 0.725, 0.95",
    6: "0.05, 0.23, 0.41, 0.59, 0.77, 0.95",
    7: "0.025, 0.1833, 0.3417, 0.5, 0.6583, 0.8167, 0.975",
  ]

  private func writeSpline(_ spline: SplineKnots, to program: inout RProgram) throws {
    program.need(.splineBasis, .splineFit)
    program.add()
    program.comment("A restricted cubic spline on the logit scale.")
    program.add(
      "x <- as.numeric(as.character(answered$variables$\(program.words.name(status))))")
    switch spline {
    case .values(let knots):
      program.add("knots <- sort(unique(c(\(knots.map(canonicalCode).joined(separator: ", ")))))")
    case .count(let count):
      program.need(.knots)
      program.add("knots <- weighted_knots(x, weights(answered), c(\(Self.harrell[count] ?? "")))")
    }
    let at = values.sorted { $0.key < $1.key }.map {
      "\(program.words.name($0.key)) = \(canonicalCode($0.value))"
    }
    let name = program.words.literal(status)
    program.add(
      """
      at <- list(\(at.joined(separator: ", ")))
      draw <- function(who, group) {
      found <- spline_fit(answered, y, x, knots, C, who, \(name), at)
      keep(list(rows = found$rows, test = found$tests), group)
      names(found$curve)[1] <- \(name)
      curves[[length(curves) + 1]] <<- cbind(\(program.key(group, "group"))found$curve)
      }
      """)
    if group != nil { program.add("for (k in seq_along(groups)) draw(by == k, groups[k])") }
    program.add("draw(everybody, \"all\")")
  }
}
