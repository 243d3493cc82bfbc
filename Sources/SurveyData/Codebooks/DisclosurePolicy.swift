/// What may be told of few people.
public enum DisclosurePolicy: String, CaseIterable, Comparable, Sendable {
  /// Nothing is held back.
  case none
  /// Nothing is held back, and a note says so where a figure rests on few people.
  case warn
  /// Policies that hide figures.
  case ssb, min5, min10, nchs, statcan

  /// A figure that rests on fewer respondents is one to be warned of.
  public static let few = 5

  /// Whether this version does what the policy asks.
  public var isEnforced: Bool { self <= .warn }

  /// Stops before figures are made that the policy would hide.
  ///
  /// - Parameter place: Who names the policy.
  /// - Throws: ``SurveyError`` of kind noAnswer for a policy that this version does not enforce.
  public func requireEnforced(at place: String?) throws {
    guard !isEnforced else { return }
    throw SurveyError(
      .noAnswer, at: place,
      "the disclosure policy '\(rawValue)' is not enforced by this version: nothing was printed",
      remedy: "Where the figures are not for release, name the policy none or warn.")
  }

  /// Orders them by what they ask: nothing, a warning, hiding.
  public static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }

  private var rank: Int { self == .none ? 0 : self == .warn ? 1 : 2 }
}

extension Codebook {
  /// The disclosure policy that the codebook names; none where it is silent.
  public var disclosurePolicy: DisclosurePolicy {
    output.disclosure.flatMap(DisclosurePolicy.init) ?? .none
  }

  /// Stops before figures are made that the codebook's policy would hide.
  /// - Throws: ``SurveyError`` of kind noAnswer for a policy that this version does not enforce.
  public func requireEnforcedDisclosure() throws {
    try disclosurePolicy.requireEnforced(at: path)
  }
}
