public import SurveyData
internal import SurveyNumerics
public import SurveyStatistics

/// Written-out combinations of a model's coefficients.
public struct Contrasts: Sendable {
  /// The combinations, as they were given.
  public let rows: [Row]
  /// A joint Wald F that all are zero; empty when there is one.
  public let tests: [TestResult]
  /// The combinations with their joint covariance.
  public let estimates: Estimates
  /// What the user must know.
  public let notes: [Note]

  /// One combination.
  public struct Row: Hashable, Sendable {
    /// The text as it was written.
    public let contrast: String
    /// Its value with error, test against zero and interval, on the scale of the parameters or of
    /// what the text makes of them.
    public let difference: Difference
  }
}

/// Combinations of the coefficients of a fit to one data set.
struct ContrastFinding {
  let estimates: Estimates
  /// The combinations that are not estimable.
  let unknown: [Int]
  /// The columns that were left out of the fit.
  let dropped: String

  init(_ texts: [String], of fit: some FormulaFit) throws {
    let (estimates, names) = (fit.estimates, fit.parameterNames)
    let values = try texts.map { text in
      var parser = CombinationParser(text, names: names)
      let value = try parser.parse().evaluated(at: estimates.values)
      guard value.value.isFinite, value.slopes.values.allSatisfy(\.isFinite) else {
        throw SurveyError(.noAnswer, at: text, "has no finite value at the coefficients")
      }
      return value
    }
    let gradients = values.map { value in
      estimates.values.indices.map { value.slopes[$0] ?? 0 }
    }
    let used = values.map { value in
      value.slopes.filter { $0.value != 0 }.keys
    }
    let degrees = used.map { used in
      used.map { estimates.degreesOfFreedom[$0] }.min() ?? estimates.degreesOfFreedom.first ?? 0
    }
    self.estimates = Estimates(
      labels: texts.map { Estimates.Label(variable: $0) }, values: values.map(\.value),
      covariance: estimates.covariance().transformed(by: Matrix(gradients)),
      degreesOfFreedom: degrees, counts: texts.map { _ in estimates.counts.first ?? 0 },
      weightedCounts: texts.map { _ in estimates.weightedCounts.first ?? 0 })
    let idle = fit.basis.idleDirections
    unknown = texts.indices.filter { index in
      idle.contains { direction in
        let parts = zip(gradients[index], direction).map { $0 * $1 }
        return abs(parts.reduce(0, +)) > 1e-8 * parts.reduce(0) { $0 + abs($1) }
      }
    }
    dropped = fit.basis.plan.dropped.map { "'\($0.column.name)'" }.joined(separator: ", ")
  }
}

extension Contrasts {
  /// Combines estimates.
  ///
  /// - Parameters:
  ///   - texts: The combinations.
  ///   - variable: The outcome.
  init(
    _ texts: [String], _ found: Findings<ContrastFinding>, variable: String, level: Double
  ) throws {
    let combined = try found.estimates(\.estimates)
    let unknown = found.positions(\.unknown)
    let known = combined.unknown(at: unknown)
    rows = texts.indices.map { index in
      Row(contrast: texts[index], difference: known.difference(index, level: level))
    }
    self.estimates = known
    tests =
      texts.count > 1
      ? [
        combined.waldTest(
          "contrasts", variable: variable, of: texts.indices.filter { !unknown.contains($0) })
      ] : []
    notes =
      unknown.isEmpty
      ? []
      : [
        .notEstimable(
          unknown.map { "'\(texts[$0])'" }.joined(separator: ", "), more: 0,
          columns: found.first.dropped)
      ]
  }
}

extension ModelFit {
  /// What every coefficient may be called, with its position; nil for a reference, which is zero.
  public var parameterNames: [(name: String, position: Int?)] {
    var names = rows.enumerated().flatMap { index, row in
      row.column.names.map { (name: $0, position: Int?.some(index)) }
    }
    names += references.sorted { $0.key < $1.key }.map { ("\($0.key)=\($0.value)", nil) }
    return names
  }
}

extension ModelColumn {
  /// What its coefficient may be called: a product of two in either order.
  var names: [String] {
    parts.count == 2 ? [name, "\(parts[1].name):\(parts[0].name)"] : [name]
  }
}
