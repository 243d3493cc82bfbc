internal import SurveyData

extension CodebookCheck {
  /// Reads what weights and design need in one pass; what cannot be read is found out one by one.
  func loadDesign() {
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
        let column: NumericColumn =
          switch weight.source {
          case .variable(let name): try dataset.numeric(name)
          case .expression(let source): try Expression(source).number(on: dataset)
          }
        check(weight, column)
      } catch let error as SurveyError {
        let isOptional = codebook.file.isPartial && !weight.isDefault
        add(
          Finding(
            isOptional ? .information : .error, id: "weight-unreadable", variable: weight.name,
            error.problem, remedy: isOptional ? nil : error.remedy))
      } catch {}
    }
  }

  private mutating func check(_ weight: WeightDeclaration, _ column: NumericColumn) {
    let name = weight.name
    func finding(
      _ severity: Finding.Severity, _ id: String, _ count: Int?, _ text: String,
      remedy: String? = nil
    ) -> Finding {
      Finding(severity, id: id, variable: name, count: count, text, remedy: remedy)
    }
    let values = column.values.filter { !$0.isNaN }
    let missing = column.count - values.count
    if missing > 0 {
      add(
        finding(
          weight.dropsMissing ? .information : .error, "weight-missing", missing,
          "the weight is missing in \(rows(missing))",
          remedy: weight.dropsMissing ? nil : "Mend the file, or write `missing: drop`."))
    }
    let negative = values.count { $0 < 0 }
    if negative > 0 {
      add(
        finding(
          .error, "weight-negative", negative, "the weight is negative in \(rows(negative))",
          remedy: weight.adjustments.adviceOnNegativeWeights))
    }
    let sum = values.reduce(0, +)
    guard let largest = values.max(), let smallest = values.min(), sum > 0 else {
      add(finding(.error, "weight-zero", values.count, "no row has a weight above zero"))
      return
    }
    let zero = values.count { $0 == 0 }
    if zero > 0 {
      add(
        finding(
          .information, "weight-zero", zero,
          "the weight is zero in \(rows(zero)), which stay in the design but are not counted"))
    }
    let mean = sum / Double(values.count)
    if smallest == largest {
      add(
        finding(
          .information, "weight-equal", values.count, "all weights are \(canonicalCode(largest))"))
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
    for name in [design.strata].compactMap(\.self) + design.psu + design.fpc {
      guard let column = try? dataset.categorical(name) else { continue }
      let missing = (0..<column.count).count { column.positions[$0] >= column.categories.count }
      if missing > 0 {
        add(
          Finding(
            .error, id: "design-missing", variable: name, count: missing,
            "the column of the design is missing in \(rows(missing))"))
      }
    }
    checkLonelyUnits(design)
    if let replicates = design.replicates { check(replicates) }
  }

  /// Whether there are the columns of replicate weights, and whether they hold weights.
  private mutating func check(_ replicates: ReplicateDeclaration) {
    do {
      let names = try dataset.lists.names(in: replicates.weights)
      try dataset.load(names.map { ($0, .numbers) })
      guard names.count > 1 else {
        add(
          Finding(
            .error, id: "replicates-few", variable: names.first,
            "one replicate weight makes no variance; there are two or more"))
        return
      }
      for name in names {
        let values = try dataset.numeric(name).values
        let negative = values.count { $0 < 0 }
        guard negative > 0 else { continue }
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
  private mutating func checkLonelyUnits(_ design: DesignDeclaration) {
    guard let strata = design.strata, let psu = design.psu.first,
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
        count: lonely.count, "strata with one sampling unit: \(codes)",
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
          remedy: "If it is one, write `\(role.declaration(of: variable.name))`."))
    }
  }
}
