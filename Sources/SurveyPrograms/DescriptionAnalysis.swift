import SurveyData
package import SurveyModels
import SurveyStatistics

/// Variables of any kind described in one table, of everybody and in every group, with a test a
/// variable.
package struct DescriptionAnalysis {
  /// What is estimated of one variable.
  package struct Entry {
    let name: String
    /// The figures of everybody, and in the groups; those of answers have their test among them.
    let figures: [Analysis]
    /// The comparison whose last test is that of a number.
    let comparison: Analysis?

    /// - Parameter figures: Shares or summaries of everybody, then the same in the groups if there are
    ///   any.
    package init(_ name: String, _ figures: [Analysis], comparison: Analysis? = nil) {
      (self.name, self.figures, self.comparison) = (name, figures, comparison)
    }
  }

  /// Everybody, and everybody in the groups.
  let people: [Analysis]
  let entries: [Entry]
  let groups: [String]

  /// Says what is described.
  package init(_ entries: [Entry], people: [Analysis], by groups: [String]) {
    (self.entries, self.people, self.groups) = (entries, people, groups)
  }

  private var analyses: [Analysis] {
    people + entries.flatMap { $0.figures + [$0.comparison].compactMap(\.self) }
  }
}

extension DescriptionAnalysis: TranslatedAnalysis {
  package var factors: [String] { groups + analyses.flatMap(\.factors) }
  package var inputs: [String] { analyses.flatMap(\.inputs) }
  package var kept: [KeptAnswers] { analyses.flatMap(\.kept) }
  package var formulas: [(formula: Formula, references: [String: String])] { [] }

  package func write(to program: inout RProgram) throws {
    program.need(.bind)
    program.add(
      """
      # The tables of everybody and of the groups become one, a variable after the other; of the tests
      # of a variable the last is meant.
      print_report <- report
      all_rows <- all_tests <- list()
      table_by <- \(groups.isEmpty ? "character(0)" : program.quoted(groups))
      table_place <- 0
      report <- function(name, rows) {
      if (name == "tests") {
      columns <- c("test", "statistic", "df1", "df2", "p_value")
      all_tests[[length(all_tests) + 1]] <<- rows[nrow(rows), columns]
      }
      if (name != "rows" || table_place < 0) return(invisible())
      rows[setdiff(table_by, names(rows))] <- "all"
      if (!"statistic" %in% names(rows)) rows$statistic <- "share"
      if (!"category" %in% names(rows)) rows$category <- ""
      figures <- setdiff(names(rows), c("variable", "category", "statistic", table_by))
      all_rows[[length(all_rows) + 1]] <<- cbind(.place = table_place,
        rows[c("variable", "category", "statistic", table_by, figures)])
      }
      """)
    for analysis in people { try program.write(analysis) }
    for (place, entry) in entries.enumerated() {
      program.add("\ntable_place <- \(place + 1)")
      for analysis in entry.figures { try program.write(analysis) }
      try program.writeMissing(entry.name, [])
      if !groups.isEmpty { try program.writeMissing(entry.name, groups) }
      guard let comparison = entry.comparison else { continue }
      program.add("table_place <- -1")
      try program.write(comparison)
    }
    program.add(
      """

      rows <- bind(all_rows)
      # Nobody is missing.
      rows <- rows[rows$statistic != "missing" | rows$n > 0, ]
      key <- if (length(table_by) == 0) rep("", nrow(rows)) else
        do.call(paste, c(unname(rows[table_by]), sep = ","))
      rows <- rows[order(rows$.place, match(key, unique(key[rows$.place == 0]))), ]
      print_report("rows", rows[names(rows) != ".place"])
      if (length(all_tests) > 0) print_report("tests", do.call(rbind, all_tests))
      """)
  }

  package func write(to program: inout StataProgram) throws {
    let described = entries.flatMap { entry -> [(String, Analysis)] in
      zip(["", " in groups"], entry.figures).map { (entry.name + $0, $1) }
        + [entry.comparison].compactMap(\.self).map { ("\(entry.name), test", $0) }
    }
    let counted = zip(["people", "people in groups"], people).map { ($0, $1) }
    try SeveralAnalyses(parts: counted + described).write(to: &program)
  }
}

extension RProgram {
  /// How many have no answer to a variable, in every group, as rows.
  fileprivate mutating func writeMissing(_ name: String, _ groups: [String]) throws {
    add("rows <- list()")
    try writeBases(needs: [], groups)
    add("rows[[length(rows) + 1]] <- cbind(\(keys(name, groups, "statistic = \"missing\"")),")
    add("  n = sum(weights(base)[is.na(base$variables$\(words.name(name)))] > 0))")
    close(groups.count)
    writeRows(groups)
  }
}
