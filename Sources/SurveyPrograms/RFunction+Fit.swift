extension RFunction {
  static let goodness = RFunction(
    text: """
      # Archer and Lemeshow's test that the mean residual is zero in ten groups of the predicted chance.
      archer_lemeshow <- function(fit) {
        design <- fit$survey.design
        w <- weights(design)
        eta <- fit$linear.predictors
        o <- order(eta)
        same <- cumsum(c(TRUE, diff(eta[o]) > 1e-9))
        upto <- ave(cumsum(w[o]), same, FUN = max)
        tenth <- pmin(9, floor(10 * upto / sum(w) - 1e-9))
        group <- integer(length(w))
        group[o] <- match(tenth, unique(tenth))
        g <- max(group)
        if (g < 3) return(data.frame(archer_lemeshow = NA, archer_lemeshow_df1 = NA,
          archer_lemeshow_df2 = NA, archer_lemeshow_p = NA))
        inside <- outer(group, seq_len(g), "==")
        residual <- fit$y - fitted(fit)
        W <- colSums(w * inside)
        M <- colSums(w * residual * inside) / W
        u <- (residual - M[group]) * inside %*% diag(1 / W)
        rest <- degf(design) - g + 2
        V <- as.matrix(vcov(svytotal(u, design)))
        # Groups whose means follow from those of the others have no test.
        full <- rest > 0 && all(diag(V) > 0) && qr(cov2cor(V), tol = 1e-9)$rank == g
        z <- M / sqrt(diag(V))
        f <- if (full) drop(z %*% solve(cov2cor(V), z)) * rest / (degf(design) * g) else NA
        data.frame(archer_lemeshow = f, archer_lemeshow_df1 = g - 1, archer_lemeshow_df2 = rest,
          archer_lemeshow_p = suppressWarnings(pf(f, g - 1, rest, lower.tail = FALSE)))
      }
      """)

  static let fitStatistics = RFunction(
    text: """
      # How a model fits; its BIC is measured against the largest model of the same respondents.
      fit_statistics <- function(fit, df, largest = fit, goodness = TRUE) {
        family <- fit$family$family
        y <- fit$y
        n <- length(y)
        w <- fit$prior.weights
        b <- na.omit(coef(fit))
        is_binary <- family == "quasibinomial"
        is_discrete <- is_binary || family == "quasipoisson"
        variance <- if (family == "gaussian") deviance(fit) / n else 1
        minus_twice <- function(fit) switch(family, Gamma = NA,
          gaussian = n * (log(2 * pi * deviance(fit) / n) + 1), deviance(fit))
        effects <- function(fit, names) if (length(names) == 0) 0 else Re(eigen(
          solve(fit$naive.cov[names, names], vcov(fit)[names, names]), only.values = TRUE)$values)
        parameters <- sum(effects(fit, setdiff(names(b), "(Intercept)"))) / variance
        if (family == "gaussian") {
          # The variance of the residuals is a parameter too.
          e <- (y - fitted(fit))^2
          parameters <- parameters +
            vcov(svymean(e, fit$survey.design))[1, 1] * n / (2 * variance^2)
        }
        if (family == "Gamma") parameters <- NA
        bic <- minus_twice(fit) + length(b) * log(n)
        if (is.null(largest)) bic <- NA
        else if (length(na.omit(coef(largest))) > length(b)) {
          all <- na.omit(coef(largest))
          i <- setdiff(names(all), names(b))
          bic <- if (length(i) != length(all) - length(b)) NA else minus_twice(largest) +
            drop(all[i] %*% solve(vcov(largest)[i, i], all[i])) + length(b) * log(n) +
            sum(log(effects(largest, i)))
        }
        r2 <- if (is_discrete) 1 - exp((deviance(fit) - fit$null.deviance) / n) else NA
        r <- (y - fitted(fit)) / sqrt(fit$family$variance(fitted(fit)))
        found <- data.frame(n = n, weighted_n = sum(weights(fit$survey.design)),
          deviance = deviance(fit), null_deviance = fit$null.deviance,
          aic = minus_twice(fit) + 2 * parameters, effective_parameters = parameters, bic = bic,
          r2 = if (family == "gaussian") 1 - deviance(fit) / fit$null.deviance else NA,
          r2_cox_snell = r2, r2_nagelkerke = r2 / (1 - exp(-fit$null.deviance / n)),
          r2_mcfadden = if (is_discrete) 1 - deviance(fit) / fit$null.deviance else NA)
        found$df <- df
        if (is_binary) {
          eta <- signif(fit$linear.predictors, 12)
          yes <- tapply(w * y, eta, sum)
          no <- tapply(w * (1 - y), eta, sum)
          found$roc_area <- sum(yes * (cumsum(no) - no / 2)) / (sum(yes) * sum(no))
          if (goodness) found <- cbind(found, archer_lemeshow(fit))
        }
        found$dispersion <- (sum(w * r^2) - sum(w * r)^2 / n) / (n - 1)
        found
      }
      """)

  static let chanceAbove = RFunction(
    text: """
      # The chance that a weighted sum of chi-squares is above zero, by Imhof's integral (1961).
      chance_above_zero <- function(weights, df) {
        a <- weights / max(abs(weights))
        f <- function(u) sapply(u, function(u) if (u == 0) sum(a * df) / 2 else
          sin(sum(df * atan(a * u)) / 2) / (u * exp(sum(df * log1p((a * u)^2)) / 4)))
        0.5 + integrate(f, 0, Inf, rel.tol = 1e-10, subdivisions = 2000)$value / pi
      }
      """)

  static let exactIndependence = RFunction(
    text: """
      # Whether answers and groups are independent, by the exact distribution. svychisq(statistic =
      # "lincom") asks the package CompQuadForm for the same chance, and without it takes another.
      independence_exact <- function(design, y, by, name) {
        design$variables[c(".y", ".g")] <- list(factor(y), factor(by))
        f <- suppressWarnings(svychisq(~.y + .g, design, statistic = "F"))
        x <- suppressWarnings(svychisq(~.y + .g, design, statistic = "Chisq"))$statistic[[1]]
        cells <- model.matrix(~interaction(.y, .g) - 1, design$variables)
        m <- svymean(cells, design)
        C <- kronecker(contr.helmert(nlevels(factor(by))), contr.helmert(nlevels(factor(y))))
        D <- ifelse(coef(m) > 0, 1 / coef(m), 0) * C
        delta <- nrow(cells) * solve(t(C) %*% D, t(D) %*% vcov(m) %*% D)
        lambda <- Re(eigen(delta, only.values = TRUE)$values)
        df <- f$parameter[[2]]
        data.frame(test = name, statistic = x, df1 = NA, df2 = NA,
          p_value = chance_above_zero(c(lambda, -x / df), c(rep(1, length(lambda)), df)))
      }
      """)
}
