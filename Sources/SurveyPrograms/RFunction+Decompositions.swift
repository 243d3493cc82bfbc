extension RFunction {
  static let decompose = RFunction(
    text: """
      # What a decomposition is made of, in one vector with what each respondent adds to it: the means
      # that the people of a group would have with the coefficients of a fit (m11, m00, and two more),
      # the coefficients of the fits, the covariates' means in the reference and in the other group.
      decomposed <- function(design, y, X, other, family, pairs, pooled) {
        w <- weights(design)
        groups <- list(!other, other)
        fits <- lapply(groups, function(who) regress(y, X, design, family, who))
        if (pooled) {
          both <- regress(y, cbind(X, other), design, family, rep(TRUE, length(y)))
          fits[[3]] <- list(b = both$b[seq_len(ncol(X))], u = both$u[, seq_len(ncol(X))])
        }
        means <- lapply(pairs, function(pair) {
          who <- groups[[pair[1]]]
          share <- w * who / sum(w[who])
          fit <- fits[[pair[2]]]
          eta <- drop(X %*% fit$b)
          m <- sum(share * family$linkinv(eta))
          own <- (family$linkinv(eta) - m) * who / sum(w[who])
          list(m, own + fit$u %*% colSums(share * family$mu.eta(eta) * X))
        })
        centres <- lapply(groups, function(who) {
          centre <- colSums(w[who] * X[who, , drop = FALSE]) / sum(w[who])
          list(centre, t(t(X) - centre) * who / sum(w[who]))
        })
        b <- unname(c(sapply(means, `[[`, 1), unlist(lapply(fits, `[[`, "b")),
          unlist(lapply(centres, `[[`, 1))))
        u <- cbind(do.call(cbind, lapply(means, `[[`, 2)), do.call(cbind, lapply(fits, `[[`, "u")),
          do.call(cbind, lapply(centres, `[[`, 2)))
        k <- seq_len(ncol(X))
        list(b = b, V = covariance(u, design), coefficients = function(fit, b)
          b[4 + (fit - 1) * ncol(X) + k], centre = function(group, b)
          b[4 + (length(fits) + group - 1) * ncol(X) + k])
      }
      """)

  static let sharedOut = RFunction(
    text: """
      # A part of a gap shared out by terms (Yun), which add up to it in a linear model.
      shared_out <- function(part, terms) if (is_linear) terms else part * terms / sum(terms)

      # Each covariate's difference between the groups, weighed by coefficients.
      endowment_terms <- function(found, b, weights) {
        each <- (found$centre(2, b) - found$centre(1, b)) * weights
        sapply(found$covariates, function(columns) sum(each[columns]))
      }

      # The constant's and each covariate's share in a change of coefficients; the categories of a factor
      # are taken against the mean of all of them, which goes to the constant.
      coefficient_terms <- function(found, b, group, from, to) {
        change <- found$coefficients(to, b) - found$coefficients(from, b)
        means <- mapply(function(columns, is_factor)
          if (is_factor) sum(change[columns]) / (length(columns) + 1) else 0,
          found$covariates, are_factors)
        plain <- sapply(found$covariates, function(columns)
          sum((found$centre(group, b) * change)[columns]))
        c(change[1] + sum(means), plain - means)
      }
      """)
}
