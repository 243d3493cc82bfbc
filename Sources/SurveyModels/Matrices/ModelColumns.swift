internal import SurveyData
internal import SurveyStatistics

/// The columns that a model reads, by row of a dataset: the outcome first, then the predictors.
struct ModelColumns {
  let outcome: NumericColumn
  let predictors: [Column]
  let offsets: [NumericColumn]
  /// The numbers by name, the outcome first; a row that misses one does not count.
  private(set) var numbers: [(name: String, column: NumericColumn)]
  /// The factors by name, likewise.
  private(set) var factors: [(name: String, column: CategoricalColumn)]

  init(_ terms: ModelTerms, in dataset: Dataset) throws {
    outcome = try terms.outcome.column(in: dataset)
    numbers = [(terms.formula.outcome.name, outcome)]
    factors = []
    var predictors: [Column] = []
    for predictor in terms.predictors {
      switch predictor.form {
      case .number(let expression), .basis(let expression, _):
        let column = try expression.values(in: dataset)
        numbers.append((expression.soleVariable ?? predictor.name, column))
        predictors.append(.numbers(column))
      case .factor(let variable, _):
        let column = try dataset.categorical(variable.name)
        factors.append((variable.name, column))
        predictors.append(.codes(column))
      }
    }
    self.predictors = predictors
    offsets = try terms.offsets.map { try $0.values(in: dataset) }
    numbers += zip(terms.formula.offsets.map(\.name), offsets).map { ($0, $1) }
  }

  /// With what another model must have too.
  func joined(_ other: Self) -> Self {
    var result = self
    for more in other.numbers where !numbers.contains(where: { $0.name == more.name }) {
      result.numbers.append(more)
    }
    for more in other.factors where !factors.contains(where: { $0.name == more.name }) {
      result.factors.append(more)
    }
    return result
  }

  /// Why no row counts: a variable that nobody has answered, or that all miss one or another.
  func nobody(_ accounting: Accounting, in survey: Survey) -> SurveyError {
    let asked = accounting.missing.reduce(0) { $0 + $1.count }
    let empty =
      numbers.first { !$0.column.values.contains { !$0.isNaN } }?.name
      ?? factors.first { name, column in
        !column.counts().prefix(column.categories.count).contains { $0 > 0 }
      }?.name
    if let empty {
      return SurveyError(
        .noAnswer, at: empty, "is missing for everybody, so that no model with it can be fitted",
        remedy: "Leave it out, or look at its codes and missing reasons with `vekt inspect`.")
    }
    return SurveyError(
      .noAnswer, at: numbers[0].name, "nobody has answered all the model's variables",
      remedy: asked == 0
        ? "Look at --where."
        : "Look at the codes and missing reasons with `vekt inspect`.")
  }
}
