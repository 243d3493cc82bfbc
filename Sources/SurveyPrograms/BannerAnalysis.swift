import SurveyData
package import SurveyModels
import SurveyStatistics

/// Shares of everybody and in each of several backgrounds, which stand side by side in one table.
package struct BannerAnalysis {
  /// The shares of everybody.
  let all: ShareAnalysis
  /// The same in each background.
  let parts: [ShareAnalysis]

  /// - Parameter parts: The same variables, by the groups of each background.
  package init(all: ShareAnalysis, parts: [ShareAnalysis]) { (self.all, self.parts) = (all, parts) }
}

extension BannerAnalysis: TranslatedAnalysis {
  package var factors: [String] { all.names + parts.flatMap(\.groups) }
  package var inputs: [String] { [] }
  package var kept: [KeptAnswers] { all.kept }
  package var formulas: [(formula: Formula, references: [String: String])] { [] }

  package func write(to program: inout RProgram) throws {
    program.need(.bind)
    program.add(
      """
      # The tables of everybody and of every background become one, a variable after the other.
      print_report <- report
      all_rows <- all_tests <- list()
      report <- function(name, rows) {
      if (name == "tests")
        all_tests[[length(all_tests) + 1]] <<- cbind(.place = seq_len(nrow(rows)), rows)
      if (name != "rows") return(invisible())
      group <- if (length(banner) == 0) "" else do.call(paste, c(unname(rows[banner]), sep = ","))
      figures <- setdiff(names(rows), c("variable", "category", banner))
      place <- match(rows$variable, \(program.quoted(all.names)))
      all_rows[[length(all_rows) + 1]] <<- cbind(.place = place, rows[c("variable", "category")],
        banner = paste(banner, collapse = "*"), group = group, rows[figures])
      }
      """)
    for part in [all] + parts {
      program.add()
      program.add("banner <- \(part.groups.isEmpty ? "c()" : program.quoted(part.groups))")
      try program.write(part)
    }
    program.add(
      """

      ordered <- function(tables) {
      tables <- bind(tables)
      tables[order(tables$.place), names(tables) != ".place"]
      }
      print_report("rows", ordered(all_rows))
      if (length(all_tests) > 0) print_report("tests", ordered(all_tests))
      """)
  }

  package func write(to program: inout StataProgram) throws {
    let parts = ([all] + parts).map { part in
      (part.groups.isEmpty ? "all" : part.groups.joined(separator: "*"), Analysis.shares(part))
    }
    try SeveralAnalyses(parts: parts).write(to: &program)
  }
}
