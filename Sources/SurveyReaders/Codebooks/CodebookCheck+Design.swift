internal import SurveyData

extension CodebookCheck {
  /// Reads what weights and design need in one pass; what cannot be read is found out one by one.
  func loadDesign() {
    guard origin == nil else { return }
    var needed: [(name: String, view: ColumnView)] = codebook.weights.compactMap { weight in
      if case .variable(let name) = weight.source { (name, .numbers) } else { nil }
    }
    if case .declared(let design) = codebook.design {
      let names = [design.strata].compactMap(\.self) + design.psu + design.fpc
      needed += names.map { ($0, .codes) }
    }
    try? dataset.load(needed)
  }

  mutating func checkWeights() {
    for weight in codebook.weights {
      do {
        check(weight, try facts(of: weight))
      } catch let error as SurveyError {
        let isOptional = codebook.file.isPartial && !weight.isDefault
        add(
          Finding(
            isOptional ? .information : .error, id: "weight-unreadable", variable: weight.name,
            error.problem, remedy: isOptional ? nil : error.remedy))
      } catch {}
    }
  }

  /// What a weight is, of all people.
  private func facts(of weight: WeightDeclaration) throws -> WeightFacts {
    if let origin, let summed = try dataset.summed(weight),
      let facts = try origin.weights([summed]).first
    {
      return facts
    }
    switch weight.source {
    case .variable(let name): return WeightFacts(try dataset.numeric(name).values)
    case .expression(let source):
      return WeightFacts(try Expression(source).number(on: dataset).values)
    }
  }

  private mutating func check(_ weight: WeightDeclaration, _ facts: WeightFacts) {
    let name = weight.name
    func finding(
      _ severity: Finding.Severity, _ id: String, _ count: Int?, _ text: String,
      remedy: String? = nil
    ) -> Finding {
      Finding(severity, id: id, variable: name, count: count, text, remedy: remedy)
    }
    if facts.missing > 0 {
      add(
        finding(
          weight.dropsMissing ? .information : .error, "weight-missing", facts.missing,
          "the weight is missing in \(rows(facts.missing))",
          remedy: weight.dropsMissing ? nil : "Mend the file, or write `missing: drop`."))
    }
    if facts.negative > 0 {
      add(
        finding(
          .error, "weight-negative", facts.negative,
          "the weight is negative in \(rows(facts.negative))",
          remedy: weight.adjustments.adviceOnNegativeWeights))
    }
    guard facts.count > 0, facts.sum > 0 else {
      add(finding(.error, "weight-zero", facts.count, "no row has a weight above zero"))
      return
    }
    if facts.zero > 0 {
      add(
        finding(
          .information, "weight-zero", facts.zero,
          "the weight is zero in \(rows(facts.zero)), which stay in the design but are not counted")
      )
    }
    let (smallest, largest) = (facts.smallest, facts.largest)
    let mean = facts.sum / Double(facts.count)
    if smallest == largest {
      add(
        finding(
          .information, "weight-equal", facts.count, "all weights are \(canonicalCode(largest))"))
    } else if largest > 20 * mean {
      add(
        finding(
          .warning, "weight-extreme", nil,
          "the largest weight, \(canonicalCode(largest)), is more than 20 times the mean"))
    } else if abs(mean - 1) < 0.001 {
      add(
        finding(
          .information, "weight-normalized", nil,
          "the weights add up to the number of rows, so totals are not those of the population"))
    }
  }

  mutating func checkDesign() {
    guard case .declared(let design) = codebook.design else { return }
    if design.fpc.count > max(design.psu.count, 1) {
      add(
        Finding(
          .error, id: "design-stages", variable: design.fpc.last, count: design.fpc.count,
          "the design has more population sizes than stages of sampling units",
          remedy: "Name the sampling units of every stage, outermost first."))
    }
    let names = [design.strata].compactMap(\.self) + design.psu + design.fpc
    let drawn = (try? people(by: names)) ?? dataset
    for name in names where !drawn.isEmptyHanded {
      guard let column = try? drawn.categorical(name) else { continue }
      let missing = column.counts(of: drawn.cells?.people)[column.categories.count...].reduce(0, +)
      if missing > 0 {
        add(
          Finding(
            .error, id: "design-missing", variable: name, count: missing,
            "the column of the design is missing in \(rows(missing))"))
      }
    }
    checkLonelyUnits(design, in: drawn)
    if let replicates = design.replicates { check(replicates) }
  }

  /// Whether there are the columns of replicate weights, and whether they hold weights.
  private mutating func check(_ replicates: ReplicateDeclaration) {
    do {
      let names = try dataset.lists.names(in: replicates.weights)
      if origin == nil { try dataset.load(names.map { ($0, .numbers) }) }
      guard names.count > 1 else {
        add(
          Finding(
            .error, id: "replicates-few", variable: names.first,
            "one replicate weight makes no variance; there are two or more"))
        return
      }
      let all =
        try origin?.weights(names.map(SummedWeight.init(stringLiteral:)))
        ?? names.map { WeightFacts(try dataset.numeric($0).values) }
      for (name, facts) in zip(names, all) where facts.negative > 0 {
        let negative = facts.negative
        add(
          Finding(
            .error, id: "replicates-negative", variable: name, count: negative,
            "the replicate weight is negative in \(rows(negative))"))
      }
    } catch let error as SurveyError {
      add(
        Finding(
          .error, id: "replicates-unreadable", variable: replicates.weights.first, error.problem,
          remedy: error.remedy))
    } catch {}
  }

  /// Strata with one sampling unit, whose variance cannot be estimated.
  private mutating func checkLonelyUnits(_ design: DesignDeclaration, in dataset: Dataset) {
    guard let strata = design.strata, let psu = design.psu.first, !dataset.isEmptyHanded,
      let stratum = try? dataset.categorical(strata), let unit = try? dataset.categorical(psu),
      stratum.count == unit.count
    else { return }
    var first = Array(repeating: -1, count: stratum.categories.count)
    var isLonely = first.map { _ in true }
    for row in 0..<stratum.count {
      let (place, member) = (stratum.positions[row], unit.positions[row])
      guard place < first.count else { continue }
      if first[place] == -1 {
        first[place] = member
      } else if first[place] != member {
        isLonely[place] = false
      }
    }
    let lonely = first.indices.filter { first[$0] >= 0 && isLonely[$0] }
    guard !lonely.isEmpty else { return }
    let codes = lonely.prefix(8).map { stratum.categories[$0].code }.joined(separator: ", ")
    add(
      Finding(
        design.lonelyPSU == .fail ? .error : .information, id: "lonely-psu", variable: strata,
        count: lonely.count, "strata with one sampling unit: \(codes)", naming: [codes],
        remedy: design.lonelyPSU == .fail
          ? "Say what to do: `lonely_psu: adjust`, `average`, `certainty` or `remove`." : nil))
  }

  /// Columns that look like weights or design columns, but are not named as such.
  mutating func checkLikelyRoles() {
    let named = codebook.technicalNames
    var columns = codebook.variables
    let described = Set(columns.map(\.name))
    columns += source.embeddedCodebook.variables.filter { !described.contains($0.name) }
    for variable in columns where variable.role == nil && !named.contains(variable.name) {
      guard let role = variable.likelyRole else { continue }
      let isMissed =
        role == .weight
        ? codebook.weights.isEmpty
        : codebook.design == .unstated || codebook.design == .simpleRandom
      add(
        Finding(
          isMissed ? .warning : .information,
          id: role == .weight ? "weight-not-named" : "design-not-named", variable: variable.name,
          "looks like \(role.words), but the codebook does not name it as one",
          naming: [role.rawValue, role.declaration(of: variable.name)],
          remedy: "If it is one, write `\(role.declaration(of: variable.name))`."))
    }
  }
}
