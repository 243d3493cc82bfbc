/// A fault that the user can mend: what is wrong, where, and what to do.
///
/// Every error that leaves a module of Vekt is of this type. The kind decides the command's exit
/// status; the sentence is `PLACE: PROBLEM` with the remedy on a line of its own.
public struct SurveyError: Error, Equatable, Sendable {
  /// What kind of fault it is; the raw value is the command's exit status.
  public enum Kind: Int32, Sendable {
    /// The analysis has no answer: separation, an empty subpopulation, a lonely PSU.
    case noAnswer = 1
    /// Wrong arguments, formula or expression, or an unknown variable.
    case usage = 64
    /// Data or codebook are malformed or contradict each other.
    case data = 65
    /// An input cannot be opened.
    case input = 66
    /// A fault of ours.
    case fault = 70
    /// The output cannot be created.
    case output = 73
  }

  /// The kind of fault.
  public let kind: Kind
  /// Where it is: a file, `file:line`, `file:line:column`, a variable; nil where there is no place.
  public let place: String?
  /// What is wrong and what was found, in lower case, without a full stop at the end.
  public let problem: String
  /// What to do about it; nil where the problem says it all.
  public let remedy: String?

  /// Makes an error from its facts.
  public init(_ kind: Kind, at place: String? = nil, _ problem: String, remedy: String? = nil) {
    self.kind = kind
    self.place = place
    self.problem = problem
    self.remedy = remedy
  }

  /// The same error at an outer place, as when an expression stands in a codebook.
  public func located(at outer: String) -> Self {
    Self(kind, at: place.map { "\(outer): \($0)" } ?? outer, problem, remedy: remedy)
  }
}

extension SurveyError: CustomStringConvertible {
  /// One line, or two with the remedy.
  public var description: String {
    let sentence = place.map { "\($0): \(problem)" } ?? problem
    return remedy.map { "\(sentence)\n      \($0)" } ?? sentence
  }
}
