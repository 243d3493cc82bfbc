internal import SurveyData
internal import SurveyModels
internal import SurveyTables

extension MarginTables {
  /// The first variable that is set to three numbers or more, along which predictions make a curve;
  /// nil when there is none.
  func curveAxis(of predictions: Predictions) -> Int? {
    predictions.variables.indices.first { place in
      let answers = predictions.rows.map { $0.answers[place].answer.text }
      return Set(answers).count > 2 && answers.allSatisfy { Double($0) != nil }
        && (try? context.survey.dataset.variable(predictions.variables[place]))?
          .categories.isEmpty ?? true
    }
  }

  /// Where a prediction stands: its number on the axis, and what else is set as its line.
  func curve(of row: Predictions.Row, along axis: Int) -> Table.Row.Curve {
    let others = row.answers.indices.filter { $0 != axis }.map { value(row.answers[$0]) }
    let names = [row.group, row.outcome].compactMap { $0?.name(in: context.language) }
    return Table.Row.Curve(
      place: value(row.answers[axis]), line: (others + names).joined(separator: " · "))
  }
}
