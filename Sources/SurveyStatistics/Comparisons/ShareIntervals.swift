internal import Glibc

/// The intervals of the shares that are compared, for differences of which the error is unknown.
struct ShareIntervals {
  private let shares: [(value: Double, interval: ConfidenceInterval)]

  /// - Parameters:
  ///   - estimates: The shares, 0…1.
  ///   - bases: Whom each is of.
  init(_ estimates: Estimates, bases: [Base], options: EstimationOptions) {
    let logitErrors = estimates.logitErrors
    shares = estimates.values.indices.map { place in
      let share = Proportion(
        estimates.values[place], standardError: estimates.standardErrors[place],
        base: bases[place].count, kishSize: bases[place].kishSize,
        degreesOfFreedom: estimates.degreesOfFreedom[place],
        isKnown: estimates.standardErrors[place] == 0, logitError: logitErrors?[place])
      return (share.value, share.interval(options.interval ?? .logit, level: options.level))
    }
  }

  /// The interval of a difference of two shares, by the intervals that each has by itself.
  func difference(_ a: Int, _ b: Int) -> ConfidenceInterval { difference(a, from: shares[b]) }

  /// The interval of a share minus a value.
  func difference(_ a: Int, fromValue value: Double) -> ConfidenceInterval {
    difference(a, from: (value, ConfidenceInterval(low: value, high: value)))
  }

  private func difference(
    _ a: Int, from q: (value: Double, interval: ConfidenceInterval)
  ) -> ConfidenceInterval {
    let p = shares[a]
    return .difference(p.value, p.interval, from: q.value, q.interval)
  }
}

extension ConfidenceInterval {
  /// The interval of a difference by the intervals that both numbers have, where its error is unknown.
  ///
  /// With p and q, and limits l…u of each, the limits are `p − q − √((p − l_p)² + (u_q − q)²)` and
  /// `p − q + √((u_p − p)² + (q − l_q)²)`. What the two have in common is taken for nothing, so that a
  /// positive correlation leaves the interval too wide.
  ///
  /// - SeeAlso: Newcombe (1998), Statistics in Medicine 17, 873–890, method 10, there with Wilson's
  ///   intervals of two shares; Zou and Donner (2008), Statistics in Medicine 27, for any (MOVER).
  package static func difference(
    _ p: Double, _ a: ConfidenceInterval, from q: Double, _ b: ConfidenceInterval
  ) -> ConfidenceInterval {
    ConfidenceInterval(
      low: p - q - hypot(p - a.low, b.high - q), high: p - q + hypot(a.high - p, q - b.low))
  }
}
