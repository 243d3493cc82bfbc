internal import SurveyData
internal import SurveyNumerics

/// The estimates that a test asks to be zero, so that the test can be made anew over imputations.
package struct TestedEstimates: Sendable {
  private let estimates: Estimates
  private let indices: [Int]
  private let degreesOfFreedom: Double

  /// Some of several estimates, with the degrees of freedom of their joint test.
  init(_ estimates: Estimates, _ indices: [Int], degreesOfFreedom: Double) {
    self.estimates = estimates
    self.indices = indices
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// A single difference, tested by t.
  init(_ difference: Difference) {
    let variance = difference.standardError * difference.standardError
    estimates = Estimates(
      labels: [Estimates.Label(variable: "")], values: [difference.estimate],
      covariance: Matrix([[variance]]), degreesOfFreedom: [difference.degreesOfFreedom],
      counts: [0], weightedCounts: [0])
    indices = [0]
    degreesOfFreedom = difference.degreesOfFreedom
  }

  private var selected: Estimates {
    estimates.combined(
      .identity(indices.count), of: indices, labels: indices.map { estimates.labels[$0] })
  }

  /// The test over imputations: D₁, or t where the test is one.
  fileprivate static func test(
    like first: TestResult, of imputations: [TestedEstimates]
  ) throws -> TestResult {
    let pooled = try Estimates(pooling: imputations.map(\.selected))
    guard first.df2.isNaN else {
      let complete = imputations.map(\.degreesOfFreedom).min() ?? .nan
      return pooled.waldTest(
        first.test, variable: first.variable, by: first.by, term: first.term,
        degreesOfFreedom: complete)
    }
    let (t, df) = (pooled.values[0] / pooled.standardErrors[0], pooled.degreesOfFreedom[0])
    return TestResult(
      test: first.test, variable: first.variable, by: first.by, term: first.term, statistic: t,
      df1: df, df2: .nan, pValue: 2 * Distribution.t(degreesOfFreedom: df).upperTail(abs(t)))
  }
}

// What is tested tells no more of a result than its numbers do.
extension TestedEstimates: Hashable {
  package static func == (a: Self, b: Self) -> Bool { true }
  package func hash(into hasher: inout Hasher) {}
}

extension TestResult {
  /// Makes the tests of imputed data sets anew over all of them, test by test: by D₁ from what is
  /// tested, and where that is no vector of estimates by D₂ from the p-values.
  ///
  /// - Parameters:
  ///   - imputations: The tests of each data set.
  ///   - leavesOut: Whether a test that one data set has not is left out of all.
  /// - Throws: ``SurveyError`` where data sets have different tests.
  package static func pooled(
    _ imputations: [[TestResult]], leavingOutOthers leavesOut: Bool = false
  ) throws -> [TestResult] {
    guard !leavesOut else {
      func isSame(_ a: TestResult, _ b: TestResult) -> Bool { a.test == b.test && a.term == b.term }
      return try pooled(
        imputations.map { tests in
          tests.filter { test in imputations.allSatisfy { $0.contains { isSame($0, test) } } }
        })
    }
    return
      try imputations[0].indices.map { index in
        let first = imputations[0][index]
        let same = imputations.compactMap { tests in
          tests.count == imputations[0].count && tests[index].test == first.test
            && tests[index].term == first.term ? tests[index] : nil
        }
        guard same.count == imputations.count else {
          throw SurveyError(
            .data, at: first.variable, "has the test '\(first.test)' in some imputations only",
            remedy: "List the codes in the codebook, or join categories that are rare.")
        }
        let tested = same.compactMap(\.tested)
        return tested.count == same.count
          ? try TestedEstimates.test(like: first, of: tested) : TestResult(repeated: same)
      }
  }
}
