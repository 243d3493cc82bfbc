import ArgumentParser
import SurveyData
import SurveyStatistics

/// What is done about rows without a weight.
enum MissingWeights: String, CaseIterable, ExpressibleByArgument {
  case fail, drop
}

/// The options that say how people were drawn and what they weigh.
struct DesignArguments: ParsableArguments {
  @Option(
    name: .customLong("weights"),
    help: ArgumentHelp("The weight: a weight of the codebook or a column.", valueName: "name"))
  var weightName: String?

  @Option(
    name: .customLong("missing-weights"),
    help: "Rows without a weight: fail, or drop (left out and counted).")
  var missingWeights: MissingWeights?

  @Option(help: ArgumentHelp("The column of strata.", valueName: "column"), completion: .variables)
  var strata: String?

  @Option(
    help: ArgumentHelp(
      "The columns of sampling units, a stage each, outermost first; units are nested.",
      valueName: "columns"), completion: .variables)
  var psu: NameList?

  @Option(
    help: ArgumentHelp(
      "The columns of population sizes, one a stage, or of sampling fractions when all are ≤ 1.",
      valueName: "columns"), completion: .variables)
  var fpc: NameList?

  @Option(
    help: "Unequal probabilities without replacement, which --fpc then holds: brewer or overton.")
  var pps: UnequalProbabilityMethod?

  @Option(
    name: .customLong("lonely-psu"),
    help: "What a stratum with one sampling unit adds: fail, remove, adjust, average, certainty.")
  var lonelyPSU: LonelyPSU?

  @Flag(
    name: .customLong("lonely-domain"),
    help: """
      Does the same, adjust or average, with a stratum of which a subpopulation or group has one \
      sampling unit.
      """)
  var lonelyInDomains = false

  @OptionGroup var replicates: ReplicateArguments

  /// Makes the defaults; the parser fills them.
  init() {}

  /// Whether something is said of how people were drawn.
  private var statesSample: Bool {
    strata != nil || psu != nil || fpc != nil || lonelyPSU != nil || pps != nil || lonelyInDomains
  }

  /// Whether something is said.
  var isGiven: Bool {
    statesSample || replicates.isGiven || weightName != nil || missingWeights != nil
  }

  /// The weight that holds: the command line's, otherwise the codebook's.
  func declaredWeight(in dataset: Dataset) throws -> WeightDeclaration? {
    var weight = try weight(in: dataset) ?? Survey.defaultWeight(of: dataset.codebook)
    guard let missingWeights else { return weight }
    guard weight != nil else {
      throw SurveyError(
        .usage, "there is no weight that could be missing",
        remedy: "Name it with --weights, or leave out --missing-weights.")
    }
    weight?.dropsMissing = missingWeights == .drop
    return weight
  }

  /// The weight that the command line names.
  private func weight(in dataset: Dataset) throws -> WeightDeclaration? {
    guard let weightName else { return nil }
    if let known = dataset.codebook.weights.first(where: { $0.name == weightName }) { return known }
    let names = Set(dataset.variableNames)
    if names.contains(weightName) {
      let source = WeightDeclaration.Source.variable(weightName)
      return WeightDeclaration(
        weightName, source: source,
        adjustments: dataset.codebook.weights.first { $0.source == source }?.adjustments ?? [])
    }
    if weightName.contains(where: { " *+-/()".contains($0) }) {
      return WeightDeclaration(weightName, source: .expression(weightName))
    }
    throw SurveyError(
      .usage, at: dataset.source.facts.path, "no weight '\(weightName)'",
      remedy: suggestion(
        for: weightName, among: dataset.codebook.weights.map(\.name) + dataset.variableNames))
  }

  /// The design with what the command line says put over the codebook's; nil when it says nothing.
  func declaration(in dataset: Dataset) throws -> DesignDeclaration? {
    guard statesSample || replicates.isGiven else { return nil }
    var design = Survey.design(nil, of: dataset.codebook).0
    if let strata { design.strata = strata }
    if let psu { design.psu = psu.names }
    if let fpc { design.fpc = fpc.names }
    if let pps { design.pps = pps }
    if let lonelyPSU { design.lonelyPSU = lonelyPSU }
    try replicates.put(over: &design)
    if lonelyInDomains {
      guard design.usedReplicates == nil else {
        throw SurveyError(
          .usage, "--lonely-domain is of strata, and replicate weights make the variance",
          remedy: "Leave it out, or add --variance linearization.")
      }
      design.lonelyInDomains = true
    }
    return design
  }
}
