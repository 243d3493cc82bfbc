public import ArgumentParser
internal import SurveyData
internal import SurveySessions
public import SurveyTables

/// How a result is to be written: shared by all verbs.
public struct OutputArguments: ParsableArguments {
  /// The format; nil means text, or what the ending of the output file says.
  @Option(
    help: ArgumentHelp(
      "text, csv, json, html, markdown, latex, xlsx, docx, json-stat, svg, png, pdf (default: by the "
        + "ending of --output, else text).",
      valueName: "format"))
  public var format: Format?

  /// The file that is written instead of standard output.
  @Option(
    help: ArgumentHelp("Write to this file; it appears whole or not at all.", valueName: "file"),
    completion: .file())
  public var output: String?

  /// The language of labels and headings.
  @Option(
    help: ArgumentHelp(
      "Language of labels and headings: en, nb or nn (labels in nynorsk, else bokmål; headings in "
        + "bokmål).", valueName: "code"))
  public var language: String?

  /// The languages that may be asked for.
  public static let languages = ["en", "nb", "nn"]

  /// The decimals of printed percentages, and of estimates in CSV.
  @Option(help: "Decimals of printed percentages and numbers; CSV is unrounded without it.")
  public var digits: Int?

  /// Whether CSV has decimal commas.
  @Flag(help: "CSV with decimal comma and semicolon, for Norwegian Excel.")
  public var decimalComma = false

  /// Whether CSV has percentages.
  @Flag(help: "CSV with percentages instead of shares from 0 to 1.")
  public var percent = false

  /// Whether a chart goes with the table.
  @Flag(
    help:
      "Draw the table as a chart too, in html, docx, xlsx and reports; alone as svg, png or pdf: --chart --output x.png."
  )
  public var chart = false

  /// How the chart is drawn.
  @Option(
    help: ArgumentHelp(
      "The kind of chart, which implies --chart: bars, stacked, diverging, dots, dumbbell, lines, "
        + "forest (default: what fits the table).", valueName: "kind"))
  public var chartKind: Chart.Kind?

  /// The dots an inch of a picture.
  @Option(help: ArgumentHelp("png: dots an inch (default: 192).", valueName: "dots"))
  public var dpi: Int?

  /// The Word file whose styles are taken.
  @Option(
    help: ArgumentHelp(
      "docx: a Word file whose styles, headers, footers and page are taken.", valueName: "file"))
  public var template: String?

  /// How a workbook is laid out.
  @OptionGroup public var workbook: WorkbookArguments

  /// Titles, notes, order and looks.
  @OptionGroup(title: "Titles, order and charts")
  public var drawing: ChartArguments

  /// Makes the defaults; the parser fills them.
  public init() {}

  /// Checks what the parser cannot.
  public mutating func validate() throws {
    if language == "no" { language = "nb" }
    if let language, !Self.languages.contains(language) {
      throw ValidationError("--language is '\(language)'; it is en, nb or nn.")
    }
    if let digits, !(0...12).contains(digits) {
      throw ValidationError("--digits is \(digits); it is a whole number from 0 to 12.")
    }
    if let dpi, !(36...1200).contains(dpi) {
      throw ValidationError("--dpi is \(dpi); it is a whole number from 36 to 1200.")
    }
  }

  /// The format that holds: what is said, what the ending of the file says, what the options need.
  /// - Throws: ``SurveyError`` when the ending of the output file says nothing, and for an option that
  ///   the format has no use for.
  public func chosenFormat() throws -> Format {
    let usual = decimalComma || percent ? Format.csv : .text
    let chosen = try format ?? output.map { try Format(of: $0) } ?? usual
    if decimalComma, chosen != .csv {
      throw SurveyError(
        .usage, "--decimal-comma is of CSV, and the format is \(chosen.rawValue)",
        remedy: "Leave it out, or write CSV: --format csv, or --output NAME.csv.")
    }
    if percent, chosen != .csv {
      throw SurveyError(
        .usage, "--percent is of CSV, and the format is \(chosen.rawValue)",
        remedy: [.json, .jsonStat].contains(chosen)
          ? "Leave it out: machine formats have shares from 0 to 1."
          : "Leave it out: printed tables have percentages.")
    }
    if dpi != nil, chosen != .png {
      throw SurveyError(
        .usage, "--dpi is of pictures, and the format is \(chosen.rawValue)",
        remedy: "Leave it out, or write a picture: --output NAME.png.")
    }
    if template != nil, chosen != .docx {
      throw SurveyError(
        .usage, "--template is of Word files, and the format is \(chosen.rawValue)",
        remedy: "Leave it out, or write a Word file: --output NAME.docx.")
    }
    if digits != nil, [.json, .jsonStat].contains(chosen) {
      throw SurveyError(
        .usage, "--digits is of printed tables, and \(chosen.rawValue) has unrounded numbers",
        remedy: "Leave it out, or print a table: --format text, csv, html, markdown, latex or xlsx."
      )
    }
    try workbook.check(chosen)
    if let option = drawing.printedOnly, [.csv, .json, .jsonStat].contains(chosen) {
      throw SurveyError(
        .usage, "\(option) is of printed tables and charts, and the format is \(chosen.rawValue)",
        remedy: "Leave it out, or print a table: --format text, html, markdown, latex or xlsx.")
    }
    return chosen
  }

  /// The Word file whose styles are taken; nil when none is named.
  /// - Throws: ``SurveyError`` when it cannot be opened.
  public var wordTemplate: (bytes: [UInt8], path: String)? {
    get throws { try template.map { (try ReportFiles.bytes($0), $0) } }
  }

  /// How CSV is written.
  public var csvDialect: Records.CSVDialect { decimalComma ? .decimalComma : .standard }

  /// How CSV has its numbers; nil means unrounded.
  var printedNumbers: PrintedNumbers? {
    percent || digits != nil ? PrintedNumbers(inPercent: percent, digits: digits) : nil
  }

  /// Arranges the tables of an outcome, and adds the charts that are asked for, by `--chart`,
  /// `--chart-kind`, an option of charts or the format.
  /// - Throws: ``SurveyError`` of kind usage when none of the tables can be drawn so.
  func charting(_ outcome: Outcome) throws -> Outcome {
    let isDrawn = (format ?? output.flatMap { Format(pathEnding: $0) })?.isPicture ?? false
    guard case .document(let document, let language) = outcome.result else { return outcome }
    let found = try drawing.arranged(
      document, as: chartKind,
      isDrawn: chart || chartKind != nil || isDrawn || drawing.asksForChart, language: language)
    var charted = outcome
    charted.result = .document(found.document, language: language)
    charted.remarks += found.remarks
    return charted
  }
}
