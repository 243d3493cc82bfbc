internal import SurveyData

extension StataProgram {
  /// The design of replicate weights.
  mutating func writeReplicates(_ replicates: ReplicateDeclaration) throws {
    var names = try source.survey.dataset.lists.names(in: replicates.weights)
    if replicates.areFactors {
      comment("The replicate weights are factors of the weight.")
      for name in names { add("generate double vekt_\(name) = \(name) * vekt_weight") }
      names = names.map { "vekt_\($0)" }
    }
    let all = names.joined(separator: " ")
    var options: [String] = []
    let vce: String
    switch replicates.method {
    case .brr, .fay:
      options = ["brrweight(\(all))"]
      if let rho = replicates.fayRho { options.append("fay(\(canonicalCode(rho)))") }
      vce = "brr"
    case .bootstrap:
      options = ["bsrweight(\(all))"]
      vce = "bootstrap"
    case .sdr:
      options = ["sdrweight(\(all))"]
      vce = "sdr"
    case .jk1, .jkn, .jk2, .other:
      let count = Double(names.count)
      let scale = replicates.scale ?? (replicates.method == .jk1 ? (count - 1) / count : 1)
      let each = replicates.replicateScales
      if each.count > 1 {
        options = zip(names, each).map {
          "jkrweight(\($0), multiplier(\(canonicalCode(scale * $1))))"
        }
      } else {
        let multiplier = canonicalCode(scale * (each.first ?? 1))
        options = ["jkrweight(\(all), multiplier(\(multiplier)))"]
      }
      vce = "jackknife"
    }
    if let df = replicates.degreesOfFreedom { options.append("dof(\(canonicalCode(df)))") }
    if replicates.isCentredOnEstimate ?? (replicates.method == .sdr) { options.append("mse") }
    add(
      "\(isImputed ? "mi " : "")svyset [pweight = vekt_weight], vce(\(vce)) "
        + options.joined(separator: " "))
  }
}
