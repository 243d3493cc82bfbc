import Foundation
import SurveyCommands
import Testing
import VektTestSupport

/// R, where it is installed with the package survey.
enum RScript {
  static let isPresent = (try? run(["-e", "library(survey)"]))?.status == 0

  /// Runs a program in the project's folder.
  static func run(_ arguments: [String]) throws -> (output: String, faults: String, status: Int32) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["Rscript"] + arguments
    process.currentDirectoryURL = Places.root
    let (output, faults) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = faults
    try process.run()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    let complaint = try faults.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (
      String(decoding: text, as: UTF8.self), String(decoding: complaint, as: UTF8.self),
      process.terminationStatus
    )
  }
}

@Suite(
  "Emitted R programs give Vekt's own numbers",
  .enabled(if: RScript.isPresent, "Rscript with the package survey is not installed"))
struct EmittedProgramTests {
  static let everyday = Places.root.appending(path: "SampleData/everyday-integration-2023.csv").path
  static let golden = Places.shared.appending(path: "statistics/golden.csv").path
  static let design = ["--weights", "w", "--strata", "stratum", "--psu", "psu"]

  static let everydayCommands = [
    ["tabulate", everyday, "general_trust", "--by", "origin"],
    [
      "tabulate", everyday, "general_trust", "--by", "generation", "--where",
      "age >= 40 and origin != 'country-group-1'",
    ],
    ["summarize", everyday, "life_satisfaction", "--by", "age_group", "--statistic", "mean,sd"],
    ["compare", everyday, "accepted", "--by", "generation"],
    ["model", everyday, "discriminated ~ education + generation + age"],
    ["paradox", "gap", everyday, "integrated", "accepted", "--by", "origin"],
  ]

  static let goldenCommands =
    [
      ["tabulate", golden, "y", "--by", "g,sex"],
      ["tabulate", golden, "y", "--by", "g", "--percentages", "column", "--missing", "y: 4"],
      [
        "tabulate", golden, "y", "--by", "g", "--percentages", "total", "--derive", "big = x > 0",
        "--where", "big == 1",
      ],
      ["summarize", golden, "xm", "--statistic", "mean,total,sd,median"],
      ["summarize", golden, "--ratio", "z/sex", "--by", "g"],
      ["summarize", golden, "--statistic", "total", "--by", "g"],
      ["compare", golden, "x", "--by", "g", "--reference", "2"],
      [
        "compare", golden, "y", "--by", "g", "--answer", "2", "--statistic", "share", "--against",
        "all-pairs", "--measure", "odds-ratio", "--within", "sex",
      ],
      ["compare", golden, "x", "--by", "g,sex", "--against", "previous"],
      ["compare", golden, "y", "o", "--statistic", "mean", "--paired", "--by", "g"],
      ["compare", golden, "xm", "--to", "0.1", "--by", "g"],
      ["model", golden, "z ~ x * factor(g)"],
      ["model", golden, "z ~ poly(x, 2) + relevel(g, '3') + offset(sex)"],
      ["model", golden, "x ~ sex + factor(g):sex", "--family", "linear", "--fpc", "fpc1"],
      ["model", golden, "y <= 2 ~ x - 1"],
      ["model", golden, "y ~ x + factor(g)", "--family", "multinomial"],
      ["paradox", "gap", golden, "y >= 2", "o >= 2", "--by", "g"],
    ].map { $0 + design }

  @Test(arguments: everydayCommands)
  func `on the sample survey`(command: [String]) throws { try expectSame(command) }

  @Test(
    .enabled(if: Places.hasShared, "the folder of shared facts is not beside the project"),
    arguments: goldenCommands)
  func `on a clustered sample`(command: [String]) throws { try expectSame(command) }

  /// R's ordered logit has numerical derivatives.
  @Test(.enabled(if: Places.hasShared, "the folder of shared facts is not beside the project"))
  func `an ordered logit to five digits`() throws {
    try expectSame(
      ["model", Self.golden, "o ~ x + factor(g)", "--family", "ordinal"] + Self.design,
      tolerance: 3e-5)
  }

  private func expectSame(
    _ command: [String], tolerance: Double = 1e-6,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let folder = try Places.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let program = folder.appending(path: "check.R")
    let emitted = CommandRunner().run(command + ["--emit", "r", "--output", program.path])
    #expect(emitted.status == 0, "\(emitted.remarks)", sourceLocation: sourceLocation)
    let found = try RScript.run([program.path])
    #expect(found.status == 0, "\(found.faults)", sourceLocation: sourceLocation)
    let own = CommandRunner().run(command + ["--format", "csv"])
    let expected = Self.figures(String(decoding: own.output, as: UTF8.self))
    let figures = Self.figures(found.output)
    #expect(!expected.isEmpty, sourceLocation: sourceLocation)
    #expect(
      figures.count == expected.count, "\(command): \(found.output)",
      sourceLocation: sourceLocation)
    for (a, b) in zip(figures, expected) {
      for (x, y) in zip(a, b) where !x.isNaN || !y.isNaN {
        #expect(
          abs(x - y) <= tolerance * max(abs(y), 1e-2), "\(command): \(x) should be \(y)",
          sourceLocation: sourceLocation)
      }
    }
  }

  /// The estimate and the standard error of every row of the first table.
  private static func figures(_ csv: String) -> [[Double]] {
    let lines = csv.split(separator: "\n", omittingEmptySubsequences: false).map(fields)
    guard let head = lines.firstIndex(where: { $0.contains("std_error") }) else { return [] }
    let places = ["estimate", "std_error"].compactMap { lines[head].firstIndex(of: $0) }
    return lines[(head + 1)...].prefix { $0.count == lines[head].count }
      .map { line in places.map { Double(line[$0]) ?? .nan } }
  }

  /// The fields of a line, whose commas may stand within quotation marks.
  private static func fields(_ line: Substring) -> [String] {
    let parts = line.split(separator: "\"", omittingEmptySubsequences: false).map(String.init)
    let safe = parts.enumerated().map { place, part in
      place.isMultiple(of: 2) ? part : part.replacing(",", with: ";")
    }
    return safe.joined().split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }
}

@Suite("Emitted programs")
struct EmittedTextTests {
  @Test func `missing codes, weight and subpopulation stand in an R program`() throws {
    let program = try SmallSurvey().run(
      "tabulate", "DATA", "trust", "--by", "region", "--where", "age >= 18", "--emit", "r")
    #expect(program.status == 0)
    for line in [
      "d$trust <- number(raw$trust, missing = c(8))", "d$region <- words(raw$region)",
      "d$.weight <- d$w", "d$.inside <- with(d, age >= 18)",
      "d$region <- factor(d$region, levels = c(\"n\", \"s\"))",
      "design <- svydesign(ids = ~1, weights = ~.weight, data = d)",
      "design <- subset(design, .inside)",
    ] {
      #expect(program.output.contains(line + "\n"), "\(line)")
    }
  }

  @Test func `the same in Stata`() throws {
    let program = try SmallSurvey().run(
      "tabulate", "DATA", "trust", "--by", "region", "--where", "age >= 18", "--emit", "stata")
    #expect(program.status == 0)
    for line in [
      "replace trust = . if trust == 8", "svyset _n [pweight = vekt_weight], singleunit(missing)",
      "generate byte vekt_inside = cond(missing(age), ., age >= 18)",
      "svy, subpop(vekt_inside): proportion trust, over(region_code) citype(logit) level(95)",
    ] {
      #expect(program.output.contains(line + "\n"), "\(line)")
    }
  }

  @Test(arguments: [
    (["tabulate", "DATA", "trust", "--keep", "dont_know"], "--keep"),
    (["tabulate", "DATA", "trust", "--base", "asked", "--bounds"], "--base, --bounds"),
    (["tabulate", "DATA", "trust", "--test"], "--test without --by"),
    (["summarize", "DATA", "age", "--correlations"], "--correlations"),
    (["model", "DATA", "trust ~ age", "trust ~ 1"], "several formulas"),
    (["model", "DATA", "trust ~ age", "--term-tests", "lrt"], "--term-tests"),
    (["paradox", "gap", "DATA", "age", "age", "--controls", "age"], "--controls"),
  ])
  func `an option that no program has is refused`(command: [String], names: String) throws {
    let found = try SmallSurvey().result(command + ["--emit", "r"])
    #expect(found.status == 64)
    #expect(found.remarks.contains("--emit writes no program for \(names)"), "\(found.remarks)")
  }

  @Test func `what has no translation is said`() throws {
    let program = try SmallSurvey().run(
      "tabulate", "DATA", "region", "--where", "missing(trust, 'dont_know')", "--emit", "r")
    #expect(program.status == 0)
    #expect(
      program.output.contains(
        "# NOT TRANSLATED: the subpopulation `missing(trust, 'dont_know')`: missing(…) with reasons"
      ))
  }
}
