internal import SurveyData
internal import SurveyNumerics

/// The groups of a comparison sorted into strata, each with the group that is the base.
struct ComparisonLayout {
  let found: GroupEstimates
  let groupVariables: [Variable]
  let within: Variable?
  /// The strata in which groups can be compared.
  let strata: [Stratum]
  /// Strata and groups that are left out, groups of one respondent.
  let notes: [Note]

  /// The groups that are compared with each other.
  struct Stratum {
    /// The category of the variable within which is compared; nil when in none.
    let category: Category?
    /// The groups, as positions in the estimates.
    let groups: [Int]
    /// The categories of every group, without that of the stratum.
    let categories: [[Category]]
    /// The position of the base among the groups.
    let base: Int
    /// The groups in which nobody is, without the category of the stratum.
    let absent: [AbsentGroup]
  }

  /// A test of more contrasts than this is not made: it would take longer than all comparisons.
  static let mostContrasts = 600

  /// Sorts groups.
  ///
  /// - Parameter baseline: What groups are compared with; only a reference needs its group in every
  ///   stratum.
  /// - Throws: ``SurveyError`` when no stratum has two groups, or none has the reference.
  init(
    _ found: GroupEstimates, groupVariables: [Variable], within: Variable?,
    reference baseline: Baseline
  ) throws {
    self.found = found
    self.groupVariables = groupVariables
    self.within = within
    let skipped = within == nil ? 0 : 1
    let categories = found.groups.map { Array($0.dropFirst(skipped)) }
    let by = groupVariables.map(\.name).joined(separator: ",")
    // The groups of all strata, in the order of their codes.
    let places = Dictionary(
      zip(found.positions.map { Array($0.dropFirst(skipped)) }, categories),
      uniquingKeysWith: { first, _ in first })
    let crossed = places.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
    let base = try Self.base(baseline, of: groupVariables, among: crossed)

    var strata: [Stratum] = []
    var notes: [Note] = []
    // Groups stand in the order of their strata.
    var start = 0
    while start < found.groups.count {
      let key = within == nil ? nil : found.groups[start].first
      let end =
        found.groups.indices[start...].first { within != nil && found.groups[$0].first != key }
        ?? found.groups.count
      let groups = Array(start..<end)
      start = end
      let inside = groups.map { categories[$0] }
      let place = inside.firstIndex(of: base)
      let needsBase = if case .reference = baseline { true } else { false }
      guard groups.count > 1, place != nil || !needsBase else {
        notes.append(
          Note(
            .warning, id: "compare.stratum-left-out",
            "'\(key?.code ?? "")' is left out: it has "
              + (groups.count > 1 ? "nobody in the reference group" : "one group"),
            naming: [key?.code ?? "", groups.count > 1 ? "reference" : "one"], at: within?.name))
        continue
      }
      strata.append(
        Stratum(
          category: key, groups: groups, categories: inside, base: place ?? 0,
          absent: found.absent.filter { within == nil || $0.categories.first == key }.map {
            AbsentGroup(
              categories: Array($0.categories.dropFirst(skipped)), place: $0.place - groups[0])
          }))
    }
    guard !strata.isEmpty else {
      throw SurveyError(
        .noAnswer, at: within?.name, "no category has two groups of \(by) to compare")
    }
    self.strata = strata
    let contrasts = strata.map { ($0.groups.count - 1) * max(found.answers.count - 1, 1) }
    if contrasts.contains(where: { $0 > Self.mostContrasts }) {
      notes.append(
        Note(
          .information, id: "compare.no-overall-test",
          "no test of all groups together: it would have more than \(Self.mostContrasts) contrasts",
          naming: [String(Self.mostContrasts)], at: by))
    }
    self.notes = notes + Self.notes(found, by: by)
  }

  /// The base as crossed categories: of crossed variables the group of all their own references
  /// where there is one.
  private static func base(
    _ baseline: Baseline, of variables: [Variable], among groups: [[Category]]
  ) throws -> [Category] {
    let codes = groups.map { group in
      Category(
        Comparison.Side.group(group).code,
        label: LocalizedText(
          ["en", "nb", "nn"].map { language in
            (language, group.map { $0.name(in: language) }.joined(separator: ","))
          }))
    }
    var crossed = Variable(variables.map(\.name).joined(separator: ","))
    let own = variables.indices.map { place in
      variables[place].reference ?? groups.first?[place].code ?? ""
    }.joined(separator: ",")
    if variables.count == 1 {
      crossed.reference = variables[0].reference
    } else if codes.contains(where: { $0.code == own }) {
      crossed.reference = own
    }
    var reference: String?
    if case .reference(let code) = baseline {
      reference = code
    } else {
      crossed.reference = nil
    }
    let base = try Survey.base(reference, of: crossed, among: codes)
    return groups[codes.firstIndex { $0.code == base.code } ?? 0]
  }

  private static func notes(_ found: GroupEstimates, by: String) -> [Note] {
    found.groups.indices.filter { found.count(of: [$0]) == 1 }.map { group in
      Note(
        .warning, id: "compare.one-respondent",
        "group '\(Comparison.Side.group(found.groups[group]).code)' has one respondent, so that "
          + "nothing is known of its variance and it has no test",
        naming: [Comparison.Side.group(found.groups[group]).code], at: by)
    }
  }

  /// The comparisons of one answer in a stratum.
  func rows(
    _ answer: (category: Category?, position: Int), in stratum: Stratum, against baseline: Baseline,
    measure: ComparisonMeasure, level: Double
  ) throws -> [Comparison.Row] {
    func group(_ index: Int) -> Comparison.Side { .group(stratum.categories[index]) }
    guard baseline == .rest || baseline == .total else {
      return baseline.pairs(stratum.groups.count, base: stratum.base).map { pair in
        Comparison.Row(
          measure, of: found.estimates,
          (
            found.place(answer.position, stratum.groups[pair.group]),
            found.place(answer.position, stratum.groups[pair.reference])
          ), sides: (group(pair.group), group(pair.reference)), answer: answer.category,
          stratum: stratum.category,
          count: found.count(of: [stratum.groups[pair.group], stratum.groups[pair.reference]]),
          level: level, shares: found.shares)
      }
    }
    // A few groups at a time, each with what it is compared with: the work then grows with the
    // number of groups, not with its square.
    let all = stratum.groups
    let everybody = found.count(of: all)
    let chunks = stride(from: 0, to: all.count, by: 8).map { $0..<min($0 + 8, all.count) }
    func other(_ index: Int) -> [Int] {
      baseline == .total ? all : all.filter { $0 != all[index] }
    }
    // A group minus everybody is a part of the group minus the others, and known where that is.
    let nested = try found.nested(
      answer.position,
      chunks.map { chunk in
        chunk.flatMap { index in [[all[index]], other(index), all.filter { $0 != all[index] }] }
      })
    return zip(chunks, nested).flatMap { chunk, found in
      chunk.map { index in
        let place = 3 * (index - chunk.lowerBound)
        return Comparison.Row(
          measure, of: found.estimates, (place, place + 1),
          sides: (group(index), baseline == .total ? .total : .rest), answer: answer.category,
          stratum: stratum.category, count: everybody, level: level,
          shares: found.shares, isKnown: !found.estimates.standardErrors[place + 2].isNaN)
      }
    }
  }

  /// The comparisons of the groups in which nobody is, which are empty.
  ///
  /// - Parameter rows: Those of the groups with somebody, for one answer.
  func emptyRows(
    in stratum: Stratum, against baseline: Baseline, like rows: [Comparison.Row]
  ) -> [Comparison.Row] {
    guard baseline == .previous else {
      return Comparison.Row.empty(stratum.absent, like: rows.prefix(1))
    }
    return stratum.absent.flatMap { absent in
      let before = Comparison.Side.group(stratum.categories[max(absent.place - 1, 0)])
      let estimate =
        rows.first { $0.group == before }?.groupEstimate
        ?? rows.first { $0.reference == before }?.referenceEstimate
      return Comparison.Row.empty(
        [absent], like: rows.prefix(1), reference: (before, estimate ?? .nan))
    }
  }

  /// The tests that all groups of a stratum are equal: of all answers together, of each answer when
  /// there are more than two, and the t-test of two groups' means.
  func tests(in stratum: Stratum) -> [TestResult] {
    let answers = found.answersGiven(in: stratum.groups)
    let others = stratum.groups.indices.filter { $0 != stratum.base }
    guard others.count * max(answers.count - 1, 1) <= Self.mostContrasts else { return [] }
    func test(_ positions: [Int], _ category: Category?) -> TestResult {
      let indices = stratum.groups.flatMap { group in positions.map { found.place($0, group) } }
      let width = positions.count
      var map = Matrix(rows: others.count * width, columns: indices.count)
      for (place, other) in others.enumerated() {
        for k in 0..<width {
          map[place * width + k, other * width + k] = 1
          map[place * width + k, stratum.base * width + k] = -1
        }
      }
      return found.estimates.waldTest(
        "wald", variable: found.estimand.variable, by: by, term: term(category, stratum), of: map,
        indices)
    }
    if answers.count > 1 {
      let each =
        answers.count > 2 ? answers.map { test([$0.position], $0.category) } : []
      return [test(answers.dropFirst().map(\.position), nil)] + each
    }
    return answers.map { test([$0.position], $0.category) } + tTest(in: stratum)
  }

  /// R's `svyttest` of two groups' means, under its name and with its degrees of freedom: it is the
  /// slope of a model, which has one less than the difference itself.
  private func tTest(in stratum: Stratum) -> [TestResult] {
    guard found.estimand.statistic == .mean, stratum.groups.count == 2 else { return [] }
    let groups = [stratum.groups[1 - stratum.base], stratum.groups[stratum.base]]
    let difference = found.estimates.inEach { one in
      let pair = one.combined(
        Matrix([[1, -1]]), of: groups, labels: [Estimates.Label(variable: "")])
      return pair.on(degreesOfFreedom: pair.degreesOfFreedom[0] - 1)
    }.difference(0, level: 0.95)
    return [
      TestResult(
        "t", of: difference, variable: found.estimand.variable, by: by, term: term(nil, stratum))
    ]
  }

  /// The group variables' names.
  var by: String { groupVariables.map(\.name).joined(separator: ",") }

  /// Whose test it is: `sex=1`, `trust=yes`, `sex=1:trust=yes`.
  func term(_ category: Category?, _ stratum: Stratum) -> String {
    [
      stratum.category.map { "\(within?.name ?? "")=\($0.code)" },
      category.map { "\(found.estimand.variable)=\($0.code)" },
    ].compactMap { $0 }.joined(separator: ":")
  }
}
