public import SurveyData

/// What a column of a model matrix, and so a coefficient, stands for.
public struct ModelColumn: Hashable, Sendable {
  /// One factor of the column's product: a number, one of the columns made of a number, or a
  /// category of a variable.
  public struct Part: Hashable, Sendable {
    /// The variable, or the expression as it was written.
    public let variable: String
    /// The category; nil for a number.
    public let category: Category?
    /// Which column of a polynomial or spline it is, from 1; nil for anything else.
    public let number: Int?

    init(variable: String, category: Category? = nil, number: Int? = nil) {
      self.variable = variable
      self.category = category
      self.number = number
    }

    /// `x`, `g=2`, `poly(x, 2)1`.
    public var name: String {
      category.map { "\(variable)=\($0.code)" } ?? number.map { "\(variable)\($0)" } ?? variable
    }
  }

  /// The factors; none for the constant.
  public let parts: [Part]

  /// `x`, `g=2`, `sex:g=2`, `poly(x, 2)1`, `(Intercept)`.
  public var name: String {
    parts.isEmpty ? "(Intercept)" : parts.map(\.name).joined(separator: ":")
  }

  /// The variables, joined by `:`; empty for the constant.
  public var variable: String { parts.map(\.variable).joined(separator: ":") }

  /// The categories' codes, joined by `:`; nil when all factors are numbers.
  public var category: String? {
    let codes = parts.compactMap { $0.category?.code }
    return codes.isEmpty ? nil : codes.joined(separator: ":")
  }
}
