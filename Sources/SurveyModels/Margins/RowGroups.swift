internal import SurveyData

/// The groups over which predictions are averaged: all rows, or those of each category of a
/// variable.
struct RowGroups {
  /// The groups that occur; one nil when there are none.
  let categories: [Category?]
  /// The group of every row of the frame; negative for a row in none.
  let ofRow: [Int32]
  /// The respondents of each group.
  let counts: [Int]
  /// The sums of their weights.
  let weights: [Double]

  var count: Int { categories.count }
  /// How many rows of the frame are in no group, said where there are any.
  let note: Note?

  init(_ variable: String?, of basis: PredictionBasis) throws {
    let frame = basis.frame
    var ofRow = Array(repeating: Int32(0), count: frame.rows.count)
    var categories: [Category?] = [nil]
    if let variable {
      let column = try basis.survey.dataset.categorical(variable)
      var number = Array(repeating: Int32(-1), count: column.categories.count)
      for row in frame.rows {
        let position = column.positions[Int(row)]
        if position < number.count { number[position] = 0 }
      }
      categories = []
      for position in number.indices where number[position] == 0 {
        number[position] = Int32(categories.count)
        categories.append(column.categories[position])
      }
      guard !categories.isEmpty else {
        throw SurveyError(.noAnswer, at: variable, "is missing for all respondents of the model")
      }
      for (index, row) in frame.rows.enumerated() {
        let position = column.positions[Int(row)]
        ofRow[index] = position < number.count ? number[position] : -1
      }
    }
    var counts = Array(repeating: 0, count: categories.count)
    var weights = Array(repeating: 0.0, count: categories.count)
    for (index, group) in ofRow.enumerated() where group >= 0 {
      counts[Int(group)] += 1
      weights[Int(group)] += frame.weights[index] * frame.meanWeight
    }
    let missing = ofRow.count - counts.reduce(0, +)
    note =
      missing == 0
      ? nil
      : Note(
        .information, id: "margins.without-group",
        "is missing for \(missing) respondents of the model, who are averaged in no group",
        at: variable)
    self.categories = categories
    self.ofRow = ofRow
    self.counts = counts
    self.weights = weights
  }
}
