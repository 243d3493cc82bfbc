/// A share that has been published and must hold after rounding.
struct PublishedShare: Sendable {
  let id: String
  let place: String
  let groupName: String
  /// Positions of the groups whose people are counted.
  let groups: [Int]
  /// Positions of the answers that are counted.
  let answers: [Int]
  let percent: Double
  /// Half a unit of the last published digit, in percentage points.
  let halfUnit: Double
  /// Where it has been published.
  let source: String
}
