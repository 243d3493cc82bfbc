extension RFunction {
  static let parameters = RFunction(
    text: """
      # The places of the parameters of terms, in every equation.
      parameters <- function(fit, ...) unlist(lapply(list(...), function(term) {
        i <- term_columns(fit$X, fit$right, term)
        c(outer(i, (seq_len(fit$equations) - 1) * ncol(fit$X), "+"))
      }))
      """)

  static let deviance = RFunction(
    text: """
      # Minus twice the logarithm of the likelihood, for weights whose mean is 1.
      minus_twice <- function(fit, theta = fit$theta) {
        w <- weights(fit$survey.design)
        p <- fit$chances(theta, fit$X)[cbind(seq_along(fit$y), fit$y)]
        suppressWarnings(-2 * sum(w / mean(w) * log(p)))
      }
      """)

  static let heldFit = RFunction(
    text: """
      # The least deviance when some parameters are held at a value, by Newton's steps.
      held_deviance <- function(fit, held, value) {
        w <- weights(fit$survey.design) / mean(weights(fit$survey.design))
        free <- seq_along(fit$theta)[-held]
        at <- function(t) replace(replace(fit$theta, held, value), free, t)
        fall <- function(t) minus_twice(fit, at(t))
        if (length(free) == 0) return(fall(numeric(0)))
        # Steps are taken along what is free beside the held, each of the size of its error.
        link <- fit$V0[free, held, drop = FALSE] %*% solve(fit$V0[held, held, drop = FALSE])
        V <- fit$V0[free, free, drop = FALSE] - link %*% fit$V0[held, free, drop = FALSE]
        s <- sqrt(diag(V))
        C <- s * t(chol(V / (s %o% s)))
        gradient <- function(t) drop(t(C) %*% colSums(w * fit$scores(at(t), fit$X, fit$y))[free])
        t <- fit$theta[free] + drop(link %*% (value - fit$theta[held]))
        if (!is.finite(fall(t))) {
          # Cut points in order, next to the one that is held.
          theta <- at(t)
          for (j in seq_along(theta)[-1]) if (j > ncol(fit$X) + 1 && j > held)
            theta[j] <- max(theta[j], theta[j - 1] + 0.1)
          for (j in rev(seq_along(theta)[-1])) if (j > ncol(fit$X) + 1 && j <= held)
            theta[j - 1] <- min(theta[j - 1], theta[j] - 0.1)
          t <- theta[free]
        }
        for (step in 1:50) {
          H <- numDeriv::jacobian(function(z) gradient(t + drop(C %*% z)), 0 * t, method = "simple")
          move <- -drop(C %*% solve(H, gradient(t)))
          while (!isTRUE(fall(t + move) <= fall(t) + 1e-9) && max(abs(move / s)) > 1e-9)
            move <- move / 2
          t <- t + move
          if (max(abs(move / s)) < 1e-8) break
        }
        fall(t)
      }
      """)

  static let answersTest = RFunction(
    text: """
      # The joint test of some parameters, i.
      answers_test <- function(fit, i, form) {
        if (form == "wald-f") return(wald(fit$theta[i], fit$V[i, i, drop = FALSE], fit$df))
        b <- fit$theta[i]
        q <- length(i)
        V <- fit$V[i, i, drop = FALSE]
        V0 <- fit$V0[i, i, drop = FALSE]
        if (form == "adjusted-wald") {
          nu <- degf(fit$survey.design)
          f <- drop(b %*% solve(V, b)) / q * (nu - q + 1) / nu
          return(data.frame(statistic = f, df1 = q, df2 = nu - q + 1,
            p_value = pf(f, q, nu - q + 1, lower.tail = FALSE)))
        }
        x <- if (form == "lrt") held_deviance(fit, i, numeric(q)) - minus_twice(fit)
          else drop(b %*% solve(V0, b))
        lambda <- Re(eigen(solve(V0, V), only.values = TRUE)$values)
        data.frame(statistic = x, df1 = q, df2 = fit$df,
          p_value = pFsum(x, rep(1, q), lambda, ddf = fit$df, lower.tail = FALSE))
      }
      """)

  static let answersProfile = RFunction(
    text: """
      # Intervals from the profile of the likelihood, with each parameter's design effect.
      answers_limits <- function(fit) {
        t <- qt(0.5 + level / 2, fit$df)
        limit <- function(j, side) {
          start <- t * sqrt(fit$V[j, j])
          cut <- minus_twice(fit) + t^2 * fit$V[j, j] / fit$V0[j, j]
          rise <- function(distance) held_deviance(fit, j, fit$theta[j] + side * distance) - cut
          fit$theta[j] + side * uniroot(rise, c(0, start), extendInt = "upX", tol = 1e-9)$root
        }
        data.frame(conf_low = sapply(seq_along(fit$theta), limit, -1),
          conf_high = sapply(seq_along(fit$theta), limit, 1))
      }
      """)

  static let answersStatistics = RFunction(
    text: """
      # How a model of several answers fits; its BIC is measured against the largest model.
      answers_statistics <- function(fit, df, largest = fit) {
        w <- weights(fit$survey.design)
        n <- length(w)
        share <- tapply(w, fit$y, sum) / sum(w)
        deviance <- minus_twice(fit)
        null_deviance <- -2 * n * sum(share * log(share))
        p <- length(fit$theta)
        effects <- function(fit, i) if (length(i) == 0) 0 else
          Re(eigen(solve(fit$V0[i, i], fit$V[i, i]), only.values = TRUE)$values)
        bic <- deviance + p * log(n)
        if (is.null(largest)) bic <- NA
        else if (length(largest$theta) > p) {
          i <- which(!do.call(paste, largest$rows) %in% do.call(paste, fit$rows))
          b <- largest$theta[i]
          bic <- if (length(i) != length(largest$theta) - p) NA else minus_twice(largest) +
            drop(b %*% solve(largest$V[i, i], b)) + p * log(n) + sum(log(effects(largest, i)))
        }
        r2 <- 1 - exp((deviance - null_deviance) / n)
        found <- data.frame(categories = length(share), n = n, weighted_n = sum(w),
          deviance = deviance, null_deviance = null_deviance,
          aic = deviance + 2 * sum(effects(fit, fit$slopes)),
          effective_parameters = sum(effects(fit, fit$slopes)), bic = bic, r2_cox_snell = r2,
          r2_nagelkerke = r2 / (1 - exp(-null_deviance / n)),
          r2_mcfadden = 1 - deviance / null_deviance)
        found$df <- df
        found
      }
      """)
}
