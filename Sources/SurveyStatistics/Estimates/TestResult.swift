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
  /// The statistic.
  public let statistic: Double
  /// The (numerator) degrees of freedom; NaN where there are none.
  public let df1: Double
  /// The denominator degrees of freedom; NaN where there are none.
  public let df2: Double
  /// The chance of a statistic at least as large when there is no difference.
  public let pValue: Double
  /// What is tested, so that the test can be made anew over imputations; nil where it cannot.
  package internal(set) var tested: TestedEstimates?

  /// Makes a result.
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

  /// The same test, of another term.
  func renamed(term: String) -> TestResult {
    var result = TestResult(
      test: test, variable: variable, by: by, term: term, statistic: statistic, df1: df1, df2: df2,
      pValue: pValue)
    result.tested = tested
    return result
  }
}
