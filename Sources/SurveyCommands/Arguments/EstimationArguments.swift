import ArgumentParser
import SurveyData
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

  /// Opens the data and declares the design, reading the columns named in one pass.
  ///
  /// - Parameters:
  ///   - path: The data file.
  ///   - columns: The columns that the analysis needs besides those of the design.
  /// - Throws: ``SurveyError`` also when imputed data sets are named: all verbs but `reproduce` combine
  ///   them and ask for ``survey(_:columns:counting:in:)``.
  func soleSurvey(
    _ path: String, columns: (Dataset) throws -> [(name: String, view: ColumnView)],
    in workspace: Workspace
  ) throws -> Survey {
    guard !imputation.isAsked else {
      throw SurveyError(
        .usage,
        "figures are traced to one data set, whose weight and base are looked for; imputed ones have no "
          + "place in it",
        remedy: "Leave out --imputations, and name one data file.")
    }
    return try survey(of: try opening.dataset(path, in: workspace), columns: columns)
  }

  /// Opens the data, or the imputed data sets, and declares their design.
  ///
  /// - Parameters:
  ///   - counting: The answers that the command says count.
  ///   - preparing: Adds variables that the command needs.
  func survey(
    _ path: String, columns: (Dataset) throws -> [(name: String, view: ColumnView)],
    counting: (Dataset) throws -> [String: CountedAnswer] = { _ in [:] },
    preparing: (Dataset) throws -> Dataset = { $0 }, in workspace: Workspace
  ) throws -> Survey {
    guard let found = try imputation.datasets(path, opening: opening, in: workspace) else {
      let dataset = try opening.dataset(path, in: workspace)
      return try survey(of: preparing(dataset.counting(counting(dataset))), columns: columns)
    }
    let answers = try found.datasets.first.map(counting) ?? [:]
    return try Survey(
      imputations: try found.datasets.map {
        try survey(of: preparing($0.counting(answers)), columns: columns)
      },
      from: found.stack)
  }

  private func survey(
    of dataset: Dataset, columns: (Dataset) throws -> [(name: String, view: ColumnView)]
  ) throws -> Survey {
    var dataset = dataset.tellingLabelsApart
    let weight = try design.sample.declaredWeight(in: dataset)
    let declaration = try design.declaration(in: dataset)
    let (sample, _) = Survey.design(declaration, of: dataset.codebook)
    let subpopulation = try conditions.condition.map { try Expression($0) }
    try subpopulation?.check(against: dataset)
    let groupColumns = groups.map { (name: $0, view: ColumnView.codes) }
    var wanted = try columns(dataset)
    if dataset.givesCells {
      let isReplicated = sample.usedReplicates != nil
      let drawn = try Survey.columns(
        weight: nil, design: isReplicated ? nil : sample, subpopulation: nil, in: dataset)
      let steps = isReplicated ? [] : weight?.adjustments.filter(\.step.countsInVariance) ?? []
      dataset = try dataset.fetched(
        (subpopulation?.inputs(in: dataset) ?? []) + wanted + groupColumns,
        units: drawn.filter { $0.view == .codes }.map(\.name),
        drawn: drawn.filter { $0.view != .codes }.map(\.name)
          + steps.flatMap { step in step.inputNames.filter { $0 != step.before } },
        weight: weight, replicates: sample.usedReplicates)
      wanted = try columns(dataset)
    }
    let designColumns = try Survey.columns(
      weight: weight, design: sample, subpopulation: subpopulation, in: dataset)
    do {
      try dataset.load(designColumns + wanted + groupColumns)
    } catch let error as SurveyError {
      // Nobody has said that a column holds text, which its values do.
      let numbers = wanted.filter { $0.view == .numbers }.map(\.name)
      guard let known = try dataset.knowingTexts(among: numbers) else { throw error }
      dataset = known
      try dataset.load(designColumns + columns(dataset) + groupColumns)
    }
    do {
      return try Survey(
        dataset, weight: weight, design: declaration, subpopulation: subpopulation)
    } catch let error as SurveyError where error.place?.hasPrefix("row ") == true {
      throw error.located(at: dataset.source.facts.path)
    }
  }
}
