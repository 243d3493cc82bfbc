extension Phrase {
  /// What stands before a table's number, and the name of a sheet whose table has no title.
  public static let table = Phrase("Table", "Tabell")
  /// The heading over the titles of tables.
  public static let questionHeading = Phrase("Question", "Spørsmål")
  /// The heading over the groups of tables.
  public static let byHeading = Phrase("By", "Etter")
  /// The heading over remarks on tables.
  public static let noteHeading = Phrase("Note", "Merknad")
  /// How many cells are hidden.
  public static func hiddenCells(_ count: Int) -> Phrase {
    count == 1
      ? Phrase("1 cell hidden", "1 celle skjult")
      : Phrase { ("\($0.count(count)) cells hidden", "\($0.count(count)) celler skjult") }
  }
  /// A chart that no program can make a picture of.
  static func pictureMissing(_ title: String) -> Phrase {
    Phrase(
      "Figure: \(title). It is not shown, since rsvg-convert is not installed.",
      "Figur: \(title). Den vises ikke, fordi rsvg-convert ikke er installert.")
  }
  /// The heading of the lower ends of intervals.
  public static let lowerEnd = Phrase("lower", "nedre")
  /// The heading of the upper ends of intervals.
  public static let upperEnd = Phrase("upper", "øvre")
  /// The heading of the lengths of error bars, downwards or upwards.
  static func errorBar(of estimate: String, _ sign: String) -> Phrase {
    let name = estimate.isEmpty ? "" : "\(estimate): "
    return Phrase("\(name)error bar \(sign)", "\(name)feilfelt \(sign)")
  }
  /// The heading of what stands in parentheses behind a number.
  public static let inParentheses = Phrase("in parentheses", "i parentes")
}
