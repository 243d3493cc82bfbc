internal import SurveyData

extension Synthesis {
  /// The data as CSV: UTF-8, comma, decimal point, one header line, missing codes as they are.
  public func csv() throws -> String {
    let texts = try columns.map { name, column in
      guard case .text(let text) = try column.seen(as: .text, name: name) else { return [String]() }
      return text.values
    }
    var csv = columns.map { Self.field($0.name) }.joined(separator: ",") + "\n"
    for row in 0..<sample.answered {
      csv += texts.map { Self.field($0[row]) }.joined(separator: ",")
      csv += "\n"
    }
    return csv
  }

  private static func field(_ text: String) -> String {
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
    let doubled = text.split(separator: "\"", omittingEmptySubsequences: false)
    return "\"" + doubled.joined(separator: "\"\"") + "\""
  }
}
