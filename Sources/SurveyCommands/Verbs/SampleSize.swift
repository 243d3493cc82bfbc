import ArgumentParser
import IntegrationParadox
import SurveyData
import SurveyReports
import SurveySessions
import SurveyStatistics
import SurveyTables

/// `size KIND`: how many people a sample needs, and what a sample of some size will find.
struct SampleSize: Verb {
  static let configuration = CommandConfiguration(
    commandName: "size",
    abstract: "Sample sizes and power for shares, means, differences and gaps.",
    discussion: """
      KIND is proportion, mean, difference (the shares of two groups) or gap (two shares of the same \
      people). Name what is wanted: --margin (half an interval), --power, or --n for what a sample gives; \
      each takes several numbers. n is of the first group of a difference.

      What is not given is taken from an existing survey where one is named: shares, standard deviation, \
      correlation, and the design effect.

      Examples:
        vekt size proportion --share 0.5 --margin 0.02,0.03 --design-effect 1.5 --response 0.4
        vekt size difference --share 0.5,0.6 --power 0.8,0.9
        vekt size gap --share 0.7,0.6 --correlation 0.4 --n 500,1000 --population 20000
        vekt size gap survey.csv integrated accepted --power 0.8
        vekt size mean survey.csv life_satisfaction --margin 0.1

      In a cell of a notebook the survey is the data in use: size mean life_satisfaction --margin 0.1
      """)

  static let wordsBeforeData = 1

  /// What is planned for.
  enum Kind: String, CaseIterable, ExpressibleByArgument {
    case proportion, mean, difference, gap
  }

  @Argument(help: "What is planned for: proportion, mean, difference or gap.")
  var kind: Kind

  @Argument(help: "An existing survey to take numbers from.", completion: .file())
  var data: String?

  @Argument(
    help: "Its variable or condition; two for a gap.", completion: .variables)
  var names: [String] = []

  @Option(help: ArgumentHelp("The expected share, or two: 0.5,0.6.", valueName: "numbers"))
  var share: NumberList?

  @Option(help: ArgumentHelp("The standard deviation of a mean.", valueName: "number"))
  var sd: Double?

  @Option(
    help: ArgumentHelp("How the two answers of a gap correlate, from -1 to 1.", valueName: "number")
  )
  var correlation: Double?

  @Option(
    help: ArgumentHelp("Half the width of the interval that is wanted.", valueName: "numbers"))
  var margin: NumberList?

  @Option(
    help: ArgumentHelp(
      "The chance of finding the difference that is wanted, such as 0.8.", valueName: "numbers"))
  var power: NumberList?

  @Option(
    name: .customLong("n"),
    help: ArgumentHelp("The people who answer, for their margin and power.", valueName: "numbers"))
  var sizes: NumberList?

  @Option(
    help: ArgumentHelp("By what the design multiplies variances (default: 1).", valueName: "number")
  )
  var designEffect: Double?

  @Option(help: ArgumentHelp("The share of those invited who answer.", valueName: "number"))
  var response: Double?

  @Option(
    help: ArgumentHelp(
      "The people that there are, in each group of a difference (default: very many).",
      valueName: "number"))
  var population: Double?

  @Option(
    help: ArgumentHelp(
      "The people of the second group of a difference for one of the first.", valueName: "number"))
  var ratio: Double?

  @OptionGroup var answers: AnswerArguments

  @OptionGroup var estimation: EstimationArguments

  @OptionGroup var output: OutputArguments

  func validate() throws {
    func check(_ name: String, _ value: Double?, _ isFine: (Double) -> Bool, _ what: String) throws
    {
      guard let value, !(value.isFinite && isFine(value)) else { return }
      throw ValidationError("\(name) is \(canonicalCode(value)); it is \(what).")
    }
    try check("--design-effect", designEffect, { $0 > 0 }, "a number above 0, such as 1.5")
    try check("--response", response, { $0 > 0 && $0 <= 1 }, "a share above 0 and at most 1")
    try check("--population", population, { $0 >= 2 }, "a number from 2 up")
    try check("--ratio", ratio, { $0 > 0 }, "a number above 0")
    guard [margin, power, sizes].contains(where: { $0 != nil }) else {
      throw ValidationError("Nothing is wanted. Name --margin, --power or --n.")
    }
    for size in sizes?.numbers ?? [] {
      try check("--n", size, { $0 >= 2 && $0 <= population ?? .infinity }, "from 2 to --population")
    }
    func refuse(_ name: String, _ isGiven: Bool, but kinds: Kind...) throws {
      guard isGiven, !kinds.contains(kind) else { return }
      throw ValidationError("\(name) says nothing of 'size \(kind.rawValue)'. Leave it out.")
    }
    try refuse("--sd", sd != nil, but: .mean)
    try refuse("--share", share != nil, but: .proportion, .difference, .gap)
    try refuse("--correlation", correlation != nil, but: .gap)
    try refuse("--ratio", ratio != nil, but: .difference)
    try refuse("--power", power != nil, but: .difference, .gap)
    try refuse("--by", !estimation.groups.isEmpty, but: .difference)
    let wanted = kind == .gap ? 2 : 1
    guard data == nil || names.count == wanted else {
      throw ValidationError(
        "'size \(kind.rawValue)' takes \(wanted) of a survey's variables, and \(names.count) are named."
      )
    }
  }

  func perform(in workspace: Workspace) throws -> Outcome {
    let found = try data.map { try observed(in: $0, workspace) }
    var plan = try SamplePlan(try estimand(found))
    plan.level = estimation.level
    plan.designEffect = designEffect ?? found?.designEffect ?? 1
    plan.ratio = ratio ?? found?.ratio ?? 1
    plan.population = population
    let language = output.language ?? found?.context.language ?? "en"
    let report = SizeReport(
      plan, response: response ?? 1,
      rows: try (margin?.numbers ?? []).map { try plan.size(margin: $0) }
        + (power?.numbers ?? []).map { try plan.size(power: $0) }, sizes: sizes?.numbers ?? [],
      language: language)
    let notes = (found.map { $0.context.notes } ?? []) + report.notes
    return Outcome(
      .document(
        Document(
          data: try found?.context.data() ?? .object([]), design: report.design,
          records: [report.records], tables: [report.table], notes: notes), language: language))
  }

  /// What is planned for, with the numbers that are given before those of a survey.
  private func estimand(_ found: Observed?) throws -> SamplePlan.Estimand {
    func need(_ option: String) -> SurveyError {
      SurveyError(
        .usage, "'size \(kind.rawValue)' needs \(option)",
        remedy: "Give it, or name an existing survey and its variable.")
    }
    let count = kind == .proportion ? 1 : 2
    if let share, share.numbers.count != count {
      throw SurveyError(
        .usage,
        "--share has \(share.numbers.count) numbers, and 'size \(kind.rawValue)' takes \(count)")
    }
    let shares = share?.numbers ?? found?.shares ?? []
    switch kind {
    case .proportion:
      guard let share = shares.first else { throw need("--share") }
      return .proportion(share)
    case .mean:
      guard let deviation = sd ?? found?.deviation else { throw need("--sd") }
      return .mean(standardDeviation: deviation)
    case .difference:
      guard shares.count == 2 else { throw need("--share with two numbers") }
      return .difference(shares[0], shares[1])
    case .gap:
      guard shares.count == 2 else { throw need("--share with two numbers") }
      guard let correlation = correlation ?? found?.correlation else { throw need("--correlation") }
      return .gap(shares[0], shares[1], correlation: correlation)
    }
  }

  /// What an existing survey says.
  private struct Observed {
    var shares: [Double] = []
    var deviation: Double?
    var correlation: Double?
    var ratio: Double?
    let designEffect: Double
    let context: ResultContext
  }

  /// The variables that are asked of the survey, made from its judgements.
  private static let own = ["size_a", "size_b", "size_both", "size_gap"]

  private func derived(in dataset: Dataset) throws -> [(name: String, rule: String)] {
    let texts = try names.map { try "(\(Judgement($0, in: dataset).expression.source))" }
    guard kind == .gap else { return [(Self.own[0], "0 + \(texts[0])")] }
    // What nobody answered is missing in all of them.
    return zip(
      Self.own,
      [
        "\(texts[0]) + 0 * \(texts[1])", "\(texts[1]) + 0 * \(texts[0])",
        "\(texts[0]) * \(texts[1])",
        "\(texts[0]) - \(texts[1])",
      ]
    ).map { ($0, $1) }
  }

  private func observed(in path: String, _ workspace: Workspace) throws -> Observed {
    let group = kind == .difference ? try estimation.soleGroup(of: "size difference") : nil
    guard kind != .difference || group != nil else {
      throw SurveyError(
        .usage, "'size difference' compares two groups of the survey",
        remedy: "Name them with --by.")
    }
    let variables = kind == .mean ? names : Self.own.prefix(kind == .gap ? 4 : 1).map(\.self)
    let survey = try estimation.survey(
      path, columns: { _ in variables.map { ($0, .numbers) } },
      counting: { dataset in
        kind == .mean ? [:] : try answers.counted(ofOutcomes: names, in: dataset)
      },
      preparing: { dataset in
        guard kind != .mean else { return dataset }
        return try dataset.deriving(
          derived(in: dataset).map {
            DerivedVariable(Variable($0.name), rule: .expression($0.rule))
          })
      }, in: workspace)
    guard !survey.isImputed else {
      throw SurveyError(.usage, "a plan takes its numbers from one data set, not from imputed ones")
    }
    let context = try ResultContext(survey, arguments: estimation, output: output)
    var options = context.options
    options.designEffect = .replace
    if kind != .mean {
      let values = try survey.dataset.numeric(Self.own[0]).values
      guard values.allSatisfy({ $0.isNaN || $0 == 0 || $0 == 1 }) else {
        throw SurveyError(
          .usage, at: names[0], "is not yes or no, and shares are planned for",
          remedy: "Write a condition, such as '\(names[0]) >= 4'.")
      }
    }
    func means(_ name: String, by groups: [String] = []) throws -> [EstimateRow] {
      try survey.summarize(name, by: groups, statistics: [.mean], options: options).rows
    }
    func known(_ effect: Double) throws -> Double {
      guard effect.isFinite, effect > 0 else {
        throw SurveyError(
          .noAnswer, at: names.joined(separator: ", "), "has no design effect in this survey",
          remedy: "Write --design-effect, or look at the variable with `vekt summarize`.")
      }
      return effect
    }
    switch kind {
    case .proportion:
      let row = try means(Self.own[0])[0]
      return Observed(
        shares: [row.estimate], designEffect: try designEffect ?? known(row.designEffect),
        context: context)
    case .mean:
      let rows = try survey.summarize(
        names[0], statistics: [.mean, .standardDeviation], options: options
      ).rows
      return Observed(
        deviation: rows[1].estimate, designEffect: try designEffect ?? known(rows[0].designEffect),
        context: context)
    case .gap:
      let (a, b) = (try means(Self.own[0])[0].estimate, try means(Self.own[1])[0].estimate)
      let both = try means(Self.own[2])[0].estimate
      return Observed(
        shares: [a, b], correlation: (both - a * b) / (a * (1 - a) * b * (1 - b)).squareRoot(),
        designEffect: try designEffect ?? known(means(Self.own[3])[0].designEffect),
        context: context)
    case .difference:
      let rows = try means(Self.own[0], by: [group ?? ""]).filter { $0.count > 0 }
      guard rows.count == 2 else {
        throw SurveyError(
          .usage, at: group, "has \(rows.count) groups in the survey, and two are compared",
          remedy: "Choose two with --where.")
      }
      let gap = try survey.compare(
        .mean(of: Self.own[0]), across: [group ?? ""], options: options
      ).rows[0].difference
      let simple = rows.reduce(0) { $0 + $1.estimate * (1 - $1.estimate) / Double($1.count - 1) }
      return Observed(
        shares: rows.map(\.estimate), ratio: Double(rows[1].count) / Double(rows[0].count),
        designEffect: try designEffect ?? known(gap.standardError * gap.standardError / simple),
        context: context)
    }
  }
}
