/// Why there is no answer.
public enum MissingReason: String, CaseIterable, Sendable {
  /// The question does not apply to this person.
  case inapplicable
  /// Does not want to answer.
  case refused
  /// Does not know.
  case dontKnow = "dont_know"
  /// Did not answer.
  case noAnswer = "no_answer"
  /// Not asked: split ballot, another round, another mode.
  case notAsked = "not_asked"
  /// The interview was broken off.
  case breakoff
  /// A technical fault.
  case technical
  /// Removed to protect privacy.
  case restricted
  /// A value that cannot be.
  case implausible
  /// Empty in the file, with no reason given.
  case system

  /// The reason in words for people.
  public var label: LocalizedText {
    let (nb, en) =
      switch self {
      case .inapplicable: ("Ikke aktuelt", "Not applicable")
      case .refused: ("Ønsker ikke svare", "Refused")
      case .dontKnow: ("Vet ikke", "Don't know")
      case .noAnswer: ("Ubesvart", "No answer")
      case .notAsked: ("Ikke spurt", "Not asked")
      case .breakoff: ("Avbrutt intervju", "Interview broken off")
      case .technical: ("Teknisk feil", "Technical fault")
      case .restricted: ("Fjernet av personvernhensyn", "Removed for privacy")
      case .implausible: ("Ugyldig verdi", "Implausible value")
      case .system: ("Mangler", "Missing")
      }
    return LocalizedText([("en", en), ("nb", nb)])
  }

  /// Stata's extended missing value for the reason: `i` for `.i`; nil for the plain `.`.
  public var stataTag: Character? {
    switch self {
    case .inapplicable: "i"
    case .refused: "r"
    case .dontKnow: "d"
    case .noAnswer: "n"
    case .notAsked: "s"
    case .breakoff: "b"
    case .technical: "t"
    case .restricted: "p"
    case .implausible: "v"
    case .system: nil
    }
  }
}

/// A code, or a range of numbers, that stands for a missing answer.
public struct MissingCode: Hashable, Sendable {
  /// What of the file's values it covers.
  public enum Values: Hashable, Sendable {
    /// One code in canonical text, such as `88` or `.d` (a tagged missing value of Stata or SAS).
    case code(String)
    /// Every number from the first to the second, both included; infinities are open ends.
    case range(Double, Double)
    /// An empty field, the system-missing value.
    case empty
  }

  /// What of the file's values it covers.
  public let values: Values
  /// Why there is no answer.
  public let reason: MissingReason
  /// The label that the file or the codebook gives it; empty means the reason's own words.
  public let label: LocalizedText

  /// Makes a missing code.
  public init(_ values: Values, reason: MissingReason, label: LocalizedText = .none) {
    self.values = values
    self.reason = reason
    self.label = label
  }

  /// The system-missing value; every column's first.
  public static let system = Self(.empty, reason: .system)

  /// The code as text: `88`, `66-99`, or empty for the system-missing value.
  public var text: String {
    switch values {
    case .code(let code): code
    case .range(let low, let high):
      low.isFinite && high.isFinite
        ? "\(canonicalCode(low))-\(canonicalCode(high))" : NumberRange(low: low, high: high).text
    case .empty: ""
    }
  }
}
