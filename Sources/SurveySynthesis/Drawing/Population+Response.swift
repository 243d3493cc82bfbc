internal import SurveyData

extension Population {
  /// Keeps those who answer, and weights them for their chance of being drawn and for non-response.
  ///
  /// A weight is population over drawn in the group, times drawn over answering in the adjustment
  /// cell, scaled to mean one and rounded to five decimals.
  mutating func keepRespondents(of recipe: Recipe) throws {
    let plan = recipe.sample
    _ = try draw(plan.response, seed: recipe.seed, weighted: false)
    let answered = self[plan.response.name]?.positions.map { $0 == 1 } ?? []
    let cells = cells(of: plan.adjustment)
    var drawnWeight: [Int: Double] = [:]
    var answeredWeight: [Int: Double] = [:]
    for row in cells.indices {
      drawnWeight[cells[row], default: 0] += weights[row]
      if answered[row] { answeredWeight[cells[row], default: 0] += weights[row] }
    }
    if let empty = cells.indices.first(where: { answeredWeight[cells[$0]] == nil }) {
      let cell = plan.adjustment.map { "\($0) \(self[$0]?.code(of: empty) ?? "")" }
      throw SurveyError(
        .data, at: plan.response.place,
        "nobody answers" + (cell.isEmpty ? "" : " in the cell \(cell.joined(separator: ", "))"),
        remedy: "Draw more people, or give 'adjust_within' fewer variables.")
    }
    for row in cells.indices {
      weights[row] *= drawnWeight[cells[row], default: 0] / answeredWeight[cells[row], default: 1]
    }
    self = keeping(answered.indices.filter { answered[$0] })
    let mean = weights.reduce(0, +) / Double(count)
    weights = weights.map { max(1, ($0 / mean * 1e5).rounded()) / 1e5 }
  }
}
