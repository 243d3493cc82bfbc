internal import SurveyData

/// The population sizes of a stage, or the sampling fractions when all of all stages are at most 1.
struct PopulationSizes {
  /// The stage, counted from 0.
  let stage: Int
  let declaration: DesignDeclaration
  /// The codes of what units were drawn from.
  let codes: [String]
  /// How many units were drawn from each.
  let drawn: [Int]
  /// Whether every unit has its own, an inclusion probability, so that `codes` are those of units.
  var areProbabilities = false
  /// A stage above whose numbers are sizes, or fractions, for certain; nil where all are 1.
  let known: Kind?

  /// What the numbers of a stage are, told by those that are not 1.
  struct Kind {
    let name: String
    let areSizes: Bool
  }

  /// The sampling fraction of everything units were drawn from; 0 where the stage has no sizes.
  ///
  /// - Parameters:
  ///   - dataset: The data; the column is loaded.
  ///   - placeOfRow: What a row's unit was drawn from; nil for a row without a unit.
  /// - Throws: ``SurveyError`` for sizes that are no sizes, change within what they are the size of, are
  ///   smaller than the sample, or fractions beside sizes.
  /// - Complexity: O(rows).
  func fractions(
    in dataset: Dataset, of placeOfRow: (_ row: Int) -> Int?
  ) throws -> (values: [Double], kind: Kind?) {
    guard stage < declaration.fpc.count else { return (drawn.map { _ in 0 }, known) }
    let name = declaration.fpc[stage]
    var size = [Double?](repeating: nil, count: drawn.count)
    for (row, value) in try dataset.numeric(name).values.enumerated() {
      guard let place = placeOfRow(row) else { continue }
      guard value > 0, value.isFinite, !areProbabilities || value <= 1 else {
        throw SurveyError(
          .data, at: "row \(row + 1)",
          "the \(noun) '\(name)' is \(value.isNaN ? "missing" : canonicalCode(value)); "
            + (areProbabilities ? "it is above 0 and at most 1" : "it is a number above 0"))
      }
      if let known = size[place], known != value {
        throw SurveyError(
          .data, at: "row \(row + 1)",
          "the \(noun) '\(name)' is \(canonicalCode(value)) in \(words(place)), "
            + "where it was \(canonicalCode(known)) before; it must be the same in all its rows",
          remedy: stage == 0
            ? nil
            : "It is the number of '\(declaration.psu[stage])' in each "
              + "'\(declaration.psu[stage - 1])', or the share that was drawn.")
      }
      size[place] = value
    }
    let sizes = size.map { $0 ?? 1 }
    let kind = sizes.first { $0 != 1 }.map { Kind(name: name, areSizes: $0 > 1) }
    if let known, let kind, known.areSizes != kind.areSizes {
      func words(_ kind: Kind) -> String { kind.areSizes ? "population sizes" : "fractions" }
      throw SurveyError(
        .data, at: name,
        "holds \(words(kind)), and '\(known.name)' of another stage \(words(known)); give one or the "
          + "other at all stages")
    }
    if sizes.allSatisfy({ $0 <= 1 }) { return (sizes, known ?? kind) }
    if let small = sizes.firstIndex(where: { $0 < 1 }) {
      throw SurveyError(
        .data, at: name,
        "mixes fractions (\(canonicalCode(sizes[small])) in \(words(small))) "
          + "and population sizes; give one or the other")
    }
    let fractions = try zip(sizes, drawn).enumerated().map { place, pair in
      guard pair.0 >= Double(pair.1) else {
        let units = stage == 0 ? "sampling units" : "units of '\(declaration.psu[stage])'"
        throw SurveyError(
          .data, at: name,
          (isWhole ? "there are" : "\(words(place)) has")
            + " \(pair.1) \(units) in the sample, but a population of " + canonicalCode(pair.0),
          remedy: stage == 0
            ? nil
            : "Order --psu and --fpc alike, outermost first: '\(name)' counts the "
              + "'\(declaration.psu[stage])' of each '\(declaration.psu[stage - 1])'.")
      }
      return Double(pair.1) / pair.0
    }
    return (fractions, kind)
  }

  private var noun: String { areProbabilities ? "inclusion probability" : "population size" }

  private var isWhole: Bool { stage == 0 && declaration.strata == nil && !areProbabilities }

  private func words(_ place: Int) -> String {
    if areProbabilities { return "\(declaration.psu.first ?? "row") '\(codes[place])'" }
    if isWhole { return "the sample" }
    return (stage == 0 ? "stratum" : declaration.psu[stage - 1]) + " '\(codes[place])'"
  }
}

extension Roster {
  /// Refuses population sizes of stages that nobody names, and a rule for subpopulations that says
  /// nothing.
  static func check(_ declaration: DesignDeclaration) throws {
    if declaration.lonelyInDomains {
      guard declaration.pps == nil else {
        throw SurveyError(
          .usage,
          "a rule for strata of which a subpopulation has one unit (--lonely-domain) does not go with "
            + "unequal probabilities (pps): there is no such formula",
          remedy: "Leave one of them out.")
      }
      guard declaration.lonelyPSU.centresElsewhere else {
        throw SurveyError(
          .usage,
          "--lonely-domain does what --lonely-psu says, and '\(declaration.lonelyPSU.rawValue)' says "
            + "nothing of strata of several units",
          remedy: "Write --lonely-psu adjust or average, or `lonely_psu:` in the codebook's design."
        )
      }
    }
    if declaration.pps != nil, declaration.fpc.isEmpty {
      throw SurveyError(
        .usage, "unequal probabilities of sampling (pps) need the probability of every unit",
        remedy: "Name its column with --fpc, or `fpc:` in the codebook's design.")
    }
    let (sizes, stages) = (declaration.fpc.count, max(declaration.psu.count, 1))
    guard sizes > stages else {
      if let twice = Set(declaration.psu).first(where: { name in
        declaration.psu.count { $0 == name } > 1
      }) {
        throw SurveyError(
          .usage, "'\(twice)' is the sampling unit of two stages",
          remedy: "Name the column of every stage once, outermost first.")
      }
      return
    }
    throw SurveyError(
      .usage,
      "there are \(sizes) population sizes (\(declaration.fpc.joined(separator: ", "))) for "
        + (stages == 1 ? "one stage" : "\(stages) stages") + " of sampling",
      remedy:
        "Name a column of sampling units for each, outermost first; where people were drawn at "
        + "the last stage, it is the column that tells them apart, as in --psu school,pupil.")
  }
}
