internal import SurveyData

extension Document {
  /// The charts as one drawing, below each other.
  /// - Throws: ``SurveyError`` of kind usage when there are none.
  public func svg(_ style: Style = Style()) throws -> String {
    let drawings = charts.enumerated().map { $1.svg(style, id: "chart-\($0 + 1)") }
    guard let first = drawings.first else {
      throw SurveyError(
        .usage, "this command draws no chart", remedy: "Use html, csv, json or text.")
    }
    return drawings.count == 1 ? first : SVGDrawing.stacked(drawings)
  }
}

extension Chart {
  /// The chart as a fragment of HTML for a page that has ``HTMLPage/stylesheet``.
  ///
  /// - Parameter id: A name that no other chart of the page has.
  public func html(_ style: Style = Style(), id: String) -> String {
    "<figure class=\"vekt-figure\" id=\"\(id)\">\n\(svg(style, id: "\(id)-svg"))</figure>\n"
  }
}
