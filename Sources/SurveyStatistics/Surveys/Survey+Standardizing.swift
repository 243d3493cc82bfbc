internal import SurveyData

extension Survey {
  /// The same survey, with every group given the composition of a standard population.
  ///
  /// Shares, means, totals, ratios, quantiles and comparisons of groups are then `Σ_b s_b θ_gb` of those
  /// who are counted in them: people without an answer, or without one to a variable of the standard, are
  /// left out first. What stands for all groups together has them each standardised. Where replicate
  /// weights make the variance, each replicate is standardised again.
  ///
  /// Groups that differ inside the categories of the standard as well still do so afterwards.
  ///
  /// - Parameter standard: The standard population, by codes or labels.
  /// - Throws: ``SurveyError`` for an unknown variable or category. An analysis throws where somebody is in no
  ///   category of the standard, and where a group has nobody in one.
  /// - Complexity: O(rows).
  /// - Note: Agrees with `svyby(…, svystandardize(design, by, over, population, excluding.missing), svymean)`
  ///   of R's survey 4.1.
  /// - SeeAlso: Ahmad et al. (2001), Age standardization of rates, WHO GPE Discussion Paper 31; Särndal,
  ///   Swensson and Wretman (1992), Model Assisted Survey Sampling, section 7.6.
  public func standardized(to standard: StandardPopulation) throws -> Survey {
    func one(_ survey: Survey) throws -> Survey {
      try survey.dataset.load(standard.variables.map { ($0, .codes) })
      var result = survey
      result.standard = try standard.resolved(
        among: standard.variables.map { try survey.dataset.categorical($0).categories })
      return result
    }
    guard isImputed else { return try one(self) }
    return try Survey(imputations: imputations.map(one), from: stack)
  }

  /// Refuses an analysis that would mix standardised weights with others.
  package func requireNoStandard(for what: String, remedy: String) throws {
    guard let standard else { return }
    throw SurveyError(
      .usage, at: standard.variables.joined(separator: ","),
      "\(what) cannot be standardised", remedy: remedy)
  }
}
