internal import SurveyData

/// The weight and the design of waves below each other, with the columns that they need.
struct WaveDesign {
  let files: [WaveFile]
  /// The variable that holds the wave.
  let wave: String
  /// The variable that names the same unit in every wave; nil where each wave drew its own.
  let panel: String?
  let scaling: WaveScaling
  /// The variables of the joined file that are one in all waves.
  let shared: Set<String>
  /// Names that are taken.
  private(set) var taken: Set<String>
  /// Columns to be added.
  private(set) var columns: [(variable: Variable, column: Column)] = []
  private(set) var notes: [Note] = []
  private(set) var weights: [WeightDeclaration] = []
  private(set) var design: Codebook.Design = .unstated

  init(
    _ files: [WaveFile], wave: String, panel: String?, scaling: WaveScaling, shared: Set<String>,
    taken: Set<String>
  ) throws {
    self.files = files
    self.wave = wave
    self.panel = panel
    self.scaling = scaling
    self.shared = shared
    self.taken = taken
    try weigh()
    try draw()
  }

  private mutating func tell(_ id: String, _ text: String, naming values: [String] = []) {
    notes.append(Note(.information, id: "append.\(id)", text, naming: values))
  }

  private mutating func warn(_ id: String, _ text: String, naming values: [String] = []) {
    notes.append(Note(.warning, id: "append.\(id)", text, naming: values))
  }

  /// A name for a new column, `stratum_wave`.
  private mutating func name(_ base: String) -> String {
    let wanted = "\(base)_\(wave)"
    var name = wanted
    var number = 1
    while !taken.insert(name).inserted {
      number += 1
      name = "\(wanted)_\(number)"
    }
    return name
  }

  // MARK: Weights

  private mutating func weigh() throws {
    let declared = files.flatMap(\.codebook.weights)
    for weight in declared where !weights.contains(where: { $0.name == weight.name }) {
      let isOne = files.allSatisfy { $0.codebook.weights.contains { $0.source == weight.source } }
      if isOne, try inputs(of: weight).isSubset(of: shared) {
        var kept = weight
        kept.adjustments = []
        weights.append(kept)
        if !weight.adjustments.isEmpty {
          tell(
            "weights",
            "how weight '\(weight.name)' came about is left out: each wave was adjusted by itself",
            naming: ["left-out", weight.name])
        }
      } else {
        tell(
          "weights",
          "weight '\(weight.name)' is not in every wave, or not the same: its columns are kept",
          naming: ["kept", weight.name])
      }
    }
    let defaults = files.map(\.codebook.defaultWeight)
    guard scaling != .none || defaults.contains(where: { $0 != nil }) else { return }
    let isOne =
      defaults.allSatisfy { $0?.source == defaults[0]?.source }
      && weights.contains { $0.source == defaults[0]?.source }
    let own = try files.map { try $0.weights() ?? Array(repeating: 1, count: $0.rows) }
    let totals = own.map { $0.reduce(0) { $1 > 0 && $1 < .infinity ? $0 + $1 : $0 } }
    let unweighted = zip(files, defaults).filter { $1 == nil }.map(\.0.code)
    if !unweighted.isEmpty {
      warn(
        "weights-lacking",
        "no weight is declared in \(unweighted.joined(separator: ", ")): every row counts as one there",
        naming: [unweighted.joined(separator: ", ")])
    }
    let goals = goals(totals, own)
    let sums = zip(files, goals).map { "\($0.code): \(Self.words($1))" }.joined(separator: ", ")
    switch scaling {
    case .none:
      tell(
        "weights-total",
        "weight: each wave adds up to its own total (\(sums)), which decides how much it counts in a "
          + "pooled share; for others see --scale-weights mean|size", naming: ["none", sums])
    case .mean:
      tell(
        "weights-total",
        "weight: every wave adds up to the same (\(sums)): a pooled share is the mean of the waves'",
        naming: ["mean", sums])
    case .size:
      tell(
        "weights-total",
        "weight: each wave adds up to its number of weighted rows (\(sums)): a pooled share weighs "
          + "the waves by their size", naming: ["size", sums])
    }
    if scaling == .none, isOne {
      for index in weights.indices {
        weights[index].isDefault = weights[index].source == defaults[0]?.source
      }
      return
    }
    let base = defaults[0].flatMap { first in
      defaults.allSatisfy { $0?.name == first.name } ? first.name : nil
    }
    addWeight(
      named: name(base ?? "weight"), own, factors: zip(goals, totals).map { $1 > 0 ? $0 / $1 : 1 },
      dropsMissing: defaults.contains { $0?.dropsMissing ?? false })
  }

  private mutating func addWeight(
    named name: String, _ own: [[Double]], factors: [Double], dropsMissing: Bool
  ) {
    var variable = Variable(name)
    variable.label = LocalizedText([
      ("en", "Weight of each wave"), ("nb", "Vekt i hver runde"),
    ])
    variable.type = .decimal
    variable.measure = .ratio
    variable.role = .weight
    let values = zip(own, factors).flatMap { values, factor in
      values.map { $0.isNaN ? NumericColumn.missingValue(0) : factor == 1 ? $0 : $0 * factor }
    }
    columns.append((variable, .numbers(NumericColumn(values: values, missing: [.system]))))
    for index in weights.indices { weights[index].isDefault = false }
    var declared: String = name
    while weights.contains(where: { $0.name == declared }) { declared += "_" }
    weights.append(
      WeightDeclaration(
        declared, source: .variable(name), isDefault: true, dropsMissing: dropsMissing))
    tell(
      "weight", "weight '\(name)' holds what each wave weighs by, and is the default",
      naming: [name])
  }

  private func inputs(of weight: WeightDeclaration) throws -> Set<String> {
    switch weight.source {
    case .variable(let name): [name]
    case .expression(let source): Set(try Expression(source).variables)
    }
  }

  private func goals(_ totals: [Double], _ own: [[Double]]) -> [Double] {
    switch scaling {
    case .none: totals
    case .mean: totals.map { _ in totals.reduce(0, +) / Double(totals.count) }
    case .size: own.map { Double($0.count { $0 > 0 && $0 < .infinity }) }
    }
  }

  private static func words(_ number: Double) -> String {
    let rounded = (number * 1000).rounded() / 1000
    return canonicalCode(rounded)
  }

  // MARK: Strata and sampling units

  private mutating func draw() throws {
    let designs = files.map(\.design)
    if let panel { try requireUnits(panel, designs) }
    guard panel != nil || designs.contains(where: { $0 != nil }) else {
      tell("design", "no wave declares a design, so that none is declared here")
      return
    }
    let silent = zip(files, designs).filter { $1 == nil }.map(\.0.code)
    if !silent.isEmpty, silent.count < files.count {
      warn(
        "design-lacking",
        "no design is declared in \(silent.joined(separator: ", ")): a simple random sample there",
        naming: [silent.joined(separator: ", ")])
    }
    let strata = try zip(files, designs).map { file, design in
      try design?.strata.map { try file.texts($0) }
    }
    let units = try zip(files, designs).map { file, design in
      try (panel ?? design?.psu.first).map { try file.texts($0) }
    }
    var declaration = DesignDeclaration()
    let rules = Set(designs.compactMap { $0?.lonelyPSU })
    if rules.count == 1, let rule = rules.first { declaration.lonelyPSU = rule }
    if rules.count > 1 { tell("lonely-psu", "lonely_psu differs between the waves: it is fail") }
    declaration.lonelyInDomains =
      rules.count == 1 && designs.allSatisfy { $0?.lonelyInDomains ?? true }
    declaration.strata = stratify(strata, units, names: designs.map { $0?.strata })
    if let panel {
      declaration.psu = [panel]
    } else if units.contains(where: { $0 != nil }) {
      declaration.psu = [tellUnitsApart(units, names: designs.map { $0?.psu.first })]
    }
    keepRest(of: designs, in: &declaration)
    design = .declared(declaration)
  }

  /// A panel's units are the sampling units, and one variable in all waves.
  private func requireUnits(_ panel: String, _ designs: [DesignDeclaration?]) throws {
    for (file, design) in zip(files, designs) {
      guard file.variable(panel) != nil else {
        throw SurveyError(
          .usage, at: file.dataset.source.facts.path, "--panel is '\(panel)', which is no variable",
          remedy: suggestion(for: panel, among: file.variables.map(\.name)))
      }
      if let psu = design?.psu.first, psu != panel {
        throw SurveyError(
          .usage, at: file.dataset.source.facts.path,
          "--panel is '\(panel)', but the sampling unit is '\(psu)'",
          remedy: "Name the sampling unit: people within it follow.")
      }
    }
    guard shared.contains(panel) else {
      throw SurveyError(
        .data, at: panel,
        "is not of the same kind in all waves, so that no unit can be found again",
        remedy: "State the same type in the codebooks.")
    }
  }

  /// The strata of all waves: each wave's own, but those of a panel that hold a unit of several waves.
  ///
  /// - Returns: The name of their column; nil where all waves are one stratum.
  private mutating func stratify(
    _ strata: [[String]?], _ units: [[String]?], names: [String?]
  ) -> String? {
    let persistent = panel == nil ? [] : persistentStrata(strata, units)
    let hasStrata = strata.contains { $0 != nil }
    if !hasStrata, persistent.isEmpty {
      tell("strata", "strata: each wave is one, '\(wave)'", naming: ["waves", wave])
      return wave
    }
    if !hasStrata {
      tell(
        "strata",
        "units of '\(panel ?? "")' are in several waves, which are not told apart by strata",
        naming: ["panel", panel ?? ""])
      return nil
    }
    let name = name(Self.one(names) ?? "stratum")
    let mark = separator
    let texts = zip(files, strata).flatMap { file, codes in
      (codes ?? Array(repeating: file.code, count: file.rows)).map { code in
        code.isEmpty || codes == nil || persistent.contains(code)
          ? code : "\(file.code)\(mark)\(code)"
      }
    }
    add(
      name, role: .stratum, texts, en: "Stratum within wave", nb: "Stratum i runden")
    tell(
      "strata",
      "strata made unique: \(name)"
        + (persistent.isEmpty
          ? "" : "; \(persistent.count) with units of several waves keep their names"),
      naming: ["unique", name, "\(persistent.count)"])
    return name
  }

  /// The strata, by their codes, with a unit that occurs in several waves.
  private mutating func persistentStrata(_ strata: [[String]?], _ units: [[String]?]) -> Set<String>
  {
    struct Seen { var wave: Int, strata: Set<String>, isPersistent = false }
    var seen: [String: Seen] = [:]
    for wave in files.indices {
      guard let units = units[wave] else { continue }
      for (row, unit) in units.enumerated() where !unit.isEmpty {
        let stratum = strata[wave]?[row] ?? ""
        if var known = seen[unit] {
          if known.wave != wave { known.isPersistent = true }
          known.strata.insert(stratum)
          seen[unit] = known
        } else {
          seen[unit] = Seen(wave: wave, strata: [stratum])
        }
      }
    }
    let persistent = seen.values.filter(\.isPersistent)
    let moved = persistent.count { $0.strata.count > 1 }
    tell(
      "panel",
      "\(persistent.count) of \(seen.count) units of '\(panel ?? "")' are in more than one wave: they "
        + "are the same sampling unit there",
      naming: ["\(persistent.count)", "\(seen.count)", panel ?? ""])
    if moved > 0 {
      warn(
        "panel-moved",
        "\(moved) of these change stratum between the waves, and count as a unit in each stratum",
        naming: ["\(moved)"])
    }
    return persistent.reduce(into: []) { $0.formUnion($1.strata) }
  }

  /// The sampling units of all waves, each wave's own.
  private mutating func tellUnitsApart(_ units: [[String]?], names: [String?]) -> String {
    let name = name(Self.one(names) ?? "psu")
    let mark = separator
    let texts = zip(files, units).flatMap { file, codes in
      codes?.map { $0.isEmpty ? "" : "\(file.code)\(mark)\($0)" }
        ?? (0..<file.rows).map { "\(file.code)\(mark)row \($0 + 1)" }
    }
    add(name, role: .psu, texts, en: "Sampling unit within wave", nb: "Utvalgsenhet i runden")
    tell(
      "psu",
      "sampling units made unique: \(name); where the same units are in several waves, say --panel NAME",
      naming: [name])
    return name
  }

  private mutating func add(
    _ name: String, role: VariableRole, _ texts: [String], en: String, nb: String
  ) {
    var variable = Variable(name)
    variable.label = LocalizedText([("en", en), ("nb", nb)])
    variable.type = .text
    variable.role = role
    columns.append((variable, .text(TextColumn(values: texts))))
  }

  /// Later stages and population sizes, where they are the same columns in every wave.
  private mutating func keepRest(
    of designs: [DesignDeclaration?], in declaration: inout DesignDeclaration
  ) {
    let declared = designs.compactMap { $0 }
    let later = declared.map { Array($0.psu.dropFirst()) }
    let sizes = declared.map(\.fpc)
    let isWhole = declared.count == files.count
    if isWhole, Set(later).count == 1, shared.isSuperset(of: later[0]), !declaration.psu.isEmpty {
      declaration.psu += later[0]
    } else if later.contains(where: { !$0.isEmpty }) {
      warn("stages", "later stages of sampling differ between the waves, and are left out")
    }
    if isWhole, Set(sizes).count == 1, shared.isSuperset(of: sizes[0]) {
      declaration.fpc = sizes[0]
      if Set(declared.map(\.pps)).count == 1 { declaration.pps = declared[0].pps }
    } else if sizes.contains(where: { !$0.isEmpty }) {
      warn(
        "population-sizes", "population sizes differ between the waves, and are left out")
    }
  }

  private static func one(_ names: [String?]) -> String? {
    let known = Set(names.compactMap { $0 })
    return known.count == 1 ? known.first : nil
  }

  /// What stands between a wave and a code.
  private var separator: String {
    ["-", ":", "/"].first { mark in !files.contains { $0.code.contains(mark) } } ?? "|"
  }
}
