internal import CXLSXWriter
internal import SurveyData

/// A workbook that is being written; the one door to libxlsxwriter.
///
/// It writes texts as texts, so that a label that begins with `=` is never a formula.
final class Workbook {
  private let workbook: UnsafeMutablePointer<lxw_workbook>
  var style: Style
  /// How many charts there are so far.
  var pictures = 0
  private var formats: [Look: UnsafeMutablePointer<lxw_format>] = [:]
  private var names: Set<String> = []

  /// How a cell looks.
  struct Look: Hashable {
    var number = ""
    var isBold = false
    var isQuiet = false
    var isWrapped = false
    var isRuled = false
    var isFromRight = false
    var isAcross = false
    var isLink = false
    var indent = 0
  }

  /// The date that stands in every workbook, so that the same document gives the same bytes.
  private static let created = 946_728_000  // 2000-01-01

  init(path: String, style: Style) throws {
    guard let workbook = workbook_new(path) else {
      throw SurveyError(.output, at: path, "no memory for a workbook")
    }
    self.workbook = workbook
    self.style = style
    var properties = lxw_doc_properties()
    properties.created = Self.created
    workbook_set_properties(workbook, &properties)
  }

  /// Writes everything to the file.
  func close() -> Bool { workbook_close(workbook) == LXW_NO_ERROR }

  /// Adds a sheet; its name is made fit for a sheet and told from those before.
  func sheet(named title: String) -> Sheet? {
    let plain = String(title.map { "[]:*?/\\".contains($0) ? " " : $0 }.prefix(31))
    let trimmed = plain.drop { $0 == "'" || $0 == " " }
    var name = trimmed.isEmpty ? Phrase.table.text(in: style.language) : String(trimmed)
    while name.last == "'" || name.last == " " { name.removeLast() }
    var number = 2
    let base = name
    while !names.insert(name.lowercased()).inserted {
      name = String(base.prefix(31 - " \(number)".count)) + " \(number)"
      number += 1
    }
    return workbook_add_worksheet(workbook, name).map { Sheet($0, named: name, of: self) }
  }

  /// The format that makes cells look so.
  fileprivate func format(_ look: Look) -> UnsafeMutablePointer<lxw_format>? {
    if let known = formats[look] { return known }
    guard let format = workbook_add_format(workbook) else { return nil }
    if !look.number.isEmpty { format_set_num_format(format, look.number) }
    if look.isBold { format_set_bold(format) }
    if look.isQuiet { format_set_font_color(format, 0x5A5C61) }
    if look.isWrapped { format_set_text_wrap(format) }
    if look.isRuled { format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue)) }
    if look.isFromRight { format_set_align(format, UInt8(LXW_ALIGN_RIGHT.rawValue)) }
    if look.isAcross { format_set_align(format, UInt8(LXW_ALIGN_CENTER_ACROSS.rawValue)) }
    if look.isLink {
      format_set_underline(format, UInt8(LXW_UNDERLINE_SINGLE.rawValue))
      format_set_font_color(format, 0x1A4FA3)
    }
    if look.indent > 0 { format_set_indent(format, UInt8(min(look.indent, 15))) }
    formats[look] = format
    return format
  }

  /// A sheet of the workbook.
  struct Sheet {
    private let sheet: UnsafeMutablePointer<lxw_worksheet>
    private let name: String
    private let workbook: Workbook

    fileprivate init(
      _ sheet: UnsafeMutablePointer<lxw_worksheet>, named name: String, of workbook: Workbook
    ) {
      self.sheet = sheet
      self.name = name
      self.workbook = workbook
    }

    /// Names some cells for the program that prints them; false where the sheet's name has an apostrophe.
    ///
    /// The library leaves a name such as `1` without the quotation marks that Excel wants.
    private func define(_ name: String, _ cells: String) -> Bool {
      !self.name.contains("'")
        && workbook_define_name(
          workbook.workbook, "'\(self.name)'!_xlnm.\(name)", "='\(self.name)'!\(cells)")
          == LXW_NO_ERROR
    }

    func write(_ text: String, _ row: Int, _ column: Int, _ look: Look = Look()) {
      // A cell of Excel holds 32,767 characters.
      worksheet_write_string(
        sheet, UInt32(row), UInt16(column), String(text.prefix(32_000)), workbook.format(look))
    }

    func write(_ number: Double, _ row: Int, _ column: Int, _ look: Look = Look()) {
      worksheet_write_number(sheet, UInt32(row), UInt16(column), number, workbook.format(look))
    }

    /// A text centred over several columns, none of which is merged.
    func centre(_ text: String, _ row: Int, _ columns: ClosedRange<Int>, _ look: Look) {
      write(text, row, columns.lowerBound, look)
      for column in columns.dropFirst() {
        worksheet_write_blank(sheet, UInt32(row), UInt16(column), workbook.format(look))
      }
    }

    /// A text that leads to a cell of another sheet.
    func link(_ text: String, to sheetName: String, row target: Int = 0, _ row: Int, _ column: Int)
    {
      worksheet_write_url_opt(
        sheet, UInt32(row), UInt16(column), "internal:'\(sheetName)'!A\(target + 1)",
        workbook.format(Look(isLink: true)), text, nil)
    }

    /// A picture whose dots are `zoom` times as dense as those of the screen.
    func insert(_ png: [UInt8], zoom: Double, description: String, _ row: Int, _ column: Int) {
      // Excel keeps 255 characters of a description.
      var words = Array(String(description.prefix(255)).utf8CString)
      words.withUnsafeMutableBufferPointer { words in
        var options = lxw_image_options()
        (options.x_scale, options.y_scale) = (1 / zoom, 1 / zoom)
        options.description = words.baseAddress
        png.withUnsafeBufferPointer { dots in
          _ = worksheet_insert_image_buffer_opt(
            sheet, UInt32(row), UInt16(column), dots.baseAddress, dots.count, &options)
        }
      }
    }

    func setWidth(_ characters: Double, of columns: ClosedRange<Int>) {
      worksheet_set_column(
        sheet, UInt16(columns.lowerBound), UInt16(columns.upperBound), characters, nil)
    }

    func setHeight(lines: Int, of row: Int) {
      worksheet_set_row(sheet, UInt32(row), 15 * Double(lines), nil)
    }

    /// Prints the sheet across, as wide as the page, with its headings on every page.
    func printAcross(repeating rows: ClosedRange<Int>?, footer: String) {
      worksheet_set_landscape(sheet)
      worksheet_fit_to_pages(sheet, 1, 0)
      if let rows, !define("Print_Titles", "$\(rows.lowerBound + 1):$\(rows.upperBound + 1)") {
        worksheet_repeat_rows(sheet, UInt32(rows.lowerBound), UInt32(rows.upperBound))
      }
      worksheet_set_footer(sheet, "&C" + footer.replacing("&", with: "&&") + "&P/&N")
    }

    /// Prints so many rows and columns only.
    func print(rows: Int, columns: Int) {
      let (last, width) = (UInt16(max(columns, 1) - 1), 8)
      var letters = [CChar](repeating: 0, count: width)
      lxw_col_to_name(&letters, last, 1)
      let column = String(decoding: letters.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
      if !define("Print_Area", "$A$1:\(column)$\(max(rows, 1))") {
        worksheet_print_area(sheet, 0, 0, UInt32(max(rows, 1) - 1), last)
      }
    }

    func freeze(rows: Int, columns: Int) {
      worksheet_freeze_panes(sheet, UInt32(rows), UInt16(columns))
    }
  }
}
