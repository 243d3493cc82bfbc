internal import SurveyData

extension RProgram {
  /// The design of replicate weights.
  mutating func writeReplicates(_ replicates: ReplicateDeclaration) throws {
    comment("The weight of a design of replicate weights, not those of the replicates.")
    add("weights <- function(object, ...)")
    add("  stats::weights(object, if (inherits(object, \"svyrep.design\")) \"sampling\", ...)")
    if functions.contains(where: { [.covariance, .delta, .moments].contains($0) }) {
      comment(
        "Vekt estimates anew with every replicate's weights. Here some errors are those of slopes")
      comment("or of what each respondent adds, which are a little smaller or larger.")
    }
    if (source.columns + source.derived.map(\.variable)).contains(where: { $0.name == "g" }) {
      comment(
        "R's svyglm of replicate weights, which svyciprop uses, would take a column called g for its own call."
      )
      add(
        """
        .svyglm <- survey:::svyglm.svyrep.design
        body(.svyglm) <- do.call(substitute, list(body(.svyglm), list(g = as.name(".call"))))
        assignInNamespace("svyglm.svyrep.design", .svyglm, "survey")
        """)
    }
    let names = try source.survey.dataset.lists.names(in: replicates.weights)
    let weights = "d[, c(\(names.map(words.literal).joined(separator: ", ")))]"
    var arguments = [
      "weights = ~.weight", "repweights = \(weights)", "data = d",
      "type = \"\(replicates.method.inR)\"",
      "combined.weights = \(replicates.areFactors ? "FALSE" : "TRUE")",
    ]
    if let rho = replicates.fayRho { arguments.append("rho = \(canonicalCode(rho))") }
    let count = Double(names.count)
    let scale =
      replicates.scale
      ?? (replicates.method == .jk1
        ? (count - 1) / count : replicates.method == .bootstrap ? 1 / (count - 1) : nil)
    if let scale { arguments.append("scale = \(canonicalCode(scale))") }
    switch replicates.replicateScales.count {
    case 0 where [.jk1, .bootstrap, .other].contains(replicates.method):
      arguments.append("rscales = rep(1, \(names.count))")
    case 0: break
    case 1:
      arguments.append(
        "rscales = rep(\(canonicalCode(replicates.replicateScales[0])), \(names.count))")
    default:
      let scales = replicates.replicateScales.map { canonicalCode($0) }
      arguments.append("rscales = c(\(scales.joined(separator: ", ")))")
    }
    if let df = replicates.degreesOfFreedom { arguments.append("degf = \(canonicalCode(df))") }
    let isCentred = replicates.isCentredOnEstimate ?? (replicates.method == .sdr)
    arguments.append("mse = \(isCentred ? "TRUE" : "FALSE")")
    add("design <- svrepdesign(\(arguments.joined(separator: ", ")))")
    if source.survey.subpopulation != nil { add("design <- subset(design, .inside)") }
    comment("Groups have the degrees of freedom of all.")
    add(".df <- survey::degf(design)")
    add("degf <- function(design, ...) .df")
    add()
  }
}

extension ReplicateDeclaration.Method {
  /// What R's `svrepdesign` calls it.
  fileprivate var inR: String {
    switch self {
    case .brr: "BRR"
    case .fay: "Fay"
    case .jk1: "JK1"
    case .jkn: "JKn"
    case .jk2: "JK2"
    case .bootstrap: "bootstrap"
    case .sdr: "ACS"
    case .other: "other"
    }
  }
}
