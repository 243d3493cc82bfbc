extension RFunction {
  static let termTest = RFunction(
    text: """
      # The joint test of the coefficients of terms.
      term_test <- function(fit, terms, form) {
        method <- c("wald-f" = "Wald", "adjusted-wald" = "Wald", "working-wald" = "WorkingWald",
          lrt = "LRT")[[form]]
        t <- regTermTest(fit, terms, method = method)
        x <- c(if (method == "Wald") t$Ftest else t$chisq)
        found <- data.frame(statistic = x, df1 = t$df, df2 = t$ddf, p_value = c(t$p))
        if (form == "adjusted-wald") {
          found$df2 <- degf(fit$survey.design) - t$df + 1
          found$statistic <- x * found$df2 / degf(fit$survey.design)
          found$p_value <- pf(found$statistic, t$df, found$df2, lower.tail = FALSE)
        }
        found
      }
      """)

  static let coefficientTest = RFunction(
    text: """
      # The joint test of terms by their coefficients.
      coefficient_test <- function(fit, right, terms) {
        i <- unlist(lapply(terms, function(term) term_columns(model.matrix(fit), right, term)))
        wald(coef(fit)[i], vcov(fit)[i, i, drop = FALSE],
          degf(fit$survey.design) + 1 - length(coef(fit)))
      }
      """)

  static let profile = RFunction(
    text: """
      # Intervals from the profile of the likelihood, with each coefficient's design effect.
      profile_limits <- function(fit, df) {
        X <- model.matrix(fit)
        y <- fit$y
        w <- fit$prior.weights
        offset <- if (is.null(fit$offset)) rep(0, length(y)) else fit$offset
        t <- qt(0.5 + level / 2, df)
        tight <- list(epsilon = 1e-14, maxit = 100)
        best <- glm.fit(X, y, w, offset = offset, family = fit$family, control = tight)$deviance
        limit <- function(j, side) {
          rise <- function(distance) {
            held <- offset + X[, j] * (coef(fit)[[j]] + side * distance)
            glm.fit(X[, -j, drop = FALSE], y, w, offset = held, family = fit$family,
              control = tight, intercept = FALSE)$deviance - best -
              t^2 * vcov(fit)[j, j] / fit$naive.cov[j, j]
          }
          start <- t * sqrt(vcov(fit)[j, j])
          coef(fit)[[j]] + side * uniroot(rise, c(0, start), extendInt = "upX", tol = 1e-11)$root
        }
        data.frame(conf_low = sapply(seq_along(coef(fit)), limit, -1),
          conf_high = sapply(seq_along(coef(fit)), limit, 1))
      }
      """)

  static let answering = RFunction(
    text: """
      # Respondents who all give some answers.
      answering <- function(data, set) {
        for (name in names(set)) data[[name]] <-
          if (is.factor(data[[name]])) factor(rep(set[[name]], nrow(data)), levels(data[[name]]))
          else rep_len(set[[name]], nrow(data))
        data
      }
      """)

  static let expected = RFunction(
    text: """
      # What a model expects of every respondent when variables are set, and beside it the derivatives
      # by the coefficients.
      expected <- function(fit, set = list()) {
        data <- answering(fit$survey.design$variables, set)
        right <- delete.response(terms(fit))
        frame <- suppressWarnings(model.frame(right, data, xlev = fit$xlevels))
        X <- model.matrix(right, frame, contrasts.arg = fit$contrasts)
        b <- na.omit(coef(fit))
        eta <- drop(X[, names(b), drop = FALSE] %*% b)
        if (!is.null(model.offset(frame))) eta <- eta + model.offset(frame)
        cbind(fit$family$linkinv(eta), fit$family$mu.eta(eta) * X[, names(b), drop = FALSE])
      }
      """)

  static let slope = RFunction(
    text: """
      # The derivative of all that by a number, by differences of the fourth order.
      slope <- function(fit, name, set = list(), ...) {
        x <- fit$survey.design$variables[[name]]
        step <- 1e-3 * sd(x)
        if (!is.null(set[[name]])) x <- rep_len(set[[name]], length(x))
        set[[name]] <- NULL
        at <- function(k) expected(fit, c(set, setNames(list(x + k * step), name)), ...)
        (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * step)
      }
      """)

  static let averages = RFunction(
    text: """
      # Averages over respondents, with their covariance by the delta method: `is` what is averaged and
      # `who` over whom. Covariates count as fixed, as sampled, or jointly with the coefficients.
      averages <- function(fit, parts, covariates) {
        design <- fit$survey.design
        w <- weights(design)
        inside <- lapply(parts, function(p) !is.na(p$who) & rep_len(p$who, length(w)))
        means <- mapply(function(p, i) colSums(w[i] * p$is[i, , drop = FALSE]) / sum(w[i]),
          parts, inside)
        values <- means[1, ]
        J <- t(means[-1, , drop = FALSE])
        V <- J %*% (if (is.null(fit$V)) vcov(fit) else fit$V) %*% t(J)
        if (covariates != "fixed") {
          u <- mapply(function(p, i, m) (p$is[, 1] - m) * i / sum(w[i]), parts, inside, values)
          z <- if (!is.null(fit$u)) fit$u
            else (model.matrix(fit) * resid(fit, "working") * fit$weights / w) %*% fit$naive.cov
          if (covariates == "sampled") V <- V + as.matrix(vcov(svytotal(u, design)))
          else V <- as.matrix(vcov(svytotal(u + z %*% t(J), design)))
        }
        list(values = values, V = V, n = sapply(inside, sum))
      }
      """)

  static let contrast = RFunction(
    text: """
      # Functions of coefficients, by the delta method.
      combination <- function(f, b, V) {
        b <- unname(b)
        J <- numDeriv::jacobian(f, b)
        list(values = f(b), V = J %*% V %*% t(J))
      }
      """)
}
