package import SurveyStatistics
package import SurveyTables

extension GoodnessOfFit {
  /// The test in a sentence: χ² over its scale, over imputations an F.
  package var sentence: Phrase {
    .testResult(
      .test(test.test), statistic: test.statistic / scale, df1: test.df1,
      df2: test.df2.isNaN ? nil : test.df2, p: test.pValue)
  }
}
