public import SurveyTables

extension Phrase {
  /// The words for a value of the column `flag`, by the presentation standards of the NCHS.
  ///
  /// A name that is not known stays as it is.
  public static func reliability(_ flag: String) -> Phrase {
    switch flag {
    case "suppress": unreliable
    case "complement": complementUnreliable
    case "review": review
    default: Phrase(verbatim: flag)
    }
  }

  /// The interval is wide: absolutely, against the estimate, or for too few answers.
  public static let unreliable = Phrase(
    "wide interval or few answers: read with caution",
    "bredt intervall eller få svar: les med forbehold")
  /// The share of all other answers is too uncertain, this one is not.
  public static let complementUnreliable = Phrase(
    "the share of all other answers is not reliable",
    "andelen av alle andre svar er usikker")
  /// Few degrees of freedom, or a share of 0 or 100 per cent.
  public static let review = Phrase(
    "few degrees of freedom, or nobody or everybody: have it reviewed",
    "få frihetsgrader, eller ingen eller alle: bør vurderes nærmere")
}
