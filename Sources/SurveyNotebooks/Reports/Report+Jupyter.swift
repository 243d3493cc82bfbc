internal import SurveyTables

extension Report.Result {
  /// What Jupyter shows: HTML or SVG, and text for those who see neither; the type of the message
  /// and its content, as a kernel sends them.
  var jupyterMessage: (type: String, content: JSONValue) {
    switch self {
    case .text(let text): return Self.stream("stdout", text)
    case .notes(let notes, _): return Self.stream("stderr", notes.map { $0 + "\n" }.joined())
    case .figure(let chart, let number, _, let language):
      let style = Style(language: language)
      return Self.display([
        "image/svg+xml": .text(chart.svg(style, id: "figure-\(number)")),
        "text/plain": .text(chart.description(style)),
      ])
    case .table(let table, let number, _, let language):
      let style = Style(language: language)
      return Self.display([
        "text/html": .text(table.jupyterHTML(style, id: "table.\(number)")),
        "text/plain": .text(table.text(style)),
      ])
    }
  }

  /// The same as a notebook's file holds it, its texts cut into lines.
  var jupyterOutput: JSONValue {
    let (type, content) = jupyterMessage
    if case .object(let representations)? = content["data"] {
      let cut = representations.map { member in
        JSONValue.Member(name: member.name, value: JSONValue(lines: member.value.string ?? ""))
      }
      return .members([
        "data": .object(cut), "metadata": .object([]), "output_type": .text(type),
      ])
    }
    return .members([
      "name": content["name"] ?? .null, "output_type": .text(type),
      "text": JSONValue(lines: content["text"]?.string ?? ""),
    ])
  }

  private static func stream(_ name: String, _ text: String) -> (type: String, content: JSONValue) {
    ("stream", .members(["name": .text(name), "text": .text(text)]))
  }

  private static func display(
    _ data: KeyValuePairs<String, JSONValue>
  ) -> (type: String, content: JSONValue) {
    ("display_data", .members(["data": .members(data), "metadata": .object([])]))
  }
}

extension Table {
  /// The table with the style that it needs on a page of others; its rules are for Vekt's classes
  /// only, and the colours are those of the page.
  func jupyterHTML(_ style: Style, id: String) -> String {
    "<style>\(HTMLPage.tableStylesheet)</style>\n" + html(style, id: id)
  }
}

extension JupyterNotebook {
  /// The notebook with what its cells gave in place of earlier outputs.
  ///
  /// - Parameter results: What each code cell gave, in order.
  func written(with results: [[Report.Result]]) -> String {
    var notebook = json
    var rest = results[...]
    var number = 0
    let cells = (json["cells"]?.elements ?? []).map { cell -> JSONValue in
      guard cell["cell_type"]?.string == "code" else { return cell }
      var cell = cell
      number += 1
      cell["execution_count"] = .number(String(number))
      cell["outputs"] = .list((rest.popFirst() ?? []).map(\.jupyterOutput))
      return cell
    }
    notebook["cells"] = .list(cells)
    return notebook.written() + "\n"
  }
}
