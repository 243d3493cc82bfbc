package import SurveyData

extension Variable {
  /// What a column is probably for, by its name: a weight, a stratum, a sampling unit, a population
  /// size; nil when the name says nothing.
  package var likelyRole: VariableRole? {
    let name = self.name.lowercased()
    func begins(_ stems: [String]) -> Bool { stems.contains { name.hasPrefix($0) } }
    func contains(_ stems: [String]) -> Bool { stems.contains { name.contains($0) } }
    if begins(["strat"]) || ["stratum", "strata", "strat", "stra"].contains(where: name.hasSuffix) {
      return .stratum
    }
    if begins(["psu", "cluster", "klynge", "secu"]) || name.hasSuffix("psu") { return .psu }
    if begins(["fpc", "popsize"]) { return .fpc }
    if begins(["weight", "vekt", "wght", "wgt", "wt", "pspw", "pweight", "dweight", "anweight"])
      || contains(["weight", "wght", "vekt"]) || ["w", "w1", "pw", "wts"].contains(name)
    {
      return .weight
    }
    return nil
  }
}

extension VariableRole {
  /// The role in words.
  var words: String {
    switch self {
    case .id: "an identifier"
    case .weight: "a weight"
    case .stratum: "a stratum of the design"
    case .psu: "a sampling unit of the design"
    case .fpc: "a population size of the design"
    }
  }

  /// The line of the codebook that names a column of this role.
  func declaration(of name: String) -> String {
    switch self {
    case .id: "\(name): {role: id}"
    case .weight: "weights: {\(name): {var: \(name)}}"
    case .stratum: "design: {strata: \(name)}"
    case .psu: "design: {psu: \(name)}"
    case .fpc: "design: {fpc: \(name)}"
    }
  }
}
