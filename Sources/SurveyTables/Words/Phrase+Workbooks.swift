extension Phrase {
  /// What stands before a table's number, and the name of a sheet whose table has no title.
  public static let table = Phrase("Table", "Tabell")
  /// The heading of the lower ends of intervals.
  public static let lowerEnd = Phrase("lower", "nedre")
  /// The heading of the upper ends of intervals.
  public static let upperEnd = Phrase("upper", "øvre")
}
