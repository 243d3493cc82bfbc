package import SurveyData
internal import SurveyNumerics

/// A test that the answers have stated shares.
public struct GoodnessOfFit: Sendable {
  /// The test: `X²` with Satterthwaite's degrees of freedom.
  public let test: TestResult
  /// What `X²` is divided by before it is compared with χ²: `Σλ² ∕ Σλ`, on the scale of the
  /// weights; 1 for imputed data, NaN where the variance is unknown.
  public let scale: Double
}

extension Survey {
  /// Tests that the answers to a variable have stated shares, in each of some groups.
  ///
  /// With `N_k` the weighted counts and `N` their sum, `X² = Σ (N_k − N p_k)² ∕ (N p_k)`. Under the
  /// stated shares it is a sum `Σ λⱼ χ²₁` with λ the eigenvalues of the covariance of `(N_k − N
  /// p_k) ∕ √(N p_k)`; Satterthwaite's approximation compares `X² · Σλ ∕ Σλ²` with χ² on `(Σλ)² ∕
  /// Σλ²` degrees of freedom. The statistic is `X²` itself, which grows with the scale of the
  /// weights; its p-value does not.
  ///
  /// The influence of `(N_k − N p_k) ∕ √(N p_k)` is `(1[k] − p_k) ∕ √(N p_k) − (N_k − N p_k) p_k ∕
  /// (2 (N p_k)^1.5)`.
  ///
  /// - Parameters:
  ///   - variable: The variable's name.
  ///   - shares: The stated share of every answer by its code; they add up to 1 within 0.001 and
  ///     are scaled to do so exactly.
  ///   - groups: The names of variables whose combinations make groups, each tested for itself.
  /// - Returns: A test a group: `X²` at least 0, `df1 = (Σλ)² ∕ Σλ²` up to the answers − 1, `df2`
  ///   NaN; all NaN where the variance is unknown.
  /// - Throws: ``SurveyError`` for shares that do not add up, unknown answers and answers without
  ///   one.
  /// - Complexity: O(rows × answers²).
  /// - Note: Agrees with `svygofchisq(~x, p, design)` of R's survey 4.5.
  /// - SeeAlso: Rao and Scott (1981), Journal of the American Statistical Association 76.
  public func goodnessOfFit(
    of variable: String, toShares shares: [String: Double], by groups: [String] = []
  ) throws -> [GoodnessOfFit] {
    let found = try GroupEstimates(
      .shares(of: variable), by: groups, in: self, options: EstimationOptions())
    return try StatedShares(shares, of: variable, among: found).goodnessOfFit(by: groups, in: self)
  }
}

/// The shares that answers are said to have, checked.
struct StatedShares {
  private let variable: String
  /// The answers with their position and share, in the codebook's order.
  let answers: [(category: Category, position: Int, share: Double)]

  /// Checks shares.
  ///
  /// - Throws: ``SurveyError`` for an unknown code, a share outside 0…1, an answer that somebody
  ///   gave and that has no share, and when they do not add up.
  init(_ shares: [String: Double], of variable: String, among found: GroupEstimates) throws {
    self.variable = variable
    let known = found.answers.compactMap { answer in
      answer.category.map { (category: $0, position: answer.position) }
    }
    let shares = try shares.byCode(of: variable, among: known.map(\.category))
    let given = Set(
      found.answersGiven(in: Array(found.groups.indices)).compactMap(\.category?.code))
    if let forgotten = known.first(where: {
      given.contains($0.category.code) && shares[$0.category.code] == nil
    }) {
      throw SurveyError(
        .usage, at: variable, "the answer '\(forgotten.category.code)' has no stated share",
        remedy: "State the share of every answer, or leave it out with --where.")
    }
    for (code, share) in shares.sorted(by: { $0.key < $1.key }) where !(share > 0 && share < 1) {
      throw SurveyError(
        .usage, at: variable,
        "the share of '\(code)' is \(canonicalCode(share)); it lies between 0 and 1",
        remedy: "Write 0.3 for 30 %.")
    }
    let sum = known.reduce(0) { $0 + (shares[$1.category.code] ?? 0) }
    guard abs(sum - 1) <= 0.001 else {
      throw SurveyError(
        .usage, at: variable,
        "the stated shares add up to "
          + "\(canonicalCode((sum * 1e6).rounded() / 1e6)), not to 1")
    }
    answers = known.compactMap { answer in
      shares[answer.category.code].map { (answer.category, answer.position, $0 / sum) }
    }
  }

  /// The test in every group.
  func goodnessOfFit(by groups: [String], in survey: Survey) throws -> [GoodnessOfFit] {
    let found = try survey.findings { try tests(by: groups, in: $0) }
    return found.first.indices.map { group in
      GoodnessOfFit(
        test: found.test { $0[group].test }, scale: found.areSeveral ? 1 : found.first[group].scale)
    }
  }

  /// The test in every group of one data set.
  private func tests(by groups: [String], in survey: Survey) throws -> [GoodnessOfFit] {
    let survey = try survey.merged(over: ([variable] + groups).map { ($0, .codes) })
    let column = try survey.dataset.categorical(variable)
    var slot = Array(repeating: 0, count: column.categories.count)
    for (index, answer) in answers.enumerated() { slot[answer.position] = index }
    let number = column.numbers { Double(slot[$0]) }
    let cells = try Cases([(variable, number)], by: groups, in: survey)
    let width = answers.count
    // Weighted counts, group after group.
    let counts = cells.sums(width: width) { row, _, isIt in
      let own = Int(number.values[row])
      for k in isIt.indices { isIt[k] = k == own ? 1 : 0 }
    }
    let sums = cells.groups.indices.map { counts[$0 * width..<($0 + 1) * width].reduce(0, +) }
    // The influence of `N_k ∕ √(N p_k) − √(N p_k)`.
    let totals = try cells.totals(width: width) { row, block, u in
      let own = Int(number.values[row])
      for (k, answer) in answers.enumerated() {
        let expected = sums[block] * answer.share
        let miss = counts[block * width + k] - expected
        u[k] =
          ((k == own ? 1 : 0) - answer.share) / expected.squareRoot()
          - miss * answer.share / (2 * expected * expected.squareRoot())
      }
    }
    let respondents = cells.bases.map { Double($0.count) }
    return cells.groups.indices.map { block in
      let x2 = answers.enumerated().reduce(0.0) { sum, answer in
        let expected = sums[block] * answer.element.share
        let miss = counts[block * width + answer.offset] - expected
        return sum + miss * miss / expected
      }
      let covariance = totals.covariance(block, block)
      let trace = covariance.trace
      let traceOfSquare = (covariance * covariance).trace
      // A simple random sample has about N ∕ n for each answer; this little is rounding.
      let isKnown = trace > 1e-10 * sums[block] / respondents[block]
      let df = isKnown ? trace * trace / traceOfSquare : .nan
      let scale = isKnown ? traceOfSquare / trace : .nan
      let codes = cells.categories(block).map(\.code)
      return GoodnessOfFit(
        test: TestResult(
          test: "goodness-of-fit", variable: variable, by: groups.joined(separator: ","),
          term: zip(groups, codes).map { "\($0)=\($1)" }.joined(separator: ":"),
          statistic: isKnown ? x2 : .nan,
          df1: df, df2: .nan,
          pValue: Distribution.chiSquared(degreesOfFreedom: df).upperTail(x2 / scale)),
        scale: scale)
    }
  }
}

extension [String: Double] {
  /// Stated shares by code, though some stand by their label.
  /// - Throws: ``SurveyError`` for an unknown answer, or one that has two shares.
  package func byCode(of variable: String, among categories: [Category]) throws -> Self {
    var found: Self = [:]
    for name in keys.sorted() {
      guard let code = categories.named(name)?.code else {
        throw SurveyError(
          .usage, at: variable, "has no answer '\(name)' among \(categories.listedInQuotes)",
          remedy: categories.suggestion(for: name))
      }
      guard found.updateValue(self[name] ?? 0, forKey: code) == nil else {
        throw SurveyError(.usage, at: variable, "the answer '\(code)' has two stated shares")
      }
    }
    return found
  }
}
