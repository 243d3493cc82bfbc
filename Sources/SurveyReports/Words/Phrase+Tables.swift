public import SurveyTables

extension Phrase {
  /// The row or column of all.
  public static let all = Phrase("All", "Alle")
  /// Heading of a p-value.
  public static let p = Phrase("p", "p")
  /// Heading of an estimate.
  public static let estimate = Phrase("estimate", "estimat")
  /// Heading of a standard error.
  public static let standardError = Phrase("std. error", "standardfeil")
  /// Heading of degrees of freedom.
  public static let degreesOfFreedom = Phrase("df", "df")
  /// Heading of a statistic.
  public static let statistic = Phrase("statistic", "testverdi")
  /// Heading of a test's name.
  public static let test = Phrase("test", "test")
  /// Heading of a difference.
  public static let difference = Phrase("difference", "differanse")
  /// Beside a variable, the category that others are compared with.
  public static func reference(_ label: String) -> Phrase {
    Phrase("(reference: \(label))", "(referanse: \(label))")
  }

  /// `95 % interval`, `95 % KI`.
  public static func interval(level: Double) -> Phrase {
    Phrase { ("\($0.level(level)) interval", "\($0.level(level)) KI") }
  }

  /// What the numbers are, with the level of their intervals; nil where there are none.
  public static func unit(_ unit: Phrase, level: Double?) -> Phrase {
    level.map { .joined([unit, .interval(level: $0)]) } ?? unit
  }

  /// The unit of weighted shares.
  public static let weightedPercent = Phrase("weighted %", "vektet %")
  /// The unit of unweighted shares.
  public static let percent = Phrase("%", "%")
  /// The unit of differences between shares.
  public static let percentagePoints = Phrase("percentage points", "prosentpoeng")
  /// The unit of exponentiated coefficients of a logistic regression.
  public static let oddsRatio = Phrase("odds ratio", "oddsratio")
  /// The unit of exponentiated coefficients of a Poisson regression.
  public static let rateRatio = Phrase("rate ratio", "rateratio")
  /// The unit of coefficients.
  public static let coefficient = Phrase("coefficient", "koeffisient")

  /// Shares of which the whole is a row.
  public static let rowPercentages = Phrase(
    "Row percentages of those who answered.", "Radprosent av dem som svarte.")
  /// Shares of which the whole is a column.
  public static let columnPercentages = Phrase(
    "Column percentages of those who answered.", "Kolonneprosent av dem som svarte.")
  /// Shares of which the whole is the table.
  public static let totalPercentages = Phrase(
    "Percentages of all who answered.", "Prosent av alle som svarte.")

  /// The question as it was asked.
  public static func question(_ text: String) -> Phrase {
    Phrase("Question: “\(text)”", "Spørsmål: «\(text)»")
  }

  /// The condition that chose the subpopulation.
  public static func subpopulation(_ condition: String) -> Phrase {
    Phrase("Subpopulation: \(condition)", "Delutvalg: \(condition)")
  }

  /// The seed of random numbers.
  public static func seed(_ seed: UInt64) -> Phrase {
    Phrase("Seed: \(seed)", "Startverdi: \(seed)")
  }
}
