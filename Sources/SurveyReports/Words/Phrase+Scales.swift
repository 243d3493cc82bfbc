public import SurveyTables

extension Phrase {
  /// The title of a scale: how many items it has.
  public static func scale(items: Int) -> Phrase {
    Phrase { ("Scale of \($0.count(items)) items", "Skala av \($0.count(items)) ledd") }
  }
  /// The row of the scale under its items.
  public static let wholeScale = Phrase("Scale (mean of the items)", "Skala (snitt av leddene)")
  /// Heading of the reliability of a scale without an item.
  public static let alphaWithout = Phrase("alpha without", "alfa uten")
  /// Heading of the correlation of an item with the sum of the others.
  public static let itemRest = Phrase("item–rest correlation", "korrelasjon med resten")
  /// Reliability of a scale.
  public static let alpha = Phrase("Cronbach's alpha", "Cronbachs alfa")
  /// Beside the label of an item that is turned.
  public static let reversed = Phrase("reversed", "snudd")
  /// What the whole scale's numbers are in the columns of its items.
  public static let scaleReading = Phrase(
    "The last row has Cronbach's alpha of all items; means of items rest on those who answered them.",
    "Nederste rad har Cronbachs alfa for alle ledd; leddenes gjennomsnitt bygger på dem som svarte."
  )
  /// The spread of the score.
  public static func score(
    deviation: Double, quartiles: [Double], digits: Int, group: String?
  ) -> Phrase {
    Phrase { format in
      let spread = format.fixed(deviation, digits: digits)
      let cuts = quartiles.map { format.fixed($0, digits: digits) }
        .joined(separator: format.decimalSign == "," ? "; " : ", ")
      let place = group.map { " (\($0))" } ?? ""
      return (
        "Score\(place): standard deviation \(spread), quartiles \(cuts).",
        "Skåre\(place): standardavvik \(spread), kvartiler \(cuts)."
      )
    }
  }
  /// A measure of how two numbers go together.
  public static let correlation = Phrase("correlation", "korrelasjon")
  /// The title of a table of correlations.
  public static let correlations = Phrase("Correlations", "Korrelasjoner")
  /// Who counts for a correlation.
  public static let correlationBase = Phrase(
    "Of those who answered all the variables; intervals by Fisher's z.",
    "Blant dem som svarte på alle variablene; intervaller ved Fishers z.")
}
