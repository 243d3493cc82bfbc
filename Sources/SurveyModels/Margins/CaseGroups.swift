internal import SurveyData

/// The groups over which predictions are averaged: all cases, or those of each category of a
/// variable.
struct CaseGroups {
  /// The groups that occur; one nil when there are none.
  let categories: [Category?]
  /// The group of every case; negative for one in none.
  let ofCase: [Int32]
  /// The respondents of each group.
  let counts: [Int]
  /// The sums of their weights.
  let weights: [Double]

  var count: Int { categories.count }
  /// How many respondents are in no group, where there are any.
  let note: Note?

  init(_ variable: String?, of frame: ModelFrame) throws {
    var ofCase = Array(repeating: Int32(0), count: frame.caseCount)
    var categories: [Category?] = [nil]
    if let variable {
      let (all, positions) = try frame.codes(of: variable)
      var number = Array(repeating: Int32(-1), count: all.count)
      positions.withEach { if $0 < number.count { number[$0] = 0 } }
      categories = []
      for position in number.indices where number[position] == 0 {
        number[position] = Int32(categories.count)
        categories.append(all[position])
      }
      guard !categories.isEmpty else {
        throw SurveyError(.noAnswer, at: variable, "is missing for all respondents of the model")
      }
      var index = 0
      positions.withEach {
        ofCase[index] = $0 < number.count ? number[$0] : -1
        index += 1
      }
    }
    var counts = Array(repeating: 0, count: categories.count)
    var weights = Array(repeating: 0.0, count: categories.count)
    for (index, group) in ofCase.enumerated() where group >= 0 {
      counts[Int(group)] += frame.counts.isEmpty ? 1 : frame.counts[index]
      weights[Int(group)] += frame.weights[index] * frame.meanWeight
    }
    let missing = frame.count - counts.reduce(0, +)
    note =
      missing == 0
      ? nil
      : Note(
        .information, id: "margins.without-group",
        "is missing for \(missing) respondents of the model, who are averaged in no group",
        naming: [String(missing)], at: variable)
    self.categories = categories
    self.ofCase = ofCase
    self.counts = counts
    self.weights = weights
  }
}
