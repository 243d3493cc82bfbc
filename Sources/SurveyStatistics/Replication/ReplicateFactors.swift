internal import SurveyData
internal import SurveyNumerics

/// What the weights of each sampling unit are multiplied by in each replicate.
///
/// With `f` the sampling fraction of a stratum of `n` units:
///
/// - JK1, JKn: 0 for the unit left out, `n ∕ (n − 1)` for the others of its stratum; `1 − f` is in the
///   replicate's scale;
/// - BRR, Fay: `1 ± (1 − ρ) √(1 − f)` for the two units, by the columns of a Hadamard matrix but the first,
///   so that the mean of the replicates is the estimate;
/// - bootstrap (Rao, Wu and Yue): `n ∕ (n − 1)` times how often the unit is drawn, in `n − 1` draws with
///   replacement;
/// - bootstrap (Canty and Davison): how often it is drawn in `n` draws without replacement from its stratum
///   repeated up to the population's size; with replacement where less than 1 % was drawn;
/// - successive differences: `1 + 2^(−3∕2) √(1 − f) (h_i − h_{i+1})`, with the last unit of a stratum beside its
///   first.
///
/// - Note: Agrees with `as.svrepdesign` of R's survey 4.1, types JK1, JKn, BRR, Fay; its `subbootstrap` and
///   `bootstrap` are the two bootstraps.
/// - SeeAlso: Wolter (2007), Introduction to Variance Estimation, chapters 3 to 5; Rao, Wu and Yue (1992),
///   Survey Methodology 18; Canty and Davison (1999), The Statistician 48; Fay and Train (1995),
///   Proceedings of the Section on Government Statistics, ASA; Ash (2014), Survey Methodology 40.
struct ReplicateFactors: Sendable {
  /// One array a replicate, with a factor a unit.
  private(set) var columns: [[Double]] = []
  /// How the replicates make a variance; its columns have no names yet.
  private(set) var declaration: ReplicateDeclaration
  /// What was made.
  let kind: ReplicatePlan.Kind

  /// - Parameters:
  ///   - strata: The units of every stratum, in the order of the file.
  ///   - codes: What the strata are called.
  ///   - fractions: The sampling fraction of every stratum.
  ///   - place: The column of strata, for errors.
  /// - Throws: ``SurveyError`` for a stratum of one unit; for BRR and Fay of other than two; for a number or
  ///   a rho that means nothing.
  init(
    _ plan: ReplicatePlan, strata: [[Int]], codes: [String], fractions: [Double], place: String?
  ) throws {
    try Self.check(plan)
    let units = strata.reduce(0) { $0 + $1.count }
    let isWhole = plan.kind == .jk1
    let lonely = codes.indices.filter { (isWhole ? units : strata[$0].count) < 2 }
    guard lonely.isEmpty, units > 0 else {
      throw Self.fault(
        lonely.map { codes[$0] }, place,
        "has one sampling unit, of which no replicates can be made",
        "Merge strata: --derive, and --strata with the new variable.")
    }
    let isKnown = fractions.contains { $0 > 0 }
    kind = plan.kind == .bootstrap && isKnown ? .cantyDavison : plan.kind
    declaration = ReplicateDeclaration([], method: .bootstrap)
    switch kind {
    case .jk1, .jkn: leaveOneOut(strata, units, fractions, isWhole: isWhole)
    case .brr, .fay:
      let other = codes.indices.filter { strata[$0].count != 2 }
      guard other.isEmpty else {
        throw Self.fault(
          other.map { "\(codes[$0]) (\(strata[$0].count))" }, place,
          "has not exactly two sampling units, as \(kind.rawValue) needs",
          "Merge or pair units, or make others: --replicates jkn.")
      }
      let rho = kind == .fay ? plan.fayRho ?? 0 : 0
      halve(strata, units, fractions, rho: rho, count: plan.count ?? 0)
      declaration = ReplicateDeclaration(
        [], method: kind == .fay ? .fay : .brr, fayRho: kind == .fay ? rho : nil)
    case .bootstrap:
      draw(plan, units) { random, factors in
        for members in strata {
          let carried = Double(members.count) / Double(members.count - 1)
          for _ in 1..<members.count {
            factors[members[random.whole(in: 0...(members.count - 1))]] += carried
          }
        }
      }
    case .cantyDavison:
      draw(plan, units) { random, factors in
        for (members, fraction) in zip(strata, fractions) {
          for unit in Self.drawn(members, fraction, &random) { factors[unit] += 1 }
        }
      }
      let mean = Double(strata.count) / strata.reduce(0) { $0 + 1 / Double($1.count) }
      declaration.scale = mean / ((mean - 1) * Double(columns.count - 1))
    case .sdr: takeDifferences(strata, units, fractions, count: plan.count ?? 80)
    }
  }

  private static func check(_ plan: ReplicatePlan) throws {
    if let count = plan.count {
      guard plan.kind != .jk1, plan.kind != .jkn else {
        throw SurveyError(
          .usage, "a jackknife has as many replicates as there are sampling units",
          remedy: "Leave out --count.")
      }
      guard (2...100_000).contains(count) else {
        throw SurveyError(
          .usage, "--count is \(count); there are from 2 to 100000 replicates")
      }
    }
    guard plan.kind == .fay else {
      guard plan.fayRho == nil else {
        throw SurveyError(
          .usage, "Fay's rho belongs to replicates by Fay, and these are \(plan.kind.rawValue)",
          remedy: "Write --replicates fay.")
      }
      return
    }
    guard let rho = plan.fayRho else {
      throw SurveyError(
        .usage, "replicates by Fay need their rho", remedy: "Write --fay-rho 0.3, or another.")
    }
    guard rho >= 0, rho < 1 else {
      throw SurveyError(
        .usage, "Fay's rho is \(canonicalCode(rho)); it is a number from 0 to below 1")
    }
  }

  private static func fault(
    _ codes: [String], _ place: String?, _ problem: String, _ remedy: String
  ) -> SurveyError {
    let named = codes.prefix(8).map { $0.isEmpty ? "(all)" : $0 }.joined(separator: ", ")
    let more = codes.count > 8 ? " and \(codes.count - 8) more" : ""
    return SurveyError(
      .noAnswer, at: place, "each of these strata \(problem): \(named)\(more)", remedy: remedy)
  }

  private mutating func leaveOneOut(
    _ strata: [[Int]], _ units: Int, _ fractions: [Double], isWhole: Bool
  ) {
    var home = Array(repeating: 0, count: units)
    for (stratum, members) in strata.enumerated() { for unit in members { home[unit] = stratum } }
    let groups = isWhole ? [Array(0..<units)] : strata
    columns = (0..<units).map { left in
      let members = groups[isWhole ? 0 : home[left]]
      var factors = Array(repeating: 1.0, count: units)
      for unit in members { factors[unit] = Double(members.count) / Double(members.count - 1) }
      factors[left] = 0
      return factors
    }
    declaration = ReplicateDeclaration(
      [], method: isWhole ? .jk1 : .jkn,
      replicateScales: (0..<units).map { unit in
        let count = Double(strata[home[unit]].count)
        let fraction = isWhole && strata.count > 1 ? 0 : fractions[home[unit]]
        return (isWhole ? 1 : (count - 1) / count) * (1 - fraction)
      })
    if declaration.replicateScales.allSatisfy({ $0 == declaration.replicateScales[0] }) {
      declaration.replicateScales =
        isWhole && declaration.replicateScales[0] == 1
        ? [] : [declaration.replicateScales[0]]
    }
  }

  private mutating func halve(
    _ strata: [[Int]], _ units: Int, _ fractions: [Double], rho: Double, count: Int
  ) {
    let signs = HadamardMatrix(atLeast: max(strata.count + 1, count))
    columns = (0..<signs.order).map { replicate in
      var factors = Array(repeating: 1.0, count: units)
      for (stratum, members) in strata.enumerated() {
        let part = signs[replicate, stratum + 1] * (1 - rho) * (1 - fractions[stratum]).squareRoot()
        factors[members[0]] = 1 + part
        factors[members[1]] = 1 - part
      }
      return factors
    }
  }

  private mutating func takeDifferences(
    _ strata: [[Int]], _ units: Int, _ fractions: [Double], count: Int
  ) {
    let signs = HadamardMatrix(atLeast: max(count, 4))
    columns = Array(repeating: Array(repeating: 1.0, count: units), count: signs.order)
    // The first column, all ones, would be no difference.
    var next = 0
    for (members, fraction) in zip(strata, fractions) {
      let rows = members.indices.map { 1 + (next + $0) % (signs.order - 1) }
      next += members.count
      for (place, unit) in members.enumerated() {
        let (own, other) = (rows[place], rows[(place + 1) % rows.count])
        for replicate in columns.indices {
          columns[replicate][unit] +=
            0.125.squareRoot() * (1 - fraction).squareRoot()
            * (signs[replicate, own] - signs[replicate, other])
        }
      }
    }
    declaration = ReplicateDeclaration([], method: .sdr)
  }

  /// Makes replicates by chance, each from a stream of its own.
  private mutating func draw(
    _ plan: ReplicatePlan, _ units: Int,
    _ body: (inout RandomStream, inout [Double]) -> Void
  ) {
    columns = (1...(plan.count ?? 200)).map { number in
      var random = RandomStream(seed: plan.seed, name: "replicate \(number)")
      var factors = Array(repeating: 0.0, count: units)
      body(&random, &factors)
      return factors
    }
  }

  /// As many units as there are, from the population that they stand for.
  private static func drawn(
    _ members: [Int], _ fraction: Double, _ random: inout RandomStream
  ) -> [Int] {
    let count = members.count
    guard fraction >= 0.01 else {
      return (0..<count).map { _ in members[random.whole(in: 0...(count - 1))] }
    }
    let size = max(count, Int((Double(count) / fraction).rounded()))
    var population = (0..<size).map { members[$0 % count] }
    for place in 0..<count {
      population.swapAt(place, random.whole(in: place...(size - 1)))
    }
    return Array(population.prefix(count))
  }
}
