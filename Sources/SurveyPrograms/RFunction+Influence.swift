extension RFunction {
  static let derivatives = RFunction(
    text: """
      # The derivatives of functions of a vector, by differences of the fourth order.
      derivatives <- function(f, x) {
        slope <- function(j) {
          step <- 1e-3 * max(abs(x[j]), 1e-3)
          at <- function(k) f(replace(x, j, x[j] + k * step))
          (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * step)
        }
        matrix(unlist(lapply(seq_along(x), slope)), ncol = length(x))
      }
      """)

  static let delta = RFunction(
    text: """
      # Functions of estimates with their covariance, by the delta method.
      delta <- function(f, b, V) {
        J <- derivatives(f, b)
        list(values = f(b), V = J %*% V %*% t(J))
      }
      """)

  static let covariance = RFunction(
    text: """
      # The covariance of estimates: what each respondent adds to them per unit of weight is a column.
      covariance <- function(influence, design)
        unname(as.matrix(vcov(svytotal(as.matrix(influence), design))))
      """)

  static let independent = RFunction(
    text: """
      # The columns that do not follow from those before them.
      independent <- function(X) {
        parts <- qr(X, tol = 1e-11)
        sort(parts$pivot[seq_len(parts$rank)])
      }
      """)

  /// A fit whose influence can be joined with that of others.
  static let regress = RFunction(
    text: """
      # A logistic or linear regression of y on the columns of X among some respondents, as svyglm of a
      # subset; beside the coefficients what each respondent adds to them (score times the inverse
      # information), so that several fits have a joint covariance. The fit is one on orthogonal columns,
      # as years and their squares would lose their digits in sums of products.
      regress <- function(y, X, design, family, who) {
        i <- which(who & weights(design) > 0)
        w <- weights(design)[i]
        back <- backsolve(qr.R(qr(sqrt(w) * X[i, , drop = FALSE], tol = 1e-11)), diag(ncol(X)))
        X <- X %*% back
        Z <- X[i, , drop = FALSE]
        fit <- glm.fit(Z, y[i], w / mean(w), family = family,
          control = list(epsilon = 1e-15, maxit = 100))
        slope <- family$mu.eta(fit$linear.predictors)
        inverse <- solve(crossprod(Z, w * slope * Z))
        residual <- numeric(length(y))
        residual[i] <- y[i] - fit$fitted.values
        list(b = drop(back %*% fit$coefficients), u = (X * residual) %*% inverse %*% t(back),
          residual = residual, inverse = back %*% inverse %*% t(back) * mean(w))
      }
      """)

  /// The same of answers in an order.
  static let orderedRegress = RFunction(
    text: """
      # The same of an ordered logit, by Newton's steps; the constant's place is taken by the cut points.
      ordered_regress <- function(y, X, design, who) {
        i <- which(who & weights(design) > 0)
        w <- weights(design)[i]
        back <- backsolve(qr.R(qr(sqrt(w) * X[i, , drop = FALSE], tol = 1e-11)), diag(ncol(X)))
        Z <- (X %*% back)[i, -1, drop = FALSE]
        back <- back[-1, -1, drop = FALSE]
        answer <- match(y[i], sort(unique(y[i])))
        below <- cumsum(tapply(w, answer, sum)) / sum(w)
        theta <- c(numeric(ncol(Z)), qlogis(below[-length(below)]))
        gradient <- function(theta) colSums(w * ordinal_scores(theta, Z, answer))
        for (step in 1:50) {
          H <- derivatives(gradient, theta)
          change <- solve(H, gradient(theta))
          theta <- theta - change
          if (max(abs(change)) < 1e-11) break
        }
        H <- derivatives(gradient, theta)
        slopes <- seq_len(ncol(Z))
        u <- matrix(0, length(y), ncol(X))
        u[i, -1] <- (-ordinal_scores(theta, Z, answer) %*% solve(H))[, slopes] %*% t(back)
        inverse <- matrix(0, ncol(X), ncol(X))
        inverse[-1, -1] <- -back %*% solve(H)[slopes, slopes] %*% t(back) * mean(w)
        list(b = c(0, back %*% theta[slopes]), u = u, inverse = inverse)
      }
      """)
}
