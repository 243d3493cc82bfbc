/// A table for machines that is to be written as CSV.
public struct TableFile: Sendable {
  /// The numbers of the tables for people that show what it holds; it is named by the first.
  public let numbers: [Int]
  /// Its name: `03-general_trust.csv`, `03-general_trust.tests.csv`.
  public let name: String
  /// What it holds.
  public let records: Records

  /// The files of a document: one for each kind of records that has rows.
  ///
  /// Where each table for people says which variables it shows, each of them has files of its own.
  ///
  /// - Parameters:
  ///   - command: The words of the command, without the data file.
  ///   - firstNumber: The number of the document's first table.
  ///   - digits: The digits that numbers have at least.
  public static func files(
    of document: Document, command: [String], firstNumber: Int = 1, digits: Int = 2
  ) -> [TableFile] {
    let subjects = document.subjects
    return document.records.indices.flatMap { place -> [TableFile] in
      let records = document.records[place]
      let suffix = place == 0 ? "" : ".\(records.name)"
      func file(_ records: Records, _ variable: String, of tables: [Int]) -> TableFile? {
        Self.file(
          records, variable, command, tables.map { firstNumber + $0 }, digits, suffix)
      }
      let showing = subjects.indices.filter { subjects[$0].records == records.name }
      let variables = records.variables
      guard showing.isEmpty, !subjects.isEmpty, !variables.isEmpty else {
        let name = Set(variables).count == 1 ? variables[0] : ""
        return [file(records, name, of: [0] + showing.filter { $0 > 0 })].compactMap(\.self)
      }
      let known = Set(subjects.flatMap(\.variables))
      return Set(subjects.map(\.variables)).compactMap { own -> TableFile? in
        let tables = subjects.indices.filter { subjects[$0].variables == own }
        guard !own.isEmpty else { return nil }
        // What no table speaks of goes with the first.
        let rows = records.rows {
          own.contains(variables[$0]) || (tables[0] == 0 && !known.contains(variables[$0]))
        }
        return file(rows, subjects[tables[0]].name, of: tables)
      }.sorted { $0.numbers[0] < $1.numbers[0] }
    }
  }

  /// The files of a document by itself, named after its command.
  public static func files(of document: Document) -> [TableFile] {
    // The data file has a path or an ending; variables and formulas have none.
    let words = document.command.split(separator: " ").map(String.init).filter {
      !$0.contains("/") && !$0.contains(".")
    }
    return files(of: document, command: words)
  }

  private static func file(
    _ records: Records, _ variable: String, _ command: [String], _ numbers: [Int], _ digits: Int,
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
    let name = "\(numbered(numbers[0], digits))-\(content)\(suffix).csv"
    return TableFile(numbers: numbers, name: name, records: records)
  }

  private static func numbered(_ number: Int, _ digits: Int) -> String {
    String(repeating: "0", count: max(0, digits - String(number).count)) + String(number)
  }

  /// The name of a table's workbook: that of its first CSV of its own, or its number and title.
  public static func workbookName(
    of table: Table, number: Int, files: [String], digits: Int = 2
  ) -> String {
    let start = "\(numbered(number, digits))-"
    let stem = files.first { $0.hasPrefix(start) }
      .map { $0.hasSuffix(".csv") ? String($0.dropLast(4)) : $0 }
    return (stem ?? "\(start)\(table.title.fileNamePart.lowercased())")
      + ".xlsx"
  }
}

extension Document {
  /// What each of its tables shows; nothing where one does not say.
  fileprivate var subjects: [Table.Subject] {
    let stated = tables.compactMap(\.subject)
    return stated.count == tables.count ? stated : []
  }
}

extension Records {
  /// The variable of every row, where a column `variable` says it; otherwise nothing.
  fileprivate var variables: [String] {
    guard let column = columns.firstIndex(of: "variable") else { return [] }
    let names = rows.compactMap { row -> String? in
      if case .text(let name) = row[column] { name } else { nil }
    }
    return names.count == rows.count ? names : []
  }

  /// The rows at some places, each once: a question may be asked for twice.
  fileprivate func rows(where isKept: (Int) -> Bool) -> Records {
    var seen: Set<[Value]> = []
    let kept = rows.indices.filter { isKept($0) && seen.insert(rows[$0]).inserted }
    var part = Records(name, columns: columns, rows: kept.map { rows[$0] })
    if !details.isEmpty { part.details = kept.map { details[$0] } }
    if !shares.isEmpty { part.shares = kept.map { shares[$0] } }
    return part
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
