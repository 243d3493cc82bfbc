/// One variable of a SAS file.
struct SASVariable {
  let name: String
  let label: String
  let isText: Bool
  /// Where its bytes start in a row.
  let offset: Int
  /// Its bytes in a row: 2 to 8 for a number.
  let width: Int
  let format: SASFormat

  /// How its numbers are written, by the format.
  var notation: NumberNotation { isText ? .number : format.notation }
}
