package import SurveyData

extension Note {
  /// Says that some estimates or comparisons have no standard error, since the sample says nothing of
  /// their variance; none when there are none.
  ///
  /// - Parameters:
  ///   - names: What they are of, by codes.
  ///   - place: The variable.
  package static func unknownVariance(of names: [String], at place: String?) -> [Note] {
    guard let list = list(names) else { return [] }
    return [
      Note(
        .warning, id: "estimate.unknown-variance",
        "\(list): nothing is known of the variance, so that there is no standard error and no test: "
          + "everybody answered alike, one sampling unit holds them all, or the limits of a quantile "
          + "do not exist or coincide",
        naming: [list], at: place)
    ]
  }

  /// Says that some differences are known without error; none when there are none.
  package static func knownDifferences(_ names: [String], at place: String?) -> [Note] {
    guard let list = list(names) else { return [] }
    return [
      Note(
        .information, id: "estimate.known",
        "\(list): all of the population was drawn, so that the difference is known and there is "
          + "nothing to test", naming: [list], at: place)
    ]
  }

  private static func list(_ names: [String]) -> String? {
    guard !names.isEmpty else { return nil }
    return names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
  }
}

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
