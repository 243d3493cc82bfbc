extension RFunction {
  static let gap = RFunction(
    text: """
      # The means of two judgements (columns .a and .b), and their difference.
      gap <- function(base, group) {
        m <- svymean(~.a + .b + .gap, base)
        V <- known(vcov(m), coef(m), is_drawn(base))
        error <- sqrt(diag(V))
        cbind(data.frame(group = group, n = sum(weights(base) > 0), estimate_a = coef(m)[[1]],
          estimate_b = coef(m)[[2]]), figures(coef(m)[[3]], error[[3]], degf(base)),
          data.frame(std_error_a = error[[1]], std_error_b = error[[2]],
            correlation = V[1, 2] / (error[[1]] * error[[2]])))
      }
      """)

  static let groupDifferences = RFunction(
    text: """
      # Each group's estimate minus that of the reference, and the test that all are equal.
      group_differences <- function(design, y, inside, groups, reference, name) {
        design$variables$.y1 <- y
        m <- by_group(".y1", design[inside, ], "mean")
        others <- setdiff(groups[groups %in% design[inside, ]$variables$.by], reference)
        rows <- do.call(rbind, lapply(others, function(g) {
          both <- design[design$variables$.by %in% c(g, reference), ]
          cbind(data.frame(group = g, reference = reference, n = sum(weights(both) > 0)),
            compare(m, g, reference, degf(both), "difference"))
        }))
        L <- sapply(c(others, reference), function(g) (others == g) - (g == reference))
        L <- matrix(L, length(others))
        i <- c(others, reference)
        list(rows = rows, test = cbind(data.frame(test = name),
          wald(drop(L %*% coef(m)[i]), made_of(L, vcov(m)[i, i]), degf(design))))
      }
      """)

  static let oddsRatios = RFunction(
    text: """
      # The odds of the first judgement (column .a) over those of the second (.b): of each group, of all,
      # and each group's over the reference's. Tests and intervals are on the log scale.
      odds_ratios <- function(design, groups, reference) {
        odds <- function(place) {
          a <- as.name(paste0(place, ".a"))
          b <- as.name(paste0(place, ".b"))
          bquote(log(.(a) * (1 - .(b)) / (.(b) * (1 - .(a)))))
        }
        row <- function(m, contrast, part, group, reference) {
          c <- svycontrast(m, contrast)
          found <- figures(coef(c)[[1]], SE(c)[[1]], degf(part))
          for (k in c("estimate", "conf_low", "conf_high")) found[[k]] <- exp(found[[k]])
          found$std_error <- found$estimate * found$std_error
          cbind(data.frame(group = group, reference = reference), found,
            n = sum(weights(part) > 0))
        }
        all <- row(svymean(~.a + .b, design), odds(""), design, "all", "")
        if (length(groups) == 0) return(all)
        m <- by_group(c(".a", ".b"), design, "mean")
        # A judgement that all or none of a group share has no odds.
        if (any(coef(m) <= 0 | coef(m) >= 1)) return(all)
        own <- function(g) odds(paste0(g, ":"))
        by <- design$variables$.by
        each <- lapply(groups, function(g) row(m, own(g), design[by == g, ], g, ""))
        compared <- lapply(setdiff(groups, reference), function(g)
          row(m, bquote(.(own(g)) - .(own(reference))), design[by %in% c(g, reference), ], g, reference))
        do.call(rbind, c(each, list(all), compared))
      }
      """)

  static let discordance = RFunction(
    text: """
      # Those who say yes to both judgements, to one of them, to none (columns .p11 to .p00).
      discordance <- function(base, group) {
        m <- svymean(~.p11 + .p10 + .p01 + .p00, base)
        f <- function(p) {
          a <- p[1] + p[2]
          b <- p[1] + p[3]
          e <- a * b + (1 - a) * (1 - b)
          c(p[2] / a, log(p[2] / p[3]), (p[1] + p[4] - e) / (1 - e), p[2] - p[3])
        }
        p <- unname(coef(m))
        p[abs(p) < 1e-15] <- 0
        J <- numDeriv::jacobian(f, p)
        V <- as.matrix(vcov(m))
        made <- f(p)
        made[is.infinite(made)] <- NA
        error <- c(sqrt(diag(known(V, p, is_drawn(base)))),
          sqrt(diag(known(J %*% V %*% t(J), made, is_drawn(base)))))
        n <- sum(weights(base) > 0)
        effect <- n * error[8]^2 / (p[2] + p[3] - made[4]^2)
        square <- n * made[4]^2 / (p[2] + p[3]) / effect
        df <- degf(base)
        list(row = data.frame(group = group, n = n, p11 = p[1], p10 = p[2], p01 = p[3], p00 = p[4],
          std_error_p11 = error[1], std_error_p10 = error[2], std_error_p01 = error[3],
          std_error_p00 = error[4], share_among_a = made[1], std_error_share_among_a = error[5],
          log_ratio = made[2], std_error_log_ratio = error[6], kappa = made[3],
          std_error_kappa = error[7], df = df),
          tests = if (p[2] + p[3] > 0) bind(list(
            if (isTRUE(error[8] > 0)) cbind(data.frame(test = "wald", term = group),
              wald(made[4], matrix(error[8]^2), df))
            else data.frame(test = "wald", term = group, statistic = NA, df1 = 1, df2 = df, p_value = NA),
            data.frame(test = "rao-scott", term = group, statistic = square, df1 = 1, df2 = df,
              p_value = pf(square, 1, df, lower.tail = FALSE)))))
      }
      """)
}
