import ArgumentParser

/// The option that lays printed figures beside estimates.
struct PublishedArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Printed figures to compare with: a CSV file with the columns variable, codes (several with \
      spaces), value or percent as printed, and where it is needed digits, unit (percent, share, \
      number), where (a condition), page, source and one column for each group variable. Adds \
      published and published_status to CSV.
      """, valueName: "file"))
  var published: String?

  /// Makes the defaults; the parser fills them.
  init() {}
}
