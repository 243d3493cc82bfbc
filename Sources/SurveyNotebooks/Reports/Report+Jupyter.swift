internal import SurveyTables

extension Report.Result {
  /// What Jupyter shows: HTML or SVG, and text for those who see neither; the type of the message
  /// and its content, as a kernel sends them.
  var jupyterMessage: (type: String, content: JSONValue) {
    switch self {
    case .text(let text): return Self.stream("stdout", text)
    case .notes(let notes, _): return Self.stream("stderr", notes.map { $0 + "\n" }.joined())
    case .figure(let chart, let number, _, let language):
      return Self.display(chart.jupyterData(Style(language: language), id: "figure-\(number)"))
    case .table(let table, let number, _, let language):
      let style = Style(language: language)
      return Self.display(
        (
          [
            "text/html": .text(table.htmlAlone(style, id: "table.\(number)")),
            "text/plain": .text(table.text(style)),
          ], .object([])
        ))
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
        "data": .object(cut), "metadata": content["metadata"] ?? .object([]),
        "output_type": .text(type),
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
    _ shown: (data: KeyValuePairs<String, JSONValue>, metadata: JSONValue)
  ) -> (type: String, content: JSONValue) {
    ("display_data", .members(["data": .members(shown.data), "metadata": shown.metadata]))
  }
}

extension Chart {
  /// The drawing, a picture of it for a notebook that is not trusted, which shows no drawings, and words.
  ///
  /// Where no picture can be made, a page with the drawing as its picture does the same.
  fileprivate func jupyterData(
    _ style: Style, id: String
  ) -> (data: KeyValuePairs<String, JSONValue>, metadata: JSONValue) {
    let drawing = svg(style, id: id)
    let words = description(style)
    guard let picture = picture(style) else {
      let address = PageFiles.dataAddress(of: Array(drawing.utf8), named: "chart.svg")
      let image =
        "<img src=\"\(address)\" alt=\"\(words.htmlEscaped)\" "
        + "style=\"max-width: 100%\">"
      return (
        [
          "image/svg+xml": .text(drawing), "text/html": .text(image), "text/plain": .text(words),
        ], .object([])
      )
    }
    return (
      [
        "image/svg+xml": .text(drawing), "image/png": .text(picture.png.base64),
        "text/plain": .text(words),
      ],
      .members([
        "image/png": .members([
          "width": .number(String(Int(picture.width))),
          "height": .number(String(Int(picture.height))),
        ])
      ])
    )
  }
}

extension [UInt8] {
  /// The bytes as text, by the alphabet of RFC 4648.
  var base64: String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    text.reserveCapacity((count + 2) / 3 * 4)
    for start in stride(from: 0, to: count, by: 3) {
      let held = self[start..<Swift.min(start + 3, count)]
      let bits = held.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - held.count))
      for place in 0...held.count { text.append(letters[bits >> (18 - 6 * place) & 63]) }
      text += repeatElement(UInt8(ascii: "="), count: 3 - held.count)
    }
    return String(decoding: text, as: UTF8.self)
  }
}

extension JupyterNotebook {
  /// Whether two notebooks are the same but for the pictures beside drawings, which follow the programs and
  /// fonts of a machine.
  static func same(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    a == b || (withoutPictures(a).map { $0 == withoutPictures(b) } ?? false)
  }

  private static func withoutPictures(_ bytes: [UInt8]) -> JSONValue? {
    let text = String(decoding: bytes, as: UTF8.self)
    guard var notebook = try? JSONParser.value(of: text, name: "") else { return nil }
    notebook["cells"] = notebook["cells"]?.elements.map { cells in
      .list(
        cells.map { cell in
          var cell = cell
          cell["outputs"] = cell["outputs"]?.elements.map { .list($0.map(withoutPicture)) }
          return cell
        })
    }
    return notebook
  }

  private static func withoutPicture(_ output: JSONValue) -> JSONValue {
    guard let drawing = output["data"]?["image/svg+xml"] else { return output }
    var output = output
    output["data"] = drawing
    output["metadata"] = nil
    return output
  }

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
