extension RFunction {
  static let proportionLimits = RFunction(
    text: """
      # The interval of a share that is not 0 or 1.
      proportion_limits <- function(p, error, n, df, method) {
        tails <- c(1 - level, 1 + level) / 2
        if (is.na(p) || df <= 0 || p <= 0 || p >= 1 || !(error > 0)) return(c(NA, NA))
        t <- qt(tails, df)
        k <- p * (1 - p) / error^2
        exact <- function(k) c(qbeta(tails[1], k * p, k - k * p + 1),
          qbeta(tails[2], k * p + 1, k - k * p))
        # svyciprop interpolates the profile; its limits are found here to the last digit.
        rise <- function(q, rest) 2 * n * (p * log(p / q) + (1 - p) * log((1 - p) / rest)) -
          t[2]^2 * n / k
        switch(method, mean = p + t * error,
          asin = sin(pmin(pmax(asin(sqrt(p)) + t * error / (2 * sqrt(p * (1 - p))), 0), pi / 2))^2,
          wilson = (p + t^2 / (2 * k) + t / (2 * k) * sqrt(4 * k * p * (1 - p) + t^2)) / (1 + t^2 / k),
          beta = exact(k * (qt(tails[2], n - 1) / t[2])^2),
          likelihood = c(uniroot(function(q) rise(q, 1 - q), c(1e-300, p), tol = 1e-14)$root,
            1 - uniroot(function(q) rise(1 - q, q), c(1e-300, 1 - p), tol = 1e-14)$root),
          plogis(qlogis(p) + t * error / (p * (1 - p))))
      }
      """)

  static let reliability = RFunction(
    text: """
      # Flags of shares by the presentation standards of the US National Center for Health Statistics.
      reliability_flag <- function(p, error, n, df) {
        if (is.na(p)) return("")
        is_end <- p <= 0 || p >= 1
        k <- n
        if (!is_end) k <- min(n, p * (1 - p) / error^2 *
          (qt(0.975, n - 1) / suppressWarnings(qt(0.975, df)))^2, na.rm = TRUE)
        width <- if (is_end) 0 else
          qbeta(0.975, k * p + 1, k - k * p) - qbeta(0.025, k * p, k - k * p + 1)
        if (k < 30 || (width > 0.05 && (width >= 0.3 || width / p > 1.3))) return("suppress")
        paste(c(if (width > 0.05 && width / (1 - p) > 1.3) "complement",
          if (df < 8 || is_end) "review"), collapse = " ")
      }
      """)

  static let noReliability = RFunction(
    text: """
      # No flags of reliability are asked for.
      reliability_flag <- function(p, error, n, df) ""
      """)

  static let share = RFunction(
    text: """
      # One share of a base: its estimate, error and interval.
      share <- function(base, hit, method, fpc = FALSE, df = degf(base)) {
        base$variables$.hit <- as.numeric(hit)
        w <- weights(base)
        n <- sum(w > 0)
        m <- svymean(~.hit, base)
        p <- coef(m)[[1]]
        error <- SE(m)[[1]]
        tails <- c(1 - level, 1 + level) / 2
        isKnown <- !is.null(base$fpc$popsize) && all(base$fpc$sampsize >= base$fpc$popsize)
        isExact <- !isKnown && (all(hit) || !any(hit) || !(error > 0))
        if (isExact) error <- NA
        limits <- if (df <= 0) c(NA, NA)
          else if (isKnown) c(p, p)
          else if (isExact) {
            k <- sum(w)^2 / sum(w^2)
            p <- round(p)
            c(qbeta(tails[1], k * p, k - k * p + 1), qbeta(tails[2], k * p + 1, k - k * p))
          } else if (method %in% c("wilson", "likelihood")) proportion_limits(p, error, n, df, method)
          else c(confint(svyciprop(~.hit, base, method = method, level = level, df = df)))
        # svyciprop has no limits where the logit of one is beyond what numbers hold.
        if (df > 0 && anyNA(limits)) limits <- proportion_limits(p, error, n, df, method)
        simple <- p * (1 - p) / (n - 1) * if (fpc) 1 - n / sum(w) else 1
        flag <- c(if (!isKnown) reliability_flag(p, error, n, df), if (isExact) "exact")
        data.frame(interval = method, n_base = n, n = sum(hit & w > 0), weighted_n = sum(w[hit]),
          estimate = p, std_error = error, conf_low = limits[1], conf_high = limits[2], df = df,
          deff = if (isExact || !isTRUE(simple > 0)) NA else error^2 / simple, cv = error / p,
          flag = paste(flag[flag != ""], collapse = " "))
      }
      """)

  static let letterPairs = RFunction(
    text: """
      # Every pair of groups compared, answer by answer.
      letter_pairs <- function(design, y, category, group) {
        pairs <- utils::combn(unique(group), 2, rev, simplify = FALSE)
        compare_groups(design, y, unique(category), pairs, "share", "difference")$rows
      }
      """)

  static let letters = RFunction(
    text: """
      # The letters of groups, and for each share those of the groups that it exceeds.
      exceeding <- function(found, category, group, least, method) {
        found$p <- ave(found$p_value, found$category, FUN = function(p) p.adjust(p, method))
        found <- found[!is.na(found$p) & found$p < least, ]
        up <- found$estimate > 0
        more <- ifelse(up, found$group, found$reference)
        less <- ifelse(up, found$reference, found$group)
        letter <- function(g) LETTERS[match(g, unique(group))]
        data.frame(letter = letter(group), exceeds = mapply(function(k, g)
          paste(sort(letter(less[found$category == k & more == g])), collapse = ""), category, group))
      }
      """)

  static let departures = RFunction(
    text: """
      # What independence is tested by in imputed data: the weighted counts less those expected, without
      # the first row and column.
      departures <- function(design, y, by) {
        w <- weights(design)
        Y <- outer(as.character(y), levels(factor(y)), "==")
        G <- outer(by, levels(factor(by)), "==")
        shares <- list(colSums(w * Y) / sum(w), colSums(w * G) / sum(w))
        places <- expand.grid(y = seq_len(ncol(Y))[-1], g = seq_len(ncol(G))[-1])
        u <- mapply(function(i, j) (Y[, i] - shares[[1]][i]) * (G[, j] - shares[[2]][j]),
          places$y, places$g)
        cbind(data.frame(test = "d1"),
          wald(colSums(w * u), vcov(svytotal(u, design)), degf(design)))
      }
      """)

  static let quantileRule = RFunction(
    text: """
      # A rule of svyquantile. Below the weight of the first value survey's own steps give the second, they
      # compare sums of weights without room for rounding, and some rules fail for one value.
      quantile_rule <- function(name) {
        own <- get(paste0("qrule_", name), asNamespace("survey"))
        function(x, w, p) {
          order <- order(x[w > 0])
          x <- x[w > 0][order]
          w <- w[w > 0][order]
          # Where the distribution function would leave 0 to 1, a limit does not exist.
          if (is.na(p) || p <= 0 || p >= 1) return(NaN)
          if (length(x) == 1) return(x)
          if (!name %in% c("math", "school", "hf1", "hf2", "hf3", "hf4")) return(own(x, w, p))
          sums <- cumsum(w)
          total <- sums[length(sums)]
          if (name == "hf4") return(approx(sums / total, x, p, rule = 2, ties = "ordered")$y)
          k <- sum(sums <= p * total + 1e-14 * total)
          if (k == 0) return(x[1])
          above <- x[min(k + 1, length(x))]
          if (abs(sums[k] - p * total) > 1e-14 * total) return(above)
          switch(name, school = , hf2 = (x[k] + above) / 2,
            hf3 = if (length(unique(x[seq_len(k)])) %% 2 == 0) x[k] else above, x[k])
        }
      }
      """)

  static let woodruff = RFunction(
    text: """
      # A quantile with Woodruff's interval, made by an interval for a share that svyquantile has not.
      woodruff <- function(base, p, rule, method) {
        at <- function(q) coef(svyquantile(~.y, base, q, ci = FALSE, qrule = quantile_rule(rule)))[[1]]
        value <- at(p)
        m <- svymean(~I(as.numeric(.y <= value)), update(base, value = value))
        limits <- proportion_limits(coef(m)[[1]], SE(m)[[1]], sum(weights(base) > 0), degf(base), method)
        limits <- if (anyNA(limits)) c(NA, NA) else c(at(limits[1]), at(limits[2]))
        list(value = value, error = diff(limits) / (2 * qt(0.5 + level / 2, degf(base))),
          limits = limits)
      }
      """)

  /// The median of `.y` with its error, by an interval that svyquantile has or not.
  static func median(_ interval: String, isWoodruff: Bool) -> RFunction {
    RFunction(
      text: isWoodruff
        ? """
        # The median of a number (column .y) with its error, by Woodruff's interval.
        median_of <- function(design) woodruff(design, 0.5, "math", "\(interval)")
        """
        : """
        # The median of a number (column .y) with its error, by Woodruff's interval.
        median_of <- function(design) {
          q <- svyquantile(~.y, design, 0.5, ci = TRUE, qrule = quantile_rule("math"),
            interval.type = "\(interval)", alpha = 1 - level)
          list(value = coef(q)[[1]], error = SE(q)[[1]])
        }
        """)
  }
}
