extension RFunction {
  static let column = RFunction(
    text: """
      # A design with a column .y.
      with_y <- function(design, y) {
        design$variables$.y <- y
        design
      }
      """)

  static let parts = RFunction(
    text: """
      # Means, totals or medians of numbers among respondents who may overlap, by linearization.
      parts <- function(numbers, inside, design, statistic) {
        w <- weights(design)
        found <- lapply(inside, function(i) lapply(numbers, function(y) {
          i <- rep_len(i, length(w))
          N <- sum(w[i])
          if (statistic == "total") return(list(sum((w * y)[i]), y * i))
          m <- sum((w * y)[i]) / N
          if (statistic != "median") return(list(m, (y - m) * i / N))
          # The median, with the density that Woodruff's interval implies.
          q <- median_of(with_y(design, y)[i, ])
          m <- q$value
          below <- ((y <= m) - sum(w[i & y <= m]) / N) * i / N
          error <- SE(svytotal(below, design))[[1]]
          list(m, -below * if (error > 0) q$error / error else 0)
        }))
        found <- unlist(found, recursive = FALSE)
        names(found) <-
          if (length(numbers) == 1) names(inside)
          else if (length(inside) == 1) names(numbers)
          else c(outer(names(numbers), names(inside), function(y, i) paste(i, y, sep = ":")))
        joint(sapply(found, `[[`, 1), sapply(found, `[[`, 2), design)
      }
      """)

  static let compare = RFunction(
    text: """
      # Two estimates of one result compared; ratios are tested on the log scale.
      compare <- function(m, a, b, df, measure) {
        value <- function(x) if (is.numeric(x)) x else coef(m)[[x]]
        p <- c(value(a), value(b))
        contrast <- switch(measure, difference = p[1] - p[2], ratio = suppressWarnings(log(p[1] / p[2])),
          "odds-ratio" = suppressWarnings(log(p[1] * (1 - p[2]) / (p[2] * (1 - p[1])))))
        slope <- switch(measure, difference = 1, ratio = 1 / p, "odds-ratio" = 1 / (p * (1 - p))) * c(1, -1)
        if (!is.finite(contrast)) contrast <- NA
        # By hand: svycontrast takes a group whose code is c for R's function of that name.
        known <- c(is.character(a), is.character(b))
        places <- match(c(a, b)[known], names(coef(m)))
        V <- as.matrix(vcov(m))[places, places, drop = FALSE]
        found <- figures(contrast, sqrt(drop(slope[known] %*% V %*% slope[known])), df)
        if (measure != "difference") {
          for (k in c("estimate", "conf_low", "conf_high")) found[[k]] <- exp(found[[k]])
          found$std_error <- found$estimate * found$std_error
          found$estimate[is.na(found$std_error)] <- NA
        }
        cbind(data.frame(estimate_group = value(a), estimate_reference = value(b)), found)
      }
      """)

  /// The limits of a share are those of a kind of interval, as R's arguments name it.
  static func byShares(_ interval: String) -> RFunction {
    RFunction(
      text: """
        # A difference of shares whose error is unknown has limits by those that each share has by itself
        # (Newcombe 1998; Zou and Donner 2008).
        share_limits <- function(base, hit, df = degf(base))
          unlist(share(base, hit, \(interval), df = df)[c("conf_low", "conf_high")])
        by_shares <- function(found, side) {
          if (is.na(found$estimate) || !is.na(found$std_error)) return(found)
          p <- c(found$estimate_group, found$estimate_reference)
          a <- side(1)
          b <- side(2)
          found$conf_low <- found$estimate - sqrt((p[1] - a[[1]])^2 + (b[[2]] - p[2])^2)
          found$conf_high <- found$estimate + sqrt((a[[2]] - p[1])^2 + (p[2] - b[[1]])^2)
          found
        }
        """)
  }

  static let adjust = RFunction(
    text: """
      # The p-values adjusted within each family of comparisons.
      adjust <- function(rows) ave(rows$p_value, rows$family, FUN = function(p)
        p.adjust(p, rows$method[1]))
      """)

  static let numbers = RFunction(
    text: """
      # A design with what is estimated as the columns .y1, .y2, …: shares of some codes that occur,
      # or, without codes, the number itself.
      with_numbers <- function(design, y, codes, stem = ".y") {
        columns <- if (is.null(codes)) list(y) else lapply(codes, function(k) as.numeric(y == k))
        design$variables[paste0(stem, seq_along(columns))] <- columns
        design
      }
      """)

  static let byGroup = RFunction(
    text: """
      # The estimates of every group (column .by) with the covariance between them.
      by_group <- function(names, design, statistic) {
        groups <- unique(design$variables$.by)
        # With calibrated weights R's svyby has no covariances.
        if (statistic == "median" || !is.null(design$postStrata)) return(parts(as.list(design$variables[names]),
          sapply(groups, function(g) design$variables$.by == g, simplify = FALSE), design, statistic))
        estimator <- if (statistic == "total") svytotal else svymean
        m <- svyby(make.formula(names), ~.by, design, estimator, covmat = TRUE)
        drawn <- sapply(m$.by, function(g) is_drawn(design[design$variables$.by == g, ]))
        V <- known(vcov(m), coef(m), rep(drawn, length(names)))
        dimnames(V) <- list(names(coef(m)), names(coef(m)))
        structure(coef(m), var = V, statistic = "estimate", class = "svystat")
      }
      """)

  /// The same of a design whose weights were changed, where svyby of survey 4.1 stops.
  static let byStandardizedGroup = RFunction(
    text: """
      # The estimates of every group (column .by) with the covariance between them.
      by_group <- function(names, design, statistic) {
        groups <- unique(design$variables$.by[weights(design) > 0])
        parts(as.list(design$variables[names]),
          sapply(groups, function(g) design$variables$.by == g, simplify = FALSE), design, statistic)
      }
      """)

  static let compareGroups = RFunction(
    text: """
      # Groups (column .by) compared: pairs of them, or each with the rest or with the total.
      compare_groups <- function(design, y, codes, pairs, statistic, measure) {
        codes <- codes[codes %in% y]
        design <- with_numbers(design, y, codes)
        names <- paste0(".y", seq_len(max(1, length(codes))))
        by <- design$variables$.by
        m <- by_group(names, design, statistic)
        at <- function(g, k) if (length(names) == 1) g else paste(g, names[k], sep = ":")
        pairs <- Filter(function(p) all(p %in% c(by, "rest", "total")), pairs)
        limited <- if (is.null(codes) || measure != "difference") function(found, side) found
          else by_shares
        rows <- lapply(seq_along(names), function(k) lapply(pairs, function(p) {
          inside <- if (p[2] %in% c("rest", "total")) TRUE else by %in% p
          key <- data.frame(category = if (is.null(codes)) NA else codes[k], group = p[1],
            reference = p[2], n = sum(inside & weights(design) > 0))
          if (!p[2] %in% c("rest", "total"))
            return(cbind(key, limited(compare(m, at(p[1], k), at(p[2], k),
              degf(design[by %in% p, ]), measure), function(side)
              share_limits(design[by == p[side], ], y[by == p[side]] == codes[k]))))
          other <- list(rest = by != p[1], total = TRUE)[p[2]]
          both <- parts(list(design$variables[[names[k]]]),
            c(setNames(list(by == p[1]), p[1]), other), design, statistic)
          cbind(key, limited(compare(both, p[1], p[2], degf(design), measure), function(side) {
            i <- if (side == 1) by == p[1] else rep_len(other[[1]], length(by))
            share_limits(design[i, ], y[i] == codes[k], degf(design))
          }))
        }))
        list(rows = do.call(rbind, unlist(rows, recursive = FALSE)), estimates = m, at = at,
          codes = codes, count = length(names), design = design)
      }
      """)

  static let groupTests = RFunction(
    text: """
      # The tests that all groups are equal: of all answers together, of each where there are more
      # than two, and the t test of two groups' means.
      group_tests <- function(found, groups, statistic) {
        m <- found$estimates
        df <- degf(found$design)
        groups <- groups[groups %in% found$design$variables$.by]
        test <- function(name, ks) {
          L <- do.call(rbind, lapply(groups[-1], function(g) t(sapply(ks, function(k) {
            l <- setNames(numeric(length(coef(m))), names(coef(m)))
            l[found$at(g, k)] <- 1
            l[found$at(groups[1], k)] <- -1
            l
          }))))
          cbind(data.frame(test = name, category = if (length(ks) == 1 && found$count > 1)
            found$codes[ks] else NA), wald(drop(L %*% coef(m)), made_of(L, vcov(m)), df))
        }
        if (found$count > 1) return(do.call(rbind, c(list(test("wald", 2:found$count)),
          if (found$count > 2) lapply(seq_len(found$count), test, name = "wald"))))
        one <- test("wald", 1)
        if (statistic != "mean" || length(groups) != 2) return(one)
        t <- compare(m, groups[2], groups[1], df - 1, "difference")
        rbind(one, cbind(data.frame(test = "t", category = NA),
          t_test(t$estimate, t$std_error, df - 1)))
      }
      """)

  static let compareItems = RFunction(
    text: """
      # Two numbers of the same respondents compared (columns .a1, .b1, .a2, .b2, …), or one and a value.
      compare_items <- function(design, codes, statistic, measure, value = NULL) {
        count <- max(1, length(codes))
        names <- c(rbind(paste0(".a", seq_len(count)),
          if (is.null(value)) paste0(".b", seq_len(count))))
        m <- if (statistic == "median") parts(as.list(design$variables[names]),
          setNames(list(TRUE), names[1]), design, statistic)
          else (if (statistic == "total") svytotal else svymean)(make.formula(names), design)
        limited <- if (is.null(codes) || measure != "difference") function(found, side) found
          else by_shares
        settled <- function(found) {
          if (isTRUE(found$std_error == 0) && !is_drawn(design))
            found[c("std_error", "statistic", "p_value", "conf_low", "conf_high")] <- NA
          found
        }
        rows <- lapply(seq_len(count), function(k) cbind(
          data.frame(category = if (is.null(codes)) NA else codes[k],
            n = sum(weights(design) > 0)),
          limited(
            settled(compare(m, paste0(".a", k), if (is.null(value)) paste0(".b", k) else value[[k]],
              degf(design), measure)), function(side)
              if (side == 2 && !is.null(value)) rep(value[[k]], 2)
              else share_limits(design, design$variables[[paste0(c(".a", ".b")[side], k)]] == 1))))
        tests <- NULL
        if (count > 2 && is.null(value)) {
          L <- t(sapply(2:count, function(k) replace(numeric(2 * count), 2 * k - 1:0, c(1, -1))))
          V <- as.matrix(vcov(m))
          tests <- cbind(data.frame(test = "wald"),
            wald(drop(L %*% coef(m)), L %*% V %*% t(L), degf(design)))
        }
        list(rows = do.call(rbind, rows), tests = tests)
      }
      """)

  static let trend = RFunction(
    text: """
      # The slope over ordered groups and their orthogonal polynomials.
      trend <- function(found, groups, numeric) {
        groups <- groups[groups %in% found$design$variables$.by]
        scores <- if (numeric) as.numeric(groups) else seq_along(groups)
        P <- t(contr.poly(length(scores), scores))
        s <- (scores - mean(scores)) / sum((scores - mean(scores))^2)
        df <- degf(found$design)
        each <- lapply(seq_len(found$count), function(k) {
          places <- found$at(groups, k)
          b <- coef(found$estimates)[places]
          V <- vcov(found$estimates)[places, places]
          L <- rbind(s, P[seq_len(min(3, nrow(P))), , drop = FALSE])
          lines <- cbind(data.frame(category = if (is.null(found$codes)) NA else found$codes[k],
            contrast = c("slope", "linear", "quadratic", "cubic")[seq_len(nrow(L))]),
            figures(drop(L %*% b), sqrt(diag(made_of(L, V))), df),
            n = sum(weights(found$design) > 0))
          tests <- cbind(data.frame(test = "linear-trend", category = lines$category[1]),
            t_test(lines$estimate[1], lines$std_error[1], df))
          H <- P[-1, , drop = FALSE]
          if (nrow(H) > 0) tests <- rbind(tests, cbind(
            data.frame(test = "departure-from-linearity", category = lines$category[1]),
            wald(drop(H %*% b), made_of(H, V), df)))
          list(rows = lines, tests = tests)
        })
        list(rows = do.call(rbind, lapply(each, `[[`, "rows")),
          tests = do.call(rbind, lapply(each, `[[`, "tests")))
      }
      """)

  static let ranks = RFunction(
    text: """
      # A test that compares the ranks of groups (column .by).
      rank_test <- function(design, y, test, ties, groups) {
        w <- weights(design)
        o <- order(y)
        r <- numeric(length(y))
        r[o] <- cumsum(w[o]) - w[o] / 2
        r <- if (ties == "file") ave(r, y) else ave(w * r, y, FUN = sum) / ave(w, y, FUN = sum)
        r <- r / sum(w)
        score <- switch(test, "van-der-waerden" = qnorm(r), median = as.numeric(r > 0.5), r)
        design$variables$.y1 <- score
        m <- by_group(".y1", design, "mean")
        groups <- groups[groups %in% design$variables$.by]
        k <- length(groups)
        df <- degf(design) - (k - 1)
        L <- cbind(-1, diag(k - 1))
        b <- drop(L %*% coef(m)[groups])
        V <- made_of(L, vcov(m)[groups, groups])
        found <- wald(b, V, df)
        if (k == 2) found <- t_test(b, sqrt(V[1, 1]), df)
        if (ties == "file") {
          own <- svyranktest(.y ~ .by, with_y(design, y), test = c(wilcoxon = "wilcoxon",
            "kruskal-wallis" = "KruskalWallis", "van-der-waerden" = "vanderWaerden",
            median = "median")[[test]])
          found$p_value <- own$p.value
        }
        n <- tapply(w > 0, design$variables$.by, sum)
        list(test = cbind(data.frame(test = test), found),
          ranks = data.frame(test = test, group = groups, n = n[groups], estimate = coef(m)[groups],
            std_error = sqrt(diag(vcov(m)))[groups]))
      }
      """)

  static let goodnessOfFit = RFunction(
    text: """
      # A test that the answers have stated shares.
      goodness_of_fit <- function(design, y, codes, shares) {
        fit <- svygofchisq(~.y, p = shares, with_y(design, factor(y, codes)))
        data.frame(test = "goodness-of-fit", statistic = fit$statistic[[1]],
          df1 = fit$parameter[["df"]], df2 = NA, p_value = fit$p.value[[1]],
          scale = fit$parameter[["scale"]])
      }
      """)
}
