package import IntegrationParadox
package import SurveyData
package import SurveyRequests

/// The estimates of a file.
package struct PoolingInput {
  package let estimates: [StudyEstimate]
  /// The moderators' terms: a name, or `name=code` for each category but the first.
  package let terms: [String]
  /// The rows of the file.
  package let read: Int
  /// The rows that the condition leaves out.
  let outside: Int
  /// The rows in which something is missing.
  let missing: Int

  /// Reads the estimates.
  ///
  /// - Throws: ``SurveyError`` for a column that is not there, or holds text where a number should be.
  package init(
    _ dataset: Dataset, columns: PoolingColumns, moderators: [String], cluster: String?
  ) throws {
    let condition = try columns.condition.map { try Expression($0) }
    try condition?.check(against: dataset)
    let errorColumn = columns.varianceColumn ?? columns.stdErrorColumn
    let degreesColumn = columns.effect == .estimate ? [] : [columns.dfColumn]
    for (name, option) in [
      (columns.estimateColumn, "--estimate-column"), (errorColumn, "--std-error-column"),
    ] + degreesColumn.map({ ($0, "--df-column") }) where !dataset.variableNames.contains(name) {
      throw SurveyError(
        .usage, at: dataset.source.facts.path, "no column '\(name)'",
        remedy: suggestion(for: name, among: dataset.variableNames)
          ?? "Name the column with \(option).")
    }
    let kinds = try moderators.map { (name: $0, isNumber: try Self.isNumber($0, in: dataset)) }
    try dataset.load(
      ([columns.estimateColumn, errorColumn] + degreesColumn).map { ($0, .numbers) }
        + kinds.map { ($0.name, $0.isNumber ? .numbers : .codes) }
        + (cluster.map { [($0, ColumnView.codes)] } ?? [])
        + (try condition?.inputs(in: dataset) ?? []))
    let (values, errors) = (
      try dataset.numeric(columns.estimateColumn).values, try dataset.numeric(errorColumn).values
    )
    let degrees = try degreesColumn.first.map { try dataset.numeric($0).values }
    let chosen = try condition.map { try $0.condition(on: dataset).bytes }
    let clusters = try cluster.map { try dataset.categorical($0) }
    read = values.count
    let inside = values.indices.filter { chosen?[$0] ?? 1 == 1 }
    outside = read - inside.count
    var complete = inside.filter { row in
      !values[row].isNaN && !errors[row].isNaN && degrees?[row].isNaN != true
        && (clusters.map { $0.positions[row] < $0.categories.count } ?? true)
    }
    var terms: [String] = []
    var moderatorColumns: [[Double]] = []
    for kind in kinds {
      if kind.isNumber {
        let numbers = try dataset.numeric(kind.name).values
        complete.removeAll { numbers[$0].isNaN }
        terms.append(kind.name)
        moderatorColumns.append(numbers)
        continue
      }
      let codes = try dataset.categorical(kind.name)
      complete.removeAll { codes.positions[$0] >= codes.categories.count }
      let occurring = Set(complete.map { codes.positions[$0] }).sorted()
      for position in occurring.dropFirst() {
        terms.append("\(kind.name)=\(codes.categories[position].code)")
        moderatorColumns.append(values.indices.map { codes.positions[$0] == position ? 1 : 0 })
      }
      if occurring.count == 1 {
        throw SurveyError(
          .noAnswer, at: kind.name, "is the same for all estimates, so it moderates nothing",
          remedy: "Leave it out of --moderator.")
      }
    }
    missing = inside.count - complete.count
    let named = try Self.names(dataset, columns, of: complete)
    self.terms = terms
    let isVariance = columns.varianceColumn != nil
    for row in complete where !(errors[row] > 0) {
      throw SurveyError(
        .data, at: "\(dataset.source.facts.path): row \(row + 1)",
        "'\(errorColumn)' is \(canonicalCode(errors[row])), and an error is above 0",
        remedy: "Leave the row out with --where, or mend the file.")
    }
    for row in complete where (degrees?[row] ?? 2) <= 1 {
      throw SurveyError(
        .data, at: "\(dataset.source.facts.path): row \(row + 1)",
        "'\(columns.dfColumn)' is \(canonicalCode(degrees?[row] ?? 0)), and a correlation needs more than "
          + "one degree of freedom", remedy: "Leave the row out with --where, or mend the file.")
    }
    estimates = complete.map { row in
      let effect = columns.effect.effect(
        of: values[row], standardError: isVariance ? errors[row].squareRoot() : errors[row],
        degreesOfFreedom: degrees?[row] ?? .infinity)
      return StudyEstimate(
        named(row), estimate: effect.estimate, standardError: effect.standardError,
        moderators: moderatorColumns.map { $0[row] },
        cluster: clusters.map { $0.categories[$0.positions[row]].code })
    }
  }

  /// Whether a moderator is a number: it is not where the codebook has categories or the file text.
  private static func isNumber(_ name: String, in dataset: Dataset) throws -> Bool {
    let variable = try dataset.variable(name)
    guard !variable.isCategorical, variable.type != .text else { return false }
    return (try? dataset.numeric(name)) != nil
  }

  /// What each row is of: the column that is named, `study`, or the columns without figures that tell
  /// the rows apart.
  private static func names(
    _ dataset: Dataset, _ columns: PoolingColumns, of rows: [Int]
  ) throws -> (Int) -> String {
    let all = dataset.variableNames
    let named = columns.studyColumn ?? (all.contains("study") ? "study" : nil)
    var texts = try named.map { [try dataset.text($0).values] } ?? []
    if named == nil {
      let figures = Self.figures.union([columns.estimateColumn, columns.stdErrorColumn])
      for name in all where !figures.contains(name) {
        let values = try dataset.text(name).values
        let isNews = !texts.contains { known in rows.allSatisfy { known[$0] == values[$0] } }
        if isNews, Set(rows.map { values[$0] }).count > 1 { texts.append(values) }
      }
    }
    return { [texts] row in
      let parts = texts.map { $0[row] }.filter { !$0.isEmpty }
      return parts.isEmpty ? "\(row + 1)" : parts.joined(separator: ", ")
    }
  }

  /// Columns of Vekt's results that do not say what an estimate is of.
  private static let figures: Set = [
    "label", "n", "weighted_n", "estimate_group", "estimate_reference", "estimate_a", "estimate_b",
    "statistic", "df", "df1", "df2", "p_value", "p_adjusted", "conf_low", "conf_high", "deff", "cv",
    "flag", "exp_estimate", "exp_conf_low", "exp_conf_high", "share",
  ]
}
