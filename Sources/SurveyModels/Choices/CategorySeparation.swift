internal import SurveyData

/// Finds the part of a model that tells some answers for certain, so that it has no finite estimate.
struct CategorySeparation {
  let model: ModelTerms
  let frame: ModelFrame
  let matrix: ModelMatrix
  let outcome: CategoryOutcome
  let family: CategoryFamily

  /// The error that names it.
  ///
  /// - Parameter direction: Where the likelihood grows for ever, one number a parameter.
  func error(direction: [Double]) -> SurveyError {
    let moved = moved(by: direction)
    let names = moved.filter { !matrix.columns[$0].parts.isEmpty }
      .map { "'\(matrix.columns[$0].name)'" }.joined(separator: ", ")
    let what =
      emptyCell(among: Set(moved.compactMap { matrix.terms[$0] }))
      ?? "\(names.isEmpty ? "the constant" : names) tells answers of '\(name)' for certain"
    return SurveyError(
      .noAnswer, "\(what); \(family.article) model has no finite estimate there",
      remedy: "Merge categories, leave the term out, or leave these respondents out with --where.")
  }

  private var name: String { model.formula.outcome.name }

  /// The columns that a direction moves in any equation.
  private func moved(by direction: [Double]) -> [Int] {
    let equations = family == .ordinal ? 1 : outcome.categories.count - 1
    let sizes = matrix.columns.indices.map { column in
      (0..<equations).map { abs(direction[$0 * matrix.width + column]) }.max() ?? 0
    }
    let most = sizes.max() ?? 0
    return sizes.indices.filter { sizes[$0] > 1e-3 * most }
  }

  /// The first combination of categories of a term that lacks an answer (multinomial), or where all
  /// give the first or all the last answer (ordinal).
  private func emptyCell(among terms: Set<Int>) -> String? {
    for number in terms.sorted() {
      let factors = model.formula.terms[number].filter { model.predictors[$0].isFactor }
      guard !factors.isEmpty else { continue }
      var cells: [[Int]: [Int]] = [:]
      for index in outcome.answers.indices {
        let key = factors.map { frame.level(of: $0, case: index) }
        let none = Array(repeating: 0, count: outcome.categories.count)
        cells[key, default: none][Int(outcome.answers[index])] +=
          frame.counts.isEmpty ? 1 : frame.counts[index]
      }
      for (key, counts) in cells.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
        guard let answer = telling(counts) else { continue }
        let place = zip(factors, key).map { predictor, level in
          "'\(model.predictors[predictor].name)' is \(frame.code(level, of: predictor))"
        }
        let count = counts.reduce(0, +)
        return "'\(name)' is \(answer) where \(place.joined(separator: " and ")) "
          + "(\(count) respondent\(count == 1 ? "" : "s"))"
      }
    }
    return nil
  }

  /// `never 3` or `always 1` when a cell's answers leave no finite estimate.
  private func telling(_ counts: [Int]) -> String? {
    switch family {
    case .multinomial:
      counts.firstIndex(of: 0).map { "never \(outcome.categories[$0].code)" }
    case .ordinal:
      [0, counts.count - 1].first { counts[$0] == counts.reduce(0, +) }
        .map { "always \(outcome.categories[$0].code)" }
    }
  }
}
