public import SurveyData

/// Whom percentages are of.
public enum PercentageBase: String, CaseIterable, Sendable {
  /// Those who gave a valid answer; the default.
  case answered
  /// Those who were asked: also those who did not know, refused or left the question open.
  case asked
  /// Everybody: also those whom the question was not for, and empty fields.
  case all

  /// The reasons for a missing answer that count in the base.
  public var reasons: Set<MissingReason> {
    switch self {
    case .answered: []
    case .asked:
      [.refused, .dontKnow, .noAnswer, .breakoff, .technical, .restricted, .implausible]
    case .all: Set(MissingReason.allCases)
    }
  }

  /// The base in which some reasons count; nil when it is none of these.
  ///
  /// - Parameter reasons: The reasons for a missing answer that count in the base.
  public init?(keeping reasons: Set<MissingReason>) {
    guard let base = Self.allCases.first(where: { $0.reasons == reasons }) else { return nil }
    self = base
  }
}
