import ArgumentParser
import SurveyData

/// The options of replicate weights, and of the variance that is made of them.
struct ReplicateArguments: ParsableArguments {
  @Option(
    name: .customLong("replicate-weights"),
    help: ArgumentHelp(
      "The columns of replicate weights: 'rw1-rw80', 'rw*' or names. May be repeated.",
      valueName: "columns"), completion: .variables)
  var weights: [NameList] = []

  @Option(
    name: .customLong("replicate-method"),
    help: "How they were made: brr, fay, jk1, jkn, jk2, bootstrap, sdr, other.")
  var method: ReplicateDeclaration.Method?

  @Option(
    name: .customLong("fay-rho"),
    help: ArgumentHelp("Fay's rho, from 0 to below 1.", valueName: "number"))
  var fayRho: Double?

  @Option(
    name: .customLong("replicate-scale"),
    help: ArgumentHelp(
      "What the sum of squares is multiplied by, instead of the method's.", valueName: "number"))
  var scale: Double?

  @Option(
    name: .customLong("replicate-rscales"),
    help: ArgumentHelp(
      "What every replicate is multiplied by besides: one number, or one for each.",
      valueName: "numbers"))
  var replicateScales: NumberList?

  @Option(
    name: .customLong("replicate-weights-are"),
    help: "Whether they are weights themselves (combined) or factors of the weight (factors).")
  var kind: Kind?

  @Flag(help: "Takes deviations from the estimate, not from the mean of the replicates.")
  var mse = false

  @Option(
    name: .customLong("replicate-df"),
    help: ArgumentHelp(
      "The degrees of freedom, instead of the rank of the weights less 1.", valueName: "number"))
  var degreesOfFreedom: Double?

  @Option(
    help:
      "The variance: replication (where there are replicate weights) or linearization.")
  var variance: VarianceMethod?

  /// What the columns hold.
  enum Kind: String, CaseIterable, ExpressibleByArgument {
    case combined, factors
  }

  /// Makes the defaults; the parser fills them.
  init() {}

  /// Whether something was said.
  var isGiven: Bool {
    !weights.isEmpty || method != nil || fayRho != nil || scale != nil || replicateScales != nil
      || kind != nil || mse || degreesOfFreedom != nil || variance != nil
  }

  /// Puts what was said over what a design has.
  ///
  /// - Throws: ``SurveyError`` when something is said of replicate weights, and there are none.
  func put(over design: inout DesignDeclaration) throws {
    if let variance { design.variance = variance }
    if !weights.isEmpty {
      guard let method = method ?? (fayRho == nil ? nil : .fay) else {
        throw SurveyError(
          .usage, "replicate weights need to be told how they were made",
          remedy: "Write --replicate-method brr|fay|jk1|jkn|jk2|bootstrap|sdr|other.")
      }
      design.replicates = ReplicateDeclaration(weights.flatMap(\.names), method: method)
      // Who names replicate weights wants them.
      if variance == nil { design.variance = nil }
    }
    guard var replicates = design.replicates else {
      if isGiven, variance != .linearization {
        throw SurveyError(
          .usage, "there are no replicate weights",
          remedy: "Name them with --replicate-weights, or `replicates:` in the codebook's design.")
      }
      return
    }
    if let method { replicates.method = method }
    if let fayRho { replicates.fayRho = fayRho }
    if let scale { replicates.scale = scale }
    if let replicateScales { replicates.replicateScales = replicateScales.numbers }
    if let kind { replicates.areFactors = kind == .factors }
    if mse { replicates.isCentredOnEstimate = true }
    if let degreesOfFreedom { replicates.degreesOfFreedom = degreesOfFreedom }
    design.replicates = replicates
  }
}

/// Numbers with commas between them.
struct NumberList: ExpressibleByArgument, Sendable {
  let numbers: [Double]

  init?(argument: String) {
    let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map {
      Double($0.filter { $0 != " " })
    }
    guard numbers.allSatisfy({ $0?.isFinite ?? false }) else { return nil }
    self.numbers = numbers.compactMap(\.self)
  }
}
