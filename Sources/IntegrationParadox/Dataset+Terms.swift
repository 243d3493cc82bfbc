internal import SurveyData

extension Dataset {
  /// What is written in a formula for a variable whose name may hold other signs than letters and
  /// digits, or for an expression, which stays as it is.
  func term(_ text: String) -> String {
    let isPlain = text.allSatisfy { $0.isLetter || $0.isNumber || "_.".contains($0) }
    return isPlain || (try? variable(text)) == nil ? text : "`\(text)`"
  }
}
