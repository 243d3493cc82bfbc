extension RFunction {
  static let tipping = RFunction(
    text: """
      # The gradient along a way to misreport that grows evenly with t towards one end: over-reporting
      # takes it off the specificity, under-reporting off the sensitivity; p* = (p + sp - 1) / (se + sp - 1).
      corrected <- function(p, t, way, delta) {
        over <- way == "over-reporting"
        se <- sensitivity - if (over) 0 else delta * (1 - t)
        sp <- specificity - if (over) delta * t else 0
        (p + sp - 1) / (se + sp - 1)
      }

      # The corrected gradients along the parameter, the point at which they are zero, and its limits;
      # `uncertain` gives the figures of a value that has slopes in the shares p.
      tipping <- function(p, uncertain, weights, way) {
        J <- length(p)
        place <- (seq_len(J) - 1) / (J - 1)
        sign <- if (sum(weights * p) >= 0) 1 else -1
        t <- if (sign > 0) place else 1 - place
        limit <- min(if (way == "over-reporting") ((p + specificity - 1) / t)[t > 0]
          else ((sensitivity - p) / (1 - t))[t < 1])
        gradient <- function(at, p) sum(weights * corrected(p, t, way, at))
        value <- function(at)
          uncertain(gradient(at, p), derivatives(function(p) gradient(at, p), p))
        end <- limit * (1 - 1e-12)
        zero <- function(f, to) uniroot(f, c(0, to), tol = 1e-15, maxiter = 1000)$root
        clearance <- function(at) {
          found <- value(at)
          if (sign > 0) found$conf_low else -found$conf_high
        }
        point <- NA
        row <- data.frame(way = way, estimate = NA, std_error = NA, df = NA, conf_low = NA,
          conf_high = NA)
        if (gradient(0, p) == 0 || sign * gradient(end, p) < 0) {
          point <- if (gradient(0, p) == 0) 0 else zero(function(at) gradient(at, p), end)
          # The point moves with the shares so that the gradient there stays zero.
          slopes <- -derivatives(function(p) gradient(point, p), p) /
            c(derivatives(function(at) gradient(at, p), point))
          found <- uncertain(point, slopes)
          row <- cbind(data.frame(way = way), found[c("estimate", "std_error", "df", "conf_low",
            "conf_high")])
        }
        last <- if (is.na(point)) end else point
        row$interval_includes_zero <- if (is.na(clearance(0))) NA
          else if (clearance(0) <= 0) 0
          else if (clearance(last) <= 0) zero(clearance, last) else NA
        row$limit <- limit
        last <- min(limit, 1.5 * if (is.na(point)) limit else point)
        steps <- c(0.001, 0.002, 0.005, 0.01, 0.02, 0.05)
        step <- c(steps[last / steps <= 20], 0.05)[1]
        grid <- step * 0:floor(last / step + 1e-9)
        list(curve = cbind(data.frame(way = way, parameter = grid),
          do.call(rbind, lapply(grid, value))), point = row,
          levels = if (is.na(point)) rep(NA, J) else corrected(p, t, way, point))
      }
      """)
}
