/// A share that has been published and must hold after rounding.
struct PublishedShare: Sendable {
  let id: String
  let place: String
  let groupName: String
  /// Positions of the groups whose people are counted.
  let groups: [Int]
  /// Which people of the groups are counted: those who meet all conditions.
  var among: [RecipeVariable.Condition] = []
  /// Positions of the answers that are counted.
  let answers: [Int]
  let percent: Double
  /// Half a unit of the last published digit, in percentage points.
  let halfUnit: Double
  /// Where it has been published.
  let source: String

  /// The same share of the people in some cells.
  func over(_ cells: [Int]) -> PublishedShare {
    PublishedShare(
      id: id, place: place, groupName: groupName, groups: cells, answers: answers,
      percent: percent, halfUnit: halfUnit, source: source)
  }
}
