public import SurveyData

/// Where every row of the file went: read = used + outside + missing + without a usable weight.
public struct Accounting: Hashable, Sendable {
  /// The rows of the file.
  public let read: Int
  /// The rows behind the estimates.
  public let used: Int
  /// The rows outside the subpopulation.
  public let outside: Int
  /// Of those outside, the rows where an answer that the condition needs is missing.
  public let outsideUnknown: Int
  /// The rows without a weight, or with a weight of zero.
  public let withoutWeight: Int
  /// The rows with a missing answer, by the first variable that is missing and the reason.
  public let missing: [Missing]

  /// Rows with a missing answer.
  public struct Missing: Hashable, Sendable {
    /// The variable whose answer is missing.
    public let variable: String
    /// The code that the file has.
    public let code: MissingCode
    /// How many rows.
    public let count: Int

    /// Makes a count.
    ///
    /// - Parameters:
    ///   - variable: The variable whose answer is missing.
    ///   - code: The code that the file has.
    ///   - count: How many rows.
    public init(variable: String, code: MissingCode, count: Int) {
      self.variable = variable
      self.code = code
      self.count = count
    }
  }

  /// Makes an account; what is not used, outside or missing has no usable weight.
  ///
  /// - Parameters:
  ///   - read: The rows of the file.
  ///   - used: The rows behind the estimates.
  ///   - outside: The rows outside the subpopulation.
  ///   - outsideUnknown: Of those, the rows where the condition could not be decided.
  ///   - missing: The rows with a missing answer, by variable and code.
  public init(read: Int, used: Int, outside: Int, outsideUnknown: Int, missing: [Missing]) {
    self.read = read
    self.used = used
    self.outside = outside
    self.outsideUnknown = outsideUnknown
    self.missing = missing
    withoutWeight = read - used - outside - missing.reduce(0) { $0 + $1.count }
  }
}
