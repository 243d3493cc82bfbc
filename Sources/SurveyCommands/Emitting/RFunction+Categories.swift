extension RFunction {
  static let severalAnswers = RFunction(
    text: """
      # A model of several answers: Newton's steps from where another program stopped, then the sandwich.
      several_answers <- function(design, X, y, start, scores) {
        w <- weights(design)
        gradient <- function(theta) colSums(w * scores(theta, X, y))
        theta <- start
        for (step in 1:5) {
          H <- numDeriv::jacobian(gradient, theta)
          theta <- theta - solve(H, gradient(theta))
        }
        u <- -scores(theta, X, y) %*% solve(H)
        list(theta = theta, V = unname(as.matrix(vcov(svytotal(u, design)))), u = u)
      }
      """)

  static let ordinalScores = RFunction(
    text: """
      # The derivatives of each respondent's log likelihood by slopes and cut points.
      ordinal_scores <- function(theta, X, y) {
        cuts <- c(-Inf, theta[-seq_len(ncol(X))], Inf)
        eta <- if (ncol(X) > 0) drop(X %*% theta[seq_len(ncol(X))]) else 0
        upper <- cuts[y + 1] - eta
        lower <- cuts[y] - eta
        p <- plogis(upper) - plogis(lower)
        each <- sapply(seq_len(length(cuts) - 2), function(j)
          ((y == j) * dlogis(upper) - (y == j + 1) * dlogis(lower)) / p)
        cbind(-(dlogis(upper) - dlogis(lower)) / p * X, each)
      }
      """)

  static let multinomialScores = RFunction(
    text: """
      # The derivatives of each respondent's log likelihood by the coefficients of every answer but the
      # first.
      multinomial_scores <- function(theta, X, y) {
        P <- exp(cbind(0, X %*% matrix(theta, ncol(X))))
        P <- P / rowSums(P)
        do.call(cbind, lapply(2:ncol(P), function(k) X * ((y == k) - P[, k])))
      }
      """)

  static let columns = RFunction(
    text: """
      # The columns of a model matrix that a term has.
      term_columns <- function(X, right, term) {
        parts <- function(label) paste(sort(strsplit(label, ":")[[1]]), collapse = ":")
        labels <- sapply(attr(terms(right), "term.labels"), parts)
        which(attr(X, "assign") == match(parts(attr(terms(term), "term.labels")), labels))
      }
      """)

  static let proportionalOdds = RFunction(
    text: """
      # Tests that coefficients are the same at every cut point: a logistic model at each.
      proportional_odds <- function(design, X, y, terms, df) {
        w <- weights(design)
        cuts <- seq_len(max(y) - 1)
        Z <- cbind(1, X)
        fits <- lapply(cuts, function(j) {
          fit <- suppressWarnings(glm.fit(Z, as.numeric(y > j), w / mean(w), family = binomial(),
            control = list(epsilon = 1e-15, maxit = 100)))
          mu <- fit$fitted.values
          list(b = fit$coefficients,
            u = (Z * ((y > j) - mu)) %*% solve(crossprod(Z, w * mu * (1 - mu) * Z)))
        })
        b <- unlist(lapply(fits, `[[`, "b"))
        V <- as.matrix(vcov(svytotal(do.call(cbind, lapply(fits, `[[`, "u")), design)))
        do.call(rbind, lapply(names(terms), function(name) {
          L <- do.call(rbind, lapply(cuts[-1], function(j) t(sapply(terms[[name]] + 1, function(k)
            replace(numeric(length(b)), c(k, (j - 1) * ncol(Z) + k), c(-1, 1))))))
          cbind(data.frame(test = "proportional-odds", term = name),
            wald(drop(L %*% b), L %*% V %*% t(L), df))
        }))
      }
      """)

  static let expectedChances = RFunction(
    text: """
      # The chance of an answer for every respondent when variables are set, and beside it the
      # derivatives by the parameters, by differences of the fourth order.
      expected <- function(fit, set = list(), answer) {
        frame <- suppressWarnings(
          model.frame(fit$terms, answering(fit$survey.design$variables, set)))
        X <- model.matrix(fit$terms, frame)[, fit$columns, drop = FALSE]
        chance <- function(theta) fit$chances(theta, X)[, answer]
        slope <- function(j) {
          step <- 1e-3 * max(abs(fit$theta[j]), sqrt(diag(fit$V))[j])
          at <- function(k) chance(replace(fit$theta, j, fit$theta[j] + k * step))
          (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * step)
        }
        cbind(chance(fit$theta), sapply(seq_along(fit$theta), slope))
      }
      """)

  static let ordinalChances = RFunction(
    text: """
      # The chances of ordered answers.
      ordinal_chances <- function(theta, X) {
        cuts <- theta[-seq_len(ncol(X))]
        eta <- drop(X %*% theta[seq_len(ncol(X))])
        below <- cbind(0, plogis(outer(-eta, cuts, "+")), 1)
        below[, -1] - below[, -ncol(below)]
      }
      """)

  static let multinomialChances = RFunction(
    text: """
      # The chances of unordered answers.
      multinomial_chances <- function(theta, X) {
        P <- exp(cbind(0, X %*% matrix(theta, ncol(X))))
        P / rowSums(P)
      }
      """)
}
