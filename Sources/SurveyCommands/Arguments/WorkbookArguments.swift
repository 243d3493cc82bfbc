public import ArgumentParser
internal import SurveyData
public import SurveyTables

extension Style.Sheets: ExpressibleByArgument {}
extension Style.Intervals: ExpressibleByArgument {}

/// How a workbook is laid out.
public struct WorkbookArguments: ParsableArguments {
  /// How tables are spread over sheets.
  @Option(
    help: """
      The sheets of a workbook: question (one a table, the default), banner (one a background), one \
      (all below each other).
      """)
  public var sheets: Style.Sheets?

  /// How intervals stand in it.
  @Option(
    help: "Intervals in a workbook: columns (one for each end, the default), text (in the cell).")
  public var intervals: Style.Intervals?

  /// Makes the defaults; the parser fills them.
  public init() {}

  /// Throws where they are asked for of another format.
  public func check(_ format: Format) throws {
    let given = sheets != nil ? "--sheets" : intervals != nil ? "--intervals" : nil
    guard let given, format != .xlsx else { return }
    throw SurveyError(
      .usage, "\(given) is of workbooks, and the format is \(format.rawValue)",
      remedy: "Leave it out, or write a workbook: --output NAME.xlsx.")
  }

  /// A style with what is asked for.
  public func applied(to style: Style) -> Style {
    var style = style
    style.sheets = sheets ?? style.sheets
    style.intervals = intervals ?? style.intervals
    return style
  }
}
