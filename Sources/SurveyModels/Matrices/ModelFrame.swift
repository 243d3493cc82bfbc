internal import SurveyData
internal import SurveyStatistics

/// The respondents who have an outcome and all predictors, with their values.
///
/// A case is a row of the file or, where answers are few, everybody with the same answers.
struct ModelFrame {
  /// Where every row of the file went.
  let accounting: Accounting
  /// The respondents.
  let count: Int
  /// The respondents of every case; empty when each is one.
  let counts: [Int]
  /// The weights of every case, added up, in units in which a respondent's mean is 1.
  let weights: [Double]
  /// What the weights were divided by.
  let meanWeight: Double
  /// The outcome of every case.
  let outcomes: [Double]
  /// What is added to the linear predictor of every case; empty when nothing is.
  var offsets: [Double]
  /// The values of every predictor, one a case.
  var predictors: [Values]
  /// What the user must know of them.
  let notes: [Note]
  /// The cases.
  let people: People
  /// The same, with their sampling units.
  let cells: Cases
  /// Models whose variables had to be answered too.
  let others: [ModelTerms]

  /// The values of a predictor.
  enum Values {
    case numbers([Double])
    /// A number and the columns that are made of it.
    case basis([Double], Basis)
    /// Columns in the place of those of a basis.
    case columns([[Double]])
    /// The categories that occur, the reference first, and their positions in the column.
    case codes(Positions, levels: [Level])
  }

  /// A category that occurs.
  struct Level {
    let category: Category
    let position: Int
  }

  /// The number of cases.
  var caseCount: Int { people.caseCount }
  /// What the cases answered.
  var dataset: Dataset { people.survey.dataset }

  /// Collects the values of a model.
  ///
  /// - Parameters:
  ///   - terms: The model.
  ///   - others: Models whose variables must be answered too, so that all rest on the same
  ///     respondents.
  ///   - survey: The survey.
  ///   - merging: Whether respondents with the same answers may make one case.
  init(
    _ terms: ModelTerms, alongside others: [ModelTerms] = [], in survey: Survey,
    merging: Bool = true
  ) throws {
    let models = [terms] + others
    let inputs = try models.flatMap { try $0.inputs(in: survey.dataset) }
    try survey.dataset.load(inputs)
    let survey = merging ? try survey.merged(over: inputs) : survey
    let dataset = survey.dataset
    let columns = try models.map { try ModelColumns($0, in: dataset) }
    let needed = columns.dropFirst().reduce(columns[0]) { $0.joined($1) }
    try survey.requireNoStandard(
      for: "a model", remedy: "Put the variables of the standard into it instead.")
    let cells = try Cases(
      needed.numbers, answering: needed.factors.map(\.name), by: [], in: survey)
    let people = People(cells, in: survey)
    guard people.caseCount > 0 else { throw needed.nobody(cells.accounting, in: survey) }

    accounting = cells.accounting
    counts = people.counts?.map(Int.init) ?? []
    count = cells.accounting.used
    let used = people.weights
    let mean = used.reduce(0, +) / Double(count)
    weights = used.map { $0 / mean }
    meanWeight = mean
    let own = columns[0]
    outcomes = people.selected(own.outcome.values)
    offsets =
      own.offsets.first.map { first in
        own.offsets.dropFirst().reduce(people.selected(first.values)) {
          zip($0, people.selected($1.values)).map(+)
        }
      } ?? []
    var notes = terms.predictors.flatMap(\.notes)
    predictors = try zip(terms.predictors, own.predictors).map { [weights, counts] in
      try Values(
        $0, $1, of: people, weights: weights, counts: counts, notes: &notes)
    }
    self.notes = notes
    self.people = people
    self.cells = cells
    self.others = others
  }

  /// The respondents whose value fulfils a condition.
  /// - Parameter values: One a case.
  func respondents(_ values: [Double], where condition: (Double) -> Bool) -> Int {
    guard !counts.isEmpty else { return values.count(where: condition) }
    return zip(values, counts).reduce(0) { $0 + (condition($1.0) ? $1.1 : 0) }
  }

  /// Sums the influence of the cases over sampling units.
  ///
  /// - Parameters:
  ///   - width: The number of parameters.
  ///   - influence: Writes the influence of one unit of weight of a case, in the order of the cases
  ///     or in any.
  func unitTotals(
    width: Int,
    influence: (_ case: Int, _ into: UnsafeMutableBufferPointer<Double>) -> Void
  ) throws -> UnitTotals {
    var index = 0
    return try cells.totals(width: width) { _, _, u in
      influence(index, u)
      index += 1
    }
  }
}

extension ModelFrame.Values {
  /// Settles what depends on the respondents: the categories that occur, knots, polynomials.
  fileprivate init(
    _ predictor: Predictor, _ column: Column, of people: People, weights: [Double],
    counts: [Int], notes: inout [Note]
  ) throws {
    switch (predictor.form, column) {
    case (.number, .numbers(let column)):
      self = .numbers(people.selected(column.values))
    case (.basis(_, let rule), .numbers(let column)):
      let values = people.selected(column.values)
      switch rule {
      case .polynomial(let degree):
        let respondents = counts.isEmpty ? values.map { _ in 1.0 } : counts.map(Double.init)
        self = .basis(
          values,
          try .polynomial(of: values, counts: respondents, degree: degree, name: predictor.name))
      case .spline(let columns):
        self = .basis(
          values,
          try .spline(of: values, weights: weights, columns: columns, name: predictor.name))
      }
    case (.factor(let variable, let reference), .codes(let column)):
      let positions = people.selected(column.positions)
      self = .codes(
        positions,
        levels: try Self.levels(of: column, in: positions, variable, reference, notes: &notes))
    default: throw SurveyError(.fault, at: predictor.name, "has values of another kind")
    }
  }

  private static func levels(
    of column: CategoricalColumn, in positions: Positions, _ variable: Variable,
    _ reference: String?, notes: inout [Note]
  ) throws -> [ModelFrame.Level] {
    var occurs = Array(repeating: false, count: column.categories.count)
    positions.withEach { occurs[$0] = true }
    var levels = occurs.indices.filter { occurs[$0] }.map {
      ModelFrame.Level(category: column.categories[$0], position: $0)
    }
    func note(_ level: Note.Level, _ id: String, _ text: String, naming values: [String]) {
      notes.append(Note(level, id: id, text, naming: values, at: variable.name))
    }
    if let first = levels.firstIndex(where: { $0.category.code == reference }) {
      levels.insert(levels.remove(at: first), at: 0)
    } else if let reference, let first = levels.first {
      note(
        .warning, "model.empty-reference",
        "nobody in the model has the reference '\(reference)', so that it is "
          + "'\(first.category.code)'", naming: [reference, first.category.code])
    }
    let empty = occurs.indices.filter { !occurs[$0] && column.categories[$0].code != reference }
    if !empty.isEmpty, variable.categories.count == column.categories.count {
      let codes = empty.prefix(5).map { "'\(column.categories[$0].code)'" }.joined(separator: ", ")
      note(
        .information, "model.empty-category",
        "nobody in the model has "
          + (empty.count == 1 ? "the category " : "the categories ") + codes
          + (empty.count > 5 ? " and \(empty.count - 5) more" : "")
          + ", so there is no coefficient", naming: [codes, String(max(empty.count - 5, 0))])
    }
    if levels.count == 1 {
      note(
        .warning, "model.one-category",
        "is '\(levels[0].category.code)' for everybody in the model, so it has no coefficient",
        naming: [levels[0].category.code])
    }
    return levels
  }
}
