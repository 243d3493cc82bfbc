internal import Glibc
package import SurveyData
package import SurveyStatistics
package import SurveyTables

/// What a design is made of, as records and as tables.
package struct DesignReport {
  private let overview: DesignOverview
  private let groups: [Variable]
  private let language: String

  package init(_ overview: DesignOverview, groups: [Variable], language: String) {
    self.overview = overview
    self.groups = groups
    self.language = language
  }

  private func words(_ phrase: Phrase) -> String { phrase.text(in: language) }

  private func heading(_ phrase: Phrase, isText: Bool = false) -> Table.Column {
    Table.Column(words(phrase), isText: isText)
  }

  private func number(_ value: Double, digits: Int = 4) -> Table.Cell {
    value.isNaN ? .empty : .number(Table.Quantity(value, as: .significant(digits: digits)))
  }

  private func text(_ value: Double) -> String {
    let format = NumberFormat(language: language)
    return value == value.rounded() && abs(value) < 1e6
      ? format.fixed(value, digits: 0) : format.significant(value, digits: 3)
  }

  private func range(_ low: Double, _ high: Double) -> String {
    low.isNaN ? "" : low == high ? text(low) : "\(text(low))–\(text(high))"
  }

  // MARK: Weights

  private var rows: [(categories: [Category], figures: WeightFigures)] {
    overview.groups + [([], overview.weights)]
  }

  /// One row a group, and one of all, whose groups are `all`.
  package var weights: Records {
    Records(
      "rows",
      columns: Records.columns(of: groups.map(\.name), before: Self.figures),
      rows: rows.map { row in
        let figures = row.figures
        return
          (row.categories.isEmpty
          ? groups.map { _ in .text("all") } : row.categories.map { .text($0.code) }) + [
            .integer(figures.count), .number(figures.sum), .number(figures.smallest),
            .number(figures.mean), .number(figures.largest), .number(figures.variation),
            .number(figures.designEffect), .number(figures.effectiveCount),
          ]
      })
  }

  private static let figures = [
    "n", "sum", "min", "mean", "max", "cv", "deff_kish", "n_effective",
  ]

  private var weightTable: Table {
    var table = Table(
      title: words(.weightsAtGlance(overview.survey.weights.name)),
      stub: groups.map { $0.title(in: language) }.joined(separator: ", "),
      columns: [
        heading(.n), heading(.sumOfWeights), heading(.range, isText: true), heading(.meanWeight),
        heading(.variation), heading(.kishEffect), heading(.effectiveCount),
      ],
      rows: rows.map { row in
        let figures = row.figures
        return Table.Row(
          row.categories.isEmpty
            ? words(.all)
            : row.categories.map { $0.name(in: language) }.joined(separator: ", "),
          cells: [
            .count(figures.count), number(figures.sum),
            .text(range(figures.smallest, figures.largest)), number(figures.mean),
            number(figures.variation, digits: 3),
            number(figures.designEffect), .count(Int(figures.effectiveCount.rounded())),
          ], kind: row.categories.isEmpty && !groups.isEmpty ? .total : .body)
      })
    let weights = overview.survey.weights
    if weights.zeroCount + weights.missingCount > 0 {
      table.notes.append(words(.weightless(zero: weights.zeroCount, missing: weights.missingCount)))
    }
    table.notes.append(words(.kishExplained))
    table.isDrawn = false
    return table
  }

  // MARK: Histogram

  /// One row a stretch of weights.
  package var histogram: Records {
    Records(
      "histogram", columns: ["low", "high", "n", "share"],
      rows: overview.histogram.bins.map {
        [.number($0.low), .number($0.high), .integer($0.count), .number(share($0))]
      })
  }

  private func share(_ bin: WeightHistogram.Bin) -> Double {
    Double(bin.count) / Double(max(overview.weights.count, 1))
  }

  private var histogramTable: Table? {
    let bins = overview.histogram.bins
    guard bins.count > 1 else { return nil }
    let most = bins.map(share).max() ?? 1
    let step = bins[0].high - bins[0].low
    let digits = (0...8).first { digits in
      let scaled = step * pow(10, Double(digits))
      return abs(scaled - scaled.rounded()) < 1e-6
    }
    let format = NumberFormat(language: language)
    func end(_ value: Double) -> String { format.fixed(value, digits: digits ?? 8) }
    var table = Table(
      title: words(.histogram), unit: words(.percent), stub: words(.stretchHeading),
      columns: [Table.Column("%"), heading(.n), Table.Column("", isText: true)],
      rows: bins.map { bin in
        Table.Row(
          "\(end(bin.low))–\(end(bin.high))",
          cells: [
            .estimate(
              Table.Quantity(share(bin), as: .percent(digits: 1)), low: nil, high: nil, mark: ""),
            .count(bin.count), .bar(share(bin) / most),
          ])
      })
    table.chartKind = .bars
    table.isOrdered = true
    return table
  }

  // MARK: Stages

  /// One row a stage.
  package var stages: Records {
    Records(
      "stages",
      columns: [
        "stage", "variable", "parents", "units", "units_min", "units_mean", "units_max", "lonely",
        "fraction_min", "fraction_max",
      ],
      rows: overview.stages.enumerated().map { index, stage in
        let counts = stage.parts.map(\.stratum.unitCount)
        let fractions = stage.parts.map(\.stratum.samplingFraction)
        let isKnown = fractions.contains { $0 > 0 }
        return [
          .integer(index + 1), stage.name.map { .text($0) } ?? .empty, .integer(counts.count),
          .integer(counts.reduce(0, +)), .integer(counts.min() ?? 0),
          .number(Double(counts.reduce(0, +)) / Double(max(counts.count, 1))),
          .integer(counts.max() ?? 0), .integer(stage.parts.count { $0.stratum.isLonely }),
          isKnown ? .number(fractions.min() ?? 0) : .empty,
          isKnown ? .number(fractions.max() ?? 0) : .empty,
        ]
      })
  }

  /// One row a stratum, or at later stages a unit from which others were drawn.
  package var strata: Records {
    Records(
      "strata", columns: ["stage", "stratum", "units", "n", "sum", "fraction", "lonely"],
      rows: overview.stages.enumerated().flatMap { index, stage in
        stage.parts.map { part in
          [
            .integer(index + 1), .text(part.stratum.code), .integer(part.stratum.unitCount),
            .integer(part.count), .number(part.weight),
            part.stratum.samplingFraction > 0 ? .number(part.stratum.samplingFraction) : .empty,
            .flag(part.stratum.isLonely),
          ]
        }
      })
  }

  private var stageTable: Table {
    let strata = overview.survey.roster.declaration.strata
    var table = Table(
      title: words(.designTitle), stub: words(.stage),
      columns: [
        heading(.parents), heading(.units), heading(.unitsEach, isText: true),
        heading(.meanWeight), heading(.lonely), heading(.fraction, isText: true),
      ],
      rows: overview.stages.enumerated().map { index, stage in
        let counts = stage.parts.map(\.stratum.unitCount)
        let fractions = stage.parts.map(\.stratum.samplingFraction)
        return Table.Row(
          "\(index + 1) \(stage.name ?? words(.people).lowercased())",
          cells: [
            .count(counts.count), .count(counts.reduce(0, +)),
            .text(range(Double(counts.min() ?? 0), Double(counts.max() ?? 0))),
            number(Double(counts.reduce(0, +)) / Double(max(counts.count, 1)), digits: 3),
            .count(stage.parts.count { $0.stratum.isLonely }),
            fractions.allSatisfy { $0 == 0 }
              ? .text("–") : .text(range(fractions.min() ?? 0, fractions.max() ?? 0)),
          ])
      })
    if strata == nil { table.notes.append(words(.noStrata)) }
    for stage in overview.stages {
      let lonely = stage.parts.filter(\.stratum.isLonely).map { "'\($0.stratum.code)'" }
      guard !lonely.isEmpty else { continue }
      table.notes.append(
        words(
          .lonelyNames(
            lonely.prefix(12).joined(separator: ", "), more: max(0, lonely.count - 12),
            rule: overview.survey.roster.declaration.lonelyPSU.rawValue)))
    }
    table.isDrawn = false
    return table
  }

  // MARK: Replicate weights

  /// One row a set of replicate weights.
  package var replicates: Records {
    Records(
      "replicates",
      columns: [
        "columns", "count", "declared", "likely", "are", "rho", "rscales", "because", "options",
      ],
      rows: overview.replicates.map { found in
        [
          .text(columns(of: found)), .integer(found.names.count),
          found.declared.map { .text($0.method.rawValue) } ?? .empty,
          found.kind.method.map { .text($0.rawValue) } ?? .empty,
          .text(found.areFactors ? "factors" : "combined"),
          found.kind.fayRho.map { .number($0) } ?? .empty,
          .text(found.kind.scales.map { canonicalCode($0) }.joined(separator: ",")),
          .text(words(.because(found.kind))), .text(options(of: found)),
        ]
      })
  }

  private func columns(of found: DesignOverview.Replicates) -> String {
    "\(found.names[0])-\(found.names[found.names.count - 1])"
  }

  /// What to write so that the replicate weights are used.
  private func options(of found: DesignOverview.Replicates) -> String {
    guard found.declared == nil, let method = found.kind.method else { return "" }
    var words = [
      "--replicate-weights '\(columns(of: found))'", "--replicate-method \(method.rawValue)",
    ]
    if let rho = found.kind.fayRho { words.append("--fay-rho \(canonicalCode(rho))") }
    let scales = found.kind.scales.map { (($0 * 1e6).rounded() / 1e6) }
    if method == .jkn, scales.isEmpty { words.append("--replicate-rscales NUMBERS") }
    if let first = scales.first {
      let list = scales.allSatisfy { $0 == first } ? [first] : scales
      words.append(
        "--replicate-rscales " + list.map { canonicalCode($0) }.joined(separator: ","))
    }
    if found.areFactors { words.append("--replicate-weights-are factors") }
    return words.joined(separator: " ")
  }

  private var replicateTable: Table? {
    guard !overview.replicates.isEmpty else { return nil }
    var table = Table(
      title: words(.replicateWeights), stub: words(.columnsHeading),
      columns: [
        heading(.n), heading(.declaredAs, isText: true), heading(.likelyKind, isText: true),
        heading(.becauseHeading, isText: true),
      ],
      rows: overview.replicates.map { found in
        let rho = found.kind.fayRho.map { " (ρ \(text($0)))" } ?? ""
        return Table.Row(
          columns(of: found),
          cells: [
            .count(found.names.count), .text(found.declared?.method.rawValue ?? "–"),
            .text((found.kind.method?.rawValue ?? words(.unknownKind)) + rho),
            .text(words(.because(found.kind))),
          ])
      })
    for found in overview.replicates {
      let options = options(of: found)
      if !options.isEmpty { table.notes.append(words(.notDeclared(options))) }
      if let declared = found.declared?.method, let likely = found.kind.method, declared != likely,
        declared != .other
      {
        table.notes.append(words(.otherKind(declared.rawValue, likely: likely.rawValue)))
      }
    }
    table.isDrawn = false
    return table
  }

  // MARK: All

  /// The tables: stages, weights, replicate weights and the histogram.
  package var tables: [Table] {
    [stageTable, weightTable] + [replicateTable, histogramTable].compactMap { $0 }
  }

  /// The records, the weights first.
  package var records: [Records] { [weights, stages, strata, replicates, histogram] }
}
