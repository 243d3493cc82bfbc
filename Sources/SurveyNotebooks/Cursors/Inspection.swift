internal import SurveyCommands
internal import SurveyData
import SurveyReports
internal import SurveyTables

/// What stands at a cursor, explained: a variable with its question and answers, a verb or an option
/// with its help.
struct Inspection {
  /// The explanation as plain text; empty when nothing is known.
  private(set) var text = ""
  /// The same as HTML, where it is a table.
  private(set) var html: String?

  /// Explains what a cursor stands at, or next to.
  ///
  /// - Parameters:
  ///   - code: The cell.
  ///   - cursor: Where the cursor stands, in Unicode code points.
  ///   - session: What is in use.
  init(_ code: String, cursor: Int, in session: NotebookSession) {
    let scalars = Array(code.unicodeScalars)
    var end = min(max(0, cursor), scalars.count)
    // The whole word counts, wherever in it the cursor stands.
    while end < scalars.count, Character(scalars[end]).isInWord { end += 1 }
    let place = CursorPlace(code, cursor: end)
    guard !place.isInComment else { return }
    let name = String(place.written.reversed().prefix(while: \.isInWord).reversed())
    let command = place.words + [place.written]
    let verb = VerbManual.verb(of: command)
    if name.hasPrefix("--") {
      explain(option: String(name), of: verb)
      return
    }
    let isVerb = place.words.count < (verb?.words.count ?? 0)
    if !isVerb, explain(variable: name, in: session) || explain(variable: code, in: session) {
      return
    }
    let part = VerbManual.beginning(with: command)
    if let verb {
      text = verb.help
    } else if !part.isEmpty {
      text = part.map { "\($0.name): \($0.summary)" }.joined(separator: "\n")
    }
  }

  /// The content of the reply.
  var reply: JSONValue {
    var data: [JSONValue.Member] = []
    if !text.isEmpty {
      data.append(.init(name: "text/plain", value: .text(text)))
      if let html { data.append(.init(name: "text/html", value: .text(html))) }
    }
    return .members([
      "status": .text("ok"), "found": .flag(!text.isEmpty), "data": .object(data),
      "metadata": .object([]),
    ])
  }

  private mutating func explain(option name: String, of verb: VerbManual?) {
    guard let verb, let option = verb.option(name) else { return }
    let value = option.valueName.map { " <\($0)>" } ?? ""
    text = "\(option.name)\(value)  (\(verb.name))\n\n\(option.help)"
    if !option.values.isEmpty {
      text += "\n\nValues: \(option.values.joined(separator: ", "))."
    }
  }

  /// Explains a variable of the data in use.
  /// - Returns: Whether there is one of that name.
  private mutating func explain(variable name: String, in session: NotebookSession) -> Bool {
    guard let dataset = session.dataset, let variable = try? dataset.variable(name),
      case .document(let document, let language)? = try? session.inspection(of: name).result,
      var table = document.tables.first
    else { return false }
    let facts = [variable.type?.rawValue, variable.measure?.rawValue, variable.role?.rawValue]
      .compactMap(\.self)
    if !facts.isEmpty {
      table.notes.append(
        "\(Phrase.type.text(in: language)): \(facts.joined(separator: ", "))")
    }
    let style = Style(language: language, width: 80)
    text = table.text(style)
    html = table.htmlAlone(style, id: "inspection")
    return true
  }
}

extension Character {
  /// Whether it may stand in a name, a verb or an option.
  fileprivate var isInWord: Bool { isInName || self == "-" }
}
