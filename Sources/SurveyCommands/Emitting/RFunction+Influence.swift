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
        parts <- qr(X)
        sort(parts$pivot[seq_len(parts$rank)])
      }
      """)

  /// A fit whose influence can be joined with that of others.
  static let regress = RFunction(
    text: """
      # A logistic or linear regression of y on the columns of X among some respondents, as svyglm of a
      # subset; beside the coefficients what each respondent adds to them (score times the inverse
      # information), so that several fits have a joint covariance.
      regress <- function(y, X, design, family, who) {
        i <- which(who & weights(design) > 0)
        w <- weights(design)[i]
        Z <- X[i, , drop = FALSE]
        fit <- glm.fit(Z, y[i], w / mean(w), family = family,
          control = list(epsilon = 1e-15, maxit = 100))
        slope <- family$mu.eta(fit$linear.predictors)
        inverse <- solve(crossprod(Z, w * slope * Z))
        residual <- numeric(length(y))
        residual[i] <- y[i] - fit$fitted.values
        list(b = unname(fit$coefficients), u = (X * residual) %*% inverse, residual = residual,
          inverse = inverse * mean(w))
      }
      """)

  /// The same of answers in an order.
  static let orderedRegress = RFunction(
    text: """
      # The same of an ordered logit, by Newton's steps; the constant's place is taken by the cut points.
      ordered_regress <- function(y, X, design, who) {
        i <- which(who & weights(design) > 0)
        w <- weights(design)[i]
        Z <- X[i, -1, drop = FALSE]
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
        u[i, -1] <- (-ordinal_scores(theta, Z, answer) %*% solve(H))[, slopes]
        inverse <- matrix(0, ncol(X), ncol(X))
        inverse[-1, -1] <- -solve(H)[slopes, slopes] * mean(w)
        list(b = unname(c(0, theta[slopes])), u = u, inverse = inverse)
      }
      """)
}
