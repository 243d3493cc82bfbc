internal import Glibc
package import SurveyData
package import SurveyStatistics
package import SurveyTables

/// The sizes of planned samples as records, as a table and as sentences.
package struct SizeReport {
  private let plan: SamplePlan
  private let response: Double
  private let sizes: [Double]
  private let language: String

  /// - Parameters:
  ///   - plan: What is planned for.
  ///   - response: The share of those invited who answer.
  ///   - rows: Sizes that were asked for by what they give, to be rounded up.
  ///   - sizes: Sizes that were given.
  package init(
    _ plan: SamplePlan, response: Double, rows: [Double], sizes: [Double], language: String
  ) {
    self.plan = plan
    self.response = response
    // What is a whole number but for rounding is that number.
    self.sizes = rows.map { ceil($0 * (1 - 1e-9)) } + sizes
    self.language = language
  }

  private var isDifference: Bool {
    if case .difference = plan.estimand { true } else { false }
  }

  private var kind: String {
    switch plan.estimand {
    case .proportion: "proportion"
    case .mean: "mean"
    case .difference: "difference"
    case .gap: "gap"
    }
  }

  /// The people of the second group.
  private func second(_ size: Double) -> Double { ceil(plan.ratio * size * (1 - 1e-9)) }

  private func people(_ size: Double) -> Double { isDifference ? size + second(size) : size }

  private func invited(_ size: Double) -> Double {
    func each(_ size: Double) -> Double { ceil(size / response * (1 - 1e-9)) }
    return isDifference ? each(size) + each(second(size)) : each(size)
  }

  /// A row a size: those who answer, altogether and in each group of a difference, those invited, how
  /// many of a simple sample they are worth, half the interval's width and the power.
  package var records: Records {
    func whole(_ number: Double) -> Records.Value { .integer(Int(number)) }
    return Records(
      "rows",
      columns: [
        "kind", "n", "n_first", "n_second", "invited", "n_effective", "margin", "power",
      ],
      rows: sizes.map { size in
        let power = plan.power(size)
        return [
          .text(kind), whole(people(size)), isDifference ? whole(size) : .empty,
          isDifference ? whole(second(size)) : .empty, whole(invited(size)),
          .number(people(size) / plan.designEffect), .number(plan.margin(size)),
          power.isNaN ? .empty : .number(power),
        ]
      })
  }

  /// What the sizes rest on.
  package var design: Tree {
    func number(_ value: Double) -> Tree { .value(.number(value)) }
    var members: [Tree.Member] = []
    switch plan.estimand {
    case .proportion(let share): members.append(Tree.Member("shares", .list([number(share)])))
    case .mean(let deviation): members.append(Tree.Member("sd", number(deviation)))
    case .difference(let a, let b):
      members.append(Tree.Member("shares", .list([number(a), number(b)])))
      members.append(Tree.Member("ratio", number(plan.ratio)))
    case .gap(let a, let b, let correlation):
      members.append(Tree.Member("shares", .list([number(a), number(b)])))
      members.append(Tree.Member("correlation", number(correlation)))
    }
    members += [
      Tree.Member("deff", number(plan.designEffect)), Tree.Member("response", number(response)),
      Tree.Member("population", plan.population.map(number) ?? .empty),
      Tree.Member("level", number(plan.level)),
    ]
    return .object(members)
  }

  /// The table: a row a size.
  package var table: Table {
    var isShare = true
    if case .mean = plan.estimand { isShare = false }
    let hasPower = plan.difference != nil
    func heading(_ phrase: Phrase) -> Table.Column { Table.Column(phrase.text(in: language)) }
    return Table(
      title: Phrase.plan(kind).text(in: language),
      columns: (isDifference ? [heading(.firstGroup), heading(.secondGroup)] : [])
        + [heading(.invited), heading(isShare ? .marginOfShares : .margin)]
        + (hasPower ? [heading(.power)] : []),
      rows: sizes.map { size in
        let margin = plan.margin(size)
        let groups: [Table.Cell] =
          isDifference ? [.count(Int(size)), .count(Int(second(size)))] : []
        return Table.Row(
          "n = \(NumberFormat(language: language).count(Int(people(size))))",
          cells: groups + [
            .count(Int(invited(size))),
            .number(
              Table.Quantity(
                margin, as: isShare ? .percent(digits: 2) : .significant(digits: 3))),
          ] + (hasPower ? [.number(Table.Quantity(plan.power(size), as: .percent(digits: 1)))] : [])
        )
      }, notes: [sentence.text(in: language)])
  }

  private var sentence: Phrase {
    var parts: [Phrase] = []
    switch plan.estimand {
    case .proportion(let p): parts.append(.plannedShares([p]))
    case .mean(let deviation): parts.append(.plannedDeviation(deviation))
    case .difference(let a, let b): parts.append(.plannedShares([a, b]))
    case .gap(let a, let b, let correlation):
      parts += [.plannedShares([a, b]), .plannedCorrelation(correlation)]
    }
    parts.append(.plannedEffect(plan.designEffect))
    if response < 1 { parts.append(.plannedResponse(response)) }
    if let population = plan.population { parts.append(.plannedPopulation(population)) }
    return .planned(parts, level: plan.level)
  }

  /// What must be said: where normal theory promises too much.
  package var notes: [String] {
    let fewest = sizes.min().map { $0 / plan.designEffect } ?? .infinity
    return fewest < 30 ? [Phrase.fewPlanned.text(in: language)] : []
  }
}
