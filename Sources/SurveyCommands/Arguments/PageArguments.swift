import ArgumentParser
import SurveyData
import SurveyTables

/// Where the files of each table go.
struct PageArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "html: the folder for the tables as CSV and Excel and for the charts (default: in the page); csv: "
        + "the folder for a file a table.",
      valueName: "folder"), completion: .directory)
  var tables: String?

  init() {}
}

extension Format? {
  /// Throws where a folder for tables is named and the result, nil for a text, has no use for it.
  func check(tables folder: String?) throws {
    guard folder != nil, self != .html, self != .csv else { return }
    throw SurveyError(
      .usage,
      "--tables is the folder of a page's files, or of CSV, and the "
        + (map { "format is \($0.rawValue)" } ?? "result is a text"),
      remedy: "Leave it out, or write a page: --output NAME.html; or CSV: --format csv.")
  }
}
