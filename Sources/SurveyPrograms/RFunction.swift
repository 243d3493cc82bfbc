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
        p <- suppressWarnings(2 * pt(-abs(estimate / error), df))
        p[which(error == 0 & estimate == 0 & df > 0)] <- 1
        data.frame(estimate = estimate, std_error = error, statistic = statistic, df = df, p_value = p,
          conf_low = estimate - margin, conf_high = estimate + margin)
      }
      """)

  static let unknown = RFunction(
    text: """
      # A variance of zero is knowledge where all of the population was drawn. Elsewhere it is unknown,
      # and so is that of all that is made of such an estimate.
      is_drawn <- function(design)
        !is.null(design$fpc$popsize) && all(design$fpc$sampsize >= design$fpc$popsize)
      known <- function(V, b, drawn) {
        V <- as.matrix(V)
        lost <- which(!drawn & diag(V) <= 1e-26 * b^2)
        V[lost, ] <- V[, lost] <- NA
        V
      }
      made_of <- function(L, V) {
        unknown <- is.na(diag(V))
        V[unknown, ] <- V[, unknown] <- 0
        made <- L %*% V %*% t(L)
        lost <- which(abs(L) %*% unknown > 0)
        made[lost, ] <- made[, lost] <- NA
        made
      }
      """)

  /// The same of one imputed data set, which takes the variance that it lacks from the others.
  static let unknownOfImputation = RFunction(
    text: """
      # Covariances of one imputed data set, which takes the variance that it lacks from the others.
      is_drawn <- function(design) TRUE
      known <- function(V, b, drawn) as.matrix(V)
      made_of <- function(L, V) L %*% V %*% t(L)
      """)

  static let wald = RFunction(
    text: """
      # A Wald test that all estimates are zero, but for those that are zero for certain; there is none
      # where their covariance is short of rank.
      wald <- function(b, V, df) {
        moves <- which(is.na(diag(V)) | diag(V) != 0 | b != 0)
        q <- length(moves)
        if (anyNA(V[moves, moves]))
          return(data.frame(statistic = NA, df1 = q, df2 = df, p_value = NA))
        V <- V[moves, moves, drop = FALSE]
        # What is left of a variance of zero after rounding is none.
        varies <- all(diag(V) > 1e-20 * max(diag(V), b[moves]^2, 0))
        z <- b[moves] / sqrt(diag(V))
        full <- q > 0 && df > 0 && varies && qr(cov2cor(V), tol = 1e-9)$rank == q
        f <- if (full) drop(z %*% solve(cov2cor(V), z)) / q else NA
        data.frame(statistic = f, df1 = q, df2 = df,
          p_value = if (full) pf(f, q, df, lower.tail = FALSE) else NA)
      }
      """)

  static let tTest = RFunction(
    text: """
      # A t test of one estimate, as a row of tests.
      t_test <- function(b, error, df) data.frame(statistic = if (isTRUE(error > 0)) b / error else NA, df1 = df, df2 = NA,
        p_value = 2 * pt(-abs(b / error), df))
      """)

  static let joint = RFunction(
    text: """
      # Estimates with the covariance that what each respondent adds to them implies.
      joint <- function(values, influence, design) {
        V <- known(vcov(svytotal(influence, design)), values, is_drawn(design))
        dimnames(V) <- list(names(values), names(values))
        structure(values, var = V, statistic = "estimate", class = "svystat")
      }
      """)
}
