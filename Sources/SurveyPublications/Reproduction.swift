internal import SurveyData
package import SurveyStatistics

/// Which choices of weight, base and categories give a table as it was printed.
package struct Reproduction {
  /// A weight and a base, with how well they do.
  package struct Choice {
    /// The name of the weight; empty for none.
    let weight: String
    let base: ReproductionBase
    /// The categories that were chosen for figures whose categories are open, by figure.
    let categories: [[String]]
    package let ledger: Ledger
    /// The mean distance in units of the last printed digit.
    let distance: Double

    /// Figures that round as printed, then those nearly so, then the distance.
    func isBetter(than other: Choice) -> Bool {
      let (a, b) = (ledger.count(.matches), other.ledger.count(.matches))
      guard a == b else { return a > b }
      let (c, d) = (ledger.count(.withinRounding), other.ledger.count(.withinRounding))
      guard c == d else { return c > d }
      return distance < other.distance
    }
  }

  /// The choices, best first; those that do equally well stay in the order of the codebook.
  package let choices: [Choice]

  /// Tries every choice.
  ///
  /// - Parameters:
  ///   - surveys: A survey for each weight, with the weight's name.
  ///   - opensCategories: Whether categories are tried anew where a figure names some.
  /// - Throws: ``SurveyError`` when no figure selects anything.
  package init(
    _ file: PublishedFile, surveys: [(weight: String, survey: Survey)],
    opensCategories: Bool, options: EstimationOptions
  ) throws {
    var choices: [Choice] = []
    for (weight, survey) in surveys {
      var seen: [[Set<MissingReason>]] = []
      for base in ReproductionBase.allCases {
        // A base that no variable of the file tells from one before is not another choice.
        let effect = Set(file.figures.map(\.variable)).sorted().map { name -> Set<MissingReason> in
          guard let column = try? survey.dataset.categorical(name) else { return [] }
          let counts = column.counts()
          let occurring = column.missing.indices.filter { counts[column.categories.count + $0] > 0 }
          return base.reasons.intersection(occurring.map { column.missing[$0].reason })
        }
        guard !seen.contains(effect) else { continue }
        seen.append(effect)
        choices.append(
          try Self.choice(
            file, weight: weight, base: base, in: survey, opensCategories: opensCategories,
            options: options))
      }
    }
    let order = choices.indices.sorted {
      choices[$0].isBetter(than: choices[$1])
        || (!choices[$1].isBetter(than: choices[$0]) && $0 < $1)
    }
    self.choices = order.map { choices[$0] }
  }

  private static func choice(
    _ file: PublishedFile, weight: String, base: ReproductionBase, in survey: Survey,
    opensCategories: Bool, options: EstimationOptions
  ) throws -> Choice {
    let tables = FigureTables(survey, keeping: base.reasons, options: options)
    let figures = try chosen(
      file.figures, opensCategories: opensCategories, tables: tables, in: survey)
    var file = file
    file.figures = figures
    let ledger = try Ledger(
      file, isAsked: { _ in true }, cell: { _ in nil },
      estimate: { try tables.share(of: $0) })
    let distances = ledger.entries.compactMap { entry in
      entry.problem == nil ? entry.figure.distance(of: entry.estimate) : nil
    }
    return Choice(
      weight: weight, base: base, categories: figures.map(\.codes), ledger: ledger,
      distance: distances.reduce(0, +) / Double(max(distances.count, 1)))
  }

  /// Figures with the categories that suit best where they are open: one run of neighbouring
  /// categories for all figures of the same statement.
  private static func chosen(
    _ figures: [PublishedFigure], opensCategories: Bool, tables: FigureTables, in survey: Survey
  ) throws -> [PublishedFigure] {
    struct Statement: Hashable {
      let variable: String
      let codes: [String]
      let name: String
    }
    var result = figures
    var groups: [Statement: [Int]] = [:]
    for (index, figure) in figures.enumerated() where opensCategories || figure.codes.isEmpty {
      groups[
        Statement(variable: figure.variable, codes: figure.codes, name: figure.name), default: []
      ].append(index)
    }
    for (statement, indices) in groups {
      guard let column = try? survey.dataset.categorical(statement.variable) else { continue }
      let codes = column.categories.map(\.code)
      var best: (codes: [String], matches: Int, distance: Double)?
      for low in codes.indices {
        for high in low..<codes.count where high - low + 1 < codes.count || codes.count == 1 {
          let run = Array(codes[low...high])
          var matches = 0
          var distance = 0.0
          for index in indices {
            var figure = figures[index]
            figure.codes = run
            guard let found = try? tables.share(of: figure) else { continue }
            let miss = figure.distance(of: found.0)
            matches += miss <= 0.5 + 1e-9 ? 1 : 0
            distance += miss
          }
          let isBetter =
            best.map { (matches, -distance) > ($0.matches, -$0.distance) } ?? true
          if isBetter { best = (run, matches, distance) }
        }
      }
      if let best { for index in indices { result[index].codes = best.codes } }
    }
    return result
  }
}

/// Whom percentages may be of, and which missing answers count among them.
enum ReproductionBase: String, CaseIterable {
  case answered
  case dontKnow = "dont_know"
  case asked
  case all

  /// The reasons for a missing answer that count in the base.
  var reasons: Set<MissingReason> {
    switch self {
    case .answered: []
    case .dontKnow: [.dontKnow]
    case .asked: PercentageBase.asked.reasons
    case .all: PercentageBase.all.reasons
    }
  }
}
