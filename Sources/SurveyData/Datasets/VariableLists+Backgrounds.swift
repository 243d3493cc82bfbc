extension VariableLists {
  /// The backgrounds that a text names: a variable, `sex*generation` crossed, or a list of them.
  ///
  /// - Throws: ``SurveyError`` of kind usage where a list matches nothing.
  package func backgrounds(in text: String) throws -> [[String]] {
    let crossed = text.split(separator: "*", omittingEmptySubsequences: false).map {
      String($0.trimmed)
    }
    guard crossed.count > 1, crossed.allSatisfy(isKnown) else {
      return try names(in: [text]).map { [$0] }
    }
    guard Set(crossed).count == crossed.count else {
      throw SurveyError(
        .usage, "'\(text)' crosses a variable with itself", remedy: "Name different ones.")
    }
    return [crossed]
  }
}
