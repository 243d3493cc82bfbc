extension RFunction {
  static let nestedModels = RFunction(
    text: """
      # The models M0, M1, ..., on the same respondents: M0 has the first of the terms, each block adds
      # some up to `last`. Beside them the test that a block adds nothing where it enters.
      nested_models <- function(design, y, X, terms, last, blocks, family) {
        rows <- tests <- list()
        for (k in seq_along(last)) {
          if (is.null(family)) {
            used <- attr(X, "assign") <= last[k]
            fit <- ordered_regress(y, X[, used], design, rep(TRUE, length(y)))
            b <- setNames(fit$b, colnames(X)[used])[-1]
            V <- covariance(fit$u, design)[-1, -1, drop = FALSE]
            term <- attr(X, "assign")[used][-1]
            df <- degf(design) - length(b)
          } else {
            fit <- svyglm(reformulate(terms[seq_len(last[k])], ".outcome"), design, family = family,
              control = list(epsilon = 1e-15, maxit = 100))
            b <- na.omit(coef(fit))
            V <- vcov(fit)
            term <- attr(model.matrix(fit), "assign")[!is.na(coef(fit))]
            df <- degf(design) + 1 - length(b)
          }
          rows[[k]] <- cbind(data.frame(model = paste0("M", k - 1), term = names(b)),
            figures(b, sqrt(diag(V)), df))
          i <- which(term > c(0, last)[k])
          if (k > 1) tests[[k - 1]] <- cbind(data.frame(test = "entry-wald-f", term = blocks[k - 1]),
            wald(b[i], V[i, i, drop = FALSE], df))
        }
        list(rows = do.call(rbind, rows), tests = do.call(rbind, tests))
      }
      """)

  static let mediate = RFunction(
    text: """
      # What a decomposition among some respondents is made of, in one vector with what each respondent
      # adds to it: the coefficients of the keys and of the mediators beside each other, the mean
      # density, the keys' coefficients for each mediator, and without the mediators. The first `base`
      # terms are the keys and what is held constant.
      mediate <- function(design, y, X, who, keys, base, family, errors, unconditional) {
        term <- attr(X, "assign")
        kept <- independent(X[who, , drop = FALSE])
        X <- X[, kept, drop = FALSE]
        term <- term[kept]
        Z <- X[, term <= base, drop = FALSE]
        key <- which(term %in% seq_len(keys))
        mediator <- which(term > base)
        outcome <- function(X) if (is.null(family)) ordered_regress(y, X, design, who)
          else regress(y, X, design, family, who)
        full <- outcome(X)
        paths <- lapply(mediator, function(k) regress(X[, k], Z, design, gaussian(), who))
        naive <- outcome(Z)
        # The mean of p (1 - p) for average partial effects, its derivatives along the coefficients, and
        # what it varies by itself when the predictors count as drawn.
        density <- 1
        slopes <- numeric(ncol(X))
        own <- 0
        if (!is.null(family) && family$link == "logit") {
          w <- weights(design) * who / sum(weights(design)[who])
          p <- plogis(drop(X %*% full$b))
          density <- sum(w * p * (1 - p))
          slopes <- colSums(w * p * (1 - p) * (1 - 2 * p) * X)
          if (unconditional) own <- (p * (1 - p) - density) * who / sum(weights(design)[who])
        }
        fit <- list(
          b = c(full$b[c(key, mediator)], density, unlist(lapply(paths, function(m) m$b[key])),
            naive$b[key]),
          u = cbind(full$u[, c(key, mediator)], full$u %*% slopes + own,
            do.call(cbind, lapply(paths, function(m) m$u[, key])), naive$u[, key]))
        fit$is_linear <- !is.null(family) && family$link == "identity"
        if (errors == "fixed") {
          third <- outcome(cbind(Z, sapply(paths, `[[`, "residual")))
          fit$b <- c(fit$b, third$b[key])
          fit$u <- cbind(fit$u, third$u[, key])
        }
        K <- length(key)
        M <- length(mediator)
        fit$full <- seq_len(K)
        fit$slope <- K + seq_len(M)
        fit$density <- K + M + 1
        fit$path <- fit$density + matrix(seq_len(K * M), K)
        fit$naive <- fit$density + K * M + seq_len(K)
        fit$third <- fit$naive + K
        fit$mediator <- term[mediator] - base
        if (errors == "model") {
          # The models' own covariances, independent of each other.
          dispersion <- function(m) if (!fit$is_linear) 1 else
            sum(weights(design) * m$residual^2) / sum(weights(design)[who])
          V <- matrix(0, length(fit$b), length(fit$b))
          map <- rbind(diag(ncol(X))[c(key, mediator), , drop = FALSE], slopes)
          V[1:fit$density, 1:fit$density] <- dispersion(full) * map %*% full$inverse %*% t(map)
          common <- crossprod(sapply(paths, `[[`, "residual") * sqrt(weights(design) * who)) /
            sum(weights(design)[who])
          for (a in seq_len(M)) for (b in seq_len(M))
            V[fit$path[, a], fit$path[, b]] <- common[a, b] * paths[[a]]$inverse[key, key]
          V[fit$naive, fit$naive] <- dispersion(naive) * naive$inverse[key, key]
          fit$V <- V
        } else fit$V <- covariance(fit$u, design)
        fit$count <- ncol(X)
        fit$df <- degf(design[who, ]) + 1 - ncol(X)
        fit$naive_df <- degf(design[who, ]) + 1 - ncol(Z)
        fit
      }
      """)

  static let keyEffects = RFunction(
    text: """
      # What a key does: without the mediators (b* = b + D), beside them (b), and through all of them
      # (D, the sum of slope times path), each way and the contrast of two ways; then shares and ratios.
      key_effects <- function(b, fit, key, scale) {
        D <- b[fit$slope] * b[fit$path[key, ]]
        through <- sapply(ways, function(way) sum(D[fit$mediator %in% way]))
        whole <- sum(D)
        full <- b[fit$full[key]]
        reduced <- full + whole
        m <- if (scale == "probability") b[fit$density] else 1
        c(m * c(reduced, full, whole, through, if (length(contrast) == 2)
          through[contrast[1]] - through[contrast[2]]), whole / reduced, through / reduced,
          reduced / full, if (scale == "logit") c(b[fit$naive[key]], reduced / b[fit$naive[key]]))
      }
      """)

  static let mediationRows = RFunction(
    text: """
      # The decomposition of every key.
      mediation_rows <- function(fit, scale, errors) {
        two <- length(contrast) == 2
        quantity <- c("reduced", "full", rep("difference", 1 + length(ways)), if (two) "contrast",
          rep("share", 1 + length(ways)), "ratio", if (scale == "logit") c("naive", "rescaling"))
        mediator <- c("", "", "", names(ways), if (two) contrast_name, "", names(ways))
        mediator <- c(mediator, rep("", length(quantity) - length(mediator)))
        do.call(rbind, lapply(seq_along(keys), function(key) {
          f <- function(b) key_effects(b, fit, key, scale)
          own <- delta(f, fit$b, fit$V)
          value <- own$values
          error <- sqrt(diag(own$V))
          # A share is one of an effect that is clear and that neither part of it turns around.
          clear <- abs(value[1]) >= 2 * error[1] && value[1] * value[2] > 0 && value[1] * value[3] >= 0
          if (errors == "sobel") {
            # As if the outcome's model and the mediators' models were independent.
            V <- fit$V
            one <- 1:fit$density
            other <- c(fit$path)
            V[one, other] <- 0
            V[other, one] <- 0
            through <- quantity %in% c("difference", "contrast")
            error[through] <- sqrt(diag(delta(f, fit$b, V)$V))[through]
          }
          if (errors == "fixed") {
            third <- delta(function(b) b[fit$third[key]] * if (scale == "probability")
              b[fit$density] else 1, fit$b, fit$V)
            value[1] <- third$values
            error[1] <- sqrt(third$V)
          }
          value[quantity == "share" & !clear] <- NA
          error[quantity == "share" & !clear] <- NA
          # Linear models have one scale.
          if (fit$is_linear) value[quantity == "rescaling"] <- 1
          if (fit$is_linear) error[quantity == "rescaling"] <- NA
          cbind(data.frame(key = keys[key], quantity = quantity, mediator = mediator),
            figures(value, error, ifelse(quantity == "naive", fit$naive_df, fit$df)))
        }))
      }
      """)

  static let mediationDifferences = RFunction(
    text: """
      # Each group's average partial effects minus those of the reference: the fits of all groups have
      # a joint covariance.
      mediation_differences <- function(fits, V, reference, design) {
        width <- length(fits[[1]]$b)
        b <- unlist(lapply(fits, `[[`, "b"))
        count <- 3 + length(ways) + (length(contrast) == 2)
        quantity <- c("reduced", "full", rep("difference", 1 + length(ways)), "contrast")[1:count]
        mediator <- c("", "", "", names(ways), contrast_name)[1:count]
        effects <- function(b, g, key) {
          g <- match(g, names(fits))
          key_effects(b[(g - 1) * width + seq_len(width)], fits[[g]], key, "probability")[1:count]
        }
        others <- setdiff(names(fits), reference)
        do.call(rbind, lapply(seq_along(keys), function(key) {
          rows <- lapply(others, function(g) {
            d <- delta(function(b) effects(b, g, key) - effects(b, reference, key), b, V)
            df <- degf(design[design$variables$.by %in% c(g, reference), ]) + 1 -
              fits[[g]]$count - fits[[reference]]$count
            cbind(data.frame(key = keys[key], quantity = quantity, mediator = mediator, group = g,
              reference = reference), figures(d$values, sqrt(diag(d$V)), df))
          })
          do.call(rbind, rows)[order(rep(seq_len(count), length(others))), ]
        }))
      }
      """)
}
