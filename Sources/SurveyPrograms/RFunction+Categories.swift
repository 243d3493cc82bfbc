extension RFunction {
  static let severalAnswers = RFunction(
    text: """
      # A model of several answers: Newton's steps from where another program stopped, then the sandwich.
      # V0 is the covariance of a simple random sample. Second derivatives are differences of the fourth
      # order. `back` leads from the parameters of these columns to those of the columns as they were.
      several_answers <- function(design, X, y, start, scores, back) {
        w <- weights(design)
        gradient <- function(theta) colSums(w * scores(theta, X, y))
        derivative <- function(j) {
          at <- function(k) gradient(replace(theta, j, theta[j] + k * 1e-3))
          (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / 0.012
        }
        theta <- start
        for (step in 1:50) {
          H <- sapply(seq_along(theta), derivative)
          H <- (H + t(H)) / 2
          move <- -drop(solve(H, gradient(theta)))
          theta <- theta + move
          if (max(abs(move)) < 1e-9) break
        }
        u <- -scores(theta, X, y) %*% solve(H) %*% t(back)
        list(theta = drop(back %*% theta), V = unname(as.matrix(vcov(svytotal(u, design)))),
          V0 = -mean(w) * back %*% solve(H) %*% t(back), u = u)
      }
      """)

  static let modelColumns = RFunction(
    text: """
      # The columns of a model without those that others add up to.
      model_columns <- function(design, right, constant = TRUE) {
        X <- model.matrix(right, design$variables)
        parts <- qr(X, tol = 1e-11)
        keep <- sort(parts$pivot[seq_len(parts$rank)])
        if (!constant) keep <- keep[attr(X, "assign")[keep] > 0]
        structure(X[, keep, drop = FALSE], assign = attr(X, "assign")[keep])
      }
      """)

  static let ordinalModel = RFunction(
    text: """
      # A model of ordered answers. svyolr has numerical derivatives: it gives the start, and Newton's
      # steps the last digits. Both see columns that are centred and orthogonal, as years and their
      # squares would lose their digits.
      ordinal_model <- function(design, y, right) {
        X <- model_columns(design, right, constant = FALSE)
        k <- nlevels(y) - 1
        columns <- seq_len(ncol(X))
        share <- tapply(weights(design), y, sum) / sum(weights(design))
        start <- c(numeric(ncol(X)), qlogis(cumsum(share)[seq_len(k)]))
        Z <- X
        back <- diag(ncol(X) + k)
        if (ncol(X) > 0) {
          m <- colMeans(X)
          parts <- qr(sweep(X, 2, m), tol = 1e-11)
          Z <- qr.Q(parts) * sqrt(nrow(X))
          back[columns, columns] <- backsolve(qr.R(parts), diag(ncol(X))) * sqrt(nrow(X))
          back[-columns, columns] <- rep(m %*% back[columns, columns], each = k)
          design$variables$.y <- ordered(y)
          design$variables$.z <- Z
          if (k > 1) {
            found <- svyolr(.y ~ .z, design)
            start <- c(found$coefficients, found$zeta)
          }
        }
        fit <- several_answers(design, Z, as.integer(y), start, ordinal_scores, back)
        c(fit, list(survey.design = design, X = X, y = as.integer(y), right = right, equations = 1,
          scores = ordinal_scores, chances = ordinal_chances, columns = colnames(X),
          terms = terms(model.frame(right, design$variables)), slopes = columns,
          df = degf(design) - ncol(X), rows = data.frame(
            term = c(colnames(X), paste(levels(y)[-(k + 1)], levels(y)[-1], sep = "|")))))
      }
      """)

  static let multinomialModel = RFunction(
    text: """
      # A model of unordered answers against the first. The package survey has none: nnet gives the start,
      # Newton's steps the last digits, and the scores the sandwich, on orthogonal columns as above.
      multinomial_model <- function(design, y, right) {
        X <- model_columns(design, right)
        k <- nlevels(y) - 1
        parts <- qr(X, tol = 1e-11)
        Z <- qr.Q(parts) * sqrt(nrow(X))
        back <- kronecker(diag(k), backsolve(qr.R(parts), diag(ncol(X))) * sqrt(nrow(X)))
        found <- nnet::multinom(y ~ Z - 1, weights = weights(design) / mean(weights(design)),
          trace = FALSE, maxit = 5000)
        start <- c(t(matrix(coef(found), k)))
        fit <- several_answers(design, Z, as.integer(y), start, multinomial_scores, back)
        c(fit, list(survey.design = design, X = X, y = as.integer(y), right = right, equations = k,
          scores = multinomial_scores, chances = multinomial_chances, columns = colnames(X),
          terms = terms(model.frame(right, design$variables)),
          slopes = c(outer(which(attr(X, "assign") > 0), (seq_len(k) - 1) * ncol(X), "+")),
          df = degf(design) - ncol(X) + 1, rows = data.frame(
            outcome = rep(levels(y)[-1], each = ncol(X)), term = rep(colnames(X), k))))
      }
      """)

  static let ordinalScores = RFunction(
    text: """
      # The derivatives of each respondent's log likelihood by slopes and cut points.
      ordinal_scores <- function(theta, X, y) {
        cuts <- c(-Inf, theta[seq_along(theta) > ncol(X)], Inf)
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
        parts <- qr(cbind(1, X), tol = 1e-11)
        Z <- qr.Q(parts)
        back <- backsolve(qr.R(parts), diag(ncol(Z)))
        fits <- lapply(cuts, function(j) {
          fit <- suppressWarnings(glm.fit(Z, as.numeric(y > j), w / mean(w), family = binomial(),
            control = list(epsilon = 1e-15, maxit = 100)))
          mu <- fit$fitted.values
          list(b = drop(back %*% fit$coefficients), u = (Z * ((y > j) - mu)) %*%
            solve(crossprod(Z, w * mu * (1 - mu) * Z)) %*% t(back))
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
      # derivatives by the parameters: those of its logarithm are scores.
      expected <- function(fit, set = list(), answer) {
        frame <- suppressWarnings(
          model.frame(fit$terms, answering(fit$survey.design$variables, set)))
        X <- model.matrix(fit$terms, frame)[, fit$columns, drop = FALSE]
        chance <- fit$chances(fit$theta, X)[, answer]
        cbind(chance, chance * fit$scores(fit$theta, X, rep(answer, nrow(X))))
      }
      """)

  static let ordinalChances = RFunction(
    text: """
      # The chances of ordered answers.
      ordinal_chances <- function(theta, X) {
        cuts <- theta[seq_along(theta) > ncol(X)]
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
