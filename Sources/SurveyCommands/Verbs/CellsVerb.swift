import ArgumentParser
import SurveyData
import SurveyReaders
import SurveyReports
import SurveySessions
import SurveyStatistics
import SurveyTables

/// `cells DATA VAR… --output CELLS.csv`: the weighted cells of an analysis, which any verb reads.
struct CellsVerb: Verb {
  static let configuration = CommandConfiguration(
    commandName: "cells",
    abstract: "Write the weighted cells of an analysis as a file that any verb reads.",
    discussion: """
      People with the same answers become one line: their number (vekt_n),
      the sum of their weights and of the squares (vekt_w_NAME, vekt_w2_NAME),
      and one sum for each replicate weight. Strata, sampling units and
      population sizes are among the columns, so that standard errors are
      those of the data; with replicate weights they are not needed. Every
      verb that estimates reads the file in place of the data, with the
      codebook that is written beside it.

      The columns are raw, as the data have them. A derived variable stands
      for what it is made of, and a condition for its variables; --where adds
      its variables and leaves nobody out. Name all variables of the
      analyses to come.

      --suppress N writes no line of fewer than N people, for a file that
      leaves the house: where too few gave the same answers, the last of them
      is taken out, then the one before it, so name first what is to stay.
      Nobody is lost: these people are there with a missing answer. Strata,
      sampling units and squares are not written, so that shares, means and
      totals of such cells have no standard errors, tests or models.

      Examples:
        vekt cells survey.csv trust origin --output trust.csv
        vekt cells survey.csv 'trust_*' sex age3 --where 'age >= 18' --output cells.csv
        vekt cells survey.csv trust origin --weights w --strata s --psu c --output cells.csv
        vekt tabulate cells.csv trust --by origin --test
        vekt cells survey.csv origin sex trust --suppress 5 --output shown.csv
        vekt cells 'postgresql://anna@host/db#answers' trust origin --codebook survey.codebook.yaml --emit sql
      """)

  static let standsInCells = false

  @Argument(help: "The data file, or cells by more variables.", completion: .file())
  var data: String

  @Argument(
    help:
      "The variables of the analyses to come: names, lists, groups of the codebook, conditions.",
    completion: .variables)
  var variables: [String] = []

  @OptionGroup var opening: OpeningArguments

  @OptionGroup var design: DesignArguments

  @OptionGroup var conditions: ConditionArguments

  @OptionGroup var lists: ListArguments

  @Option(
    help: ArgumentHelp(
      "Imputed data sets below each other in DATA: the column with their number.",
      valueName: "column"), completion: .variables)
  var imputation: String?

  @Option(
    help: ArgumentHelp(
      "Take out answers that fewer people share; then there are no standard errors.",
      valueName: "people"))
  var suppress: Int?

  @OptionGroup var emission: EmitArguments

  @OptionGroup var output: OutputArguments

  func perform(in workspace: Workspace) throws -> Outcome {
    guard emission.emit?.language == nil else {
      throw SurveyError(
        .usage, "cells estimates nothing that another program could",
        remedy: "Leave out --emit, or write --emit sql.")
    }
    // Where queries are written, --output is their file.
    let out = emission.emit == nil ? try cellsFile() : ""
    let dataset = try opening.dataset(data, in: workspace) {
      design.columns(in: $0) + [imputation].compactMap(\.self)
    }
    try dataset.codebook.requireEnforcedDisclosure()
    try checkSuppression()
    var weight = try design.sample.declaredWeight(in: dataset)
    // Cells that were suppressed once stay so.
    let least = suppress ?? dataset.cells?.suppressedBelow
    let declaration = try design.declaration(in: dataset)
    guard least == nil || declaration == nil && imputation == nil else {
      throw SurveyError(
        .usage, at: dataset.source.facts.path,
        "strata, sampling units, replicate weights and imputations are for standard errors, which --suppress gives up",
        remedy: "Leave out one or the other.")
    }
    let (stated, statement) = Survey.design(declaration, of: dataset.codebook)
    var sample = stated
    var drawn: [String] = []
    if least != nil {
      sample = DesignDeclaration()
      weight?.adjustments = []
    } else if let declared = sample.usedReplicates {
      sample = try replicated(declared, of: sample, weight, in: dataset)
    } else {
      (sample.replicates, sample.variance) = (nil, nil)
      try refusePeople(weight, sample, in: dataset)
      drawn = [sample.strata].compactMap(\.self) + sample.usedStages + sample.fpc
      for step in weight?.adjustments ?? [] where step.step.countsInVariance {
        drawn += step.inputNames.filter { $0 != step.before }
      }
    }
    let needed = try dataset.rawNames(
      behind: named(in: dataset) + drawn + [imputation].compactMap(\.self))
    // In the order of the data, which stretches such as q1-q20 follow.
    let place = Dictionary(
      dataset.variableNames.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    let names = needed.sorted { place[$0, default: .max] < place[$1, default: .max] }
    if let taken = names.first(where: { $0.lowercased().hasPrefix(CellColumn.prefix) }) {
      throw SurveyError(
        .usage, at: taken, "names that begin with '\(CellColumn.prefix)' are those of cells",
        remedy: "Give the variable another name.")
    }
    var cells = try RawCells(
      of: dataset, by: names, weight: weight, replicates: sample.usedReplicates)
    if let least {
      do {
        // What is named first is kept longest.
        cells = try cells.suppressed(below: least, keeping: needed)
      } catch let error as SurveyError where error.place == nil {
        throw error.located(at: dataset.source.facts.path)
      }
    }
    let isDeclared = statement == .declared && least == nil
    let notes = try dataset.write(
      cells, weight: weight, design: isDeclared ? sample : nil, to: out)
    let language = output.language ?? dataset.codebook.printedLanguage
    return Outcome(
      .files(""),
      remarks: (dataset.notes + notes).gathered.map { Phrase($0).text(in: language) }.map {
        "note: \($0)"
      })
  }

  private func checkSuppression() throws {
    guard let suppress else { return }
    guard suppress > 1 else {
      throw SurveyError(
        .usage, "--suppress is \(suppress); it is the fewest people of a line, from 2 up",
        remedy: "Write --suppress 5, or leave it out.")
    }
    guard emission.emit == nil else {
      throw SurveyError(
        .usage, "a query cannot take out answers by how many share them",
        remedy:
          "Ask for the cells without --suppress, and make those that are shown of them: vekt cells CELLS.csv … "
          + "--suppress \(suppress).")
    }
  }

  private func cellsFile() throws -> String {
    let remedy = "Name a file that ends in .csv, whose codebook is written beside it."
    guard let out = output.output else {
      throw SurveyError(
        .usage, "cells writes a file, and no --output is given", remedy: remedy)
    }
    guard out.lowercased().hasSuffix(".csv") else {
      throw SurveyError(.usage, at: out, "cells are written as CSV", remedy: remedy)
    }
    return out
  }

  /// The variables that are named, and those of conditions.
  private func named(in dataset: Dataset) throws -> [String] {
    guard !variables.isEmpty else {
      throw SurveyError(
        .usage, "no variable to make cells by",
        remedy: "Name those of the analyses to come: vekt cells \(data) VAR … --output cells.csv")
    }
    var lists = try NamedVariables(of: dataset, except: self.lists.except?.names ?? [])
    let known = Set(dataset.variableNames)
    var names: [String] = []
    for text in variables {
      let isCondition = !known.contains(text) && text.contains { " =<>!()".contains($0) }
      names += isCondition ? try Expression(text).variables : try lists.names([text])
    }
    try lists.checkExcepted()
    return names + (try conditions.condition.map { try Expression($0).variables } ?? [])
  }

  /// The design of cells with sums of replicate weights, of which strata and units say nothing more; the
  /// degrees of freedom are those of the people.
  private func replicated(
    _ declared: ReplicateDeclaration, of sample: DesignDeclaration, _ weight: WeightDeclaration?,
    in dataset: Dataset
  ) throws -> DesignDeclaration {
    var weight = weight
    weight?.dropsMissing = true
    var replicates = declared
    if dataset.cells == nil, !dataset.givesCells {
      do {
        let survey = try Survey(dataset, weight: weight, design: sample)
        replicates.degreesOfFreedom = survey.roster.replicateDegreesOfFreedom
      } catch let error as SurveyError where error.place?.hasPrefix("row ") == true {
        throw error.located(at: dataset.source.facts.path)
      }
      replicates.weights = try dataset.lists.names(in: declared.weights)
    }
    replicates.areFactors = false
    var design = DesignDeclaration(replicates: replicates)
    design.lonelyPSU = sample.lonelyPSU
    return design
  }

  /// Refuses what sums over cells cannot tell.
  private func refusePeople(
    _ weight: WeightDeclaration?, _ sample: DesignDeclaration, in dataset: Dataset
  ) throws {
    let place = dataset.source.facts.path
    if let weight, !weight.residualsAreOfCells(sample) { throw weight.needsPeople(at: place) }
    if sample.pps != nil, sample.psu.isEmpty {
      throw SurveyError(
        .usage, at: place,
        "a sample of people with unequal probabilities (pps) needs them one by one",
        remedy: "Name their sampling units with --psu.")
    }
  }
}
