internal import SurveyData

/// The files of a page's tables and charts, as the page names them.
public struct PageFiles: Sendable {
  /// A table in the list of all.
  public struct Entry: Sendable {
    let number: Int
    let title: String
    let id: String
    let count: Int?
    let files: [String]

    /// Makes a line of the list.
    ///
    /// - Parameters:
    ///   - id: The table's name within the page.
    ///   - files: The names of its files.
    public init(_ table: Table, number: Int, id: String, files: [String]) {
      (self.number, title, self.id, self.files) = (number, table.title, id, files)
      count = table.mostRespondents
    }
  }

  private let language: String
  private let address: @Sendable (String) -> String?

  /// Files in a folder.
  /// - Parameter way: The way from the page to the folder; empty for the page's own.
  public init(language: String, in way: String) {
    self.language = language
    address = { way.isEmpty ? $0 : "\(way)/\($0)" }
  }

  /// Files that the page itself holds.
  public init(language: String, holding files: [(name: String, bytes: [UInt8])]) {
    self.language = language
    let held = Dictionary(
      files.map { ($0.name, Self.dataAddress(of: $0.bytes, named: $0.name)) },
      uniquingKeysWith: { $1 })
    address = { held[$0] }
  }

  /// The line below a table or chart: its files, and the way back to the contents.
  ///
  /// The script of ``HTMLPage/script`` adds the button that copies.
  public func links(_ files: [String]) -> String {
    let links = files.compactMap { link(to: $0, words: Self.words(for: $0)) }
    return "<p class=\"report-files\" data-copy=\"\(spoken(.copy))\" "
      + "data-copied=\"\(spoken(.copied))\">"
      + (links + ["<a href=\"#report-contents\">\(spoken(.contents))</a>"]).joined(separator: " · ")
      + "</p>\n"
  }

  /// All tables with their respondents and files; nothing where there is one.
  ///
  /// - Parameter isOpen: Whether it shows before somebody opens it; in print it always does.
  public func list(_ tables: [Entry], isOpen: Bool = false) -> String {
    guard tables.count > 1 else { return "" }
    let rows = tables.map { table in
      let files = [table.files.first { $0.hasSuffix(".csv") }, Self.workbook(in: table.files)]
        .compactMap { name in
          name.flatMap { link(to: $0, words: Self.words(for: $0), of: "\(table.number)") }
        }
      let count = table.count.map { NumberFormat(language: language).count($0) } ?? ""
      return "<tr><td>\(table.number)</td><th scope=\"row\"><a href=\"#\(table.id)\">"
        + "\(table.title.htmlEscaped)</a></th><td>\(count)</td>"
        + "<td>\(files.joined(separator: " · "))</td></tr>\n"
    }
    return "<details class=\"report-tables\"\(isOpen ? " open" : "")>"
      + "<summary>\(spoken(.allTables(tables.count)))</summary>\n"
      + "<table aria-label=\"\(spoken(.allTables(tables.count)))\">\n<thead><tr><td></td><th scope=\"col\">\(spoken(.table))</th><th scope=\"col\">n</th>"
      + "<td></td></tr></thead>\n<tbody>\n\(rows.joined())</tbody>\n</table>\n</details>\n"
  }

  private func link(to name: String, words: String, of table: String = "") -> String? {
    address(name).map { address in
      let download = address.hasPrefix("data:") ? " download=\"\(name.htmlEscaped)\"" : ""
      let label =
        table.isEmpty ? "" : " aria-label=\"\(words), \(spoken(.table).lowercased()) \(table)\""
      return "<a href=\"\(address.htmlEscaped)\"\(download)\(label) title=\"\(name.htmlEscaped)\">"
        + "\(words.htmlEscaped)</a>"
    }
  }

  private func spoken(_ phrase: Phrase) -> String { phrase.text(in: language).htmlEscaped }

  private static func workbook(in files: [String]) -> String? {
    files.first { $0.hasSuffix(".xlsx") }
  }

  /// What a link to a file says: `CSV`, `CSV, tests`, `Excel`, `SVG`.
  private static func words(for name: String) -> String {
    let parts = name.split(separator: ".")
    switch parts.last {
    case "xlsx": return "Excel"
    case "csv": return parts.count > 2 ? "CSV, \(parts[parts.count - 2])" : "CSV"
    default: return parts.last.map { $0.uppercased() } ?? name
    }
  }

  /// An address that holds a file, for a page that is one file.
  public static func dataAddress(of bytes: [UInt8], named name: String) -> String {
    switch name.split(separator: ".").last {
    case "xlsx":
      return "data:application/vnd.openxmlformats-officedocument.spreadsheetml.sheet;base64,"
        + base64(bytes)
    case "svg": return "data:image/svg+xml;charset=utf-8," + percentEncoded(bytes)
    default: return "data:text/csv;charset=utf-8," + percentEncoded(bytes)
    }
  }

  private static func percentEncoded(_ bytes: [UInt8]) -> String {
    let plain = Set(
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*()".utf8)
    let digits = Array("0123456789ABCDEF".utf8)
    var out: [UInt8] = []
    for byte in bytes {
      if plain.contains(byte) {
        out.append(byte)
      } else {
        out += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func base64(_ bytes: [UInt8]) -> String {
    let digits = Array(
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var out: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = (0..<3).reduce(0) { $0 << 8 | ($1 < group.count ? Int(group[start + $1]) : 0) }
      for place in 0..<4 {
        out.append(place > group.count ? UInt8(ascii: "=") : digits[bits >> (18 - 6 * place) & 63])
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}

extension Table {
  /// The most respondents that a row has; nil where none says.
  fileprivate var mostRespondents: Int? {
    rows.flatMap(\.cells).compactMap { if case .count(let count) = $0 { count } else { nil } }.max()
  }
}
