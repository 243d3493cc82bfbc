internal import SurveyData

extension Comparison {
  /// Why some of the comparisons have no test.
  ///
  /// - Parameter others: Notes of groups of one respondent, which say it already.
  static func notes(on rows: [Row], of variable: String, besides others: [Note] = []) -> [Note] {
    let single = others.filter { $0.id == "compare.one-respondent" }.flatMap(\.values)
    let rows = rows.filter { row in
      !single.contains(row.group.code) && !single.contains(row.reference.code)
    }
    func names(_ isMeant: (Row) -> Bool) -> [String] {
      rows.filter { !$0.groupEstimate.isNaN && !$0.referenceEstimate.isNaN && isMeant($0) }
        .map { row in
          let sides = "'\(row.group.code)' – '\(row.reference.code)'"
          let parts =
            [row.stratum, row.category].compactMap { $0?.code }
            + (row.group.categories.isEmpty ? row.groups.map(\.code) : [])
          return parts.isEmpty ? sides : "\(sides) (\(parts.joined(separator: ", ")))"
        }
    }
    let noRatio = names { $0.difference.estimate.isNaN }
    return Note.unknownVariance(
      of: names { $0.difference.standardError.isNaN && !$0.difference.estimate.isNaN }, at: variable
    ) + Note.knownDifferences(names { $0.difference.standardError == 0 }, at: variable)
      + (noRatio.isEmpty
        ? []
        : [
          Note(
            .warning, id: "compare.no-ratio",
            "\(noRatio.joined(separator: ", ")): a share of 0 or 1 and numbers of different signs "
              + "have no ratio on the log scale", naming: [noRatio.joined(separator: ", ")],
            at: variable)
        ])
  }

  /// The notes that do not rest on single comparisons.
  var layoutNotes: [Note] {
    notes.filter { !$0.id.hasPrefix("estimate.") && $0.id != "compare.no-ratio" }
  }
}
