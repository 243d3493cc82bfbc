internal import SurveyData

/// What is told about the values of a file's columns.
struct CSVReport {
  private let source: CSVSource
  /// The first record of each chunk, from 0.
  private let firstRecords: [Int]

  init(_ source: CSVSource, _ firstRecords: [Int]) {
    self.source = source
    self.firstRecords = firstRecords
  }

  /// Throws the fault that comes first in the file, if there is any.
  func refuse(_ columns: some Sequence<(Variable, CSVTally)>) throws {
    let kinds: [CSVTally.Kind] = [.unknown, .notNumber, .notWhole, .badEncoding, .tooMany]
    var first: (variable: Variable, kind: CSVTally.Kind, places: [CSVPlace], count: Int)?
    for (variable, tally) in columns {
      for kind in kinds {
        let places = tally.places(kind)
        guard let place = places.first, place.offset < first?.places.first?.offset ?? .max else {
          continue
        }
        first = (variable, kind, places, tally.count(kind))
      }
    }
    guard let first, let place = first.places.first else { return }
    let (problem, remedy) = words(first.kind, first.variable, place, first.places)
    let all = first.count == 1 ? nil : list(first.places, count: first.count)
    throw SurveyError(
      .data, at: self.place(place), problem,
      remedy: [remedy, all].compactMap(\.self).joined(separator: "\n      "))
  }

  /// What must be known of values that are not faults.
  func notes(_ columns: some Sequence<(Variable, CSVTally)>) -> [Note] {
    columns.flatMap { variable, tally in
      [CSVTally.Kind.unknownKept, .unknownMissing, .rewritten, .identityNumber, .inexact].compactMap
      {
        kind in
        tally.places(kind).first.map { note(kind, variable, $0, count: tally.count(kind)) }
      }
    }
  }

  private func note(
    _ kind: CSVTally.Kind, _ variable: Variable, _ first: CSVPlace, count: Int
  ) -> Note {
    let name = "'\(variable.name)'"
    let values = count == 1 ? "1 value" : "\(count) values"
    let example = "the first is \(text(first))"
    return switch kind {
    case .unknownKept:
      Note(
        .warning, id: "csv.unknown-code",
        "\(name) has \(values) that the codebook does not know, kept as they are; \(example)",
        naming: [variable.name, String(count), text(first), "kept"], at: place(first))
    case .unknownMissing:
      Note(
        .warning, id: "csv.unknown-code",
        "\(name) has \(values) that the codebook does not know, counted as missing; \(example)",
        naming: [variable.name, String(count), text(first), "missing"], at: place(first))
    case .identityNumber:
      Note(
        .warning, id: "csv.national-identity-number",
        "\(name) holds what looks like Norwegian national identity numbers (\(values)); "
          + "remove them before the file is shared",
        naming: [variable.name, String(count)], at: place(first))
    case .inexact:
      Note(
        .warning, id: "csv.inexact-integer",
        "\(name) has \(values) of more digits than a number keeps; \(example). With `type: text` they "
          + "are codes, digit by digit",
        naming: [variable.name, String(count), text(first)], at: place(first))
    default:
      Note(
        .information, id: "csv.rewritten-code",
        "\(name) has \(values) written another way than the code; \(example)",
        naming: [variable.name, String(count), text(first)], at: place(first))
    }
  }

  private func words(
    _ kind: CSVTally.Kind, _ variable: Variable, _ place: CSVPlace, _ places: [CSVPlace]
  ) -> (problem: String, remedy: String) {
    let (name, text) = (variable.name, text(place))
    switch kind {
    case .badEncoding:
      return (
        "'\(name)' is not \(source.dialect.encoding.rawValue): \(text)",
        "State the file's encoding: `encoding: windows-1252` under `file:`."
      )
    case .tooMany:
      return (
        "'\(name)' has more different values than codes can be told apart",
        "Declare what it holds: `type: text`, `type: integer` or `type: decimal` under \(name)."
      )
    case .notWhole:
      return (
        "'\(name)' is \(text), but the codebook declares whole numbers",
        "Correct the file, or declare `type: decimal` under \(name)."
      )
    case .notNumber:
      return ("'\(name)' is \(text), which is not a number", numberRemedy(variable, place, places))
    default:
      return unknownWords(variable, text, place)
    }
  }

  private func unknownWords(
    _ variable: Variable, _ text: String, _ place: CSVPlace
  ) -> (problem: String, remedy: String) {
    let cell = self.plain(place)
    let code = variable.unknownAnswers(in: cell).first ?? cell
    let text = variable.hasSeveralAnswers ? Escaping.quoted(code) : text
    let shown = DecimalNumber.value(code) == nil ? text : code
    let padded = variable.categories.first {
      $0.code != code && $0.number != nil && $0.number == DecimalNumber.value(code)
    }
    let remedy =
      padded.map { "The codebook knows \($0.code): the file has lost its leading zeros." }
      ?? "Add \(shown) to the codebook, or treat unknown codes as missing: `unknown: missing` under "
      + "\(variable.name)."
    return ("'\(variable.name)' is \(shown), but the codebook knows \(known(variable))", remedy)
  }

  /// The codes, ranges and missing codes of a variable, in words.
  private func known(_ variable: Variable) -> String {
    let language = source.codebook?.language ?? "en"
    func named(_ code: String, _ label: String) -> String {
      label.isEmpty ? code : "\(code) (\(label))"
    }
    var words = variable.categories.map { named($0.code, $0.label.text(in: language)) }
    if let range = variable.range {
      words.append("\(canonicalCode(range.lowerBound)) to \(canonicalCode(range.upperBound))")
    }
    words += variable.missing.filter { $0 != .system }.map {
      named(
        $0.text, ($0.label.isEmpty ? $0.reason.label : $0.label).text(in: language).lowercased())
    }
    return words.count <= 12
      ? words.joined(separator: ", ")
      : words.prefix(11).joined(separator: ", ") + " and \(words.count - 11) more"
  }

  private func numberRemedy(
    _ variable: Variable, _ place: CSVPlace, _ places: [CSVPlace]
  ) -> String {
    let text = plain(place)
    let others = places.map(plain).filter { $0 != text }
    if let written = WrittenNumber(text, of: variable.name, besides: others) {
      return written.remedy
    }
    let odd = text.unicodeScalars.first {
      !$0.isASCII && ($0.properties.isWhitespace || $0 == "\u{2212}")
    }
    if let odd {
      let code = String(odd.value, radix: 16, uppercase: true)
      return
        "It holds the character U+\(String(repeating: "0", count: max(0, 4 - code.count)))\(code); "
        + "state `thousands:` under `file:` if numbers are written so."
    }
    return "If it means a missing answer, declare it under \(variable.name): "
      + "`missing: {\(YAMLTree.quoted(text)): no_answer}`."
  }

  private func list(_ places: [CSVPlace], count: Int) -> String {
    let shown = places.map { "line \(source.file.bytes.line(at: $0.offset)): \(text($0))" }
    let more = count - shown.count
    return "\(count) values: \(shown.joined(separator: ", "))"
      + (more > 0 ? " and \(more) more." : ".")
  }

  private func plain(_ place: CSVPlace) -> String {
    let bytes = UnsafeRawBufferPointer(
      rebasing: source.file.bytes[place.offset..<(place.offset + place.length)])
    return source.dialect.text(of: bytes) ?? String(decoding: bytes, as: UTF8.self)
  }

  private func text(_ place: CSVPlace) -> String { Escaping.quoted(plain(place)) }

  /// The file and the line, and the record where the two numbers do not run together.
  private func place(_ place: CSVPlace) -> String {
    let line = source.file.bytes.line(at: place.offset)
    let row = firstRecords[place.chunk] + place.record + 1
    let isPlain = row + source.header.linesAbove == line
    return "\(source.file.path):\(line)" + (isPlain ? "" : " (row \(row))")
  }
}
