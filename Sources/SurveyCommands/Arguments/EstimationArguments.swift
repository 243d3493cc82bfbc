import ArgumentParser
import SurveyData
import SurveyModels
import SurveySessions
import SurveyStatistics

/// The options of all verbs that estimate: codebook, design, subpopulation, groups, intervals.
struct EstimationArguments: ParsableArguments {
  /// How the data are opened.
  @OptionGroup var opening: OpeningArguments

  /// The imputed data sets.
  @OptionGroup var imputation: ImputationArguments

  @OptionGroup var design: DesignArguments

  @OptionGroup var conditions: ConditionArguments

  @Option(
    help: ArgumentHelp(
      "Group variables, crossed with each other. May be repeated: then all are crossed.",
      valueName: "names"), completion: .variables)
  var by: [NameList] = []

  @OptionGroup var lists: ListArguments

  @Option(help: "The confidence level of intervals, between 0 and 1.")
  var level = 0.95

  @Option(
    name: .customLong("ci"),
    help: "Intervals of proportions: logit, wald, wilson, beta, asin, xlogit, likelihood.")
  var interval: ProportionIntervalMethod?

  @Option(
    name: .customLong("deff"),
    help: "What design effects compare with: srs (without replacement) or replace.")
  var designEffect: DesignEffectMethod?

  @Option(help: "Reliability flags: nchs or none.")
  var reliability: ReliabilityRule?

  /// The groups of several answers whose items are asked about by the name of the group.
  var answerGroups: [String] = []

  /// Makes the defaults; the parser fills them.
  init() {}

  /// Checks what the parser cannot.
  func validate() throws {
    guard level > 0, level < 1 else {
      throw ValidationError("--level is \(level); it lies between 0 and 1, such as 0.95.")
    }
    var seen = Set<String>()
    if let twice = groups.first(where: { !seen.insert($0).inserted }) {
      throw ValidationError("'\(twice)' stands twice under --by. Name every group variable once.")
    }
  }

  /// The names of the group variables; each may stand once, which ``validate()`` sees to.
  var groups: [String] { by.flatMap(\.names) }

  /// Intervals, flags and quantile rule.
  func options(for codebook: Codebook, quantileRule: QuantileRule = .math) -> EstimationOptions {
    var options = EstimationOptions()
    options.level = level
    options.interval = interval
    options.quantileRule = quantileRule
    options.designEffect = designEffect
    options.reliability =
      reliability ?? codebook.output.reliability.flatMap(ReliabilityRule.init) ?? .nchs
    return options
  }

  /// Opens the data.
  func dataset(_ path: String, in workspace: Workspace) throws -> Dataset {
    try opening.dataset(path, in: workspace, settingApart: design.columns)
  }

  /// Opens the data, or the imputed data sets, and declares their design.
  ///
  /// - Parameters:
  ///   - needingErrors: Whether nothing can be said without standard errors.
  ///   - asking: What the analysis reads besides `columns` and the groups: expressions, of which an engine is asked for
  ///     cells in one go.
  ///   - terms: What of these stands in a model as it is, so that a text among them is a factor.
  ///   - counting: The answers that the command says count.
  ///   - preparing: Adds variables that the command needs.
  func survey(
    _ path: String, needingErrors: Bool = true,
    columns: (Dataset) throws -> [(name: String, view: ColumnView)],
    asking: (Dataset) throws -> [String] = { _ in [] },
    terms: () -> [String] = { [] },
    counting: (Dataset) throws -> [String: CountedAnswer] = { _ in [:] },
    preparing: (Dataset) throws -> Dataset = { $0 }, in workspace: Workspace
  ) throws -> Survey {
    func prepared(_ dataset: Dataset) throws -> Dataset {
      if needingErrors { try dataset.requireErrors() }
      return try preparing(dataset.counting(counting(dataset)))
    }
    func gathered(_ dataset: Dataset, besides: [String] = []) throws -> Dataset {
      guard dataset.givesCells else { return dataset }
      let dataset = dataset.tellingLabelsApart
      let known = Set(dataset.variableNames)
      let asked = try asking(dataset).flatMap { text in
        if known.contains(text) { return [text] }
        // Otherwise a term, such as `factor(edu)`.
        return try (try? Expression(text).variables)
          ?? Formula("1 ~ \(text)").inputs(in: dataset).map(\.name)
      }
      return try fetched(
        dataset, columns(dataset) + (asked + besides).map { (name: $0, view: .numbers) })
    }
    let found = try imputation.datasets(
      path, opening: opening, settingApart: design.columns, in: workspace
    ) { stacked, column in
      try gathered(prepared(stacked), besides: [column])
    }
    guard let found else {
      let dataset = try prepared(self.dataset(path, in: workspace))
      return try survey(of: gathered(dataset), columns: columns, terms: terms())
    }
    if found.stack?.dataset.givesCells ?? false {
      return try Survey(
        imputations: try found.datasets.map {
          try survey(of: $0, columns: columns, terms: terms())
        },
        from: found.stack)
    }
    let answers = try found.datasets.first.map(counting) ?? [:]
    return try Survey(
      imputations: try found.datasets.map {
        try survey(of: preparing($0.counting(answers)), columns: columns, terms: terms())
      },
      from: found.stack)
  }

  /// All that an analysis reads, of people who are elsewhere: what is named, and what its design and its condition need.
  private func fetched(
    _ dataset: Dataset, _ columns: [(name: String, view: ColumnView)]
  ) throws -> Dataset {
    let weight = try design.sample.declaredWeight(in: dataset)
    let (sample, _) = Survey.design(try design.declaration(in: dataset), of: dataset.codebook)
    let subpopulation = try conditions.condition.map { try Expression($0) }
    try subpopulation?.check(against: dataset)
    let isReplicated = sample.usedReplicates != nil
    let drawn = try Survey.columns(
      weight: nil, design: isReplicated ? nil : sample, subpopulation: nil, in: dataset)
    let steps = isReplicated ? [] : weight?.adjustments.filter(\.step.countsInVariance) ?? []
    return try dataset.fetched(
      (subpopulation?.inputs(in: dataset) ?? []) + columns
        + groups.map { (name: $0, view: .codes) },
      units: drawn.filter { $0.view == .codes }.map(\.name),
      drawn: drawn.filter { $0.view != .codes }.map(\.name)
        + steps.flatMap { step in step.inputNames.filter { $0 != step.before } },
      weight: weight, replicates: sample.usedReplicates)
  }

  private func survey(
    of dataset: Dataset, columns: (Dataset) throws -> [(name: String, view: ColumnView)],
    terms: [String]
  ) throws -> Survey {
    var dataset = dataset.tellingLabelsApart
    let weight = try design.sample.declaredWeight(in: dataset)
    let declaration = try design.declaration(in: dataset)
    dataset = try onBases(dataset)
    let (sample, _) = Survey.design(declaration, of: dataset.codebook)
    let subpopulation = try conditions.condition.map { try Expression($0) }
    try subpopulation?.check(against: dataset)
    let groupColumns = groups.map { (name: $0, view: ColumnView.codes) }
    func wanted(_ dataset: Dataset) throws -> [(name: String, view: ColumnView)] {
      try columns(dataset)
        + dataset.untyped(among: terms).map { (name: $0, view: ColumnView.numbers) }
    }
    let found = try wanted(dataset)
    let designColumns = try Survey.columns(
      weight: weight, design: sample, subpopulation: subpopulation, in: dataset)
    do {
      try dataset.load(designColumns + found + groupColumns)
    } catch let error as SurveyError {
      // Nobody has said that a column holds text, which its values do.
      let numbers = found.filter { $0.view == .numbers }.map(\.name)
      guard let known = try dataset.knowingTexts(among: numbers) else { throw error }
      dataset = known
      try dataset.load(designColumns + wanted(dataset) + groupColumns)
    }
    do {
      return try Survey(
        dataset, weight: weight, design: declaration, subpopulation: subpopulation)
    } catch let error as SurveyError where error.place?.hasPrefix("row ") == true {
      throw error.located(at: dataset.source.facts.path)
    }
  }

  /// The items of groups of check boxes on the base of those who answered any of them.
  private func onBases(_ dataset: Dataset) throws -> Dataset {
    guard !answerGroups.isEmpty else { return dataset }
    let questions = try dataset.questions(answerGroups, except: lists.except?.names ?? [])
    return try questions.reduce(dataset) { dataset, question in
      guard case .group(let group) = question else { return dataset }
      let mentions = try Mentions(
        group, base: nil, language: dataset.codebook.language, in: dataset)
      return mentions.base == .any ? try dataset.onBase(of: mentions) : dataset
    }
  }
}

extension Dataset {
  /// Refuses cells without standard errors.
  fileprivate func requireErrors() throws {
    guard let least = cells?.suppressedBelow else { return }
    throw SurveyError(
      .usage, at: source.facts.path,
      "these are cells of \(least) people at the least, which have no standard errors, and so no tests and models",
      remedy:
        "Make the cells without --suppress. Shares, means and totals can be had of these, without --test."
    )
  }
}
