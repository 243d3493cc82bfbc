/// Mediators that stand for one mechanism, such as exposure: contact, neighbourhood, workplace.
public struct MediatorBlock: Hashable, Sendable {
  /// The mechanism.
  public let name: String
  /// The variables.
  public let variables: [String]

  /// Makes a block.
  ///
  /// - Parameters:
  ///   - name: The mechanism.
  ///   - variables: The names of its mediators.
  public init(_ name: String, _ variables: [String]) {
    self.name = name
    self.variables = variables
  }
}

/// The scale of what a decomposition gives.
public enum MediationScale: String, CaseIterable, Sendable {
  /// Log odds; the coefficients themselves.
  case logit
  /// Average partial effects: coefficients times the mean density `Σ w p(1 − p) ∕ Σ w`.
  case probability
}

/// Which standard errors a decomposition gives.
public enum MediationErrors: String, CaseIterable, Sendable {
  /// From the joint influence of all the models; the default.
  case joint
  /// For the difference and its parts the delta method of Sobel, which takes the outcome's model
  /// and the mediators' models for independent, as Stata's and R's `khb`.
  case sobel
  /// As if there were no design: the inverse information of the outcome's model (of a linear one
  /// with `Σ w r² ∕ Σ w`), least squares' of the mediators' models with `Σ w r r′ ∕ Σ w`, and the
  /// two independent, as `khb` without weights. Weights count as frequencies whose mean is 1.
  case model
  /// For the reduced coefficient that of the model with residuals, which it takes for data, as
  /// Stata's `khb` prints.
  case fixed
}
