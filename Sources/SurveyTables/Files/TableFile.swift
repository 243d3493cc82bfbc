/// A table for machines that is to be written as CSV.
public struct TableFile: Sendable {
  /// The number of the table for people that it belongs to.
  public let number: Int
  /// Its name: `03-general_trust.csv`, `03-general_trust.tests.csv`.
  public let name: String
  /// What it holds.
  public let records: Records

  /// The files of a document: one for each kind of records that has rows.
  ///
  /// Where each table for people is about one variable, each of them has files of its own.
  ///
  /// - Parameters:
  ///   - command: The words of the command, without the data file.
  ///   - firstNumber: The number of the document's first table.
  ///   - digits: The digits that numbers have at least.
  public static func files(
    of document: Document, command: [String], firstNumber: Int = 1, digits: Int = 2
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
    _ records: Records, _ variable: String, _ command: [String], _ number: Int, _ digits: Int,
    _ suffix: String
  ) -> TableFile? {
    guard !records.rows.isEmpty else { return nil }
    let isTabulated = ["tabulate", "summarize"].contains(command.first)
    // Of a formula or a condition the first name is enough.
    let said = command.prefix { !$0.hasPrefix("--") }.map(\.firstName)
    let isLedger = records.name == "ledger" && suffix.isEmpty
    let content =
      (isTabulated && !variable.isEmpty
      ? variable : isLedger ? records.name : said.joined(separator: "-")).fileNamePart
    let name = "\(numbered(number, digits))-\(content)\(suffix).csv"
    return TableFile(number: number, name: name, records: records)
  }

  private static func numbered(_ number: Int, _ digits: Int) -> String {
    String(repeating: "0", count: max(0, digits - String(number).count)) + String(number)
  }

  /// The name of a table's workbook: that of its first CSV, or its number and title.
  public static func workbookName(
    of table: Table, number: Int, files: [String], digits: Int = 2
  ) -> String {
    let stem = files.first.map { $0.hasSuffix(".csv") ? String($0.dropLast(4)) : $0 }
    return (stem ?? "\(numbered(number, digits))-\(table.title.fileNamePart.lowercased())")
      + ".xlsx"
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
