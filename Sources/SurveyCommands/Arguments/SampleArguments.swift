import ArgumentParser
import SurveyData
import SurveyStatistics

/// What is done about rows without a weight.
enum MissingWeights: String, CaseIterable, ExpressibleByArgument {
  case fail, drop
}

/// The weight and the columns of the design.
struct SampleArguments: ParsableArguments {
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

  /// Makes the defaults; the parser fills them.
  init() {}

  /// Whether something is said of the design.
  var namesDesign: Bool { strata != nil || psu != nil || fpc != nil }

  /// The columns that are named, and lists of them; a weight of the codebook names none.
  func columns(in dataset: Dataset) -> [String] {
    let isDeclared = dataset.codebook.weights.contains { $0.name == weightName }
    let weight = isDeclared ? nil : weightName
    let known = Set(dataset.variableNames)
    let weights = weight.map { name in
      known.contains(name) ? [name] : (try? Expression(name))?.variables ?? []
    }
    return (weights ?? []) + [strata].compactMap(\.self) + (psu?.names ?? []) + (fpc?.names ?? [])
  }

  /// Puts what is said over what a design has; what --except takes out of lists keeps its place in it.
  func put(over design: inout DesignDeclaration, in dataset: Dataset) throws {
    if let strata { design.strata = strata }
    if let psu { design.psu = try dataset.lists.names(in: psu.names) }
    if let fpc { design.fpc = try dataset.lists.names(in: fpc.names) }
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
    let declared = dataset.codebook.weights
    if let known = declared.first(where: { $0.name == weightName }) { return known }
    if dataset.cells != nil, !dataset.givesCells {
      let column = WeightDeclaration.Source.variable(weightName)
      if let known = declared.first(where: { $0.source == column }) { return known }
      let weight = WeightDeclaration(weightName, source: .expression(weightName))
      _ = try dataset.cellSums(of: weight)
      return weight
    }
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
}
