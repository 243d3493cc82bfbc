extension RFunction {
  static let summary = RFunction(
    text: """
      # One statistic of a number: its estimate, error and interval.
      statistic <- function(base, estimate, error, y = NULL, total = FALSE, limits = NULL, fpc = FALSE) {
        w <- weights(base)
        n <- sum(w > 0)
        df <- degf(base)
        # Without variation in a sample, and not in a whole population, the error is not known.
        isKnown <- !is.null(base$fpc$popsize) && all(base$fpc$sampsize >= base$fpc$popsize)
        if (!total && !isKnown && isTRUE(error <= 1e-14 * abs(estimate))) error <- NA
        if (is.null(limits)) limits <- estimate + c(-1, 1) * suppressWarnings(qt(0.5 + level / 2, df)) * error
        deff <- NA
        if (!is.null(y)) {
          spread <- sum(w * (y - sum(w * y) / sum(w))^2) / sum(w) / (n - 1)
          if (fpc) spread <- spread * (1 - n / sum(w))
          deff <- (if (total) error / sum(w) else error)^2 / spread
        }
        data.frame(n = n, weighted_n = sum(w), estimate = estimate, std_error = error,
          conf_low = limits[1], conf_high = limits[2], df = df,
          deff = if (isTRUE(is.finite(deff) && spread > 0)) deff else NA,
          cv = if (isTRUE(estimate == 0)) NA else error / estimate)
      }
      """)

  static let moments = RFunction(
    text: """
      # Functions of the covariances of numbers, by the delta method; of correlations with Fisher's
      # intervals.
      of_covariances <- function(base, numbers, f, isCorrelation) {
        names <- paste0(".x", seq_along(numbers))
        base$variables[names] <- numbers
        v <- svyvar(make.formula(names), base)
        S <- as.vector(coef(v))
        isCorrelation <- rep_len(isCorrelation, length(f(matrix(S, length(names)))))
        g <- function(s) f(matrix(s, length(names)))
        J <- numDeriv::jacobian(g, S)
        r <- g(S)
        error <- sqrt(diag(J %*% vcov(v) %*% t(J)))
        df <- degf(base)
        t <- qt(0.5 + level / 2, df)
        z <- suppressWarnings(atanh(r))
        found <- data.frame(n = sum(weights(base) > 0), weighted_n = sum(weights(base)), estimate = r,
          std_error = error, df = df, cv = if (isTRUE(r == 0)) NA else error / r,
          conf_low = ifelse(isCorrelation, tanh(z - t * error / (1 - r^2)), r - t * error),
          conf_high = ifelse(isCorrelation, tanh(z + t * error / (1 - r^2)), r + t * error))
        found$fisher <- isCorrelation
        found$p_value <- ifelse(isCorrelation, 2 * pt(-abs(z * (1 - r^2) / error), df), NA)
        found
      }
      """)

  static let scale = RFunction(
    text: """
      # Cronbach's alpha, alpha without each item, and the correlation of each with the rest.
      scale_figures <- function(base, items) {
        K <- length(items)
        alpha <- function(S) nrow(S) / (nrow(S) - 1) * (1 - sum(diag(S)) / sum(S))
        rest <- function(S, i) (sum(S[i, ]) - S[i, i]) / sqrt(S[i, i] * sum(S[-i, -i]))
        without <- if (K > 2) seq_len(K)
        f <- function(S) unlist(c(alpha(S), lapply(without, function(i) alpha(S[-i, -i])),
          lapply(seq_len(K), function(i) rest(S, i))))
        whole <- paste(names(items), collapse = "+")
        cbind(data.frame(variable = c(whole, names(items)[without], names(items)),
          statistic = c("alpha", rep("alpha_without", length(without)), rep("item_rest", K)),
          place = seq_len(1 + length(without) + K)),
          of_covariances(base, items, f, c(FALSE, rep(FALSE, length(without)), rep(TRUE, K))))
      }
      """)

  static let independence = RFunction(
    text: """
      # Whether answers and groups are independent.
      independence <- function(design, y, by, statistic, name) {
        design$variables[c(".y", ".g")] <- list(factor(y), factor(by))
        contrasts <- (nlevels(factor(y)) - 1) * (nlevels(factor(by)) - 1)
        # A Wald test of more contrasts than degrees of freedom has no answer; svychisq may print one.
        t <- if (grepl("Wald", statistic) && contrasts > degf(design)) NULL else tryCatch(
          suppressWarnings(svychisq(~.y + .g, design, statistic = statistic)),
          error = function(e) message("svychisq has no answer here: ", conditionMessage(e)))
        if (is.null(t)) return(data.frame(test = name, statistic = NA, df1 = contrasts,
          df2 = degf(design) - if (statistic == "adjWald") contrasts - 1 else 0, p_value = NA))
        df <- c(t$parameter, NA, NA)
        data.frame(test = name, statistic = t$statistic[[1]], df1 = df[[1]], df2 = df[[2]],
          p_value = t$p.value[[1]])
      }
      """)

  static let bind = RFunction(
    text: """
      # Tables below each other; what one lacks is empty.
      bind <- function(tables) {
        columns <- unique(unlist(lapply(tables, names)))
        do.call(rbind, lapply(tables, function(table) {
          table[setdiff(columns, names(table))] <- NA
          table[columns]
        }))
      }
      """)
}
