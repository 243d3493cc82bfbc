extension RFunction {
  static let cellChances = RFunction(
    text: """
      # The chances in the cells of a division of respondents with their covariance, and the logits
      # behind them: shares, or with controls (columns of C) averages over everybody of a logistic
      # model's predictions with each cell put in for all, the controls as each answered.
      cell_chances <- function(design, y, cell, size, C) {
        if (ncol(C) == 0) {
          design$variables$.by <- cell
          m <- by_group(".y", with_y(design, y), "mean")
          here <- as.character(seq_len(size))
          p <- unname(coef(m)[here])
          # A cell in which nobody is adds nothing.
          V <- matrix(0, size, size)
          found <- here[here %in% names(coef(m))]
          V[here %in% found, here %in% found] <- unname(as.matrix(vcov(m))[found, found])
          slope <- 1 / (p * (1 - p))
          return(list(values = p, V = V, logits = qlogis(p), V_logits = slope * t(slope * V)))
        }
        w <- weights(design)
        D <- outer(cell, seq_len(size), "==") + 0
        fit <- regress(y, cbind(D, C), design, quasibinomial(), rep(TRUE, length(y)))
        V <- covariance(fit$u, design)
        average <- function(b) {
          others <- drop(C %*% b[-seq_len(size)])
          sapply(b[seq_len(size)], function(own) sum(w * plogis(own + others)) / sum(w))
        }
        here <- seq_len(size)
        c(delta(average, fit$b, V), list(logits = fit$b[here], V_logits = V[here, here]))
      }
      """)

  static let byLogit = RFunction(
    text: """
      # Figures of chances with intervals made on the logit scale; of 0 and 1 the exact ones of so many.
      by_logit <- function(found, n = NA) {
        p <- found$estimate
        logit <- figures(qlogis(p), found$std_error / (p * (1 - p)), found$df)
        tail <- (1 - level) / 2
        is_end <- !is.na(p) & (p < 1e-14 | p > 1 - 1e-14 | !(found$std_error > 0))
        found$conf_low <- ifelse(is_end, qbeta(tail, n * p, n * (1 - p) + 1), plogis(logit$conf_low))
        found$conf_high <- ifelse(is_end, qbeta(1 - tail, n * p + 1, n * (1 - p)),
          plogis(logit$conf_high))
        found
      }
      """)

  static let bends = RFunction(
    text: """
      # Linear, quadratic and cubic contrasts, in whole numbers where there are any.
      bends <- function(scores) {
        count <- min(3, length(scores) - 1)
        L <- t(contr.poly(length(scores), scores)[, seq_len(count), drop = FALSE])
        whole <- function(f) {
          f[abs(f) < 1e-9 * max(abs(f))] <- 0
          for (k in 1:120) {
            made <- f / min(abs(f[f != 0])) * k
            if (all(abs(made - round(made)) < 1e-7)) return(round(made))
          }
          f / sqrt(sum(f^2))
        }
        L <- t(apply(L, 1, whole))
        rownames(L) <- c("linear", "quadratic", "cubic")[seq_len(count)]
        L
      }
      """)

  static let levelRows = RFunction(
    text: """
      # The levels' chances, with intervals made on the logit scale; each against the first; contrasts.
      level_rows <- function(m, here, n, levels, scores, df) {
        p <- m$values[here]
        V <- m$V[here, here]
        own <- by_logit(figures(p, sqrt(diag(V)), df), n)
        values <- function(L) apply(L, 1, function(l) sum((l * p)[l != 0]))
        own$statistic <- own$p_value <- NA
        steps <- cbind(-1, diag(length(p) - 1))
        bent <- bends(scores)
        L <- rbind(steps, bent)
        rows <- cbind(data.frame(
          quantity = c(rep("level", length(p)), rep("difference", length(p) - 1),
            rep("contrast", nrow(bent))), term = c(levels, levels[-1], rownames(bent)),
          n = c(n, rep(sum(n), nrow(L)))),
          rbind(own, figures(values(L), sqrt(diag(made_of(L, V))), df)))
        # A step whose error is unknown has limits by those of its two levels.
        for (k in which(rows$quantity == "difference" & is.na(rows$std_error))) {
          to <- own[k - length(p) + 1, ]
          rows$conf_low[k] <- rows$estimate[k] -
            sqrt((to$estimate - to$conf_low)^2 + (own$conf_high[1] - p[1])^2)
          rows$conf_high[k] <- rows$estimate[k] +
            sqrt((to$conf_high - to$estimate)^2 + (p[1] - own$conf_low[1])^2)
        }
        list(rows = rows, test = cbind(data.frame(test = "equal-levels"),
          wald(values(steps), made_of(steps, V), df)))
      }
      """)

  static let logitTrend = RFunction(
    text: """
      # The slope of a straight line on the logit scale among some respondents, and the test of what the
      # levels have beyond it.
      logit_trend <- function(design, y, level_of, scores, C, who) {
        D <- outer(level_of, seq_along(scores)[-(1:2)], "==") + 0
        X <- cbind(1, scores[level_of], D, C)
        kept <- independent(X[who, , drop = FALSE])
        beyond <- intersect(kept, 2 + seq_len(ncol(D)))
        line <- regress(y, X[, setdiff(kept, beyond)], design, quasibinomial(), who)
        df <- degf(design[who, ]) + 1
        error <- sqrt(covariance(line$u[, 2], design)[1, 1])
        rows <- cbind(data.frame(quantity = "trend", term = "logit", n = sum(who)),
          figures(line$b[2], error, df - length(line$b)))
        # A level that tells the outcome for certain has no logit, so there is no test.
        certain <- any(sapply(split(y[who], level_of[who]), function(v) length(unique(v)) < 2))
        if (certain || length(beyond) == 0) return(list(rows = rows, test = NULL))
        bent <- tryCatch(regress(y, X[, kept], design, quasibinomial(), who),
          error = function(e) NULL)
        if (is.null(bent)) return(list(rows = rows, test = NULL))
        i <- match(beyond, kept)
        list(rows = rows, test = cbind(data.frame(test = "departure"),
          wald(bent$b[i], covariance(bent$u[, i], design), df - length(bent$b))))
      }
      """)

  static let splineBasis = RFunction(
    text: """
      # x and the columns of a restricted cubic spline (Harrell).
      spline_basis <- function(x, knots) {
        K <- length(knots)
        cube <- function(v) pmax(v, 0)^3
        wide <- knots[K] - knots[K - 1]
        cbind(x, sapply(knots[seq_len(K - 2)], function(k)
          (cube(x - k) - cube(x - knots[K - 1]) * (knots[K] - k) / wide +
            cube(x - knots[K]) * (knots[K - 1] - k) / wide) / (knots[K] - knots[1])^2))
      }
      """)

  static let knots = RFunction(
    text: """
      # The smallest values at or below which shares of the weight lie.
      weighted_knots <- function(x, w, shares) {
        order <- order(x)
        sum <- cumsum(w[order])
        sort(unique(sapply(shares, function(s) x[order][which(sum >= s * sum(w))[1]])))
      }
      """)

  static let splineFit = RFunction(
    text: """
      # A logistic model with a spline among some respondents: coefficients, tests, and the curve with
      # controls averaged over, or at values.
      spline_fit <- function(design, y, x, knots, C, who, name, at) {
        K <- length(knots)
        X <- cbind(1, spline_basis(x, knots), C)
        kept <- independent(X[who, , drop = FALSE])
        fit <- regress(y, X[, kept], design, quasibinomial(), who)
        V <- covariance(fit$u, design)
        df <- degf(design[who, ]) + 1 - length(fit$b)
        i <- 2:K
        rows <- cbind(data.frame(quantity = "spline", term = c(name, paste0("s", seq_len(K - 2))),
          n = sum(who)), figures(fit$b[i], sqrt(diag(V))[i], df))
        tests <- cbind(data.frame(test = c("spline", "nonlinearity")), rbind(
          wald(fit$b[i], V[i, i], df), wald(fit$b[i[-1]], V[i[-1], i[-1], drop = FALSE], df)))
        grid <- sort(unique(x))
        if (length(grid) > 25) grid <- seq(grid[1], grid[length(grid)], length.out = 25)
        w <- weights(design)[who]
        Z <- C[who, kept[-(1:K)] - K, drop = FALSE]
        for (column in intersect(names(at), colnames(Z))) Z[, column] <- at[[column]]
        line <- cbind(1, spline_basis(grid, knots))
        curve <- delta(function(b) {
          others <- drop(Z %*% b[-(1:K)])
          sapply(drop(line %*% b[1:K]), function(own) sum(w * plogis(own + others)) / sum(w))
        }, fit$b, V)
        found <- by_logit(figures(curve$values, sqrt(diag(curve$V)), degf(design[who, ])), sum(who))
        list(rows = rows, tests = tests, curve = cbind(data.frame(status = grid),
          found[c("estimate", "std_error", "df", "conf_low", "conf_high")]))
      }
      """)
}
