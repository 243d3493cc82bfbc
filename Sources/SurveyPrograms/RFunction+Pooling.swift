extension RFunction {
  static let pool = RFunction(
    text: """
      # Estimates pooled by metafor: a row an estimate, the pooled ones, heterogeneity, tests.
      pool <- function(study, y, v, X = NULL, cluster = NULL, method = "REML", test = "z",
          egger = FALSE) {
        normal <- function(found) {
          found$df[is.infinite(found$df)] <- NA
          found
        }
        tight <- list(threshold = 1e-14, maxiter = 10000, tol = 1e-14)
        fitted <- function(X) {
          how <- list(y, v, level = 100 * level)
          how$mods <- X
          if (is.null(cluster)) return(do.call(metafor::rma, c(how,
            list(method = method, test = test, control = tight))))
          id <- seq_along(y)
          do.call(metafor::rma.mv, c(how, list(random = ~ 1 | cluster/id,
            data = data.frame(cluster, id))))
        }
        between <- function(fit) if (is.null(cluster)) fit$tau2 else sum(fit$sigma2)
        fit <- fitted(X)
        p <- length(fit$b)
        k <- length(y)
        tau2 <- between(fit)
        terms <- if (is.null(X)) "pooled" else c("(Intercept)", colnames(X))
        kind <- if (is.null(X)) "pooled" else "coefficient"
        weight <- if (is.null(cluster)) 1 / (v + tau2) else rowSums(solve(vcov(fit, type = "obs")))
        df <- if (test == "z") Inf else k - p
        rows <- rbind(
          cbind(data.frame(study = study, weight = weight / sum(weight), kind = "study"),
            normal(figures(y, sqrt(v), Inf))),
          cbind(data.frame(study = terms, weight = NA, kind = kind),
            normal(figures(c(fit$b), fit$se, df))))
        if (!is.null(cluster)) {
          robust <- metafor::robust(fit, cluster = cluster)
          rows <- rbind(rows, cbind(data.frame(study = paste0(terms, "_robust"), weight = NA,
            kind = paste0(kind, "-robust")), figures(c(robust$b), robust$se,
            length(unique(cluster)) - p)))
        }
        report("rows", rows)
        # The variance of sampling that is typical (Higgins and Thompson).
        Z <- cbind(rep(1, k), X)
        P <- diag(1 / v) - (Z / v) %*% solve(crossprod(Z, Z / v)) %*% t(Z / v)
        sampling <- (k - p) / sum(diag(P))
        q <- fit$QE
        found <- data.frame(tau2 = tau2, i2 = 100 * tau2 / (tau2 + sampling), h2 = 1 + tau2 / sampling,
          q = q, df = k - p, p_value = fit$QEp)
        if (method == "FE") {
          found$i2 <- max(0, 100 * (q - k + p) / q)
          found$h2 <- q / (k - p)
        } else if (is.null(cluster))
          found[c("tau2_low", "tau2_high")] <- confint(fit, control = list(tol = 1e-12))$random[1, 2:3]
        if (method != "FE" && is.null(X)) {
          margin <- qt(0.5 + level / 2, df) * sqrt(tau2 + fit$se^2)
          found[c("pred_low", "pred_high")] <- c(fit$b) + c(-1, 1) * margin
        }
        if (!is.null(X) && method != "FE") {
          before <- between(fitted(NULL))
          found$r2 <- max(0, 100 * (before - tau2) / before)
        }
        found$k <- k
        if (!is.null(cluster)) found <- cbind(found, data.frame(tau2_between = fit$sigma2[1],
          tau2_within = fit$sigma2[2], log_lik = c(logLik(fit)), clusters = length(unique(cluster))))
        report("heterogeneity", found)
        tests <- NULL
        if (!is.null(X)) tests <- data.frame(test = if (test == "z") "moderators" else "moderators-f",
          statistic = fit$QM, df1 = p - 1, df2 = if (test == "z") NA else k - p, p_value = fit$QMp)
        if (egger) {
          t <- metafor::regtest(y, v, model = "lm")
          tests <- rbind(tests, data.frame(test = "egger", statistic = t$zval, df1 = NA, df2 = t$dfs,
            p_value = t$pval))
        }
        if (!is.null(tests)) report("tests", tests)
      }
      """)
}
