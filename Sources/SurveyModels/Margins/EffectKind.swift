internal import SurveyData
internal import SurveyStatistics

/// What the effect of a variable is.
enum EffectKind {
  /// Differences between categories, the reference first.
  case levels([Category])
  /// A number's derivative.
  case slope
}

extension PredictionBasis {
  /// What the effect of a variable is: differences for a factor, and for a number that is always 0
  /// or 1; otherwise a slope.
  func effect(of variable: String) throws -> (kind: EffectKind, note: Note?) {
    let described = try survey.dataset.variable(variable)
    let isFactor = (described.isCategorical && !isNumber(variable)) || described.type == .text
    if factorLevels(of: variable) != nil || isFactor {
      return (.levels(try levels(of: variable)), nil)
    }
    guard try frame.numbers(of: variable).allSatisfy({ $0 == 0 || $0 == 1 }) else {
      return (.slope, nil)
    }
    let note = Note(
      .information, id: "margins.zero-or-one",
      "is 0 or 1 for everybody, so its effect is the difference 1 − 0", at: variable)
    return (.levels([Category("0"), Category("1")]), note)
  }

  /// The categories of a variable that the cases of the model have, the reference first.
  func levels(of variable: String) throws -> [Category] {
    if let levels = factorLevels(of: variable) { return levels }
    let (categories, positions) = try frame.codes(of: variable)
    var occurs = Array(repeating: false, count: categories.count)
    positions.withEach { if $0 < occurs.count { occurs[$0] = true } }
    var levels = occurs.indices.filter { occurs[$0] }.map { categories[$0] }
    let reference = try survey.dataset.variable(variable).reference
    if let first = levels.firstIndex(where: { $0.code == reference }) {
      levels.insert(levels.remove(at: first), at: 0)
    }
    return levels
  }

  /// The fitted levels of a variable that stands in the formula as a factor.
  func factorLevels(of variable: String) -> [Category]? {
    for (index, predictor) in terms.predictors.enumerated() {
      guard case .factor(let factor, _) = predictor.form, factor.name == variable,
        case .codes(_, let levels) = frame.predictors[index]
      else { continue }
      return levels.map(\.category)
    }
    return nil
  }

  /// Whether a variable stands in the formula as the number that it is.
  func isNumber(_ variable: String) -> Bool {
    terms.predictors.contains { predictor in
      switch predictor.form {
      case .number(let expression), .basis(let expression, _):
        expression.soleVariable == variable
      case .factor: false
      }
    }
  }

  /// Pairs of levels that are compared, each with whether it is independent of the pairs before.
  func pairs(
    _ levels: [Category], _ contrasts: EffectContrasts
  ) -> [(level: Int, base: Int, isIndependent: Bool)] {
    levels.indices.dropFirst().flatMap { level in
      switch contrasts {
      case .reference: [(level, 0, true)]
      case .sequential: [(level, level - 1, true)]
      case .pairwise: (0..<level).map { (level, $0, $0 == 0) }
      }
    }
  }
}
