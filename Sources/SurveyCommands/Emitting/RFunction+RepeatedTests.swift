extension RFunction {
  static let d2 = RFunction(
    text: """
      # The test of Li, Meng, Raghunathan and Rubin, from nothing but the p-values of the data sets.
      d2 <- function(tests) {
        m <- length(tests)
        k <- mean(sapply(tests, `[[`, "df1"))
        x <- qchisq(sapply(tests, `[[`, "p_value"), k, lower.tail = FALSE)
        r <- (1 + 1 / m) * var(sqrt(x))
        f <- max(0, (mean(x) / k - (m + 1) / (m - 1) * r) / (1 + r))
        df <- k^(-3 / m) * (m - 1) * (1 + 1 / r)^2
        data.frame(statistic = f, df1 = k, df2 = df, p_value = pf(f, k, df, lower.tail = FALSE))
      }
      """)

  static let combineParts = RFunction(
    text: """
      # Rows of several estimates, each with an error of its own; `all` gives a column of all data sets.
      combine_parts <- function(found, all) {
        for (error in grep("^std_error_", names(found), value = TRUE)) {
          value <- sub("^std_error_", "", error)
          own <- rubin(all(value), all(error), apply(all("df"), 1, min))
          found[[value]] <- own$estimate
          found[[error]] <- own$error
          if (value == "share_among_a") {
            found$df <- own$df
            found$fmi <- own$fmi
          }
          found$n <- floor(rowMeans(all("n")) + 0.5)
        }
        found
      }
      """)
}
