internal import SurveyData

/// How the estimates of replicates make a variance: `V = a Σ_r a_r (θ_r − c)(θ_r − c)ᵀ`, with `c` the
/// mean of the replicates (those with `a_r` above 0) or the estimate.
///
/// - SeeAlso: Wolter (2007), Introduction to Variance Estimation, chapters 3 to 5; Fay (1984),
///   Proceedings of the Survey Research Methods Section, ASA; Fay and Train (1995), the same.
struct ReplicateRule: Sendable {
  let method: ReplicateDeclaration.Method
  /// `a · a_r`, one a replicate.
  let factors: [Double]
  let isCentredOnEstimate: Bool

  /// - Parameters:
  ///   - declared: What was said of the weights.
  ///   - count: The number of replicates.
  /// - Throws: ``SurveyError`` of kind usage for a scale that is missing or means nothing.
  init(_ declared: ReplicateDeclaration, count: Int) throws {
    func fault(_ text: String, _ remedy: String? = nil) -> SurveyError {
      SurveyError(.usage, text, remedy: remedy)
    }
    let replicates = Double(count)
    if let rho = declared.fayRho, !(rho >= 0 && rho < 1) {
      throw fault("Fay's rho is \(canonicalCode(rho)); it is a number from 0 to below 1")
    }
    if declared.fayRho != nil, declared.method != .fay {
      throw fault(
        "Fay's rho belongs to replicate weights by Fay, and these are \(declared.method.rawValue)",
        "Write --replicate-method fay.")
    }
    var scale: Double
    switch declared.method {
    case .brr: scale = 1 / replicates
    case .fay:
      guard let rho = declared.fayRho else {
        throw fault("replicate weights by Fay need their rho", "Write --fay-rho 0.3, or as it was.")
      }
      scale = 1 / (replicates * (1 - rho) * (1 - rho))
    case .jk1: scale = (replicates - 1) / replicates
    case .jkn:
      guard !declared.replicateScales.isEmpty else {
        throw fault(
          "a jackknife by strata needs the scale of every replicate, (n - 1) / n of its stratum",
          "Write --replicate-rscales, one number for all or one for each of the \(count).")
      }
      scale = 1
    case .jk2: scale = 1
    case .bootstrap: scale = 1 / (replicates - 1)
    case .sdr: scale = 4 / replicates
    case .other:
      guard declared.scale != nil || !declared.replicateScales.isEmpty else {
        throw fault(
          "replicate weights of another kind need their scale",
          "Write --replicate-scale, or --replicate-method brr|fay|jk1|jkn|jk2|bootstrap|sdr.")
      }
      scale = 1
    }
    scale = declared.scale ?? scale
    guard scale > 0, scale.isFinite else {
      throw fault("the scale of replicates is \(canonicalCode(scale)); it is a number above 0")
    }
    let each = declared.replicateScales
    guard each.allSatisfy({ $0 >= 0 && $0.isFinite }),
      each.isEmpty || each.contains(where: { $0 > 0 })
    else { throw fault("the scales of replicates are numbers from 0 up, and one is above 0") }
    guard each.count <= 1 || each.count == count else {
      throw fault(
        "there are \(each.count) scales of replicates for \(count) replicates",
        "Write one for all, or one for each.")
    }
    method = declared.method
    factors = (0..<count).map { scale * (each.count > 1 ? each[$0] : each.first ?? 1) }
    isCentredOnEstimate = declared.isCentredOnEstimate ?? (declared.method == .sdr)
  }
}
