internal import SurveyData
internal import SurveyStatistics
package import SurveyTables

extension TableOne {
  /// One row an estimate, of all and of every group: `variable, category, label, statistic, <groups>`
  /// and the figures; `missing` has a number of people only, and the rows of no variable are everybody.
  ///
  /// In the columns of groups `all` means all.
  package var records: Records {
    let language = context.language
    let head = ["variable", "category", "label", "statistic"]
    let own = Records.columns(
      of: groupVariables.map(\.name),
      beside: head + EstimateRecords.figures + EstimateRecords.imputationFigures)
    let estimates = entries.flatMap { entry in groups.flatMap { entry.estimates(of: $0) } }
    let isImputed = estimates.contains { $0.missingInformation != nil }
    let hasLabels = groups.joined().contains { !$0.label.text(in: language).isEmpty }
    let all = hasLabels ? Phrase.all.text(in: language) : ""
    var records = Records(
      "rows",
      columns: head + own + EstimateRecords.figures
        + (isImputed ? EstimateRecords.imputationFigures : []))
    func add(
      _ names: [String], _ group: [Category], _ values: [Records.Value],
      _ information: [Records.Value], isShare: Bool = false
    ) {
      let codes = own.indices.map { group.isEmpty ? "all" : group[$0].code }
      records.rows.append(
        (names + codes).map { .text($0) } + values + (isImputed ? information : []))
      records.shares.append(isShare ? ["estimate", "std_error", "conf_low", "conf_high"] : [])
      records.details.append(
        own.isEmpty
          ? []
          : [
            Tree.Member(
              "labels",
              .object(
                own.indices.map { place in
                  Tree.Member(
                    own[place],
                    .text(group.isEmpty ? all : group[place].label.text(in: language)))
                }))
          ])
    }
    for group in groups {
      for row in (group.isEmpty ? people.all : people.groups ?? people.all).rows
      where row.groups == group {
        add(
          ["", "", "", row.statistic], group, EstimateRecords.values(row),
          EstimateRecords.values(row.missingInformation))
      }
    }
    for entry in entries {
      for group in groups {
        for row in entry.estimates(of: group) {
          add(
            [
              row.variable, row.category?.code ?? "", row.category?.label.text(in: language) ?? "",
              row.statistic,
            ], group, EstimateRecords.values(row), EstimateRecords.values(row.missingInformation),
            isShare: row.category != nil)
        }
        let nothing = EstimateRecords.figures.dropFirst().map { _ in Records.Value.empty }
        add(
          [entry.name, "", "", "missing"], group,
          [.integer(missing(entry, in: group))] + nothing, [.empty, .empty])
      }
    }
    return records
  }
}
