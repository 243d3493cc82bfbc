import SurveyReports
import SurveyStatistics
import SurveyTables

/// What the questions of a command add up to.
struct ShareReport {
  var rows: [EstimateRow] = []
  var tests: [TestResult] = []
  /// The letters of every row.
  var letters: [SignificanceLetters?] = []
  var tables: [Table] = []
  var accounts: [(name: String, account: Accounting)] = []
  var bounds: [AnswerBounds] = []
  /// Any, none and mean number of several answers.
  var counted: [EstimateRow] = []

  /// The records of any, none and mean number, when they are asked for.
  func counts(_ records: EstimateRecords) -> [Records] {
    guard !counted.isEmpty else { return [] }
    var found = records.summaries(counted)
    found.name = "counts"
    return [found]
  }
}
