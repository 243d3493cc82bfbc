import SurveyData
import SurveyReaders
package import SurveyTables

/// An inventory as records and as tables.
package struct InventoryReport {
  private let inventory: Inventory
  private let language: String

  package init(_ inventory: Inventory, language: String) {
    self.inventory = inventory
    self.language = language
  }

  // MARK: Records

  /// One row a variable.
  package var overview: Records {
    Records(
      "rows",
      columns: [
        "variable", "label", "type", "measure", "role", "n", "missing", "distinct", "min", "mean",
        "max", "reading", "reading_reason",
      ],
      rows: inventory.entries.map { entry in
        let variable = entry.variable
        let range = entry.range
        return [
          .text(variable.name), .text(variable.label.text(in: language)),
          variable.type.map { .text($0.rawValue) } ?? .empty,
          variable.measure.map { .text($0.rawValue) } ?? .empty,
          variable.role.map { .text($0.rawValue) } ?? .empty, .integer(entry.answered),
          .integer(entry.missing.reduce(0) { $0 + $1.count }), .integer(entry.distinct),
          range.map { .number($0.low) } ?? .empty, range.map { .number($0.mean) } ?? .empty,
          range.map { .number($0.high) } ?? .empty,
          entry.reading.map { .text($0.isNumber ? "number" : "category") } ?? .empty,
          entry.reading.map { .text(Phrase.reason($0).text(in: language)) } ?? .empty,
        ]
      })
  }

  /// One row a code; the values of numbers are not listed.
  package var codes: Records {
    Records(
      "codes", columns: ["variable", "code", "label", "missing_reason", "n"],
      rows: inventory.entries.flatMap(codeRecords))
  }

  private func codeRecords(_ entry: Inventory.Entry) -> [[Records.Value]] {
    let name = Records.Value.text(entry.variable.name)
    var rows: [[Records.Value]] = []
    if isListed(entry) {
      for (category, count) in entry.codes {
        let label = category.label.text(in: language)
        rows.append([name, .text(category.code), .text(label), .empty, .integer(count)])
      }
    }
    for (code, count) in entry.missing {
      rows.append([
        name, .text(code.text), .text(label(of: code)), .text(code.reason.rawValue),
        .integer(count),
      ])
    }
    return rows
  }

  /// What looks odd.
  package var findings: Records { odd.records("findings") }

  private var odd: FindingsReport { FindingsReport(inventory.findings, language: language) }

  // MARK: Tables

  /// One line a variable, then what looks odd.
  package var overviewTables: [Table] {
    let table = Table(
      title: inventory.entries.isEmpty ? "" : Phrase.variables.text(in: language),
      unit: Phrase.size(rows: inventory.rows, columns: inventory.entries.count).text(in: language),
      stub: Phrase.variable.text(in: language),
      columns: [
        heading(.label, isText: true), heading(.answered), heading(.type, isText: true),
        heading(.missing, isText: true), heading(.mostFrequent, isText: true),
        Table.Column("", isText: true),
      ],
      rows: inventory.entries.map { entry in
        let most = mostFrequent(entry)
        return Table.Row(
          entry.variable.name,
          cells: [
            .text(entry.variable.label.text(in: language).shortened(to: 26)),
            .count(entry.answered), .text(kind(entry)), .text(missingText(entry)), most.bar,
            .text(most.text),
          ])
      }, notes: readings + odd.sentences())
    return [table]
  }

  /// How the labelled numbers of the file are read, in one sentence.
  private var readings: [String] {
    let read = inventory.entries.compactMap { entry -> String? in
      guard let reading = entry.reading, reading.reason != .complete else { return nil }
      return "\(entry.variable.name) \(Phrase.kind(reading).text(in: language))"
        + " (\(Phrase.reason(reading).text(in: language)))"
    }
    guard !read.isEmpty else { return [] }
    let shown = read.prefix(12).joined(separator: ", ")
    return [
      Phrase.readings(shown, more: max(0, read.count - 12)).text(in: language)
    ]
  }

  /// A table of codes for each variable.
  package var codeTables: [Table] {
    inventory.entries.map { entry in
      let variable = entry.variable
      var notes: [String] = []
      let question = variable.question.text(in: language)
      if !question.isEmpty { notes.append(Phrase.question(question).text(in: language)) }
      let note = variable.note.text(in: language)
      if !note.isEmpty { notes.append(note) }
      if let reading = entry.reading {
        notes.append(Phrase.reading(reading, of: variable.name).text(in: language))
      }
      notes += odd.sentences(about: variable.name)
      var table = Table(
        title: "\(variable.name): \(variable.title(in: language))",
        unit: Phrase.percent.text(in: language), stub: Phrase.code.text(in: language),
        columns: [
          heading(.label, isText: true), heading(.n),
          Table.Column(Phrase.percent.text(in: language)),
          Table.Column("", isText: true),
        ], rows: codeRows(entry), notes: notes)
      table.subject = Table.Subject(variable.name)
      return table
    }
  }

  private func codeRows(_ entry: Inventory.Entry) -> [Table.Row] {
    let answered = max(entry.answered, 1)
    var rows: [Table.Row] = []
    if isListed(entry) {
      rows = entry.codes.map { category, count in
        let share = Double(count) / Double(answered)
        return Table.Row(
          category.code,
          cells: [
            .text(category.label.text(in: language)), .count(count),
            .number(Table.Quantity(share, as: .percent(digits: 0))), .bar(share),
          ])
      }
    } else if let range = entry.range {
      rows = [(Phrase.smallest, range.low), (.mean, range.mean), (.largest, range.high)].map {
        Table.Row(
          $0.text(in: language),
          cells: [.text(""), .text(number($1)), .empty, .empty])
      }
    }
    rows.append(
      Table.Row(
        Phrase.answered.text(in: language),
        cells: [.text(""), .count(entry.answered), .empty, .empty],
        kind: .total))
    return rows
      + entry.missing.map { code, count in
        Table.Row(
          code.text.isEmpty ? "–" : code.text,
          cells: [.text(label(of: code)), .count(count), .empty, .empty])
      }
  }

  /// Whether the codes of a variable are few enough to be listed.
  private func isListed(_ entry: Inventory.Entry) -> Bool {
    !entry.isNumber && (entry.codeCount <= 200 || !entry.variable.categories.isEmpty)
      && entry.variable.role != .id
  }

  private func heading(_ phrase: Phrase, isText: Bool = false) -> Table.Column {
    Table.Column(phrase.text(in: language), isText: isText)
  }

  private func kind(_ entry: Inventory.Entry) -> String {
    let isNumber =
      entry.isNumber || entry.variable.measure?.isCategorical == false
    if !isNumber, isListed(entry), entry.distinct > 0 {
      return Phrase.codes(entry.distinct).text(in: language)
    }
    return (isNumber || entry.range != nil ? Phrase.number : Phrase.text).text(in: language)
  }

  /// A number of the file in a few digits.
  private func number(_ value: Double) -> String {
    let format = NumberFormat(language: language)
    return value == value.rounded()
      ? format.fixed(value, digits: 0) : format.significant(value, digits: 3)
  }

  private func label(of code: MissingCode) -> String {
    let label = code.label.text(in: language)
    return label.isEmpty ? code.reason.label.text(in: language) : label
  }

  private func missingText(_ entry: Inventory.Entry) -> String {
    var parts: [(label: String, count: Int)] = []
    for (code, count) in entry.missing {
      let label = code.reason.label.text(in: language)
      if let index = parts.firstIndex(where: { $0.label == label }) {
        parts[index].count += count
      } else {
        parts.append((label, count))
      }
    }
    guard let most = parts.max(by: { $0.count < $1.count }) else { return "" }
    let count = NumberFormat(language: language).count(most.count)
    return "\(count) \(most.label.lowercased())" + (parts.count > 1 ? "\u{A0}…" : "")
  }

  /// The most frequent answer with the length of its bar, or the range of a number.
  private func mostFrequent(_ entry: Inventory.Entry) -> (bar: Table.Cell, text: String) {
    let format = NumberFormat(language: language)
    if entry.isNumber || !isListed(entry) {
      guard let range = entry.range, entry.variable.role != .id else { return (.empty, "") }
      return (
        .empty,
        "\(number(range.low))–\(number(range.high))"
      )
    }
    guard let most = entry.mostFrequent else { return (.empty, "") }
    let share = Double(most.count) / Double(max(entry.answered, 1))
    return (
      .bar(share),
      "\(format.percent(share, digits: 0)) % \(most.category.name(in: language).shortened(to: 12))"
        .spacesKept
    )
  }
}

extension String {
  /// The text, cut with `…` when it is longer than a line of an overview has room for.
  fileprivate func shortened(to length: Int) -> String {
    count <= length ? self : prefix(length - 1).trimmingEnd + "…"
  }

  /// The text on one line, whatever the width.
  fileprivate var spacesKept: String { String(map { $0 == " " ? "\u{A0}" : $0 }) }
}

extension Substring {
  fileprivate var trimmingEnd: String { String(reversed().drop { $0 == " " }.reversed()) }
}
