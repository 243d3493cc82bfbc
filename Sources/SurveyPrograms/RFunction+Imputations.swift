extension RFunction {
  /// `wald` that keeps what it has tested, so that it can be combined.
  static let waldOfImputation = RFunction(
    text: """
      # A Wald test that all estimates are zero, of one imputed data set.
      wald <- function(b, V, df) {
        found <- data.frame(statistic = NA, df1 = length(b), df2 = df, p_value = NA)
        found$b <- list(unname(b))
        found$V <- list(unname(as.matrix(V)))
        found
      }
      """)

  static let tTestOfImputation = RFunction(
    text: """
      # A t test of one estimate of one imputed data set, as a row of tests.
      t_test <- function(b, error, df) {
        found <- data.frame(statistic = NA, df1 = df, df2 = NA, p_value = NA)
        found$b <- list(unname(b))
        found$V <- list(matrix(error^2))
        found
      }
      """)

  static let collected = RFunction(
    text: """
      # A table of one imputed data set is kept under its name.
      report <- function(name, rows) tables[[name]] <<- rows
      """)

  static let rubin = RFunction(
    text: """
      # Rubin's rules with the degrees of freedom of Barnard and Rubin; Q and E have a column a data set.
      rubin <- function(Q, E, nu) {
        m <- ncol(Q)
        U <- rowMeans(E^2)
        B <- (1 + 1 / m) * apply(Q, 1, var)
        r <- B / U
        imputed <- (m - 1) * (1 + 1 / r)^2
        observed <- (nu + 1) / (nu + 3) * nu * U / (U + B)
        differs <- !is.na(B) & B > pmax(1e-28 * rowMeans(Q)^2, 1e-24 * U, na.rm = TRUE)
        df <- ifelse(differs, 1 / (1 / imputed + 1 / observed), nu)
        data.frame(estimate = rowMeans(Q), error = sqrt(U + B), df = df,
          fmi = ifelse(differs, (r + 2 / (df + 3)) / (r + 1), 0))
      }
      """)

  static let d1 = RFunction(
    text: """
      # The joint test of Li, Raghunathan and Rubin, with Reiter's degrees of freedom.
      d1 <- function(b, V, nu) {
        m <- length(b)
        k <- length(b[[1]])
        Q <- matrix(unlist(b), k)
        U <- Reduce(`+`, V) / m
        B <- (1 + 1 / m) * var(t(Q))
        q <- rowMeans(Q)
        if (qr(U, tol = 1e-12)$rank < k)
          return(data.frame(statistic = NA, df1 = k, df2 = nu, p_value = NA))
        r <- max(0, sum(diag(solve(U, B))) / k)
        f <- drop(q %*% solve(U, q)) / k / (1 + r)
        df <- nu
        if (k == 1) df <- rubin(Q, t(sapply(V, sqrt)), nu)$df
        else if (r > 0) {
          t <- k * (m - 1)
          v <- (nu + 1) / (nu + 3) * nu
          a <- r * t / (t - 2)
          if (t > 4 && v - 4 * (1 + a) > 0) {
            c0 <- 1 / (t - 4)
            c1 <- v - 2 * (1 + a)
            c2 <- v - 4 * (1 + a)
            df <- 4 + 1 / (1 / c2 + c0 * (a^2 * c1 / ((1 + a)^2 * c2) + 8 * a^2 * c1 / ((1 + a) * c2^2) +
              4 * a^2 / ((1 + a) * c2) + 4 * a^2 / (c2 * c1) + 16 * a^2 * c1 / c2^3 + 8 * a^2 / c2^2))
          } else df <- min(nu, if (t > 4) 4 + (t - 4) * (1 + (1 - 2 / t) / r)^2
            else t * (1 + 1 / k) * (1 + 1 / r)^2 / 2)
        }
        data.frame(statistic = f, df1 = k, df2 = df, p_value = pf(f, k, df, lower.tail = FALSE))
      }
      """)

  static let repeatedTests = RFunction(
    text: """
      # A test of all data sets by its p-values in each: D2 of Li, Meng, Raghunathan and Rubin.
      repeated_tests <- function(p, k) {
        m <- length(p)
        x <- qchisq(p, k, lower.tail = FALSE)
        r <- (1 + 1 / m) * var(sqrt(x))
        f <- max(0, (mean(x) / k - (m + 1) / (m - 1) * r) / (1 + r))
        df <- if (isTRUE(r > 0)) k^(-3 / m) * (m - 1) * (1 + 1 / r)^2 else Inf
        data.frame(statistic = f, df1 = k, df2 = df, p_value = pf(f, k, df, lower.tail = FALSE))
      }
      """)

  static let combine = RFunction(
    text: """
      # The tables of all imputed data sets as one.
      combine <- function(tables) {
        found <- tables[[1]]
        all <- function(column) matrix(unlist(lapply(tables, `[[`, column)), ncol = length(tables))
        if ("statistic" %in% names(found) && "df1" %in% names(found)) {
          each <- function(column, i) sapply(tables, function(t) t[[column]][i])
          # Tests that are not of estimates have nothing but their p-values.
          repeated <- which(!sapply(seq_len(nrow(found)), function(i) is.matrix(found$V[[i]])))
          tests <- lapply(seq_len(nrow(found)), function(i) {
            if (i %in% repeated) return(repeated_tests(each("p_value", i), mean(each("df1", i))))
            b <- lapply(tables, function(t) t$b[[i]])
            V <- lapply(tables, function(t) t$V[[i]])
            if (!is.na(found$df2[i])) return(d1(b, V, min(each("df2", i))))
            one <- rubin(t(unlist(b)), sqrt(t(unlist(V))), min(each("df1", i)))
            data.frame(statistic = one$estimate / one$error, df1 = one$df, df2 = NA,
              p_value = 2 * pt(-abs(one$estimate / one$error), one$df))
          })
          found[c("statistic", "df1", "df2", "p_value")] <- do.call(rbind, tests)
          if (length(repeated) > 0) found$test[repeated] <- paste0("d2-", found$test[repeated])
          if (!is.null(found$scale)) found$scale[repeated] <- 1
          return(found[setdiff(names(found), c("b", "V"))])
        }
        for (column in setdiff(names(found)[sapply(found, is.numeric)], "category"))
          found[[column]] <- rowMeans(all(column))
        if (!"std_error" %in% names(found)) return(combine_parts(found, all))
        if (!is.null(found$n)) found$n <- floor(found$n + 0.5)
        if (!"df" %in% names(found)) {
          found$std_error <- rubin(all("estimate"), all("std_error"), Inf)$error
          return(found)
        }
        scale <- if (is.null(found$scale)) "identity" else found$scale[1]
        Q <- all("estimate")
        E <- all("std_error")
        if (scale == "ratio") { E <- E / Q; Q <- log(Q) }
        # A share of 0 or 1 in some data sets takes its variance from the others.
        if (!is.null(found$interval)) E <- t(apply(E, 1, function(e)
          ifelse(is.na(e), sqrt(mean(e^2, na.rm = TRUE)), e)))
        nu <- apply(all("df"), 1, min)
        fisher <- if (is.null(found$fisher)) rep(FALSE, nrow(Q)) else found$fisher %in% TRUE
        E[fisher, ] <- E[fisher, ] / (1 - Q[fisher, ]^2)
        Q[fisher, ] <- atanh(Q[fisher, ])
        pooled <- rubin(Q, E, nu)
        q <- ifelse(fisher, tanh(pooled$estimate), pooled$estimate)
        pooled$error <- pooled$error * ifelse(fisher, 1 - q^2, 1)
        t <- suppressWarnings(qt(0.5 + level / 2, pooled$df))
        link <- make.link(if (scale == "ratio") "identity" else scale)
        eta <- ifelse(fisher, suppressWarnings(atanh(q)), link$linkfun(q))
        margin <- t * pooled$error / ifelse(fisher, 1 - q^2, link$mu.eta(eta))
        limits <- cbind(eta - margin, eta + margin)
        if (!is.null(found$interval)) limits <- t(mapply(proportion_limits, q, pooled$error,
          floor(found$n_base + 0.5), pooled$df, found$interval))
        statistic <- if (any(fisher)) eta * (1 - q^2) / pooled$error else q / pooled$error
        back <- function(x) if (scale == "ratio") exp(x) else ifelse(fisher, tanh(x), link$linkinv(x))
        found$estimate <- if (scale == "ratio") exp(q) else q
        found$std_error <- if (scale == "ratio") exp(q) * pooled$error else pooled$error
        found$df <- pooled$df
        if (!is.null(found$statistic) && is.numeric(found$statistic)) found$statistic <- statistic
        if (!is.null(found$p_value)) found$p_value <-
          ifelse(is.na(found$p_value), NA, 2 * pt(-abs(statistic), pooled$df))
        certain <- pooled$fmi == 0
        found$conf_low <- ifelse(certain, found$conf_low, back(limits[, 1]))
        found$conf_high <- ifelse(certain, found$conf_high, back(limits[, 2]))
        if (!is.null(found$flag)) found$flag <- ifelse(certain, found$flag,
          mapply(reliability_flag, q, pooled$error, floor(found$n_base + 0.5), pooled$df))
        found$fmi <- pooled$fmi
        found$relative_efficiency <- 1 / (1 + pooled$fmi / length(tables))
        if (!is.null(found$std_error_a)) {
          a <- found$std_error_a <- rubin(all("estimate_a"), all("std_error_a"), nu)$error
          b <- found$std_error_b <- rubin(all("estimate_b"), all("std_error_b"), nu)$error
          found$correlation <- (a^2 + b^2 - pooled$error^2) / (2 * a * b)
        }
        if (!is.null(found$cv)) found$cv <- found$std_error / found$estimate
        if (!is.null(found$deff)) found$deff <-
          found$std_error^2 / rowMeans(all("std_error")^2 / all("deff"))
        if (!is.null(found$family)) found$p_adjusted <- adjust(found)
        if (!is.null(found$exp_estimate))
          found[c("exp_estimate", "exp_conf_low", "exp_conf_high")] <-
            exp(found[c("estimate", "conf_low", "conf_high")])
        found
      }
      """)
}
