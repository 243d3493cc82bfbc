internal import SurveyData

/// The outcome as the family wants it, and how its values are called.
struct Response {
  let family: ModelFamily
  /// One number a row of the frame; 0 and 1 in a model of a chance.
  let outcomes: [Double]
  /// What the two outcomes are called; empty in a model of a mean.
  let names: (no: String, yes: String)
  /// What the user must know.
  let notes: [Note]
  /// Whether outcomes are shares from 0 to 1, whose mean is modelled on the link of a chance.
  var isShare = false

  /// The value whose chance is modelled; nil in a model of a mean.
  var event: String? { family.isBinary && !isShare ? names.yes : nil }

  /// Decides the family where nobody has, and codes the outcome for it.
  ///
  /// A condition, and whatever takes two values, has a logistic model by default. Numbers from 0 to 1
  /// with some between are shares, where a model of a chance is asked for.
  ///
  /// - Parameters:
  ///   - isShare: Whether they are shares; nil decides.
  ///   - otherwise: What to do with more than two values; nil where shares and other families are
  ///     taken.
  init(
    _ model: ModelTerms, _ frame: ModelFrame, family wanted: ModelFamily?, in dataset: Dataset,
    isShare: Bool? = nil, otherwise: String? = nil
  ) throws {
    let name = model.formula.outcome.name
    var values: [Double] = []
    let most = if case .condition = model.outcome { 2 } else { Self.mostShown + 1 }
    for value in frame.outcomes {
      // Nearly all outcomes have two values, which are soon known.
      if let first = values.first, value == first || value == values[values.count - 1] { continue }
      guard !values.contains(value) else { continue }
      values.append(value)
      if values.count == most { break }
    }
    values.sort()
    if case .number = model.outcome, let wanted, wanted.isBinary, otherwise == nil,
      isShare ?? Self.areShares(frame.outcomes)
    {
      self = Self.shares(wanted, frame.outcomes, name: name)
      return
    }
    switch model.outcome {
    case .condition:
      let names = { (value: Double) in value == 1 ? "true" : "false" }
      guard wanted?.isBinary ?? true else {
        try Self.requireTwo(values, frame, name: name, names: names)
        self = try Self.mean(wanted ?? .linear, frame.outcomes, frame, name: name)
        return
      }
      self = try Self.binary(
        wanted ?? .logistic, values, frame, name: name, all: [0, 1], names: names)
    case .categories(let variable):
      let categories = try dataset.categorical(variable.name).categories
      let counted = variable.countedAnswer(among: categories)
      // What has an order and more than two answers is a number unless somebody says otherwise.
      let isChance =
        categories.count <= 2 || values.count <= 2 || counted?.isChosen ?? false
        || (counted != nil && variable.measure != .ordinal)
      guard wanted?.isBinary ?? isChance else {
        self = try Self.scores(variable, categories, frame, family: wanted)
        try dataset.noteMissingLookalikes(in: variable.name)
        return
      }
      self = try Self.chance(
        wanted ?? .logistic, of: counted, values, frame, variable,
        categories: { categories[Int($0)] }, otherwise: otherwise)
    case .number:
      let variable = model.formula.outcome.variable.flatMap { try? dataset.variable($0) }
      let categories = { (value: Double) in Category(canonicalCode(value)) }
      let isFlag = Set(values).isSubset(of: [0, 1])
      let answer = (variable ?? Variable(name)).countedAnswer(
        among: (isFlag ? [0, 1] : values).map(categories))
      let counted = values.count <= 2 || answer?.isChosen ?? false ? answer : nil
      guard wanted?.isBinary ?? (counted != nil || values.count == 2) else {
        self = try Self.mean(wanted ?? .linear, frame.outcomes, frame, name: name)
        return
      }
      self = try Self.chance(
        wanted ?? .logistic, of: counted, values, frame, variable ?? Variable(name),
        categories: categories, otherwise: otherwise)
    }
  }

  init(
    family: ModelFamily, outcomes: [Double], names: (no: String, yes: String) = ("", ""),
    notes: [Note] = []
  ) {
    self.family = family
    self.outcomes = outcomes
    self.names = names
    self.notes = notes
  }

  private static let mostShown = 10

  /// Whether some number lies between 0 and 1, and none outside.
  private static func areShares(_ outcomes: [Double]) -> Bool {
    outcomes.contains { $0 > 0 && $0 < 1 } && outcomes.allSatisfy { $0 >= 0 && $0 <= 1 }
  }

  /// Shares whose mean is modelled.
  private static func shares(_ family: ModelFamily, _ outcomes: [Double], name: String) -> Self {
    let note = Note(
      .information, id: "model.share-outcome",
      "lies between 0 and 1: its mean is modelled as a chance is, by quasi-likelihood", at: name)
    var response = Self(family: family, outcomes: outcomes, names: ("0", "1"), notes: [note])
    response.isShare = true
    return response
  }

  /// The chance of the answer that counts; of several answers it stands against all others.
  ///
  /// - Parameters:
  ///   - counted: The answer; nil where nobody has said and the codes do not tell.
  ///   - values: The outcomes that occur.
  ///   - categories: What an outcome stands for.
  private static func chance(
    _ family: ModelFamily, of counted: CountedAnswer?, _ values: [Double], _ frame: ModelFrame,
    _ variable: Variable, categories: (Double) -> Category, otherwise: String?
  ) throws -> Self {
    try requireTwo(values, frame, name: variable.name) { categories($0).code }
    guard let counted else {
      guard values.count > 2 else {
        throw variable.noCountedAnswer(
          among: values.map(categories),
          remedy: values.allSatisfy { categories($0).number != nil }
            ? "; or choose --family linear" : "")
      }
      return try binary(
        family, values, frame, name: variable.name, all: values, names: { categories($0).code },
        otherwise: otherwise)
    }
    func counts(_ value: Double) -> Bool { counted.codes.contains(categories(value).code) }
    var others = Set<Double>()
    for value in frame.outcomes where !counts(value) { others.insert(value) }
    let isAll = others.isEmpty
    guard !isAll, frame.outcomes.contains(where: counts) else {
      throw SurveyError(
        .noAnswer, at: variable.name,
        "is \(isAll ? "" : "not ")\(counted.code) for all \(frame.count) respondents of the model, "
          + "so there is nothing to explain",
        remedy: "Look at the outcome and at --where.")
    }
    let shown = others.sorted().prefix(mostShown).map { categories($0).code }
    let no = shown.joined(separator: "|") + (others.count > mostShown ? "|…" : "")
    let isPlain = no == "0" && counted.code == "1"
    let note = Note(
      .information, id: "model.event",
      "models the chance that '\(variable.name)' is \(counted.code) and not \(no)",
      naming: [variable.name, counted.code, no], at: variable.name)
    return Self(
      family: family, outcomes: frame.outcomes.map { counts($0) ? 1 : 0 },
      names: (no, counted.code), notes: isPlain ? [] : [note])
  }

  /// An outcome of two values; the second is the event.
  private static func binary(
    _ family: ModelFamily, _ values: [Double], _ frame: ModelFrame, name: String,
    all: [Double], names: (Double) -> String, otherwise: String? = nil
  ) throws -> Self {
    try requireTwo(values, frame, name: name, names: names)
    guard values.count == 2 else {
      let shown = values.prefix(mostShown).map(names).joined(separator: ", ")
      throw SurveyError(
        .usage, at: name,
        "a \(family.rawValue) model needs an outcome of two values; it has "
          + shown + (values.count > mostShown ? " and more" : ""),
        remedy: "Write a condition, as in `\(name) == \(names(values[0]))"
          + (otherwise.map { "`, \($0)." } ?? " ~ …`, or choose --family linear."))
    }
    let (no, yes) = (names(all[0]), names(all[1]))
    let isPlain = (no == "0" && yes == "1") || (no == "false" && yes == "true")
    let note = Note(
      .information, id: "model.event", "models the chance that '\(name)' is \(yes) and not \(no)",
      naming: [name, yes, no], at: name)
    return Self(
      family: family,
      outcomes: all == [0, 1] ? frame.outcomes : frame.outcomes.map { $0 == all[1] ? 1 : 0 },
      names: (no, yes),
      notes: isPlain ? [] : [note])
  }

  /// Throws when the outcome is the same for everybody.
  private static func requireTwo(
    _ values: [Double], _ frame: ModelFrame, name: String, names: (Double) -> String
  ) throws {
    guard values.count == 1, let value = values.first else { return }
    throw SurveyError(
      .noAnswer, at: name,
      "is \(names(value)) for all \(frame.count) respondents of the model, "
        + "so there is nothing to explain",
      remedy: "Look at the outcome and at --where.")
  }

  /// A number whose mean is modelled.
  private static func mean(
    _ family: ModelFamily, _ outcomes: [Double], _ frame: ModelFrame, name: String,
    notes: [Note] = []
  ) throws -> Self {
    func refuse(_ wrong: (Double) -> Bool, _ wanted: String, _ remedy: String) throws {
      guard let first = outcomes.first(where: wrong) else { return }
      let count = frame.respondents(outcomes, where: wrong)
      throw SurveyError(
        .data, at: name,
        "a \(family.rawValue) model needs \(wanted); it has \(canonicalCode(first))"
          + (count == 1 ? " in one row" : " or the like in \(count) rows"), remedy: remedy)
    }
    var notes = notes
    switch family {
    case .poisson:
      try refuse(
        { $0 < 0 }, "counts from 0 up", "Declare codes below 0 as missing, or leave them out.")
      if outcomes.allSatisfy({ $0 == 0 }) {
        throw SurveyError(
          .noAnswer, at: name,
          "is 0 for all \(frame.count) respondents of the model, "
            + "so there is nothing to explain", remedy: "Look at the outcome and at --where.")
      }
      if let part = outcomes.first(where: { $0 != $0.rounded() }) {
        notes.append(
          Note(
            .information, id: "model.counts-with-decimals",
            "is modelled as a mean of counts, and has decimals, such as \(canonicalCode(part))",
            naming: [canonicalCode(part)], at: name))
      }
    case .gamma:
      try refuse(
        { $0 <= 0 }, "amounts above 0",
        "Choose --family poisson, which allows 0, or a subpopulation with --where.")
    case .linear, .logistic, .probit, .cloglog: break
    }
    return Self(family: family, outcomes: outcomes, notes: notes)
  }

  /// Categories as numbers.
  private static func scores(
    _ variable: Variable, _ categories: [Category], _ frame: ModelFrame, family: ModelFamily?
  ) throws -> Self {
    let numbers = categories.compactMap(\.number)
    guard numbers.count == categories.count, family != nil || variable.measure != .nominal else {
      let codes = categories.prefix(mostShown).map(\.code).joined(separator: ", ")
      let literal = categories.first.map { $0.number == nil ? "'\($0.code)'" : $0.code } ?? "1"
      throw SurveyError(
        .usage, at: variable.name,
        "has \(categories.count) categories (\(codes)), which are neither two nor numbers",
        remedy: "Write a condition, as in `\(variable.name) == \(literal) ~ …`"
          + (numbers.count == categories.count
            ? ", or `number(\(variable.name)) ~ …` for its codes as numbers." : "."))
    }
    let note = Note(
      .information, id: "model.codes-as-numbers",
      "its codes \(categories.prefix(mostShown).map(\.code).joined(separator: ", ")) "
        + "count as numbers",
      naming: [categories.prefix(mostShown).map(\.code).joined(separator: ", ")],
      at: variable.name)
    return try mean(
      family ?? .linear, frame.outcomes.map { numbers[Int($0)] }, frame, name: variable.name,
      notes: family != nil ? [] : [note])
  }
}
