package import SurveyData
import SurveyReaders
package import SurveyStatistics

/// What a program must know of the data before it can begin: columns, codes, design, subpopulation.
package struct ProgramSource {
  /// The data with their design, perhaps imputed.
  let survey: Survey
  let analysis: Analysis
  /// The expression or column of the weight; nil when everybody counts the same.
  let weight: WeightDeclaration.Source?
  /// The command as a comment names it.
  package let command: String
  let level: Double
  let interval: ProportionIntervalMethod?
  /// Which flags of reliability shares have.
  let reliability: ReliabilityRule
  /// What design effects compare with; nil means what the design says.
  let designEffect: DesignEffectMethod?
  /// What is asked and is not part of a program, a sentence each.
  let remarks: [String]
  /// The columns of the file, in order of need.
  let columns: [Variable]
  /// The derived variables, each after those that it needs.
  let derived: [DerivedVariable]

  package init(
    _ survey: Survey, _ analysis: Analysis, weight: WeightDeclaration.Source?,
    command: String, level: Double, interval: ProportionIntervalMethod?,
    reliability: ReliabilityRule = .nchs, designEffect: DesignEffectMethod? = nil,
    remarks: [String] = []
  ) throws {
    self.survey = survey
    self.analysis = analysis
    self.weight = weight
    self.command = command
    self.remarks = remarks
    self.level = level
    self.interval = interval
    self.reliability = reliability
    self.designEffect = designEffect
    let design = survey.roster.declaration
    var wanted = analysis.factors + analysis.inputs + (survey.standard?.variables ?? [])
    switch weight {
    case .variable(let name): wanted.append(name)
    case .expression(let text): wanted += try Expression(text).variables
    case nil: break
    }
    if let replicates = design.usedReplicates {
      wanted += try survey.dataset.lists.names(in: replicates.weights)
    } else {
      wanted += [design.strata].compactMap { $0 } + design.usedStages + design.fpc
      wanted += survey.weights.adjustments.flatMap(\.inputNames)
    }
    wanted += survey.subpopulation?.variables ?? []

    let rules = Dictionary(
      survey.dataset.codebook.derived.map { ($0.variable.name, $0) },
      uniquingKeysWith: { first, _ in first })
    var columns: [Variable] = []
    var derived: [DerivedVariable] = []
    func need(_ name: String) throws {
      if let rule = rules[name] {
        guard !derived.contains(where: { $0.variable.name == name }) else { return }
        for input in rule.inputNames { try need(input) }
        derived.append(rule)
      } else if !columns.contains(where: { $0.name == name }) {
        columns.append(try survey.dataset.variable(name))
      }
    }
    for name in wanted {
      let variable = try survey.dataset.variable(name)
      if variable.hasSeveralAnswers { throw variable.noSingleAnswer }
      try need(name)
    }
    self.columns = columns
    self.derived = derived
  }

  /// Whether people were drawn by a design.
  var hasDesign: Bool {
    guard case .translated(let analysis) = analysis else { return true }
    return analysis.hasDesign
  }

  /// How a CSV file is written down; nil for another format.
  var csv: FileStatement? { (file as? CSVSource)?.completeStatement }

  /// The names of a CSV file's columns, and the records between these and the first respondent.
  var header: (names: [String], extraRecords: Int) {
    guard let file = file as? CSVSource else { return ([], 0) }
    return (file.columnNames, file.extraHeaderRecords)
  }

  /// The file; of imputed data sets below each other the one in which they stand.
  var file: any ColumnSource { (survey.stack?.dataset ?? survey.dataset).source }

  /// Whether a program has the field of a variable as it stands in the file: of a CSV file.
  func keepsRaw(_ name: String) -> Bool {
    csv != nil && columns.contains { $0.name == name }
      && analysis.kept.contains { field(of: $0.name) == name && !$0.reasons.isEmpty }
  }

  /// The column of the file that holds the reasons for a missing answer: of a recoded variable the one
  /// that it is made of; nil for one that is derived otherwise.
  func field(of name: String) -> String? {
    guard let rule = derived.first(where: { $0.variable.name == name })?.rule else { return name }
    guard case .recode(let old, _, _) = rule else { return nil }
    return field(of: old)
  }

  /// Whether a variable's values are texts for the program.
  func isText(_ name: String) -> Bool {
    guard let variable = try? survey.dataset.variable(name) else { return false }
    if variable.hasSeveralAnswers { return true }
    if variable.type == .text || variable.type == .date || variable.type == .datetime {
      return true
    }
    if !variable.categories.isEmpty { return variable.categories.contains { !$0.isPlainNumber } }
    let isCoded = isFactor(name) || isDesignColumn(name)
    guard isCoded, variable.range == nil, let codes = try? survey.dataset.categorical(name) else {
      return false
    }
    return codes.categories.contains { !$0.isPlainNumber }
  }

  /// The codes of a variable in their order.
  func levels(_ name: String) throws -> [String] {
    try survey.dataset.categorical(name).categories.map(\.code)
  }

  private func isFactor(_ name: String) -> Bool {
    if analysis.factors.contains(name) { return true }
    if survey.standard?.variables.contains(name) ?? false { return true }
    return analysis.formulas.contains { formula, _ in
      formula.atoms.contains { $0.isFactor && $0.expression.variables == [name] }
    }
  }

  private func isDesignColumn(_ name: String) -> Bool {
    let design = survey.roster.declaration
    return design.strata == name || design.usedStages.contains(name)
      || survey.weights.adjustments.contains { $0.variables.contains(name) }
  }
}

extension Category {
  /// Whether the code is a number in its plain form, so that `01` is none.
  var isPlainNumber: Bool { number.map { canonicalCode($0) == code } ?? false }
}

/// Something that the other program has no words for.
struct Untranslatable: Error {
  let what: String
}
