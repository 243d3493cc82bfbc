import SurveyData
import SurveyStatistics
import Testing
import VektTestSupport

/// The made-up survey of 1 042 people whose results R gave.
enum ReferenceCase {
  static func columns() throws -> [(name: String, values: [Double])] { try file.get() }

  /// The file, read once.
  private static let file = Result { try read() }

  private static func read() throws -> [(name: String, values: [Double])] {
    let dataset = try Places.dataset("paradox.csv")
    try dataset.load(dataset.variableNames.map { ($0, .numbers) })
    return try dataset.variableNames.map { ($0, try dataset.numeric($0).values) }
  }

  static func survey(
    _ columns: [(name: String, values: [Double])]? = nil, weight: String = "w"
  ) throws -> Survey {
    let dataset = Dataset(
      MemorySource(
        try (columns ?? Self.columns()).map {
          ($0.name, .numbers(NumericColumn(values: $0.values, missing: [.system])))
        }))
    return try Survey(
      dataset, weight: WeightDeclaration("w", source: .expression(weight)),
      design: DesignDeclaration(strata: "stratum", psu: ["psu"]))
  }

  /// Estimates with each unit left out in turn, the others of its stratum weighted up:
  /// `V = Σ (n_h − 1) ∕ n_h (θ₍ᵣ₎ − θ)²`.
  static func jackknife(_ estimate: (Survey) throws -> [Double]) throws -> [Double] {
    let columns = try columns()
    func column(_ name: String) throws -> [Double] {
      try #require(columns.first { $0.name == name }).values
    }
    let (strata, units, weights) = (try column("stratum"), try column("psu"), try column("w"))
    let all = try estimate(survey(columns))
    var variance = Array(repeating: 0.0, count: all.count)
    for stratum in Set(strata).sorted() {
      let members = Set(strata.indices.filter { strata[$0] == stratum }.map { units[$0] })
      let size = Double(members.count)
      for unit in members.sorted() {
        let replicate = weights.indices.map { row in
          strata[row] != stratum
            ? weights[row] : units[row] == unit ? 0 : weights[row] * size / (size - 1)
        }
        let found = try estimate(
          survey(columns.map { $0.name == "w" ? ("w", replicate) : $0 }))
        for k in all.indices {
          variance[k] += (size - 1) / size * (found[k] - all[k]) * (found[k] - all[k])
        }
      }
    }
    return variance.map { $0.squareRoot() }
  }
}

/// Compares with printed digits.
func expect(
  _ found: [Double], _ printed: [Double], within tolerance: Double = 6e-9,
  _ location: SourceLocation = #_sourceLocation
) {
  #expect(found.count == printed.count, sourceLocation: location)
  for (a, b) in zip(found, printed) {
    #expect(abs(a - b) <= tolerance, "\(a) should be \(b)", sourceLocation: location)
  }
}
