import ArgumentParser
import SurveyData
import SurveySessions
import SurveyStatistics

/// The option that gives groups the composition of a standard population.
struct StandardArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Direct standardisation: every group gets the composition that --shares states of these variables, \
      crossed with each other.
      """, valueName: "names"), completion: .variables)
  var standardize: NameList?

  init() {}

  /// What the variables need of the data.
  var columns: [(name: String, view: ColumnView)] {
    (standardize?.names ?? []).map { ($0, .codes) }
  }

  /// The survey, standardised where that is asked for.
  ///
  /// - Parameters:
  ///   - shares: The shares, in a file or of one variable as a list.
  ///   - taken: Variables that cannot be those of the standard, each with what it is.
  func applied(
    to survey: Survey, _ shares: ShareList?, besides taken: [(name: String, role: String)],
    in workspace: Workspace
  ) throws -> Survey {
    guard let names = standardize?.names else {
      guard let file = shares?.file else { return survey }
      throw SurveyError(
        .usage, "--shares is '\(file)', which is no list of shares",
        remedy:
          "Write --shares '1=0.2,2=0.3,3=0.5', or --standardize VAR beside a file of a standard.")
    }
    guard let shares else {
      throw SurveyError(
        .usage, "--standardize needs the composition that groups are to get",
        remedy: "Add --shares FILE, a CSV file with the columns category,share.")
    }
    if let both = taken.first(where: { names.contains($0.name) }) {
      throw SurveyError(
        .usage, at: both.name, "is standardised for, and is \(both.role)",
        remedy: "Leave it out of one of them.")
    }
    if let file = shares.file {
      return try survey.standardized(
        to: StandardPopulation(names, from: workspace.dataset(file)))
    }
    guard names.count == 1 else {
      throw SurveyError(
        .usage, "a list of shares is of one variable, and --standardize names \(names.count)",
        remedy: "Write them to a CSV file with the columns \(names.joined(separator: ",")),share.")
    }
    return try survey.standardized(
      to: StandardPopulation(
        names, shares.shares.sorted { $0.key < $1.key }.map { ([$0.key], $0.value) }))
  }
}
