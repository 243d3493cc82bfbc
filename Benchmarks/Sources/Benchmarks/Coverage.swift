import Foundation
import Vekt

/// How often 95 % intervals hold the truth: samples of two stages drawn again and again from a made-up
/// population, whose numbers are known.
///
/// Prints a table of Markdown, a row a method, a column a number: the share of samples whose interval holds it.
/// Half a point is what chance moves it by in 2,000 samples, 0.7 in 1,000.
struct Coverage {
  private static let measures = [
    "share", "mean", "median", "gap", "logit coefficient", "marginal effect", "KHB difference",
  ]

  private let population: MadeUpPopulation
  private let truth: [Double]
  private let samples: Int
  private let seed: UInt64

  /// - Parameters:
  ///   - samples: How many are drawn.
  ///   - seed: Where the random numbers start.
  init(samples: Int, seed: UInt64) throws {
    population = MadeUpPopulation(seed: seed)
    let everybody = try Survey(Self.dataset(of: population, Array(0..<population.count), []))
    truth = try Self.estimates(in: everybody).map(\.estimate)
    self.samples = samples
    self.seed = seed
  }

  /// Draws the samples and prints how many intervals hold the truth.
  func run() throws {
    var random = SeededNumbers(seed: seed &+ 1)
    var held: [String: [Int]] = [:]
    var names: [String] = []
    for number in 1...samples {
      let sample = TwoStageSample(of: population, &random)
      for (name, survey) in try surveys(of: sample, &random) {
        if held[name] == nil { names.append(name) }
        let found = try Self.estimates(in: survey)
        var counts = held[name] ?? Self.measures.map { _ in 0 }
        for (place, one) in found.enumerated()
        where one.interval.low <= truth[place] && truth[place] <= one.interval.high {
          counts[place] += 1
        }
        held[name] = counts
      }
      if number % 50 == 0 {
        FileHandle.standardError.write(Data("\(number) of \(samples) samples\n".utf8))
      }
    }
    print("| method | \(Self.measures.joined(separator: " | ")) |")
    print("| --- |\(String(repeating: " --- |", count: Self.measures.count))")
    for name in names {
      let shares = (held[name] ?? []).map {
        String(format: "%.1f", 100 * Double($0) / Double(samples))
      }
      print("| \(name) | \(shares.joined(separator: " | ")) |")
    }
  }

  /// The sample with each way to make a variance, as it was drawn and raked to sex and age.
  private func surveys(
    of sample: TwoStageSample, _ random: inout SeededNumbers
  ) throws -> [(String, Survey)] {
    let design = DesignDeclaration(strata: "stratum", psu: ["psu"])
    let count = 2 * MadeUpPopulation.strata
    let half = Array(repeating: 0.5, count: count)
    let replicated: [(String, [[Double]], ReplicateDeclaration)] = [
      (
        "JKn", sample.jackknife,
        ReplicateDeclaration(["rw*"], method: .jkn, replicateScales: half)
      ),
      ("bootstrap", sample.bootstrap(&random), ReplicateDeclaration(["rw*"], method: .bootstrap)),
      ("Fay", sample.fay, ReplicateDeclaration(["rw*"], method: .fay, fayRho: 0.3)),
    ]
    func survey(
      _ weights: [Double], _ replicates: [[Double]], _ design: DesignDeclaration,
      _ steps: [WeightAdjustment] = []
    ) throws -> Survey {
      var more = [("w", weights), ("drawn", sample.weights)]
      for (number, column) in replicates.enumerated() { more.append(("rw\(number + 1)", column)) }
      more.append(("stratum", sample.stratum.map { Double($0) }))
      more.append(("psu", sample.isFirst.map { $0 ? 1.0 : 2.0 }))
      return try Survey(
        Self.dataset(of: population, sample.people, more),
        weight: WeightDeclaration("w", source: .variable("w"), adjustments: steps), design: design)
    }
    let rake = WeightAdjustment(.rake, of: "drawn", by: ["sex", "age"])
    var surveys = [
      ("Taylor", try survey(sample.weights, [], design)),
      ("Taylor, raked", try survey(raked(sample.weights, sample), [], design, [rake])),
    ]
    for (name, columns, declared) in replicated {
      let design = DesignDeclaration(replicates: declared)
      surveys.append((name, try survey(sample.weights, columns, design)))
      surveys.append(
        (
          "\(name), raked",
          try survey(raked(sample.weights, sample), columns.map { raked($0, sample) }, design)
        ))
    }
    return surveys
  }

  /// Weights that have the margins of the population.
  private func raked(_ weights: [Double], _ sample: TwoStageSample) -> [Double] {
    var weights = weights
    let codes = [6, 7].map { column in
      sample.people.map { Int(population.columns[column][$0]) }
    }
    let margins = population.margins
    for _ in 0..<20 {
      var largest = 0.0
      for (own, totals) in zip(codes, margins) {
        var sums = totals.map { _ in 0.0 }
        for (row, code) in own.enumerated() { sums[code] += weights[row] }
        let factors = zip(totals, sums).map { $0 / $1 }
        for (row, code) in own.enumerated() { weights[row] *= factors[code] }
        largest = max(largest, factors.map { abs($0 - 1) }.max() ?? 0)
      }
      if largest < 1e-10 { break }
    }
    return weights
  }

  private static func dataset(
    of population: MadeUpPopulation, _ people: [Int], _ more: [(String, [Double])]
  ) -> Dataset {
    let own = MadeUpPopulation.names.enumerated().map { place, name in
      (name, people.map { population.columns[place][$0] })
    }
    return Dataset(
      MemorySource(
        (own + more).map {
          ($0.0, Column.numbers(NumericColumn(values: $0.1, missing: [.system])))
        }))
  }

  /// The numbers that are followed, with their intervals.
  private static func estimates(
    in survey: Survey
  ) throws -> [(estimate: Double, interval: ConfidenceInterval)] {
    let share = try survey.tabulate("y").rows[1]
    let number = try survey.summarize("v", statistics: [.mean, .quantile(0.5)]).rows
    let gap = try survey.gap("a", "b").rows[0].difference
    let fit = try survey.logit("y ~ x + z")
    let effect = try fit.margins(of: "x").rows[0].difference
    let mediation = try survey.mediation(
      of: "y", keys: ["x"], blocks: [MediatorBlock("through", ["z"])])
    let coefficient = fit.rows[1]
    guard let part = mediation.rows.first(where: { $0.quantity == .difference })?.estimate else {
      return []
    }
    return ([share, number[0], number[1]].map { ($0.estimate, $0.interval) })
      + [(gap.estimate, gap.interval), (coefficient.estimate, coefficient.interval)]
      + [effect, part].map { ($0.estimate, $0.interval) }
  }
}
