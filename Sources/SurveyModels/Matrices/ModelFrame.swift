internal import SurveyData
internal import SurveyStatistics

/// The rows that have an outcome and all predictors, with their values.
struct ModelFrame {
  let cells: NumericCells
  /// The rows of the file, in order.
  let rows: [Int32]
  /// Their weights, with a mean of 1.
  let weights: [Double]
  /// What the weights were divided by.
  let meanWeight: Double
  /// Their outcomes.
  let outcomes: [Double]
  /// The values of every predictor.
  var predictors: [Values]

  /// The values of a predictor, for every row of the file.
  enum Values {
    case numbers([Double])
    /// The categories that occur, the reference first, and their positions in the column.
    case codes(Positions, levels: [Level])
  }

  /// A category that occurs.
  struct Level {
    let category: Category
    let position: Int
  }

  init(_ terms: ModelTerms, in survey: Survey) throws {
    let dataset = survey.dataset
    try dataset.load(try terms.inputs(in: dataset))
    let outcome = try terms.outcome.column(in: dataset)
    var numbers = [(name: terms.formula.outcome.name, column: outcome)]
    var factors: [String] = []
    for predictor in terms.predictors {
      switch predictor {
      case .number(_, let variable): numbers.append((variable, try dataset.numeric(variable)))
      case .expression(let name, let expression):
        numbers.append((name, try expression.number(on: dataset)))
      case .factor(let variable): factors.append(variable.name)
      }
    }
    cells = try NumericCells(numbers, answering: factors, by: [], in: survey)
    let complete = cells.cellOfRow.indices.lazy.filter { [cells] in cells.cellOfRow[$0] >= 0 }
    rows = complete.map { Int32($0) }
    guard !rows.isEmpty else {
      throw SurveyError(
        .noAnswer, at: terms.formula.outcome.name, "nobody has answered all the model's variables",
        remedy: "Look at the codes and missing reasons with `vekt inspect`.")
    }
    let used = rows.map { survey.weights.values[Int($0)] }
    let mean = used.reduce(0, +) / Double(used.count)
    weights = used.map { $0 / mean }
    meanWeight = mean
    outcomes = rows.map { outcome.values[Int($0)] }

    var next = 1
    predictors = try terms.predictors.map { [rows] predictor in
      guard case .factor(let variable) = predictor else {
        defer { next += 1 }
        return .numbers(numbers[next].column.values)
      }
      let column = try dataset.categorical(variable.name)
      return .codes(column.positions, levels: Self.levels(of: column, in: rows, variable))
    }
  }

  private static func levels(
    of column: CategoricalColumn, in rows: [Int32], _ variable: Variable
  ) -> [Level] {
    var occurs = Array(repeating: false, count: column.categories.count)
    for row in rows { occurs[column.positions[Int(row)]] = true }
    var levels = occurs.indices.filter { occurs[$0] }.map {
      Level(category: column.categories[$0], position: $0)
    }
    if let first = levels.firstIndex(where: { $0.category.code == variable.reference }) {
      levels.insert(levels.remove(at: first), at: 0)
    }
    return levels
  }
}
