package import SurveyData

/// A weighting as a document that can be rerun: the steps in their order, each with its reason.
///
///     steps:
///       - {step: nonresponse, responded: answered, by: [region], reason: fewer answered in the north}
///       - {step: rake, by: [sex, age3], totals: totals.csv, reason: margins of the register}
///       - {step: trim, bounds: [0.3, 3]}
///     replicates: {kind: jkn}
package struct WeightingRecipe: Sendable {
  /// One step.
  package struct Step: Sendable {
    /// What is done; `totals` is relative to the recipe.
    package var adjustment = WeightAdjustment(.other)
    /// The data file of a second survey that estimates the totals.
    package var totalsFrom: String?
    package var tolerance: Double?
    package var iterations: Int?
    /// Where it stands.
    package var place = ""
  }

  /// The replicate weights that are wanted.
  package struct Replicates: Sendable {
    package var kind = ""
    package var count: Int?
    package var fayRho: Double?
    package var seed: Int?
    package var place = ""
  }

  package var steps: [Step] = []
  /// What the new weight is called; nil for the usual name.
  package var name: String?
  package var replicates: Replicates?

  private static let keys: [CodebookKey<WeightingRecipe>] = [
    CodebookKey("vekt") { _, _, _ in }, CodebookKey("language") { _, _, _ in },
    CodebookKey("name") { recipe, node, _ in recipe.name = try node.text("name") },
    CodebookKey("steps") { recipe, node, scope in
      recipe.steps = try node.items("steps").map { try step($0, in: scope) }
    },
    CodebookKey("replicates") { recipe, node, scope in
      var replicates = Replicates()
      if case .scalar(let kind) = node.value {
        replicates.kind = kind
      } else {
        try node.read(replicateKeys, into: &replicates, of: "replicates", in: scope)
      }
      replicates.place = node.place
      recipe.replicates = replicates
    },
  ]

  private static let replicateKeys: [CodebookKey<Replicates>] = [
    CodebookKey("kind") { replicates, node, _ in replicates.kind = try node.text("kind") },
    CodebookKey("count") { replicates, node, _ in replicates.count = try node.count("count") },
    CodebookKey("rho") { replicates, node, _ in replicates.fayRho = try node.number("rho") },
    CodebookKey("seed") { replicates, node, _ in replicates.seed = try node.count("seed") },
  ]

  private static let stepKeys: [CodebookKey<Step>] =
    WeightAdjustment.keys.filter { !["of", "covariance"].contains($0.name) }.map { key in
      CodebookKey(key.name) { step, node, scope in try key.read(&step.adjustment, node, scope) }
    } + [
      CodebookKey("totals_from") { step, node, _ in
        step.totalsFrom = try node.text("totals_from")
      },
      CodebookKey("tolerance") { step, node, _ in
        step.tolerance = try node.number("tolerance")
      },
      CodebookKey("iterations") { step, node, _ in
        step.iterations = try node.count("iterations")
      },
    ]

  private static func step(_ node: YAMLNode, in scope: CodebookScope) throws -> Step {
    var step = Step()
    guard node["step"] != nil else {
      throw node.fault("a step must say what it does: `step: rake`")
    }
    try node.read(stepKeys, into: &step, of: "a step", in: scope)
    let kind = step.adjustment.step
    let fits = [.poststratify, .rake, .calibrate].contains(kind)
    try WeightAdjustment.check(
      node, kind,
      allowing: (fits ? ["totals_from"] : []) + (kind == .rake ? ["tolerance", "iterations"] : []))
    if fits, step.adjustment.totals != nil, step.totalsFrom != nil {
      throw node.fault(
        "step '\(kind.rawValue)' takes its totals from one place",
        remedy: "Write `totals: FILE` or `totals_from: DATA`, or neither for those of the codebook."
      )
    }
    if kind == .trim, step.adjustment.bounds == nil {
      throw node.fault("step 'trim' needs `bounds:`", remedy: "Write `bounds: [0.3, 3]`.")
    }
    if kind == .normalize, step.adjustment.target == nil {
      throw node.fault("step 'normalize' needs `to:`", remedy: "Write `to: n`, `N` or a number.")
    }
    step.place = node.place
    return step
  }

  /// Reads a recipe.
  /// - Throws: ``SurveyError`` at `file:line:column` for whatever the format does not know.
  package init(contentsOf path: String) throws {
    let file = try FileBytes(path)
    let text = withExtendedLifetime(file) { String(validating: file.bytes, as: UTF8.self) }
    guard let text else { throw SurveyError(.data, at: path, "is not text in UTF-8") }
    let node = try YAMLNode(parsing: text, name: path)
    let scope = CodebookScope()
    if let language = node["language"] { scope.language = try CodebookReader.language(language) }
    try node.read(Self.keys, into: &self, of: "the recipe", in: scope)
    guard !steps.isEmpty || replicates != nil else {
      throw SurveyError(
        .data, at: path, "names no step", remedy: "Write them as a list under `steps:`.")
    }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    func beside(_ name: String) -> String { name.hasPrefix("/") ? name : folder + name }
    for index in steps.indices {
      steps[index].adjustment.totals = steps[index].adjustment.totals.map(beside)
      steps[index].totalsFrom = steps[index].totalsFrom.map(beside)
    }
  }
}
