import IntegrationParadox
import SurveyData
package import SurveyModels
import SurveyStatistics

/// Analyses after one another, whose tables stand under the analyses' names.
package struct SeveralAnalyses {
  let parts: [(name: String, analysis: Analysis)]
}

extension SeveralAnalyses: TranslatedAnalysis {
  package var factors: [String] { parts.flatMap(\.analysis.factors) }
  package var inputs: [String] { parts.flatMap(\.analysis.inputs) }
  package var formulas: [(formula: Formula, references: [String: String])] {
    parts.flatMap(\.analysis.formulas)
  }

  package func write(to program: inout RProgram) throws {
    program.add(
      """
      # The tables of each part stand under its name, the tests of all in one table.
      print_report <- report
      all_tests <- list()
      part <- ""
      report <- function(name, rows) {
      if (name != "tests")
        return(print_report(if (name == "rows") part else paste(part, name, sep = "_"), rows))
      if (!"df2" %in% names(rows)) rows$df2 <- NA
      all_tests[[length(all_tests) + 1]] <<- rows[c("test", "statistic", "df1", "df2", "p_value")]
      }
      """)
    for (name, analysis) in parts {
      program.add()
      program.add("part <- \(program.words.literal(name))")
      try program.write(analysis)
    }
    program.add("if (length(all_tests) > 0) print_report(\"tests\", do.call(rbind, all_tests))")
  }

  package func write(to program: inout StataProgram) throws {
    for (name, analysis) in parts {
      program.add()
      program.comment("\(name)")
      program.add("preserve")
      do {
        try program.write(analysis)
      } catch let fault as Untranslatable {
        program.comment("NOT TRANSLATED: \(fault.what)")
      }
      program.add("restore")
    }
  }
}
