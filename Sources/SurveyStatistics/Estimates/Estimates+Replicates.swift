internal import Glibc

extension Estimates {
  /// The standard errors of the log odds of shares by replicate weights; nil where the variance is
  /// linearized.
  package var logitErrors: [Double]? {
    replicated.map { replicated in
      replicated.map { shares in
        shares.map { share in
          let odds = log(share / (1 - share))
          return odds.isFinite ? odds : .nan
        }
      }.totals(width: max(count, 1)).standardErrors(0)
    }
  }
}
