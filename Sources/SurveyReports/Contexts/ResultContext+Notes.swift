package import SurveyData
internal import SurveyStatistics
internal import SurveyTables

extension ResultContext {
  /// Notes in words, each once; where no estimate has an error, none needs to say so of some.
  package func words(of notes: [Note]) -> [String] {
    notes.reduce(into: []) { words, note in
      if note.id == "estimate.unknown-variance", !survey.hasErrors { return }
      let text = Phrase(note).text(in: language)
      if !words.contains(text) { words.append(text) }
    }
  }

  /// The sentences below a table: base, rows, design, source.
  func tableNotes(
    for variable: Variable?, account: Accounting, extra: [Phrase] = [], interval: String?,
    degreesOfFreedom: Double?
  ) -> [String] {
    var phrases: [Phrase] = []
    if let question = variable?.question.text(in: language), !question.isEmpty {
      phrases.append(.question(question))
    }
    phrases += extra
    phrases.append(rowsRead(account, variable: variable?.name))
    phrases += whom
    phrases.append(designSentence(interval: interval, degreesOfFreedom: degreesOfFreedom))
    if let source = sourceText { phrases.append(.source(source)) }
    return phrases.map { $0.text(in: language) }
  }

  /// Who is asked about, and to which composition groups are standardised.
  private var whom: [Phrase] {
    (survey.subpopulation.map { [.subpopulation($0.source)] } ?? []) + standardSentence
  }

  /// The sentences below a table of several questions, each of which has its own account.
  func groupNotes(
    _ extra: [Phrase], rowsRead: Int, interval: String?, degreesOfFreedom: Double?
  ) -> [String] {
    var phrases = extra + [.rowsRead(of: rowsRead)]
    phrases += whom
    phrases.append(designSentence(interval: interval, degreesOfFreedom: degreesOfFreedom))
    if let source = sourceText { phrases.append(.source(source)) }
    return phrases.map { $0.text(in: language) }
  }

  /// What a chart keeps of the sentences below a table.
  ///
  /// - Parameter rows: The variable whose categories are the rows.
  func essentials(
    for variable: Variable?, account: Accounting, rows: Variable? = nil
  ) -> Table.Essentials {
    let question = variable?.question.text(in: language) ?? ""
    return Table.Essentials(
      question: question.isEmpty ? "" : Phrase.question(question).text(in: language),
      subpopulation: survey.subpopulation.map {
        Phrase.subpopulation($0.source).text(in: language)
      } ?? "",
      source: sourceText.map { Phrase.source($0).text(in: language) } ?? "", count: account.used,
      isUnordered: rows.map { $0.measure == .nominal && !$0.isCounted(in: language) } ?? false)
  }

  private func rowsRead(_ account: Accounting, variable: String?) -> Phrase {
    var others: [(count: Int, what: Phrase)] = []
    func add(_ count: Int, _ what: Phrase) {
      let text = what.text(in: language)
      if let index = others.firstIndex(where: { $0.what.text(in: language) == text }) {
        others[index].count += count
      } else {
        others.append((count, what))
      }
    }
    for missing in account.missing {
      if missing.variable == variable {
        let label = missing.code.reason.label
        add(missing.count, Phrase(label.text(in: "en"), label.text(in: "nb")))
      } else {
        add(missing.count, .missingGroup(missing.variable))
      }
    }
    add(account.outside, .outsideSubpopulation)
    add(account.withoutWeight, .withoutWeight)
    return .rowsRead(account.read, counted: account.used, others: others)
  }

  private func designSentence(interval: String?, degreesOfFreedom: Double?) -> Phrase {
    let roster = survey.roster
    guard survey.hasErrors else {
      return .design(
        strata: nil, clusters: nil, namesUnits: false, weight: survey.weights.name,
        remarks: [.withoutErrors])
    }
    var remarks: [Phrase] = []
    if roster.stages.count > 1 {
      remarks.append(.stages(roster.stages.map { ($0.name ?? "", $0.unitCount) }))
    }
    if let pps = roster.declaration.pps, survey.weights.replicates == nil {
      remarks.append(.unequalProbabilities(pps.rawValue))
    } else if roster.hasPopulationSizes {
      remarks.append(.finitePopulation)
    }
    if let replicates = survey.weights.replicates {
      remarks.append(.replicates(replicates.count, method: replicates.method.rawValue))
    } else if roster.declaration.replicates != nil {
      remarks.append(.linearized)
    }
    let calibrated = survey.weights.adjustments.flatMap {
      $0.variables + [$0.formula].compactMap { $0 }
    }
    if !calibrated.isEmpty { remarks.append(.calibrated(to: calibrated)) }
    let lonely = survey.weights.replicates == nil ? roster.strata.filter(\.isLonely).count : 0
    if lonely > 0 {
      remarks.append(.lonelyUnits(rule: roster.declaration.lonelyPSU.rawValue, strata: lonely))
    }
    if roster.declaration.lonelyInDomains, survey.weights.replicates == nil {
      remarks.append(.lonelyDomains(rule: roster.declaration.lonelyPSU.rawValue))
    }
    let lonelyParents = roster.stages.dropFirst().reduce(0) {
      $0 + $1.strata.count(where: \.isLonely)
    }
    if lonelyParents > 0 {
      remarks.append(
        .lonelyParents(rule: roster.declaration.lonelyPSU.rawValue, units: lonelyParents))
    }
    if let interval { remarks.append(.intervals(interval)) }
    // Each combined estimate has its own.
    if let degreesOfFreedom, !survey.isImputed { remarks.append(.df(degreesOfFreedom)) }
    let isReplicated = survey.weights.replicates != nil
    return .design(
      strata: roster.declaration.strata == nil || isReplicated ? nil : roster.strata.count,
      clusters: roster.declaration.psu.isEmpty || isReplicated
        ? nil : roster.strata.reduce(0) { $0 + $1.unitCount }, namesUnits: !isReplicated,
      weight: survey.weights.name, remarks: remarks)
  }

  /// The study's citation or title; nil when the codebook has neither.
  private var sourceText: String? {
    let study = survey.dataset.codebook.study
    let text = study.citation.isEmpty ? study.title.text(in: language) : study.citation
    return text.isEmpty ? nil : text
  }
}

extension Variable {
  /// Whether its answers are numbers, years or bands, which stand in order whatever the codebook says.
  fileprivate func isCounted(in language: String) -> Bool {
    categories.contains { $0.name(in: language).first?.isNumber ?? false }
  }
}
