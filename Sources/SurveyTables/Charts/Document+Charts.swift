internal import SurveyData

extension Document {
  /// The charts of the tables that can be drawn.
  ///
  /// - Parameter kind: How to draw; nil leaves it to each table.
  /// - Throws: ``SurveyError`` of kind usage when there is no table that can be drawn so.
  public func drawn(as kind: Chart.Kind? = nil) throws -> [Chart] {
    var charts: [Chart] = []
    var fault: (any Error)?
    for table in tables {
      do {
        charts.append(try table.chart(kind))
      } catch {
        fault = fault ?? error
      }
    }
    guard charts.isEmpty else { return charts }
    throw fault ?? SurveyError(.usage, "there is no table to draw")
  }

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
