/// The rules of derived variables that are written as calls, and are no part of an expression.
enum RuleName: String {
  case cut, recode, mean, labels

  /// How it is written.
  var example: String {
    switch self {
    case .cut: "cut(age, 18, 35, 60)"
    case .recode: "recode(trust, 1..2 = 1 'Low', 3 = 2 'Middle', else = missing)"
    case .mean: "mean(a, b, c, min: 2)"
    case .labels: "labels(age >= 60, 0 'Young', 1 'Old')"
    }
  }

  /// The fault that it is part of an expression.
  var standsAlone: SurveyError {
    SurveyError(
      .usage, "\(rawValue)(…) makes a variable, and stands in no expression",
      remedy: "Derive it by itself, as in x = \(example), and use x.")
  }
}
