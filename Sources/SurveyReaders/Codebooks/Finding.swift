/// Something that a check of a codebook against its file found.
public struct Finding: Hashable, Sendable {
  /// How bad it is.
  public enum Severity: String, CaseIterable, Sendable {
    /// Codebook and file contradict each other; an analysis of the variable would stop.
    case error
    /// Probably wrong.
    case warning
    /// Worth knowing.
    case information
  }

  /// How bad it is.
  public let severity: Severity
  /// A stable name such as `unknown-code`, so that scripts can look for it.
  public let id: String
  /// The variable; nil for the file as a whole.
  public let variable: String?
  /// The code; nil when it is not about one code.
  public let code: String?
  /// How many rows, codes or columns it concerns; nil where nothing is counted.
  public let count: Int?
  /// What was found, in a sentence without a full stop.
  public let text: String
  /// What the sentence lists, so that it can be said in another language.
  public let values: [String]
  /// What to do about it; nil where the sentence says it all.
  public let remedy: String?

  /// Makes a finding from its facts.
  public init(
    _ severity: Severity, id: String, variable: String? = nil, code: String? = nil,
    count: Int? = nil, _ text: String, naming values: [String] = [],
    remedy: String? = nil
  ) {
    self.severity = severity
    self.id = id
    self.variable = variable
    self.code = code
    self.count = count
    self.text = text
    self.values = values
    self.remedy = remedy
  }
}
