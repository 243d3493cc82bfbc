public import SurveyData
public import SurveyModels
public import SurveyStatistics

/// How far mediators explain what key variables do to an outcome: nested models on the same people,
/// and the decomposition of Karlson, Holm and Breen.
public struct Mediation: Sendable {
  /// The quantities of each key: first of the groups, then of all.
  public let rows: [Row]
  /// The models `M0` (keys and controls), `M1` (with the first block), … on the same people; none
  /// of an ordered logit, for which see `nested`.
  public let models: [(name: String, fit: ModelFit)]
  /// The same in the form that all families share.
  public let nested: [NestedModel]
  /// A Wald F for each block in the widest model, and for each block where it enters.
  public let tests: [TestResult]
  /// Each group's quantities minus those of the reference, as average partial effects.
  public let differences: [GroupDifference]
  /// The blocks.
  public let blocks: [MediatorBlock]
  /// Whether the numbers are log odds or chances.
  public let scale: MediationScale
  /// Where every row of the file went.
  public let accounting: Accounting
  /// What the user must know.
  public let notes: [Note]

  /// A quantity of a decomposition.
  public enum Quantity: String, Sendable {
    /// `b* = b + Σ D`: the key's effect without the mediators, on the scale of the widest model.
    case reduced
    /// `b`: the key's effect beside the mediators.
    case full
    /// `D = γ θ`: what goes through the mediators, a block, or one of them.
    case difference
    /// The first block's difference minus the second's.
    case contrast
    /// `D ∕ b*`.
    case share
    /// The confounding ratio `b* ∕ b`.
    case ratio
    /// The key's coefficient in the model without mediators, on a scale of its own.
    case naive
    /// The rescaling factor `b* ∕ naive`; 1 without an error in a linear model.
    case rescaling
  }

  /// One number of a decomposition.
  public struct Row: Hashable, Sendable {
    /// The group; nil for all.
    public let group: Category?
    /// The key: a number, or a category of a factor.
    public let key: ModelColumn
    /// What it is.
    public let quantity: Quantity
    /// A mediator, a block, or a pair of blocks; empty for all mediators together.
    public let mediator: String
    /// The number with its test.
    ///
    /// Effects are log odds or, as average partial effects, chances; shares and ratios have no
    /// unit. A share of an effect that is not one is NaN.
    public let estimate: Difference
  }

  /// A difference between groups.
  public struct GroupDifference: Hashable, Sendable {
    /// The group.
    public let group: Category
    /// The group it is compared with.
    public let reference: Category
    /// The key.
    public let key: ModelColumn
    /// `reduced`, `full`, `difference` or `contrast`.
    public let quantity: Quantity
    /// A mediator, a block, or a pair of blocks; empty for all mediators together.
    public let mediator: String
    /// The group's average partial effect minus the reference's, as chances −2…2 or in the
    /// outcome's unit.
    public let difference: Difference
  }
}

extension Survey {
  /// Fits nested models and decomposes what each key does into what goes through the mediators and
  /// what does not.
  ///
  /// Full: `logit P(y) = a + x b + z γ + c d`; mediators: `z = a + x θ + c ω + r` by weighted least
  /// squares. As `(1, x, c, r)` and `(1, x, c, z)` span the same, the model with residuals has `b*
  /// = b + Σ γ θ` exactly, so that it is never fitted; `D = γ θ`. Everything follows from the joint
  /// influence of these fits by the delta method. On the probability scale all is multiplied by `m
  /// = Σ w p(1 − p) ∕ Σ w`, predictors held fixed unless `isUnconditional`. A causal reading needs
  /// that nothing unseen moves both mediators and outcome, and mediators must not interact with
  /// keys.
  ///
  /// Influence: `ζ(D) = θ ζ(γ) + γ ζ(θ)`, `ζ(b*) = ζ(b) + Σ ζ(D)`, of a share `(ζ(D) − s ζ(b*)) ∕
  /// b*`.
  ///
  /// - Parameters:
  ///   - outcome: A variable of two values or a condition.
  ///   - keys: The variables whose effect is explained; a factor has a key a category.
  ///   - blocks: The mediators, in the order in which they enter.
  ///   - controls: What is held constant in all models.
  ///   - family: Logistic, or linear for a linear probability model or a scale.
  ///   - isOrdered: Whether the outcome has several answers in an order, for an ordered logit; the
  ///     identity holds there too, chances are not given.
  ///   - scale: Log odds or chances.
  ///   - errors: Which standard errors.
  ///   - isUnconditional: Whether average partial effects take the predictors for random, as drawn
  ///     with the respondents.
  ///   - group: The group variable; every group then has models of its own.
  ///   - reference: The group that others are compared with.
  ///   - level: The confidence level, between 0 and 1.
  /// - Returns: Effects in log odds, in chances −1…1 or in the outcome's unit, as `scale` and
  ///   `family` say; a share that means nothing is NaN. Tests are Wald F.
  /// - Throws: ``SurveyError`` for a name in two roles, an unknown name, an outcome of more than
  ///   two values, a mediator that is the same for everybody, a group that is too small for the
  ///   model.
  /// - Complexity: O(rows × columns²) a step of each model.
  /// - Note: b*, D and the joint errors agree with `svyglm` of R's survey 4.1 and, within 5 %, with
  ///   its jackknife; with equal weights and no design `sobel` and `model` are what `khb` of Stata
  ///   is documented to give, which was not run. Tests have the degrees of freedom of the model
  ///   whose coefficients they are about, `units − strata + 1 − coefficients`: of the widest for
  ///   all but `naive`.
  /// - SeeAlso: Karlson, Holm and Breen (2012), Sociological Methodology 42; Breen, Karlson and
  ///   Holm (2013), Sociological Methods & Research 42.
  public func mediation(
    of outcome: String, keys: [String], blocks: [MediatorBlock], controls: [String] = [],
    family: ModelFamily = .logistic, isOrdered: Bool = false, scale: MediationScale = .logit,
    errors: MediationErrors = .joint, isUnconditional: Bool = false, by group: String? = nil,
    reference: String? = nil,
    level: Double = 0.95
  ) throws -> Mediation {
    guard [.logistic, .linear].contains(family) else {
      throw SurveyError(
        .usage, "the decomposition is for logistic and linear models, not \(family.rawValue)")
    }
    let plan = try MediationPlan(
      outcome: outcome, keys: keys, blocks: blocks, controls: controls, group: group,
      in: dataset)
    guard !isOrdered || scale == .logit else {
      throw SurveyError(
        .usage, "an ordered logit has a chance for every answer, so the scale is the logit's",
        remedy: "Leave --scale out, or write a condition for the outcome.")
    }
    let report = MediationQuantities(
      plan: plan, scale: scale, errors: errors, level: level, isLinear: family == .linear)
    let found = try findings { survey in
      let sample =
        isOrdered
        ? try ModelSample(ordered: plan.formula, in: survey)
        : try ModelSample(
          plan.formula, family: family, otherwise: "or choose --family linear", in: survey)
      return try MediationFinding(
        report, sample, isUnconditional: isUnconditional, isOrdered: isOrdered, by: group,
        reference: reference, in: survey)
    }
    let accounting = try found.accounting(\.accounting)
    let first = found.first
    let models = try first.models.indices.map { index in
      (
        name: first.models[index].name,
        fit: try ModelFit(found.map { $0.models[index].fit }, level: level)
      )
    }
    let nested = try first.nested.indices.map { index in
      try NestedModel(found.map { $0.nested[index] }, level: level)
    }
    let quantities = try found.estimates {
      Estimates(separate: $0.rows.map { ($0.label, $0.estimate) })
    }
    let rows = first.rows.enumerated().map { index, row in
      Mediation.Row(
        group: row.group, key: row.key, quantity: row.quantity, mediator: row.mediator,
        estimate: quantities.difference(index, level: level))
    }
    let differences = try found.estimates {
      Estimates(separate: $0.differences.map { ($0.label, $0.difference) })
    }
    return Mediation(
      rows: rows, models: models, nested: nested,
      tests: report.blockTests(
        try found.estimates(\.estimates), of: first.all, outcome: outcome)
        + report.entryTests(nested, outcome: outcome),
      differences: first.differences.enumerated().map { index, row in
        Mediation.GroupDifference(
          group: row.group, reference: row.reference, key: row.key, quantity: row.quantity,
          mediator: row.mediator, difference: differences.difference(index, level: level))
      }, blocks: blocks, scale: scale, accounting: accounting,
      notes: found.notes(\.notes) + report.warnings(rows))
  }
}
