/// A function that an R program writes out because it needs it.
struct RFunction: Hashable, Sendable {
  /// The definition, with a comment above it.
  let text: String
}

extension RFunction {
  /// Empty fields and codes that stand for a missing answer.
  static let readers = RFunction(
    text: """
      # Empty fields and the codes that stand for a missing answer become NA.
      number <- function(x, missing = NULL) {
        x <- suppressWarnings(as.numeric(x))
        replace(x, x %in% missing, NA)
      }
      words <- function(x, missing = NULL) {
        x <- trimws(x)
        replace(x, x %in% c("", missing), NA)
      }
      """)

  static let report = RFunction(
    text: """
      # Prints a table under its name, as CSV.
      report <- function(name, rows) {
        cat("# ", name, "\\n", sep = "")
        write.csv(rows, row.names = FALSE, na = "")
        cat("\\n")
      }
      """)

  static let figures = RFunction(
    text: """
      # Estimates with their t tests and intervals.
      figures <- function(estimate, error, df) {
        # What is left of an error of zero after rounding is none.
        error[which(error < 1e-13 * abs(estimate))] <- 0
        margin <- suppressWarnings(qt(0.5 + level / 2, df)) * error
        statistic <- estimate / error
        statistic[is.infinite(statistic)] <- NA
        data.frame(estimate = estimate, std_error = error, statistic = statistic, df = df,
          p_value = suppressWarnings(2 * pt(-abs(estimate / error), df)),
          conf_low = estimate - margin, conf_high = estimate + margin)
      }
      """)

  static let wald = RFunction(
    text: """
      # A Wald test that all estimates are zero; those that follow from the others are left out.
      wald <- function(b, V, df) {
        # What is left of a variance of zero after rounding is none.
        moves <- which(diag(V) > 1e-20 * max(diag(V), b^2, na.rm = TRUE))
        if (length(moves) == 0) return(data.frame(statistic = NA, df1 = 0, df2 = df, p_value = NA))
        parts <- qr(cov2cor(V[moves, moves, drop = FALSE]), tol = 1e-9)
        keep <- moves[sort(parts$pivot[seq_len(parts$rank)])]
        z <- b[keep] / sqrt(diag(V)[keep])
        f <- if (length(b) > df) NA else
          drop(z %*% solve(cov2cor(V[keep, keep, drop = FALSE]), z)) / length(keep)
        data.frame(statistic = f, df1 = length(keep), df2 = df,
          p_value = pf(f, length(keep), df, lower.tail = FALSE))
      }
      """)

  static let tTest = RFunction(
    text: """
      # A t test of one estimate, as a row of tests.
      t_test <- function(b, error, df) data.frame(statistic = if (error > 0) b / error else NA, df1 = df, df2 = NA,
        p_value = 2 * pt(-abs(b / error), df))
      """)

  static let joint = RFunction(
    text: """
      # Estimates with the covariance that what each respondent adds to them implies.
      joint <- function(values, influence, design) {
        V <- as.matrix(vcov(svytotal(influence, design)))
        dimnames(V) <- list(names(values), names(values))
        structure(values, var = V, statistic = "estimate", class = "svystat")
      }
      """)
}
