import Foundation
import Vekt

/// What more rows and more replicate weights cost: a mean and shares by group, and a logit, in memory.
///
/// Prints a table of Markdown, a row a size; the memory is the most that the process held so far, so that
/// sizes grow.
struct Growth {
  private static let sizes: [(rows: Int, replicates: Int)] = [
    (50_000, 80), (100_000, 80), (200_000, 80), (200_000, 160), (200_000, 320),
    (200_000, 1_000),
  ]

  func run() throws {
    print("| rows | replicates | mean, ms | shares, ms | logit, ms | most memory, MiB |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: |")
    for size in Self.sizes {
      let survey = try Survey(
        Respondents(rows: size.rows).replicated(size.replicates),
        weight: WeightDeclaration("w", source: .variable("w")),
        design: DesignDeclaration(
          replicates: ReplicateDeclaration(["rw1-rw\(size.replicates)"], method: .bootstrap)))
      let times = try [
        Stopwatch.closure(runs: 5) { _ = try survey.summarize("x", by: ["g"]) },
        Stopwatch.closure(runs: 5) { _ = try survey.tabulate("y", by: ["g"]) },
        Stopwatch.closure(runs: 1) { _ = try survey.fit("y <= 2 ~ x + g") },
      ].map { String(format: "%.1f", $0.wall * 1000) }
      let cells = ["\(size.rows)", "\(size.replicates)"] + times + ["\(Stopwatch.peakMiB)"]
      print("| \(cells.joined(separator: " | ")) |")
    }
  }
}
