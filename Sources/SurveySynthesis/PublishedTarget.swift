internal import SurveyData

/// A published share, and what the made-up data give for it.
public struct PublishedTarget: Sendable {
  /// The share's name in the recipe.
  public let id: String
  /// The variable.
  public let variable: String
  /// The codes that are counted.
  public let codes: [String]
  /// The group or pool of groups whose answers are counted.
  public let group: String
  /// The published percentage.
  public let wanted: Double
  /// The weighted percentage among the valid answers, unrounded; it rounds to `wanted`.
  public let reached: Double
  /// How many people gave a valid answer.
  public let n: Int
  /// Where it has been published.
  public let source: String

  init(
    _ share: PublishedShare, variable: String, in population: Population, answering: [[Int]]
  ) throws {
    let counted = Set(share.answers)
    let positions = population[variable]?.positions ?? []
    var (part, total) = (0.0, 0.0)
    var n = 0
    for row in share.groups.flatMap({ answering[$0] }) {
      total += population.weights[row]
      n += 1
      if counted.contains(positions[row]) { part += population.weights[row] }
    }
    id = share.id
    self.variable = variable
    codes = share.answers.compactMap { population[variable]?.codes[$0] }
    group = share.groupName
    wanted = share.percent
    reached = 100 * part / total
    self.n = n
    source = share.source
    guard abs(reached - wanted) < share.halfUnit else {
      throw SurveyError(
        .data, at: share.place,
        "'\(id)' becomes \(canonicalCode((reached * 100).rounded() / 100)) percent instead of "
          + "\(canonicalCode(wanted)): \(n) answers are too few for its precision",
        remedy: "Draw more people from '\(group)'.")
    }
  }
}
