internal import SurveyData

/// Finds the part of a model that tells the outcome for certain, or where counts are all 0, so that
/// the model has no finite estimate.
struct Separation {
  let model: ModelTerms
  let frame: ModelFrame
  let matrix: ModelMatrix
  let family: ModelFamily
  /// From 0 to 1 for every case of the frame, or a count.
  let outcomes: [Double]
  /// How the two outcomes are called.
  let names: (no: String, yes: String)

  /// The error that names it.
  ///
  /// - Parameter direction: Where the likelihood grows for ever, one number a column.
  func error(direction: [Double]) -> SurveyError {
    let what =
      constantCell() ?? (family.isBinary ? dividingNumber(direction) : nil)
      ?? "the terms \(named(direction)) together tell for certain "
      + (family.isBinary ? "what '\(outcome)' is" : "where '\(outcome)' is 0")
    return SurveyError(
      .noAnswer, "\(what); \(family.article) has no finite estimate there",
      remedy: "Merge categories, leave the term out, or leave these respondents out with --where.")
  }

  private var outcome: String { model.formula.outcome.name }

  /// The first combination of categories of a term in which the outcome is always the same.
  private func constantCell() -> String? {
    for term in model.formula.terms {
      let factors = term.filter { model.predictors[$0].isFactor }
      guard !factors.isEmpty else { continue }
      var cells: [[Int]: (count: Int, yes: Int, no: Int)] = [:]
      for index in outcomes.indices {
        let key = factors.map { frame.level(of: $0, case: index) }
        let respondents = frame.counts.isEmpty ? 1 : frame.counts[index]
        cells[key, default: (0, 0, 0)].count += respondents
        if outcomes[index] == 1 { cells[key, default: (0, 0, 0)].yes += respondents }
        if outcomes[index] == 0 { cells[key, default: (0, 0, 0)].no += respondents }
      }
      let constant = cells.filter {
        $0.value.no == $0.value.count || (family.isBinary && $0.value.yes == $0.value.count)
      }
      guard
        let (key, cell) = constant.min(by: { $0.key.lexicographicallyPrecedes($1.key) })
      else { continue }
      let place = zip(factors, key).map { predictor, level in
        "'\(model.predictors[predictor].name)' is \(frame.code(level, of: predictor))"
      }
      let answer = family == .poisson ? "0" : cell.no == 0 ? names.yes : names.no
      return "'\(outcome)' is always \(answer) where \(place.joined(separator: " and ")) "
        + "(\(cell.count) respondent\(cell.count == 1 ? "" : "s"))"
    }
    return nil
  }

  /// A predictor on whose two sides the outcome is always the same.
  private func dividingNumber(_ direction: [Double]) -> String? {
    let elements = matrix.rawElements()
    for column in matrix.columns.indices
    where direction[column] != 0 && matrix.columns[column].parts.count == 1 {
      let first = column * matrix.rowCount
      var no = (low: Double.infinity, high: -Double.infinity)
      var yes = no
      guard outcomes.allSatisfy({ $0 == 0 || $0 == 1 }) else { return nil }
      for row in outcomes.indices {
        let value = elements[first + row]
        if outcomes[row] == 1 {
          yes = (min(yes.low, value), max(yes.high, value))
        } else {
          no = (min(no.low, value), max(no.high, value))
        }
      }
      let name = matrix.columns[column].name
      if no.high <= yes.low { return division(of: name, names.no, no, names.yes, yes) }
      if yes.high <= no.low { return division(of: name, names.yes, yes, names.no, no) }
    }
    return nil
  }

  /// How a predictor divides the outcomes; at its dividing point both may occur.
  private func division(
    of name: String, _ below: String, _ lower: (low: Double, high: Double), _ above: String,
    _ upper: (low: Double, high: Double)
  ) -> String {
    let (start, end) = (canonicalCode(upper.low), canonicalCode(lower.high))
    guard lower.high == upper.low else {
      return "'\(outcome)' is always \(below) where '\(name)' is at most \(end), "
        + "and \(above) where it is at least \(start)"
    }
    let parts = [
      lower.low < lower.high ? "\(below) where '\(name)' is below \(end)" : nil,
      upper.low < upper.high ? "\(above) where '\(name)' is above \(end)" : nil,
    ]
    return "'\(outcome)' is always " + parts.compactMap { $0 }.joined(separator: ", and ")
  }

  /// The columns that a direction moves.
  private func named(_ direction: [Double]) -> String {
    let most = direction.map(abs).max() ?? 0
    return matrix.columns.indices
      .filter { abs(direction[$0]) > 1e-3 * most && !matrix.columns[$0].parts.isEmpty }
      .map { "'\(matrix.columns[$0].name)'" }.joined(separator: ", ")
  }
}

extension ModelFamily {
  /// The model's name with its article, for sentences.
  var article: String {
    switch self {
    case .logistic: "a logit"
    case .probit: "a probit"
    case .cloglog: "a complementary log-log model"
    case .poisson: "a Poisson model"
    case .linear: "a linear model"
    case .gamma: "a gamma model"
    }
  }
}

extension ModelFrame {
  /// The position among a factor's levels of a case.
  func level(of predictor: Int, case index: Int) -> Int {
    guard case .codes(let positions, let levels) = predictors[predictor] else { return 0 }
    return levels.firstIndex { $0.position == positions[index] } ?? 0
  }

  /// The code of a level.
  func code(_ level: Int, of predictor: Int) -> String {
    guard case .codes(_, let levels) = predictors[predictor] else { return "" }
    return levels[level].category.code
  }
}
