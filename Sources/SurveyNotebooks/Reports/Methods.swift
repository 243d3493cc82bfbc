import SurveyData
import SurveyReports
internal import SurveyTables

/// How the numbers of a report were made: gathered from what was really used, not from what was meant.
struct Methods {
  private var designs: [Tree] = []
  private var testNames: [String] = []
  private var hasModels = false
  private var hasMissing = false
  private var hasImputations = false

  /// Takes in how a result was made.
  mutating func add(_ document: Document, of command: Cell.Command) {
    guard document.design != .object([]) else { return }
    if !designs.contains(document.design) { designs.append(document.design) }
    for records in document.records {
      guard let column = records.columns.firstIndex(of: "test") else { continue }
      for case .text(let name) in records.rows.map({ $0[column] })
      where !testNames.contains(name) { testNames.append(name) }
    }
    let words = command.words
    let fits = ["models", "gradient", "decompose", "all"]
    hasModels =
      hasModels || words.first == "model"
      || (words.first == "paradox" && words.dropFirst().first.map(fits.contains) ?? false)
    hasMissing = hasMissing || document.accounting["missing"]?.count ?? 0 > 0
    hasImputations = hasImputations || document.data["imputations"] != nil
  }

  /// The sentences, in order; empty when nothing was estimated.
  var sentences: [Phrase] {
    guard !designs.isEmpty else { return [] }
    let bases = designs.map(\.errorBasis).reduce(into: [ErrorBasis]()) { all, basis in
      if !all.contains(basis) { all.append(basis) }
    }
    var sentences = [
      Phrase.weighting(isWeighted: designs.contains { $0["weights"]?.words != nil })
    ]
    sentences += bases.map(Phrase.standardErrors)
    if bases.count > 1 { sentences.append(.errorsDiffer) }
    let linearized = designs.filter { $0.errorBasis == .design }
    if linearized.contains(where: { $0["fpc"]?.isFilled ?? false }) {
      sentences.append(.finitePopulations)
    }
    if designs.contains(where: { $0["calibration"] != nil }) {
      sentences.append(.calibratedVariance)
    }
    var rules: [String] = []
    for design in designs where design["lonely_strata"]?.isFilled ?? false {
      if let rule = design["lonely_psu"]?.words, !rules.contains(rule) { rules.append(rule) }
    }
    sentences += rules.map(Phrase.lonelyStrata)
    var levels: [Double] = []
    for design in designs where design.errorBasis != .nothing {
      guard case .value(.number(let level))? = design["level"], !levels.contains(level) else {
        continue
      }
      levels.append(level)
    }
    sentences += levels.map(Phrase.confidence)
    if designs.contains(where: { $0["subpopulation"]?.words != nil }) {
      sentences.append(.domainsKeepTheRoster)
    }
    if hasMissing { sentences.append(.missingLeftOut) }
    sentences += testNames.compactMap(Phrase.testMethod)
    if hasModels { sentences.append(.pseudoLikelihood) }
    if hasImputations { sentences.append(.rubinsRules) }
    return sentences
  }
}
