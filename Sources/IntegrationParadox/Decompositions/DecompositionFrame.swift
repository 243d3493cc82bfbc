internal import SurveyData
internal import SurveyModels
internal import SurveyStatistics

/// The respondents of a decomposition with their covariates, and the models of both groups.
struct DecompositionFrame {
  /// The reference, then the other group.
  let groups: [Category]
  let people: People
  /// 0 for the reference, 1 for the other group.
  let groupOf: [Int]
  let weights: [Double]
  /// cases × columns, by rows; the first column is the constant.
  let x: [Double]
  let width: Int
  /// The models of the reference, of the other group, and of both where one is asked for.
  let fits: [Fit]
  /// The covariates in order, each with its columns.
  let covariates: [Covariate]
  let event: String?
  let accounting: Accounting
  let notes: [Note]

  struct Covariate {
    let name: String
    let columns: [Int]
    let isFactor: Bool
  }

  /// A model's coefficients with their influence, cases × columns; zero for those outside it.
  struct Fit {
    let coefficients: [Double]
    let influence: [Double]
    /// The coefficients with each replicate's weights; nil where the variance is linearized.
    let replicates: [[Double]]?
  }

  init(
    _ outcome: String, by group: String, covariates names: [String],
    options: DecompositionOptions, in survey: Survey
  ) throws {
    guard !names.isEmpty, !names.contains(group) else {
      throw SurveyError(
        .usage,
        names.isEmpty
          ? "there are no covariates to explain the gap with"
          : "'\(group)' makes the gap, so it cannot explain it",
        remedy: "Write --covariates V1,V2.")
    }
    if options.isThreefold, options.method == .fairlie || options.coefficients != .group0 {
      throw SurveyError(
        .usage,
        options.method == .fairlie
          ? "Fairlie's matching has two parts, not three"
          : "three parts start from the reference's coefficients, so there are none to choose",
        remedy: options.method == .fairlie
          ? "Use --method yun or oaxaca." : "Leave --coefficients out, or name another --reference."
      )
    }
    let dataset = survey.dataset
    let formula = try Formula(
      "\(dataset.term(outcome)) ~ "
        + (names.map(dataset.term) + ["factor(\(dataset.term(group)))"]).joined(separator: " + "))
    guard formula.hasIntercept, formula.terms.count == names.count + 1,
      formula.terms.allSatisfy({ $0.count == 1 })
    else {
      throw SurveyError(
        .usage, "covariates are variables or expressions, each once and without interactions",
        remedy: "Write --covariates V1,V2.")
    }
    let family: ModelFamily = options.method == .oaxaca ? .linear : .logistic
    let isMatched = options.method == .fairlie
    if isMatched {
      let (what, remedy) = ("Fairlie's matching", "Choose --method yun or oaxaca.")
      try survey.requirePeople(for: what, remedy: remedy)
      try dataset.requireOrder(for: what, remedy: remedy)
    }
    let sample = try ModelSample(
      formula, family: family, otherwise: "or choose --method oaxaca, which takes any number",
      merging: !isMatched, in: survey)
    let (present, placeOf) = try sample.people.categories(of: group)
    guard present.count == 2 else { throw Self.notTwo(present, group) }
    let base = try Survey.base(
      options.reference, of: try dataset.variable(group), among: present)
    let groups = [base] + present.filter { $0.code != base.code }
    let groupOf = placeOf.map { present[$0].code == base.code ? 0 : 1 }

    let kept = sample.columns.filter { $0.term != formula.terms.count - 1 }
    var fits: [Fit] = []
    for (number, category) in groups.enumerated() {
      let places = groupOf.indices.filter { groupOf[$0] == number }
      fits.append(
        try Fit(
          sample, columns: kept.map { ($0.column.name, $0.values) }, places: places,
          named: "\(group) \(category.code)"))
    }
    if options.coefficients == .pooled {
      fits.append(
        try Fit(
          sample,
          columns: kept.map { ($0.column.name, $0.values) } + [
            (group, groupOf.map(Double.init))
          ],
          places: Array(groupOf.indices), named: "both groups of \(group)"))
    }
    self.groups = groups
    self.groupOf = groupOf
    self.fits = fits
    people = sample.people
    weights = people.weights
    width = kept.count
    var x: [Double] = []
    x.reserveCapacity(people.caseCount * kept.count)
    for place in people.places { for column in kept { x.append(column.values[place]) } }
    self.x = x
    covariates = names.indices.map { term in
      let columns = kept.indices.filter { kept[$0].term == term }
      let parts = columns.first.map { kept[$0].column.parts } ?? []
      return Covariate(
        name: parts.first?.variable ?? names[term], columns: columns,
        isFactor: parts.contains { $0.category != nil })
    }
    event = sample.event
    accounting = sample.accounting
    // Categories of the group that nobody has are none of the two.
    notes = sample.notes.filter { $0.place != group }
  }

  /// One respondent's columns.
  func covariates(_ place: Int) -> ArraySlice<Double> { x[place * width..<(place + 1) * width] }

  private static func notTwo(_ present: [Category], _ group: String) -> SurveyError {
    SurveyError(
      present.count < 2 ? .noAnswer : .usage, at: group,
      "a gap is between two groups, and there \(present.count == 1 ? "is one" : "are \(present.count)")"
        + " with answers: " + present.map { "'\($0.code)'" }.joined(separator: ", "),
      remedy: "Choose two with --where, or make two with --derive.")
  }
}

extension DecompositionFrame.Fit {
  /// Fits a model on some of the respondents.
  fileprivate init(
    _ sample: ModelSample, columns: [(name: String, values: [Double])], places: [Int],
    named name: String
  ) throws {
    let people = sample.people.some(places)
    let used = columns.map { column in places.map { column.values[$0] } }
    if let odd = Regression.dependentColumns(used, among: people).first {
      throw SurveyError(
        .noAnswer, at: name,
        "'\(columns[odd].name)' is constant or follows from other covariates among its "
          + "\(people.count) respondents, so its coefficient is unknown",
        remedy: "Leave it out of --covariates, or merge categories with --derive.")
    }
    let regression: Regression
    do {
      regression = try Regression(
        of: places.map { sample.outcomes[$0] }, on: used, among: people, family: sample.family)
    } catch let error as SurveyError {
      throw error.located(at: name)
    }
    let width = columns.count
    coefficients = regression.coefficients.values
    replicates = regression.coefficients.replicates
    var influence = Array(repeating: 0.0, count: sample.people.caseCount * width)
    for (number, place) in places.enumerated() {
      for k in 0..<width {
        influence[place * width + k] = regression.coefficients.elements[number * width + k]
      }
    }
    self.influence = influence
  }

  /// The coefficients of a model, with the group's own where there is one.
  var width: Int { coefficients.count }
}
