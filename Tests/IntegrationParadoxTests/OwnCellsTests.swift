import IntegrationParadox
import SurveyData
import SurveyModels
import SurveyStatistics
import Testing
import VektTestSupport

/// One analysis of a survey, and the numbers and words of its result.
struct NamedAnalysis: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let tolerance: Double
  /// Whether shares of tables are among it, which see cells by unit anyhow.
  let isOfTables: Bool
  let run: @Sendable (Survey) throws -> [Any]

  /// - Parameter tolerance: How far numbers may lie apart; more than 1e-12 where small differences of
  ///   large sums are taken, as of likelihoods, or collinear columns inverted.
  init(
    _ name: String, tolerance: Double = 1e-12, isOfTables: Bool = false,
    _ run: @escaping @Sendable (Survey) throws -> [Any]
  ) {
    testDescription = name
    self.tolerance = tolerance
    self.isOfTables = isOfTables
    self.run = run
  }
}

/// A data set and its distinct rows with n, Σw and Σw² give every result of every analysis alike.
@Suite("Data and their own cells agree") struct OwnCellsTests {
  @Test(arguments: Self.analyses, [0, 1, 2, 3])
  func `counts exactly, numbers to rounding`(analysis: NamedAnalysis, design: Int) throws {
    let survey = try Self.survey(design)
    try compare(analysis, survey, with: survey.merged(over: Self.inputs, .byUnit))
    // A table is made of cells by unit in any case.
    guard !analysis.isOfTables else { return }
    try compare(analysis, survey, with: survey.merged(over: Self.inputs, .always))
  }

  private func compare(_ analysis: NamedAnalysis, _ survey: Survey, with cells: Survey) throws {
    #expect(cells.weights.people != nil)
    let found = Flat(try analysis.run(survey)).leaves
    let again = Flat(try analysis.run(cells)).leaves
    try #require(found.count == again.count && !found.isEmpty)
    for (a, b) in zip(found, again) {
      #expect(a.path == b.path && a.agrees(with: b, to: analysis.tolerance), "\(a) | \(b)")
    }
  }

  @Test func `the cells are fewer than the people, and as many together`() throws {
    for design in 0..<4 {
      let survey = try Self.survey(design)
      let cells = try survey.merged(over: Self.inputs, .byUnit)
      let rows = survey.weights.values.count
      #expect(cells.weights.values.count < rows && cells.weights.rowsRead == rows)
      let read = try cells.summarize("score").accounting
      #expect(read == (try survey.summarize("score").accounting))
    }
  }

  @Test func `what needs people one by one refuses cells by name`() throws {
    let cells = try Self.survey(1).merged(over: Self.inputs, .byUnit)
    func message(_ body: () throws -> Void) -> String {
      do { try body() } catch { return (error as? SurveyError)?.problem ?? "\(error)" }
      return ""
    }
    #expect(
      message { _ = try cells.rankTest(of: "score", across: "gen", ties: .file) }
        == "ranking ties in the order of the file needs the people one by one, and these rows are "
        + "cells of several")
    var options = DecompositionOptions()
    options.method = .fairlie
    #expect(
      message {
        _ = try cells.decompose("discr", by: "gen", covariates: ["expo"], options: options)
      }.hasPrefix("Fairlie's matching needs the people"))
    var estimation = EstimationOptions()
    estimation.quantileRule = .hf7
    #expect(
      message {
        _ = try cells.summarize("score", statistics: [.quantile(0.5)], options: estimation)
      }.hasPrefix("the quantile rule hf7 needs the people"))
    #expect(
      message {
        _ = try cells.compare(.median(of: "score"), across: ["gen"], options: estimation)
      }.hasPrefix("the quantile rule hf7 needs the people"))
  }

  /// The reference case of the paradox, numbers made coarse, twice over with other weights, so that
  /// many people give the same answers; some answers are missing.
  ///
  /// - Parameter number: 0 nobody drawn together, 1 strata, 2 clusters, 3 clusters and a
  ///   subpopulation.
  static func survey(_ number: Int) throws -> Survey {
    let columns = Dictionary(
      uniqueKeysWithValues: try ReferenceCase.columns().map { ($0.name, $0.values + $0.values) })
    func column(_ name: String) -> [Double] { columns[name] ?? [] }
    let rows = column("gen").indices
    let missing = NumericColumn.missingValue(0)
    var all: [(name: String, column: Column)] = [
      "stratum", "psu", "gen", "edu", "female", "aware", "discr", "integ", "accept", "own", "seen",
    ].map { ($0, .numbers(NumericColumn(values: column($0), missing: [.system]))) }
    func add(_ name: String, _ value: (Int) -> Double) {
      all.append((name, .numbers(NumericColumn(values: rows.map(value), missing: [.system]))))
    }
    add("expo") { (column("expo")[$0] / 3).rounded() }
    add("age") { (column("age")[$0] / 20).rounded() }
    add("score") { $0 % 41 == 0 ? missing : Double(Int(column("yrs")[$0]) % 5) }
    add("w") { $0 % 53 == 0 ? 0 : column("w")[$0] + Double($0 % 3) }
    let categorical = ["gen", "edu", "own", "seen"]
    let codebook = Codebook(
      variables: all.map { name, column in
        var variable = Variable(name)
        if categorical.contains(name), case .numbers(let numbers) = column {
          variable.measure = .ordinal
          variable.categories = Set(numbers.values.filter { !$0.isNaN }).sorted().map {
            Category(canonicalCode($0))
          }
        }
        return variable
      })
    let design = [
      DesignDeclaration(), DesignDeclaration(strata: "stratum"),
      DesignDeclaration(strata: "stratum", psu: ["psu"]),
      DesignDeclaration(strata: "stratum", psu: ["psu"]),
    ][number]
    return try Survey(
      Dataset(MemorySource(all), codebook: codebook),
      weight: WeightDeclaration("w", source: .expression("w")), design: design,
      subpopulation: number == 3 ? try Expression("female == 1") : nil)
  }

  static let inputs: [(name: String, view: ColumnView)] =
    ["gen", "edu", "own", "seen"].map { ($0, .codes) }
    + ["female", "aware", "discr", "integ", "accept", "expo", "age", "score"].map { ($0, .numbers) }

  static let analyses = statistics + models + paradox

  static let statistics: [NamedAnalysis] = [
    NamedAnalysis("tabulate", isOfTables: true) {
      let table = try $0.tabulate("own", by: "gen")
      let tests = try IndependenceStatistic.allCases.map { try table.independenceTest($0) }
      return [table.rows, table.totals, table.accounting, tests]
    },
    NamedAnalysis("letters", isOfTables: true) {
      let table = try $0.tabulate("own", by: "gen")
      let letters = try table.significanceLetters()
      return [table.rows.map { letters.exceeded(by: $0) }]
    },
    NamedAnalysis("summarize") {
      let found = try $0.summarize(
        "score", by: ["gen"],
        statistics: [.mean, .total, .standardDeviation, .quantile(0.25), .quantile(0.5)])
      return [found.rows, found.accounting]
    },
    NamedAnalysis("people") {
      [try $0.summarize(nil, by: ["gen"], statistics: [.total]).rows]
    },
    NamedAnalysis("ratio") { [try $0.ratio("score", over: "expo", by: ["female"]).rows] },
    NamedAnalysis("scale") { [try $0.scale(["expo", "aware", "score"], by: ["gen"]).rows] },
    NamedAnalysis("correlations") {
      [try $0.correlations(["expo", "aware", "score"], by: ["gen"]).rows]
    },
    NamedAnalysis("compare means") {
      [
        try $0.compare(.mean(of: "score"), across: ["own"], against: .allPairs).rows,
        try $0.compare(.mean(of: "score"), across: ["own"], against: .rest).rows,
        try $0.compare(.median(of: "score"), across: ["gen"]).rows,
        try $0.compare(.total(of: "score"), across: ["gen"], within: "female").rows,
      ]
    },
    NamedAnalysis("compare shares", isOfTables: true) {
      [
        try $0.compare(.shares(of: "own"), across: ["gen"]).rows,
        try $0.compare(.share(of: "own", is: "2"), across: ["edu"], against: .total).rows,
        try $0.compare(
          .share(of: "own", is: "2"), across: ["gen"], within: "edu", measure: .oddsRatio
        ).rows,
      ]
    },
    NamedAnalysis("compare items and values", isOfTables: true) {
      let items = try $0.compare(.shares(of: "own"), with: "seen", by: ["gen"])
      return [
        items.rows, items.tests, try $0.compare(.mean(of: "score"), with: "expo").rows,
        try $0.compare(.mean(of: "score"), to: 2, by: ["gen"]).rows,
        try $0.compare(
          "edu", toShares: ["0": 0.25, "1": 0.25, "2": 0.25, "3": 0.25], by: ["gen"]
        ).tests,
      ]
    },
    NamedAnalysis("trend") { [try $0.trend(of: .mean(of: "score"), over: "edu").rows] },
    NamedAnalysis("ranks") { survey in
      try RankTest.allCases.map { test in
        let all = try survey.rankTest(test, of: "score", across: "own").test
        let inEach = try survey.rankTests(test, of: "score", across: "gen", within: "edu")
        return [all] + inEach.map(\.test)
      }
    },
  ]

  static let models: [NamedAnalysis] = [
    NamedAnalysis("logit") {
      let fit = try $0.logit("discr ~ expo + edu * gen + female")
      return [
        fit.rows, try TermTest.allCases.map { try fit.termTests($0) }, try fit.statistics(),
        try fit.margins(of: ["edu", "expo"], over: "gen").rows,
        try fit.predictions(at: "edu=1,3; expo=mean").rows,
        try fit.contrasts(["edu=3 - edu=2", "exp(expo)"]).rows, fit.accounting,
      ]
    },
    NamedAnalysis("margins of sampled people") {
      var options = MarginOptions()
      options.covariates = .sampled
      let fit = try $0.logit("discr ~ expo + edu")
      return [try fit.margins(of: ["edu"], over: "gen", options: options).rows]
    },
    NamedAnalysis("other families") { survey in
      try [ModelFamily.probit, .cloglog, .linear, .poisson].map {
        try survey.fit("discr ~ expo + edu", family: $0).rows
      }
    },
    NamedAnalysis("linear with functions", tolerance: 1e-11) {
      [try $0.fit("score ~ poly(age, 2) + spline(expo, 3) + gen", family: .linear).rows]
    },
    NamedAnalysis("ordinal and multinomial", tolerance: 1e-11) {
      let ordinal = try $0.fit("edu ~ expo + gen", categories: .ordinal)
      let multinomial = try $0.fit("edu ~ expo + gen", categories: .multinomial)
      return [
        ordinal.rows, multinomial.rows, try ordinal.termTests(.likelihoodRatio),
        try multinomial.margins(of: ["gen"]).rows,
      ]
    },
  ]

  static let paradox: [NamedAnalysis] = [
    NamedAnalysis("gap") {
      let gap = try $0.gap("integ", "accept", by: "gen", controls: ["female", "age"])
      return [
        gap.rows, gap.differences, gap.adjusted, gap.oddsRatios, gap.equality as Any,
        gap.adjustedEquality as Any, gap.accounting,
      ]
    },
    NamedAnalysis("discordance") {
      let found = try $0.discordance("integ", "accept", by: "gen")
      return [found.rows, found.differences, found.tests, found.accounting]
    },
    NamedAnalysis("discordance model") {
      let found = try $0.discordanceModel("integ", "accept", by: "gen", controls: ["female"])
      return [found.fit.rows, found.effects.rows]
    },
    NamedAnalysis("prevalence") {
      let found = try $0.prevalence(of: "discr", by: "edu")
      return [found.rows, found.equality as Any]
    },
    NamedAnalysis("mediation", tolerance: 1e-10) { survey in
      try [MediationErrors.joint, .sobel, .fixed, .model].flatMap { errors -> [Any] in
        let found = try survey.mediation(
          of: "discr", keys: ["edu"],
          blocks: [
            MediatorBlock("exposure", ["expo"]), MediatorBlock("awareness", ["aware"]),
          ],
          controls: ["female"], errors: errors, by: "gen")
        return [found.rows, found.tests, found.differences, found.nested.map(\.rows)]
      }
    },
    NamedAnalysis("other mediation", tolerance: 1e-11) {
      let blocks = [MediatorBlock("m", ["expo", "aware"])]
      return [
        try $0.mediation(of: "discr", keys: ["edu"], blocks: blocks, scale: .probability).rows,
        try $0.mediation(of: "score", keys: ["edu"], blocks: blocks, family: .linear).rows,
        try $0.mediation(of: "seen", keys: ["edu"], blocks: blocks, isOrdered: true).rows,
      ]
    },
    NamedAnalysis("decompose") { survey in
      var pooled = DecompositionOptions()
      pooled.coefficients = .pooled
      var threefold = DecompositionOptions()
      threefold.method = .oaxaca
      threefold.isThreefold = true
      let covariates = ["edu", "age", "expo"]
      let yun = try survey.decompose("discr", by: "gen", covariates: covariates)
      return [
        yun.rows, yun.means, yun.accounting,
        try survey.decompose("discr", by: "gen", covariates: covariates, options: pooled).rows,
        try survey.decompose("score", by: "gen", covariates: covariates, options: threefold).rows,
      ]
    },
    NamedAnalysis("gradient") {
      let plain = try $0.gradient(of: "discr", over: "edu", by: "gen")
      let held = try $0.gradient(of: "discr", over: "edu", by: "gen", controls: ["female", "age"])
      let bent = try $0.gradient(
        of: "discr", over: "score", by: "gen", controls: ["female"], spline: .count(3))
      return [
        plain.rows, plain.tests, held.rows, held.tests, bent.rows, bent.tests, bent.curve,
        held.accounting,
      ]
    },
    NamedAnalysis("tipping") { [try $0.tipping("discr", over: "edu").ways] },
  ]
}

/// The numbers and words of a result, with where they stand.
struct Flat {
  struct Leaf: CustomStringConvertible {
    let path: String
    let number: Double?
    let text: String

    var description: String { "\(path): \(text)" }

    /// Whether it is the same: texts and counts exactly, numbers to a part of their size.
    func agrees(with other: Leaf, to tolerance: Double) -> Bool {
      guard let a = number, let b = other.number else { return text == other.text }
      if a.isNaN || b.isNaN { return a.isNaN && b.isNaN }
      return a == b || abs(a - b) <= tolerance * max(1, abs(a), abs(b))
    }
  }

  private(set) var leaves: [Leaf] = []

  init(_ values: [Any]) { add(values, "") }

  private mutating func add(_ value: Any, _ path: String) {
    if let number = value as? Double {
      leaves.append(Leaf(path: path, number: number, text: "\(number)"))
      return
    }
    let mirror = Mirror(reflecting: value)
    guard !mirror.children.isEmpty else {
      leaves.append(Leaf(path: path, number: nil, text: "\(value)"))
      return
    }
    for (index, child) in mirror.children.enumerated() {
      add(child.value, "\(path).\(child.label ?? "\(index)")")
    }
  }
}
