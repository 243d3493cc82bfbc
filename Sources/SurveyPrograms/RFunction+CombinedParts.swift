extension RFunction {
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
