public import ArgumentParser
internal import SurveyTables

/// How the page of a report is made.
struct ReportPageOptions {
  /// Whether the commands can be seen.
  var code = CodeVisibility.hidden
  /// Whether the page has the script that sorts and copies tables; it works without.
  var hasScript = true
  /// Where the files of the report are; nil means beside the page.
  var files: PageFiles?
}

/// Whether a page shows the commands of its cells.
public enum CodeVisibility: String, CaseIterable, ExpressibleByArgument, Sendable {
  /// At once; a check-box hides them.
  case shown
  /// When somebody asks for them by the check-box.
  case hidden
  /// Never: they are not in the page.
  case none
}
