import Foundation

/// The table of what was measured, ours beside the others'.
enum Comparison {
  private struct Line {
    let title: String
    let ours: String
    let theirs: [String]
    /// Whether CPU time is compared instead of the clock.
    var usesCPU = false
  }

  private static let lines = [
    Line(
      title: "shares of 4 by 5, covariance, Rao–Scott F", ours: "shares",
      theirs: ["shares R survey", "shares svy"]),
    Line(title: "mean by 5 groups", ours: "means", theirs: ["means R survey"]),
    Line(
      title: "logit, a number and 5 levels", ours: "logit",
      theirs: ["logit R survey", "logit svy"]),
    Line(
      title: "logit, 5 levels", ours: "logit of categories",
      theirs: ["logit of categories R survey", "logit of categories svy"]),
    Line(
      title: "logit, 5 by 5 by 5 levels", ours: "logit of 3 categories",
      theirs: ["logit of 3 categories svy"]),
    Line(
      title: "80 replicates, 200,000 rows: shares of 4 by 5", ours: "replicated shares",
      theirs: ["replicated shares R survey", "replicated shares svy"]),
    Line(
      title: "80 replicates: mean by 5 groups", ours: "replicated means",
      theirs: ["replicated means R survey", "replicated means svy"]),
    Line(
      title: "80 replicates: logit, a number and 5 levels", ours: "replicated logit",
      theirs: ["replicated logit R survey", "replicated logit svy"]),
    Line(
      title: "shares of 4 by 5 by a jackknife of 2,000 units, made in memory", ours: "jackknife",
      theirs: []),
    Line(title: "margins of 13 variables, 3,000 rows", ours: "margins", theirs: []),
    Line(title: "ordered logit of 12 variables, 3,000 rows", ours: "ordinal fit", theirs: []),
    Line(title: "its margins on 4 answers", ours: "ordinal margins", theirs: []),
    Line(title: "multinomial logit of the same", ours: "multinomial fit", theirs: []),
    Line(title: "its margins on 4 answers", ours: "multinomial margins", theirs: []),
    Line(title: "counts in 6,760 groups, 50,000 rows", ours: "many groups", theirs: []),
    Line(
      title: "CSV, 4 of 20 columns (CPU)", ours: "csv 4 of 20",
      theirs: ["csv 4 of 20 polars", "csv 4 of 20 duckdb"], usesCPU: true),
    Line(
      title: "CSV, all columns (CPU)", ours: "csv all", theirs: ["csv all polars"], usesCPU: true),
    Line(
      title: "SAV, 4 of 20 columns (CPU)", ours: "sav 4 of 20", theirs: ["sav 4 of 20 pyreadstat"],
      usesCPU: true),
    Line(
      title: "DTA, 4 of 20 columns (CPU)", ours: "dta 4 of 20", theirs: ["dta 4 of 20 pyreadstat"],
      usesCPU: true),
    Line(
      title: "process: paradox gradient, 5 levels", ours: "gradient",
      theirs: ["gradient R survey"]),
    Line(title: "process: paradox models, 2 mediators", ours: "mediation", theirs: []),
    Line(
      title: "process: paradox discordance, 5 groups", ours: "discordance",
      theirs: ["discordance R survey"]),
    Line(
      title: "process: rake to 4 margins (R, svy: rake alone)", ours: "rake",
      theirs: ["rake R survey", "rake svy"]),
    Line(
      title: "process: inspect, 20 columns", ours: "inspect",
      theirs: ["value counts polars"]),
    Line(
      title: "process: inspect, 10 columns of decimals", ours: "inspect decimals",
      theirs: ["value counts of decimals polars"]),
    Line(title: "process: codebook new", ours: "codebook new", theirs: []),
    Line(title: "process: codebook check", ours: "codebook check", theirs: []),
    Line(
      title: "process: convert CSV to SAV", ours: "csv to sav",
      theirs: ["csv to sav pyreadstat", "csv to sav haven"]),
    Line(
      title: "process: convert DTA to SAV", ours: "dta to sav",
      theirs: ["dta to sav pyreadstat", "dta to sav haven"]),
    Line(
      title: "process: convert SAV to DTA", ours: "sav to dta",
      theirs: ["sav to dta pyreadstat", "sav to dta haven"]),
    Line(
      title: "process: CSV to printed table", ours: "process",
      theirs: ["process polars", "group-by polars"]),
    Line(title: "process: 20 questions by 3 backgrounds", ours: "banner", theirs: []),
    Line(title: "process: a workbook of 200 sheets", ours: "many sheets", theirs: []),
    Line(title: "process: --version", ours: "start", theirs: []),
  ]

  /// Prints the table and writes it as JSON.
  static func print(_ results: [String: Timing], rows: Int, to file: URL) throws {
    Swift.print("\n\(rows) rows; medians in milliseconds; × is how many times as long as Vekt\n")
    for line in lines {
      guard let ours = results[line.ours] else { continue }
      func time(_ timing: Timing) -> Double { line.usesCPU ? timing.cpu : timing.wall }
      var text = "\(padded(line.title, 44)) \(milliseconds(time(ours)))"
      if let peak = ours.peakMiB { text += " (\(Int(peak)) MiB)" }
      for name in line.theirs {
        guard let other = results[name] else { continue }
        let peer = name.split(separator: " ").last.map(String.init) ?? name
        let ratio = time(other) / time(ours)
        text += "   \(peer) \(milliseconds(time(other))) (\(rounded(ratio))×)"
      }
      Swift.print(text)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try encoder.encode(results).write(to: file)
    Swift.print("\n\(file.path)")
  }

  private static func milliseconds(_ seconds: Double) -> String { "\(rounded(seconds * 1000)) ms" }

  private static func rounded(_ value: Double) -> String {
    value >= 100 ? "\(Int(value.rounded()))" : "\((value * 10).rounded() / 10)"
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
