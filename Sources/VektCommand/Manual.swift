import ArgumentParser
import Glibc
import SurveyCommands
import SurveySessions

/// `manual FOLDER`: the pages for `man`, for those who install the command; the help does not name it.
struct Manual: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the manual pages, one a command, made from its help.", shouldDisplay: false)

  @Argument(help: "The folder for the pages, such as share/man/man1.")
  var folder: String

  func run() throws {
    try ReportFiles.makeFolder(folder)
    for page in ManualPage.all(of: RootCommand.self, date: Self.day) {
      try ReportFiles.write(Array(page.text.utf8), to: "\(folder)/\(page.name).1")
    }
  }

  /// Today, or the day that a build that is to be repeated says: `SOURCE_DATE_EPOCH`.
  private static var day: String {
    var seconds = getenv("SOURCE_DATE_EPOCH").flatMap { Int(String(cString: $0)) } ?? time(nil)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    let numbers = [parts.tm_mon + 1, parts.tm_mday].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return "\(1900 + parts.tm_year)-\(numbers[0])-\(numbers[1])"
  }
}
