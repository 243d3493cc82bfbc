/// A column that is the same for everybody in a group, such as the origin.
struct GroupColumn: Sendable {
  let name: String
  /// The codes, in the order in which groups first have them.
  let codes: [String]
  /// For each group the position of its code; nil where the column does not apply.
  let positions: [Int?]
}
