import SurveyData

extension RProgram {
  /// The function that subtracts one group's estimate from another's.
  private mutating func writeContrast(_ group: String) {
    add(
      """
      # One group minus another; its degrees of freedom are those of both together.
      contrast <- function(by, group, reference, base) {
        w <- setNames(rep(0, length(coef(by))), names(coef(by)))
        w[[group]] <- 1
        w[[reference]] <- -1
        m <- svycontrast(by, w)
        both <- subset(base, \(words.name(group)) %in% c(group, reference))
        data.frame(estimate = coef(m)[[1]], std_error = SE(m)[[1]], df = degf(both))
      }
      """)
  }

  /// The gap between two judgements by the same people.
  mutating func writeGap(
    _ a: Expression, _ b: Expression, by group: String?, from reference: String?
  ) throws {
    add("design <- update(design,")
    add("  .a = as.numeric(\(try words.text(a))),")
    add("  .b = as.numeric(\(try words.text(b))))")
    add("design <- update(design, .gap = .a - .b)")
    let known = group.map { " & !is.na(\(words.name($0)))" } ?? ""
    add("answered <- subset(design, !is.na(.gap)\(known))")
    add(
      """
      gap <- function(base, name) {
        m <- svymean(~.a + .b + .gap, base)
        data.frame(group = name, estimate_a = coef(m)[[1]], estimate_b = coef(m)[[2]],
          estimate = coef(m)[[3]], std_error = SE(m)[[3]], df = degf(base))
      }
      rows <- list()
      """)
    if let group {
      add(
        """
        for (.g in levels(\(column(group)))) {
          base <- subset(answered, \(words.name(group)) == .g)
          if (nrow(base) > 0) rows[[length(rows) + 1]] <- gap(base, .g)
        }
        """)
    }
    add("rows[[length(rows) + 1]] <- gap(answered, \"all\")")
    writeRows()
    guard let group, let reference else { return }
    add()
    comment("Each group's gap minus that of the reference.")
    writeContrast(group)
    add("by <- svyby(~.gap, ~\(words.name(group)), answered, svymean, covmat = TRUE)")
    let base = words.literal(reference)
    add("rows <- lapply(setdiff(as.character(by[[1]]), \(base)), function(g)")
    add("  cbind(data.frame(group = g, reference = \(base)), contrast(by, g, \(base), answered)))")
    add("report(\"differences\", do.call(rbind, rows))")
  }
}
