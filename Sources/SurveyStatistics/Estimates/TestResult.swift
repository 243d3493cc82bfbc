/// What a test found.
public struct TestResult: Hashable, Sendable {
  /// The test's name, such as `rao-scott-f`.
  public let test: String
  /// The variable that was tested.
  public let variable: String
  /// The group variables, joined by `,`.
  public let by: String
  /// The term of a model; empty for other tests.
  public let term: String
  /// The statistic: an F or χ², at least 0, or a t; NaN where there is none.
  public let statistic: Double
  /// The (numerator) degrees of freedom, of a t its own; NaN where there are none.
  public let df1: Double
  /// The denominator degrees of freedom, may be infinite; NaN for a t or χ².
  public let df2: Double
  /// The chance of a statistic at least as large when there is no difference, 0…1; NaN without a
  /// statistic.
  public let pValue: Double

  /// Makes a result.
  ///
  /// - Parameters:
  ///   - test: The test's name.
  ///   - variable: The variable that was tested.
  ///   - by: The group variables, joined by `,`.
  ///   - term: The term of a model.
  ///   - statistic: The statistic.
  ///   - df1: The (numerator) degrees of freedom.
  ///   - df2: The denominator degrees of freedom; NaN for a t or χ².
  ///   - pValue: The p-value, 0…1.
  public init(
    test: String, variable: String, by: String = "", term: String = "", statistic: Double,
    df1: Double, df2: Double, pValue: Double
  ) {
    self.test = test
    self.variable = variable
    self.by = by
    self.term = term
    self.statistic = statistic
    self.df1 = df1
    self.df2 = df2
    self.pValue = pValue
  }

  /// The t-test of a difference against zero.
  package init(
    _ test: String, of difference: Difference, variable: String, by: String = "", term: String = ""
  ) {
    self.init(
      test: test, variable: variable, by: by, term: term, statistic: difference.statistic,
      df1: difference.degreesOfFreedom, df2: .nan, pValue: difference.pValue)
  }

  /// The same test, of another term.
  package func renamed(term: String) -> TestResult {
    TestResult(
      test: test, variable: variable, by: by, term: term, statistic: statistic, df1: df1, df2: df2,
      pValue: pValue)
  }
}
