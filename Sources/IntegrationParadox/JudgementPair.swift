internal import SurveyData
internal import SurveyStatistics

/// Two judgements by the same people that are each yes or no.
struct JudgementPair {
  /// `A, B`.
  let name: String
  let notes: [Note]
  /// The survey whose rows have types: the one that was asked, or its merged people.
  let survey: Survey
  private let numbers: [(name: String, column: NumericColumn)]
  private let required: [String]

  init(_ a: String, _ b: String, by group: String?, in survey: Survey) throws {
    let dataset = survey.dataset
    let judgements = try [a, b].map { try Judgement($0, in: dataset) }
    let inputs =
      try judgements.flatMap { try $0.expression.inputs(in: dataset) }
      + [group].compactMap { $0 }.map { ($0, .codes) }
    let survey = try survey.merged(over: inputs)
    try survey.dataset.load(inputs)
    self.survey = survey
    numbers = try judgements.map { ($0.text, try $0.expression.number(on: survey.dataset)) }
    name = "\(a), \(b)"
    notes = judgements.compactMap(\.note)
    required = [group].compactMap { $0 }
    for number in numbers { try Self.requireFlags(number.name, number.column.values) }
  }

  /// Those who gave both judgements and belong to a known group.
  func cells(by groups: [String]) throws -> Cases {
    let cells = try Cases(
      numbers, answering: groups.isEmpty ? required : [], by: groups, in: survey)
    guard !cells.units.isEmpty else {
      throw SurveyError(
        .noAnswer, at: name, "nobody gave both judgements",
        remedy: "Look at their codes and missing reasons with `vekt inspect`.")
    }
    return cells
  }

  /// Both 0, only A 1, only B 2, neither 3.
  func type(of row: Int) -> Int {
    let (first, second) = (numbers[0].column.values[row], numbers[1].column.values[row])
    return first == 1 ? (second == 1 ? 0 : 1) : (second == 1 ? 2 : 3)
  }

  static func requireFlags(_ name: String, _ values: [Double]) throws {
    var found = Set<Double>()
    for value in values where !value.isNaN && value != 0 && value != 1 {
      found.insert(value)
      if found.count > 4 { break }
    }
    guard let first = found.min() else { return }
    throw SurveyError(
      .usage, at: name,
      "is not yes or no: it has the value \(canonicalCode(first))"
        + (found.count > 1 ? " and others" : ""),
      remedy: "Write a condition, such as '\(name) >= \(canonicalCode(found.max() ?? first))'.")
  }
}

extension Note {
  /// A group of which nothing can be said.
  static func lonelyGroup(_ group: Category, of variable: String) -> Note {
    Note(
      .warning, id: "paradox.lonely-group",
      "'\(group.code)' has one respondent, so its figures have no error and say nothing",
      naming: [group.code], at: variable)
  }
}

extension Cases {
  /// The respondents of every group.
  var respondents: [Int] { bases.map(\.count) }

  /// The groups, of one group variable.
  var categories: [Category] { groups.indices.compactMap { categories($0).first } }
}
