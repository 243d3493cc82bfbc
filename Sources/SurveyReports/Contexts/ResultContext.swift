package import SurveyData
package import SurveyStatistics
internal import SurveyTables

/// What the document of an estimate says besides its rows: data, design, accounting, notes.
package struct ResultContext {
  /// The survey, perhaps imputed.
  package let survey: Survey
  package let language: String
  package let options: EstimationOptions
  /// The decimals of printed numbers; nil means what fits.
  let digits: Int?
  /// Whether the file's SHA-256 is worth its time: when a machine or a report reads the result.
  let wantsHash: Bool

  /// - Parameter language: The language of words; nil means that of the codebook.
  package init(
    _ survey: Survey, options: EstimationOptions, language: String?, digits: Int?,
    wantsHash: Bool
  ) {
    self.survey = survey
    self.options = options
    self.digits = digits
    self.wantsHash = wantsHash
    self.language = language ?? survey.dataset.codebook.printedLanguage
  }

  /// Σw of all people; nil without a weight.
  private func weightsSum(_ cells: CellSums?) -> Double? {
    guard let cells else {
      return survey.weights.name.map { _ in survey.weights.values.reduce(0, +) }
    }
    return cells.weights.first?.sums.reduce(0, +)
  }

  /// File, hash and rows.
  package func data() throws -> Tree {
    let source = (survey.stack?.dataset ?? survey.dataset).source
    var members: [Tree.Member] = [
      Tree.Member("file", .text(source.facts.path)),
      Tree.Member("format", .text(source.facts.format)),
      Tree.Member("sha256", wantsHash ? (try source.sha256()).map(Tree.text) ?? .empty : .empty),
      Tree.Member("rows_read", .integer(try (survey.stack?.dataset ?? survey.dataset).peopleCount)),
    ]
    let cells = (survey.stack?.dataset ?? survey.dataset).cells
    if let cells { members.append(Tree.Member("cells", .integer(cells.count))) }
    if let least = cells?.suppressedBelow {
      members.append(Tree.Member("suppressed_below", .integer(least)))
    }
    if let engine = source.facts.engine {
      members += source.facts.engineMembers
      members.append(
        Tree.Member("weights_sum", weightsSum(cells).map { .value(.number($0)) } ?? .empty))
      members.append(Tree.Member("queries", .list(engine.queries.map(Tree.text))))
    }
    if survey.isImputed { members.append(Tree.Member("imputations", try imputations())) }
    if let codebook = survey.dataset.codebook.path {
      members.append(Tree.Member("codebook", .text(codebook)))
    }
    return .object(members + disclosure(of: survey.dataset.codebook))
  }

  /// The design that was used.
  package var design: Tree {
    let roster = survey.roster
    let declaration = roster.declaration
    let replicates = survey.weights.replicates
    let hasUnits = !declaration.psu.isEmpty && replicates == nil
    let unitCount = hasUnits ? roster.strata.reduce(0) { $0 + $1.unitCount } : nil
    var members = [
      Tree.Member(
        "statement",
        .text(
          survey.designStatement == .declared
            ? "declared" : survey.designStatement == .simpleRandom ? "none" : "unstated")),
      Tree.Member("weights", survey.weights.name.map(Tree.text) ?? .empty),
      Tree.Member("strata", declaration.strata.map(Tree.text) ?? .empty),
      Tree.Member("psu", .list(declaration.psu.map(Tree.text))),
      Tree.Member("fpc", .list(declaration.fpc.map(Tree.text))),
      Tree.Member(
        "strata_count",
        survey.hasErrors && replicates == nil ? .integer(roster.strata.count) : .empty),
      Tree.Member("psu_count", unitCount.map(Tree.integer) ?? .empty),
      Tree.Member(
        "element_sample",
        survey.hasErrors ? .value(.flag(declaration.psu.isEmpty && replicates == nil)) : .empty),
      Tree.Member("lonely_psu", .text(declaration.lonelyPSU.rawValue)),
      Tree.Member(
        "lonely_strata",
        .list(
          survey.hasErrors && replicates == nil
            ? roster.stages.flatMap(\.strata).filter(\.isLonely).map { .text($0.code) } : [])),
      Tree.Member(
        "variance",
        .text(
          !survey.hasErrors ? "none" : replicates == nil ? "linearization" : "replication")),
      Tree.Member("subpopulation", survey.subpopulation.map { .text($0.source) } ?? .empty),
      Tree.Member("level", .value(.number(options.level))),
    ]
    if roster.stages.count > 1 {
      members.append(
        Tree.Member(
          "stages",
          .list(
            roster.stages.enumerated().map { index, stage in
              .object([
                Tree.Member("psu", stage.name.map(Tree.text) ?? .empty),
                Tree.Member(
                  "fpc",
                  index < declaration.fpc.count ? .text(declaration.fpc[index]) : .empty),
                Tree.Member("units", .integer(stage.unitCount)),
              ])
            })))
    }
    if declaration.lonelyInDomains, replicates == nil {
      members.append(Tree.Member("lonely_domain", .value(.flag(true))))
    }
    if let pps = declaration.pps, replicates == nil {
      members.append(Tree.Member("pps", .text(pps.rawValue)))
    }
    if !survey.weights.adjustments.isEmpty {
      members.append(
        Tree.Member("calibration", .list(survey.weights.adjustments.map(Self.calibration))))
    }
    if let effect = options.designEffect {
      members.append(Tree.Member("deff", .text(effect.rawValue)))
    }
    members += standardMembers
    if let replicates {
      members.append(
        Tree.Member(
          "replicates",
          .object([
            Tree.Member("count", .integer(replicates.count)),
            Tree.Member("method", .text(replicates.method.rawValue)),
            Tree.Member("df", .value(.number(roster.replicateDegreesOfFreedom ?? .nan))),
          ])))
    }
    return .object(members)
  }

  /// One step of calibration that the variance takes in.
  private static func calibration(_ step: WeightAdjustment) -> Tree {
    .object(
      [
        Tree.Member("step", .text(step.step.rawValue)),
        Tree.Member("of", .text(step.before)),
      ]
        + (step.variables.isEmpty
          ? [] : [Tree.Member("by", .list(step.variables.map(Tree.text)))])
        + (step.formula.map { [Tree.Member("formula", .text($0))] } ?? []))
  }

  /// Where the rows of one analysis went.
  package func accounting(_ account: Accounting) -> Tree {
    .object([
      Tree.Member("rows_read", .integer(account.read)),
      Tree.Member("used", .integer(account.used)),
      Tree.Member("outside_subpopulation", .integer(account.outside)),
      Tree.Member("outside_because_missing", .integer(account.outsideUnknown)),
      Tree.Member("without_weight", .integer(account.withoutWeight)),
      Tree.Member("missing", .integer(account.missing.reduce(0) { $0 + $1.count })),
      Tree.Member(
        "missing_by_reason",
        .list(
          account.missing.map { missing in
            .object([
              Tree.Member("variable", .text(missing.variable)),
              Tree.Member("code", .text(missing.code.text)),
              Tree.Member("reason", .text(missing.code.reason.rawValue)),
              Tree.Member("count", .integer(missing.count)),
            ])
          })),
    ])
  }

  /// The accounts of several analyses: the one, or each under its variable.
  package func accounting(_ accounts: [(name: String, account: Accounting)]) -> Tree {
    guard accounts.count > 1 else {
      return accounts.first.map { accounting($0.account) } ?? .object([])
    }
    let names = Records.columns(of: accounts.map(\.name), beside: ["rows_read"])
    return .object(
      [Tree.Member("rows_read", .integer(accounts[0].account.read))]
        + zip(names, accounts).map { Tree.Member($0, accounting($1.account)) })
  }

  /// The confidence level of intervals in tables; nil where there are none.
  var intervalLevel: Double? { survey.hasErrors ? options.level : nil }

  /// What must be said of the whole result, in words.
  package var notes: [String] {
    var notes: [String] = []
    if survey.designStatement != .declared, survey.hasErrors {
      notes.append(
        Phrase.simpleRandomNote(isStated: survey.designStatement == .simpleRandom).text(
          in: language))
    }
    if let repeated = repeatedUnits {
      notes.append(
        Phrase.repeatedUnits(
          repeated.psu, in: repeated.strata, counted: repeated.counted, within: repeated.within
        ).text(in: language))
    }
    notes += stageNotes.map { $0.text(in: language) }
    if survey.isImputed { notes.append(imputationNote.text(in: language)) }
    if survey.weights.name == nil { notes.append(Phrase.unweightedNote.text(in: language)) }
    if survey.weights.missingCount > 0 {
      notes.append(Phrase.rowsWithoutWeight(survey.weights.missingCount).text(in: language))
    }
    return notes + words(of: survey.notes + survey.dataset.notes)
  }
}

extension FileFacts {
  /// The engine that the data lie in; nothing of a file.
  package var engineMembers: [Tree.Member] {
    guard let engine else { return [] }
    return [
      ("engine", engine.engine), ("version", engine.version), ("driver", engine.driver),
      ("driver_version", engine.driverVersion), ("table", engine.table),
    ].map { Tree.Member($0, $1.isEmpty ? .empty : .text($1)) }
  }
}

extension Codebook {
  /// The language of printed tables unless the user says otherwise.
  package var printedLanguage: String {
    output.language ?? (language.isNorwegian ? language : "en")
  }
}
