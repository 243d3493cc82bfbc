internal import SurveyTables

/// A table for machines that is to be written as CSV.
struct TableFile {
  /// The number of the table for people that it belongs to.
  let number: Int
  /// Its name: `03-general_trust.csv`, `03-general_trust.tests.csv`.
  let name: String
  let records: Records

  /// The files of a document: one for each kind of records that has rows.
  ///
  /// Where each table for people is about one variable, each of them has files of its own.
  static func files(
    of document: Document, command: Cell.Command, firstNumber: Int, digits: Int
  ) -> [TableFile] {
    let parts = document.records.map { $0.partedByVariable }
    let isParted = document.tables.count > 1 && parts.first?.count == document.tables.count
    return document.records.indices.flatMap { place -> [TableFile] in
      let records = document.records[place]
      let suffix = place == 0 ? "" : ".\(records.name)"
      guard isParted, let variables = parts.first?.map(\.variable),
        parts[place].allSatisfy({ variables.contains($0.variable) })
      else {
        let name = parts[place].count == 1 ? parts[place][0].variable : ""
        return [file(records, name, command, firstNumber, digits, suffix)].compactMap(\.self)
      }
      return parts[place].compactMap { part in
        let order = variables.firstIndex(of: part.variable) ?? 0
        return file(part.records, part.variable, command, firstNumber + order, digits, suffix)
      }
    }
  }

  private static func file(
    _ records: Records, _ variable: String, _ command: Cell.Command, _ number: Int, _ digits: Int,
    _ suffix: String
  ) -> TableFile? {
    guard !records.rows.isEmpty else { return nil }
    let isTabulated = ["tabulate", "summarize"].contains(command.words.first)
    // Of a formula or a condition the first name is enough.
    let said = command.words.prefix { !$0.hasPrefix("--") }.map(\.firstName)
    let isLedger = records.name == "ledger" && suffix.isEmpty
    let content =
      (isTabulated && !variable.isEmpty
      ? variable : isLedger ? records.name : said.joined(separator: "-")).fileNamePart
    let digitsMissing = digits - String(number).count
    let figure = String(repeating: "0", count: max(0, digitsMissing)) + String(number)
    return TableFile(number: number, name: "\(figure)-\(content)\(suffix).csv", records: records)
  }
}

extension Records {
  /// The rows of each variable, where a column `variable` says which; otherwise nothing.
  fileprivate var partedByVariable: [(variable: String, records: Records)] {
    guard let column = columns.firstIndex(of: "variable") else { return [] }
    var parts: [(variable: String, records: Records)] = []
    for (place, row) in rows.enumerated() {
      guard case .text(let variable) = row[column] else { return [] }
      if parts.last?.variable != variable {
        if parts.contains(where: { $0.variable == variable }) { return [] }
        parts.append((variable, Records(name, columns: columns)))
      }
      parts[parts.count - 1].records.rows.append(row)
      if !details.isEmpty { parts[parts.count - 1].records.details.append(details[place]) }
    }
    return parts
  }
}

extension String {
  /// The first run of letters, digits and `_`.
  fileprivate var firstName: String {
    let isPart: (Character) -> Bool = { $0.isLetter || $0.isNumber || $0 == "_" }
    return String(drop { !isPart($0) }.prefix(while: isPart))
  }

  /// Letters, digits and `_`, with hyphens for all else; at most 60 characters.
  fileprivate var fileNamePart: String {
    var name = ""
    for character in self {
      if character.isLetter || character.isNumber || character == "_" {
        name.append(character)
      } else if !name.isEmpty, name.last != "-" {
        name.append("-")
      }
    }
    name = String(name.prefix(60))
    while name.last == "-" { name.removeLast() }
    return name.isEmpty ? "table" : name
  }
}
