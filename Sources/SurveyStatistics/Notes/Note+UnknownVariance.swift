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
