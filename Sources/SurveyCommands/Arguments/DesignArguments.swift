import ArgumentParser
import SurveyData
import SurveyStatistics

/// The options that say how people were drawn and what they weigh.
struct DesignArguments: ParsableArguments {
  @OptionGroup var sample: SampleArguments

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
  private var statesDesign: Bool {
    sample.namesDesign || lonelyPSU != nil || pps != nil || lonelyInDomains
  }

  /// The columns that are named, and lists of them.
  func columns(in dataset: Dataset) -> [String] {
    sample.columns(in: dataset) + replicates.weights.flatMap(\.names)
  }

  /// The design with what the command line says put over the codebook's; nil when it says nothing.
  func declaration(in dataset: Dataset) throws -> DesignDeclaration? {
    guard statesDesign || replicates.isGiven else { return nil }
    var design = Survey.design(nil, of: dataset.codebook).0
    try sample.put(over: &design, in: dataset)
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
