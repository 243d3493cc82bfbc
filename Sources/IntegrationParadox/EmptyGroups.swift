package import SurveyData
internal import SurveyStatistics

/// Results whose tables have a row of every group, also of one in which nobody is: with n 0, and no
/// number.
extension Difference {
  /// What is known of nobody.
  fileprivate static var none: Difference {
    Difference(.nan, standardError: .nan, degreesOfFreedom: .nan, level: 0.95)
  }
}

extension [Gap.GroupDifference] {
  /// The same with every group but the reference.
  fileprivate func with(_ groups: [Category]) -> Self {
    guard let reference = first?.reference else { return self }
    return groups.filter { $0.code != reference.code }.map { group in
      first { $0.group.code == group.code }
        ?? Gap.GroupDifference(group: group, reference: reference, difference: .none, count: 0)
    }
  }
}

/// The rows of some groups in order, then that of all.
private func rows<Row>(
  _ rows: [Row], of groups: [Category], by group: (Row) -> Category?, empty: (Category) -> Row
) -> [Row] {
  groups.map { wanted in rows.first { group($0)?.code == wanted.code } ?? empty(wanted) }
    + rows.filter { group($0) == nil }
}

extension Gap {
  /// The same with every group in which somebody may be.
  package func with(_ groups: [Category]) -> Gap {
    var gap = self
    gap.rows = IntegrationParadox.rows(rows, of: groups, by: \.group) { group in
      Row(
        group: group, count: 0, first: .nan, second: .nan, firstError: .nan, secondError: .nan,
        correlation: .nan, difference: .none, oddsRatio: nil)
    }
    gap.differences = differences.with(groups)
    gap.adjusted = adjusted.with(groups)
    return gap
  }
}

extension Discordance {
  /// The same with every group in which somebody may be.
  package func with(_ groups: [Category]) -> Discordance {
    var discordance = self
    discordance.rows = IntegrationParadox.rows(rows, of: groups, by: \.group) { group in
      Row(
        group: group, count: 0, cells: Array(repeating: .none, count: 4), shareAmongFirst: .none,
        logRatio: .none, kappa: .none, onlyFirst: 0, onlySecond: 0)
    }
    discordance.differences = differences.with(groups)
    return discordance
  }
}

extension Prevalence {
  /// The same with every group in which somebody may be.
  package func with(_ groups: [Category]) -> Prevalence {
    var prevalence = self
    prevalence.rows = IntegrationParadox.rows(rows, of: groups, by: \.group) { group in
      Row(
        group: group, count: 0, share: .none, interval: Difference.none.interval)
    }
    return prevalence
  }
}

extension Gradient {
  /// The same with the levels of every group in which somebody may be.
  package func with(_ groups: [Category]) -> Gradient {
    let present = Set(rows.compactMap { $0.group?.code })
    var gradient = self
    for (place, group) in groups.enumerated() where !present.contains(group.code) {
      let later = Set(groups[(place + 1)...].map(\.code))
      let index = gradient.rows.firstIndex { $0.group.map { later.contains($0.code) } ?? true }
      gradient.rows.insert(
        contentsOf: levels.map { level in
          Row(
            group: group, quantity: .level, term: level.code, count: 0, estimate: .none,
            interval: Difference.none.interval)
        }, at: index ?? gradient.rows.count)
    }
    return gradient
  }
}
