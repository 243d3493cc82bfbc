internal import SurveyData
internal import SurveyNumerics
internal import SurveyStatistics

extension CategoryFit {
  /// The same fit with intervals from the profile of the likelihood.
  ///
  /// A limit is the value `b` at which the least deviance of a model whose parameter is `b` lies
  /// `t² λ` above the deviance, with `λ = V ∕ V₀` the parameter's design effect by its influence;
  /// cut points have profiles as coefficients have. The limits need not lie as far on both sides.
  ///
  /// - Parameter level: The confidence level, between 0 and 1.
  /// - Returns: A fit whose rows have those intervals, in the unit of the parameters; a side on
  ///   which the deviance never rises so far is infinite.
  /// - Throws: ``SurveyError`` for fits to imputed data.
  /// - Complexity: About ten fits a parameter.
  /// - Note: Agrees with a profile by hand (R's `uniroot` on a likelihood) to 1e-7.
  /// - SeeAlso: Venzon and Moolgavkar (1988), Applied Statistics 37; Rao and Scott (1984), Annals
  ///   of Statistics 12.
  public func withLikelihoodIntervals(level: Double = 0.95) throws -> CategoryFit {
    guard imputations.isEmpty else {
      throw SurveyError(
        .usage,
        "imputed data sets have a likelihood each and none together, so there is no profile to take "
          + "intervals from",
        remedy: "Leave out --ci likelihood: the combined estimates have intervals by t.")
    }
    var copy = self
    for place in rows.indices {
      let row = rows[place]
      let t = Distribution.t(degreesOfFreedom: row.degreesOfFreedom).quantile(0.5 + level / 2)
      guard t.isFinite else { continue }
      let profile = DevianceProfile(best: row.estimate, deviance: deviance) { value in
        guard
          case .found(let held) = likelihood.maximum(
            holding: [place], from: near(place, at: value))
        else { return nil }
        return (held.deviance, held.held[0])
      }
      let reach = t * row.standardError
      let cut = reach * reach / working[place, place]
      copy.rows[place].interval = ConfidenceInterval(
        low: try profile.limit(side: -1, cut: cut, start: reach),
        high: try profile.limit(side: 1, cut: cut, start: reach))
    }
    return copy
  }

  /// Where the other parameters are about when one is held: on the straight line of the second
  /// derivatives, cut points kept in order.
  private func near(_ place: Int, at value: Double) -> [Double] {
    let map = likelihood.parameterMap
    let own = maximum.parameters.indices.map { map[place, $0] }
    let way = maximum.inverse * own
    let rate = (value - rows[place].estimate) / zip(own, way).reduce(0) { $0 + $1.0 * $1.1 }
    var parameters = zip(maximum.parameters, way).map { $0 + rate * $1 }
    if map[place, place] == 1, own.count(where: { $0 != 0 }) == 1 { parameters[place] = value }
    guard family == .ordinal else { return parameters }
    let cuts = likelihood.matrix.width..<parameters.count
    let least = 0.1
    for cut in cuts.dropFirst() where cut > place {
      parameters[cut] = max(parameters[cut], parameters[cut - 1] + least)
    }
    for cut in cuts.dropLast().reversed() where cut < place {
      parameters[cut] = min(parameters[cut], parameters[cut + 1] - least)
    }
    return parameters
  }
}
