import ArgumentParser
import SurveyData
import SurveyPrograms
import SurveyReaders
import SurveyReports
import SurveySessions
import SurveyStatistics
import SurveyTables

/// `weight DATA STEP --output OUT`: from the weights of a design to those of an analysis.
struct Weight: Verb {
  static let configuration = CommandConfiguration(
    abstract: "Post-stratify, rake, calibrate, trim; make replicate weights.",
    discussion: """
      One step by options, with --trim, --normalize and --replicates after it; \
      several by --recipe, a YAML file of steps in their order, each with its \
      reason. The data are written with the new weight, weight_adjusted, and \
      beside them a codebook in which it is the default and which says how it \
      came about, so that every later variance knows. The report goes to \
      standard output, or to --report FILE; without --output it is all there is.

      Totals are a CSV file with the columns variable, category, total: a line \
      for every category; an empty category is the total of a number, and the \
      variable (all) the size of the population. Crossed cells have sex:region \
      and 1:03, or a column for each variable. Shares that add up to 1 are \
      taken of (all), else of the present sum of weights. --totals-from names \
      a second survey that estimates them: their variance then counts. Without \
      either they are those of the codebook, under `totals:`.

      Replicates are made of the weights before the first step, and each goes \
      through the same steps; so do replicate weights that the file has. \
      Trimming and normalizing multiply them by the factors of the sample.

      A recipe:
        steps:
          - {step: nonresponse, responded: answered, by: [region]}
          - {step: rake, by: [sex, age3], totals: totals.csv, reason: the register}
          - {step: trim, bounds: [0.3, 3]}
        replicates: {kind: jkn}

      Examples:
        vekt weight survey.csv --rake sex,age3,region --totals totals.csv --output weighted.csv
        vekt weight survey.csv --poststratify sex,age3 --totals cells.csv --replicates jkn --output weighted.sav
        vekt weight survey.csv --calibrate 'sex * region + income' --totals totals.csv --method logit --bounds 0.3,3 --output weighted.csv
        vekt weight survey.csv --nonresponse answered --within region --trim 0.3,3 --output weighted.dta
        vekt weight survey.csv --rake sex,age3 --totals-from register.csv --replicates bootstrap --output weighted.csv
        vekt weight survey.csv --recipe weighting.yaml --output weighted.csv --report weighting.html
      """)

  static let standsInCells = false

  @Argument(help: "The data file.", completion: .file())
  var data: String

  @Option(
    help: ArgumentHelp("Fit the crossed cells of variables to totals.", valueName: "names"),
    completion: .variables)
  var poststratify: NameList?

  @Option(
    help: ArgumentHelp(
      "Fit the margins of variables to totals, one after the other until they settle; sex:region is a crossed margin.",
      valueName: "names"), completion: .variables)
  var rake: NameList?

  @Option(
    help: ArgumentHelp(
      "Fit the columns of a formula to totals: 'sex * region + income'.", valueName: "formula"))
  var calibrate: String?

  @Option(help: "--calibrate: how weights may move: linear, raking or logit (default: linear).")
  var method: WeightAdjustment.Method?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "--calibrate: the least and the largest factor of a weight: 0.3,3.", valueName: "low,high"))
  var bounds: BoundPair?

  @Option(
    help: ArgumentHelp("The file of totals.", valueName: "file"), completion: .file())
  var totals: String?

  @Option(
    help: ArgumentHelp(
      "A second survey that estimates the totals, by its codebook.", valueName: "data"),
    completion: .file())
  var totalsFrom: String?

  @Option(
    help: ArgumentHelp(
      "--rake: how far a total may be off at the end, relative to it (default: 1e-12).",
      valueName: "number"))
  var tolerance: Double?

  @Option(help: ArgumentHelp("--rake: the most rounds (default: 1000).", valueName: "number"))
  var iterations: Int?

  @Option(
    help: ArgumentHelp(
      "Let those who answered, by a variable of 0 and 1 or a condition, carry the others of their class.",
      valueName: "responded"))
  var nonresponse: String?

  @Option(
    help: ArgumentHelp("--nonresponse: the variables of the classes.", valueName: "names"),
    completion: .variables)
  var within: NameList?

  @Option(
    help: ArgumentHelp(
      "Cut weights to bounds, in medians, and give what is cut to the others: 0.3,3.",
      valueName: "low,high"))
  var trim: BoundPair?

  @Option(
    help: ArgumentHelp(
      "Make the weights add up to n (the rows with a weight), N (what they did at first) or a number.",
      valueName: "sum"))
  var normalize: String?

  @Option(
    help:
      "Make replicate weights: jk1, jkn, brr, fay, bootstrap (canty-davison where population sizes are known), sdr."
  )
  var replicates: ReplicatePlan.Kind?

  @Option(
    help: ArgumentHelp(
      "How many replicates, the fewest of balanced ones (default: 200 bootstraps, 80 of sdr).",
      valueName: "number"))
  var count: Int?

  @Option(help: ArgumentHelp("Fay's rho, from 0 to below 1.", valueName: "number"))
  var fayRho: Double?

  @Option(help: ArgumentHelp("The seed of what is random (default: 1).", valueName: "number"))
  var seed: UInt64?

  @Option(
    help: ArgumentHelp("A YAML file of steps in their order.", valueName: "file"),
    completion: .file())
  var recipe: String?

  @Option(
    help: ArgumentHelp(
      "The name of the new weight (default: weight_adjusted); its replicates are NAME_1 …",
      valueName: "name"))
  var name: String?

  @Option(
    help: ArgumentHelp(
      "Write the report to this file; its ending says the format.", valueName: "file"),
    completion: .file())
  var report: String?

  @OptionGroup var sample: SampleArguments

  @OptionGroup var opening: OpeningArguments

  @OptionGroup var emission: EmitArguments

  @OptionGroup var written: OutputArguments

  /// The report's, or the program's; without either `--output` is that of the data.
  var output: OutputArguments {
    guard emission.emit == nil else { return written }
    var report = written
    report.output = self.report
    return report
  }

  func validate() throws {
    let steps = [
      poststratify.map { _ in "--poststratify" }, rake.map { _ in "--rake" },
      calibrate.map { _ in "--calibrate" }, nonresponse.map { _ in "--nonresponse" },
    ].compactMap(\.self)
    guard steps.count < 2 else {
      throw ValidationError(
        "\(steps.joined(separator: " and ")) are two steps, whose order is not said. Write a recipe: --recipe FILE."
      )
    }
    let after = [trim.map { _ in "--trim" }, normalize.map { _ in "--normalize" }].compactMap(
      \.self)
    if recipe != nil, let other = (steps + after).first {
      throw ValidationError("\(other) stands beside --recipe. Write it into the recipe.")
    }
    guard recipe != nil || !steps.isEmpty || !after.isEmpty || replicates != nil else {
      throw ValidationError(
        "No step is named. Give --poststratify, --rake, --calibrate, --nonresponse, --trim, --normalize, "
          + "--replicates or --recipe.")
    }
    let fits = poststratify != nil || rake != nil || calibrate != nil
    func need(_ isGiven: Bool, _ option: String, of step: String, _ isStep: Bool) throws {
      guard isGiven, !isStep else { return }
      throw ValidationError("\(option) is of \(step), which is not asked for. Leave it out.")
    }
    try need(totals != nil, "--totals", of: "--poststratify, --rake and --calibrate", fits)
    try need(totalsFrom != nil, "--totals-from", of: "--poststratify, --rake and --calibrate", fits)
    try need(method != nil, "--method", of: "--calibrate", calibrate != nil)
    try need(bounds != nil, "--bounds", of: "--calibrate", calibrate != nil)
    try need(tolerance != nil, "--tolerance", of: "--rake", rake != nil)
    try need(iterations != nil, "--iterations", of: "--rake", rake != nil)
    try need(within != nil, "--within", of: "--nonresponse", nonresponse != nil)
    let makes = replicates != nil
    try need(count != nil, "--count", of: "--replicates", makes)
    try need(fayRho != nil, "--fay-rho", of: "--replicates fay", makes)
    try need(
      seed != nil, "--seed", of: "--replicates and --totals-from",
      makes || recipe != nil || totalsFrom != nil)
    guard totals == nil || totalsFrom == nil else {
      throw ValidationError("--totals and --totals-from are two sources. Give one of them.")
    }
    guard nonresponse == nil || within != nil else {
      throw ValidationError("--nonresponse needs classes. Give --within V1,V2.")
    }
    if let tolerance, !(tolerance > 0 && tolerance < 1) {
      throw ValidationError(
        "--tolerance is \(tolerance); it is a small number above 0, such as 1e-8.")
    }
    if let iterations, iterations < 1 {
      throw ValidationError("--iterations is \(iterations); it is a whole number from 1 up.")
    }
    if let normalize, !["n", "N"].contains(normalize),
      !(Double(normalize).map { $0 > 0 && $0.isFinite } ?? false)
    {
      throw ValidationError("--normalize is '\(normalize)'; it is n, N or a number above 0.")
    }
  }

  func perform(in workspace: Workspace) throws -> Outcome {
    try emission.refuseQueries(of: "weight")
    try emission.refuse([("--report", report != nil)])
    let document = try recipe.map { try WeightingRecipe(contentsOf: $0) }
    let dataset = try knowingTexts(
      of: document?.steps.map(\.adjustment.formula) ?? [calibrate],
      in: opening.dataset(data, in: workspace, settingApart: sample.columns).whole(
        for: "weight", remedy: "Weight the data, and make the cells of what it writes."))
    let survey = try survey(of: dataset)
    var weighting = Weighting(survey)
    for step in try document.map({ try steps(of: $0, on: dataset, in: workspace) })
      ?? ownSteps(of: dataset, in: workspace)
    {
      try taking(step.place) { try weighting.take(step.step) }
    }
    let plan = try self.plan(document)
    try taking(dataset.source.facts.path) { try weighting.replicate(plan) }
    if let outcome = try emission.outcome(
      of: survey, weight: sample.declaredWeight(in: survey.dataset),
      "weight", leavingOut: opening.remarks, .translated(WeightingAnalysis(weighting)))
    {
      return outcome
    }
    let name = name ?? document?.name ?? "weight_adjusted"
    let weighted = try weighting.dataset(naming: name)
    let losses =
      try written.output.map {
        try weighted.writeWithCodebook(to: $0, language: written.language)
      } ?? [
        Note(
          .information, id: "weight.not-written",
          "the weights are not written: name a file for the data with --output")
      ]
    let context = ResultContext(
      survey, options: EstimationOptions(), language: written.language, digits: written.digits,
      wantsHash: try output.chosenFormat() == .json)
    let hasEstimates = weighting.hasEstimatedTotals && !(weighting.declaration == nil)
    let report = try WeightingReport(
      weighting,
      seed: plan?.isRandom == true || hasEstimates ? plan?.seed ?? seed ?? 1 : nil,
      language: context.language)
    return Outcome(
      .document(
        Document(
          data: try context.data(), design: context.design,
          accounting: context.accounting(weighting.accounting), records: report.records,
          tables: report.tables, notes: report.notes),
        language: context.language),
      remarks: losses.gathered.map { "note: \($0)" })
  }

  /// What fails speaks of a place of the file, or of the recipe.
  private func taking(_ place: String, _ body: () throws -> Void) throws {
    do { try body() } catch let error as SurveyError {
      throw error.place?.hasPrefix("row ") == true ? error.located(at: data) : error
    }
  }

  /// The data, where a column that a formula names is known to be text though nobody has said so.
  private func knowingTexts(of formulas: [String?], in dataset: Dataset) throws -> Dataset {
    let numbers = try formulas.compactMap(\.self).flatMap {
      try CalibrationFormula($0, in: dataset).terms.flatMap(\.numbers)
    }
    do {
      try dataset.load(numbers.map { ($0, .numbers) })
      return dataset
    } catch let error as SurveyError {
      guard let known = try dataset.knowingTexts(among: numbers) else { throw error }
      return known
    }
  }

  private func survey(of dataset: Dataset) throws -> Survey {
    let weight = try sample.declaredWeight(in: dataset)
    var design = Survey.design(nil, of: dataset.codebook).0
    try sample.put(over: &design, in: dataset)
    do {
      return try Survey(
        dataset, weight: weight, design: sample.namesDesign ? design : nil)
    } catch let error as SurveyError where error.place?.hasPrefix("row ") == true {
      throw error.located(at: dataset.source.facts.path)
    }
  }
}

/// Two rising numbers with a comma between them; `inf` and `-inf` for none.
struct BoundPair: ExpressibleByArgument, Sendable {
  let range: ClosedRange<Double>

  init?(argument: String) {
    let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map {
      Double($0.filter { $0 != " " })
    }
    guard numbers.count == 2, let low = numbers[0], let high = numbers[1], low < high else {
      return nil
    }
    range = low...high
  }
}
