import Foundation
import Vekt

// usage: Benchmarks coverage [SAMPLES [SEED]]: how often intervals hold the truth, by hand.
// usage: Benchmarks growth: what more rows and more replicates cost, by hand.
// usage: Benchmarks make|measure ROOT [ROWS [NAME…]]; see `make benchmark`. The files are made by a
// process of their own, since the peak memory of a child begins with that of its parent. Names time
// only these analyses in memory, as a profiler wants it.
if CommandLine.arguments.dropFirst().first == "coverage" {
  let numbers = CommandLine.arguments.dropFirst(2).compactMap { Int($0) }
  try Coverage(
    samples: numbers.first ?? 1_000, seed: UInt64(numbers.dropFirst().first ?? 2024)
  ).run()
  exit(0)
}
if CommandLine.arguments.dropFirst().first == "growth" {
  try Growth().run()
  exit(0)
}
let root = URL(filePath: CommandLine.arguments.dropFirst(2).first ?? ".")
let rows = CommandLine.arguments.dropFirst(3).first.flatMap { Int($0) } ?? 1_000_000
let folder = root.appending(path: "build/benchmark")
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)

let file = folder.appending(path: "respondents.csv").path
let vekt = root.appending(path: ".build/release/vekt").path
if CommandLine.arguments.dropFirst().first == "make" {
  let respondents = Respondents(rows: rows)
  try respondents.write(to: folder)
  try Books(respondents: respondents, folder: folder).write()
  exit(0)
}
let codebook = try Codebook(contentsOf: folder.appending(path: "respondents.codebook.yaml").path)
var results: [String: Timing] = [:]

let names = Set(CommandLine.arguments.dropFirst(4))

/// Times what is asked for: everything, or what is named.
@MainActor func measure(_ name: String, runs: Int = 9, _ body: () throws -> Void) throws {
  guard names.isEmpty || names.contains(name) else { return }
  let timing = try Stopwatch.closure(runs: runs, body)
  results[name] = timing
  if names.contains(name) { print(name, "wall", timing.wall * 1000, "cpu", timing.cpu * 1000) }
}

let python = ProcessInfo.processInfo.environment["VEKT_PYTHON"] ?? "python3"
if names.isEmpty {
  results["process"] = Stopwatch.process(
    runs: 7, [vekt, "tabulate", file, "y", "--by", "g", "--test"])
  results["start"] = Stopwatch.process(runs: 7, [vekt, "--version"])

  results["process polars"] = Stopwatch.process(
    runs: 7, [python, root.appending(path: "Benchmarks/Peers/group_by.py").path, file])
}

// What users wait for: whole processes, their output thrown away.
if names.isEmpty {
  let decimals = folder.appending(path: "decimals.csv").path
  let made = { (ending: String) in folder.appending(path: "respondents.\(ending)").path }
  let copy = { (ending: String) in folder.appending(path: "copy.\(ending)").path }
  for (name, words) in [
    ("gradient", ["paradox", "gradient", file, "y<=2", "--over", "g"]),
    (
      "mediation",
      ["paradox", "models", file, "y<=2", "--key", "q1", "--block", "a=q2", "--block", "b=q3"]
    ),
    ("discordance", ["paradox", "discordance", file, "y<=2", "q0<=2", "--by", "g"]),
    (
      "rake",
      [
        "weight", file, "--weights", "w", "--rake", "y,g,q0,q1", "--totals",
        folder.appending(path: "totals.csv").path,
      ]
    ),
    ("inspect", ["inspect", file]), ("inspect decimals", ["inspect", decimals]),
    ("codebook new", ["codebook", "new", file]), ("codebook check", ["codebook", "check", file]),
    ("csv to sav", ["convert", file, made("sav")]),
    ("csv to dta", ["convert", file, made("dta")]),
    ("dta to sav", ["convert", made("dta"), copy("sav")]),
    ("sav to dta", ["convert", made("sav"), copy("dta")]),
  ] + Books(respondents: Respondents(rows: 0), folder: folder).commands {
    results[name] = Stopwatch.process([vekt] + words)
  }
}

// In memory.
let survey = try Survey(
  Respondents(rows: rows).dataset, weight: WeightDeclaration("w", source: .variable("w")),
  design: DesignDeclaration(strata: "stratum", psu: ["psu"]))
let inMemory: [(name: String, runs: Int, body: () throws -> Void)] = [
  (
    "shares", 9,
    {
      let table = try survey.tabulate("y", by: ["g"])
      _ = table.estimates.covariance()
      _ = try table.independenceTest()
    }
  ),
  ("means", 5, { _ = try survey.summarize("x", by: ["g"]) }),
  ("jackknife", 5, { _ = try survey.jackknifed().tabulate("y", by: ["g"]) }),
  ("logit", 5, { _ = try survey.fit("y <= 2 ~ x + g") }),
  ("logit of categories", 9, { _ = try survey.fit("y <= 2 ~ g") }),
  ("logit of 3 categories", 5, { _ = try survey.fit("y <= 2 ~ g + q0 + q1") }),
]
for (name, runs, body) in inMemory { try measure(name, runs: runs, body) }

let replicated = try Survey(
  Respondents(rows: min(rows, 200_000)).replicated(),
  weight: WeightDeclaration("w", source: .variable("w")),
  design: DesignDeclaration(replicates: ReplicateDeclaration(["rw1-rw80"], method: .bootstrap)))
try measure("replicated shares", runs: 5) {
  _ = try replicated.tabulate("y", by: ["g"])
}
try measure("replicated means", runs: 5) {
  _ = try replicated.summarize("x", by: ["g"])
}
try measure("replicated logit", runs: 3) {
  _ = try replicated.fit("y <= 2 ~ x + g")
}

let many = try ManyGroups(rows: 50_000).survey
try measure("many groups") {
  _ = try many.summarize(nil, by: ["a", "b", "c"], statistics: [.total])
}

let thirteen = try ThirteenVariables(rows: 3000).survey.fit(ThirteenVariables.formula)
try measure("margins") {
  _ = try thirteen.margins(of: ThirteenVariables.names)
}
let twelve = Array(ThirteenVariables.names.dropFirst())
for family in CategoryFamily.allCases {
  let survey = try ThirteenVariables(rows: 3000).survey
  let formula = "a1 ~ " + twelve.joined(separator: " + ")
  let fit = try survey.fit(formula, categories: family)
  try measure("\(family) fit") {
    _ = try survey.fit(formula, categories: family)
  }
  try measure("\(family) margins") { _ = try fit.margins(of: twelve) }
}

guard names.isEmpty else { exit(0) }

// Files.
func read(_ path: String, _ names: [String]) throws {
  let dataset = try Dataset(contentsOf: path, codebook: codebook)
  try dataset.load(names.map { ($0, ["w", "x", "id"].contains($0) ? .numbers : .codes) })
}
let four = ["g", "y", "w", "psu"]
results["csv 4 of 20"] = try Stopwatch.closure(runs: 7) { try read(file, four) }
results["csv all"] = try Stopwatch.closure(runs: 5) {
  try read(file, codebook.variables.map(\.name))
}
for ending in ["sav", "dta"] {
  let path = folder.appending(path: "respondents.\(ending)").path
  guard FileManager.default.fileExists(atPath: path) else { continue }
  results["\(ending) 4 of 20"] = try Stopwatch.closure(runs: 7) { try read(path, four) }
}

let peers = Peers(folder: folder, scripts: root.appending(path: "Benchmarks/Peers"))
for found in [peers.r(), peers.haven(), peers.python(python)] {
  results.merge(found) { a, _ in a }
}

try Comparison.print(results, rows: rows, to: root.appending(path: "build/benchmark.json"))
