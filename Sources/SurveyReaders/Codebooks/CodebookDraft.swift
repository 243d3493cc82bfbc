public import SurveyData

extension Codebook {
  /// A first codebook of a file: its own labels where the format has them, otherwise what its values
  /// suggest.
  ///
  /// Nothing is decided that a person should decide: see ``CodebookDraft/comments``.
  /// - Throws: ``SurveyError`` when the file cannot be read.
  public init(drafting dataset: Dataset) throws { self = try CodebookDraft(dataset).codebook }
}

/// A first codebook of a file, with remarks on what a person should look at.
public struct CodebookDraft: Sendable {
  /// The codebook.
  public private(set) var codebook: Codebook
  /// What a person should look at: possible missing codes, likely weights and design columns.
  public private(set) var comments = CodebookComments()
  /// The codes that became missing because their labels say so.
  public private(set) var applied: [(variable: String, code: MissingCode)] = []

  /// What of the proposals a draft takes itself.
  public enum Application: String, CaseIterable, Sendable {
    /// Codes whose label reads like a missing reason are missing.
    case missing
    /// Weight and design too, where one column alone may be it.
    case design
  }

  /// Drafts a codebook from a file's labels and values.
  ///
  /// - Parameters:
  ///   - dataset: The file; what its codebook says of all columns stands in the draft.
  ///   - application: What is applied rather than proposed; nil leaves everything to a person.
  /// - Throws: ``SurveyError`` when the file cannot be read.
  /// - Complexity: O(rows × columns).
  public init(_ dataset: Dataset, applying application: Application? = nil) throws {
    let source = dataset.source
    codebook = source.embeddedCodebook
    codebook.variables = try codebook.variables.map { variable in
      var variable = variable
      variable.missing = try dataset.described(variable.name).missing
      let known = variable
      variable.categories.removeAll { known.missingCode(apartFromCodes: $0.code) != nil }
      return variable
    }
    let own = Dictionary(
      source.embeddedCodebook.variables.map { ($0.name, $0.missing) },
      uniquingKeysWith: { first, _ in first })
    codebook.notes = []
    codebook.path = nil
    comments.top = [
      "A draft: check types and measures, and give labels and missing codes their names.",
      "Say how the sample was drawn: `design: {strata: …, psu: …}`, or `design: none`.",
    ]
    let variables = codebook.variables
    var rows: Int?
    @Sendable func draft(
      _ index: Int, _ codes: CategoricalColumn, _ counts: [Int], whole: ColumnValues.Whole? = nil
    ) -> VariableDraft {
      let variable = variables[index]
      let kept = variable.keeping(own[variable.name, default: []], foundIn: codes, counts)
      var draft = VariableDraft(kept, codes, counts, whole: whole)
      if application != nil { draft.applyMissing() }
      draft.describe()
      return draft
    }
    let origin = dataset.origin
    for range in source.passes(over: variables.count) where origin == nil {
      let requests = range.map { index in
        var tolerant = variables[index]
        tolerant.unknown = .warn
        return ColumnRequest(tolerant, as: .codes)
      }
      let columns = try source.read(requests).columns
      rows = rows ?? columns.first?.count
      let drafts = concurrentMap(columns.count, threads: coreCount) { place -> VariableDraft? in
        guard case .codes(let codes) = columns[place] else { return nil }
        return draft(range.lowerBound + place, codes, codes.counts())
      }
      for (index, draft) in zip(range, drafts) { if let draft { take(draft, as: index) } }
    }
    for index in variables.indices {
      guard let origin else { break }
      let name = variables[index].name
      do {
        let seen = try origin.seen(name, by: codebook)
        rows = seen.rows
        take(draft(index, seen.column, seen.counts, whole: seen.whole), as: index)
      } catch let error as SurveyError where error.kind == .data {
        comments.variables[name] = ["Not looked at: \(error.problem)."]
      }
    }
    try describeFile(source, rows: rows)
    if source.facts.format == "csv" { proposeCheckBoxes() }
    proposeBatteries()
    if application == .design { applyDesign() }
  }

  private mutating func take(_ draft: VariableDraft, as index: Int) {
    applied += draft.applied.map { (codebook.variables[index].name, $0) }
    codebook.variables[index] = draft.variable
    comments.variables[draft.variable.name] = draft.comments.isEmpty ? nil : draft.comments
  }

  /// Makes groups of the check boxes that a survey tool has given their names.
  private mutating func proposeCheckBoxes() {
    let groups = CheckBoxes.groups(of: codebook.variables)
    guard !groups.isEmpty else { return }
    codebook.groups += groups
    comments.sections["groups"] = ["Check boxes of one question, by the names of their columns."]
  }

  /// Says where neighbours that have equal codes begin, which a person may call a battery.
  private mutating func proposeBatteries() {
    for battery in Batteries.stretches(of: codebook) {
      let (first, last) = (battery[0], battery[battery.count - 1])
      comments.variables[first, default: []].append(
        "\(battery.count) neighbours with equal codes, to \(last): a battery? "
          + "`groups: {NAME: {of: [\(first)-\(last)]}}`")
    }
  }

  /// Takes the weight, the strata and the sampling units that one column alone may be.
  private mutating func applyDesign() {
    func only(_ role: VariableRole) -> String? {
      let found = codebook.variables.filter { $0.likelyRole == role && $0.type?.isText != true }
      return found.count == 1 ? found[0].name : nil
    }
    if codebook.weights.isEmpty, let weight = only(.weight) {
      codebook.weights = [WeightDeclaration(weight, source: .variable(weight), isDefault: true)]
      comments.sections["weights"] = ["Applied, since no other column looks like a weight."]
      forget([weight])
    }
    let (strata, psu) = (only(.stratum), only(.psu))
    if codebook.design == .unstated, strata != nil || psu != nil {
      codebook.design = .declared(
        DesignDeclaration(strata: strata, psu: [psu].compactMap(\.self)))
      comments.sections["design"] = ["Applied, since no other columns look like a design."]
      comments.top.removeLast()
      forget([strata, psu].compactMap(\.self))
    }
  }

  /// Takes back the proposal of a role that was applied.
  private mutating func forget(_ names: [String]) {
    for name in names {
      comments.variables[name]?.removeAll { $0.hasPrefix("Looks like") }
      if comments.variables[name]?.isEmpty == true { comments.variables[name] = nil }
    }
  }

  /// The draft as a codebook file.
  public var yaml: String { codebook.yaml(comments: comments) }

  private mutating func describeFile(_ source: any ColumnSource, rows: Int?) throws {
    let facts = source.facts
    codebook.file.path = facts.path.split(separator: "/").last.map(String.init)
    if FileStatement.formats.contains(facts.format) { codebook.file.format = facts.format }
    if facts.format == "csv" { codebook.file.encoding = facts.encoding }
    codebook.file.rows = try rows ?? source.rowCount()
  }
}

extension Variable {
  /// The variable with those missing codes of a rule for the whole file that it has, beside its own.
  fileprivate func keeping(
    _ declared: [MissingCode], foundIn column: CategoricalColumn, _ counts: [Int]
  ) -> Self {
    let found = zip(column.missing, counts.dropFirst(column.categories.count))
      .filter { $1 > 0 }.map(\.0.text)
    var kept = self
    kept.missing = missing.filter { code in
      var rule = self
      rule.missing = [code]
      return declared.contains(code)
        || found.contains { rule.missingCode(apartFromCodes: $0) != nil || $0 == code.text }
    }.map { code in
      // The label of a rule says no more than the rule.
      let isRule = code.label.texts.first?.text.hasPrefix("Missing (") == true
      return isRule && !declared.contains(code)
        ? MissingCode(code.values, reason: code.reason) : code
    }
    return kept
  }
}
