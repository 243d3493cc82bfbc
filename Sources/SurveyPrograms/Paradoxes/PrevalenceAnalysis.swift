import IntegrationParadox
import SurveyData
import SurveyModels
import SurveyStatistics

/// Who says what, group by group, as `paradox all` begins.
struct PrevalenceAnalysis {
  /// The items as they are written, and what each counts.
  let items: [(name: String, counted: Expression)]
  let group: String
  /// The groups of each item, the first of which the others are compared with.
  let groups: [[String]]
  let interval: ProportionIntervalMethod
}

extension PrevalenceAnalysis: TranslatedAnalysis {
  package var factors: [String] { [group] }
  package var inputs: [String] { items.flatMap(\.counted.variables) }
  package var formulas: [(formula: Formula, references: [String: String])] { [] }

  package func write(to program: inout RProgram) throws {
    program.need(.share, .wald, .column, .byGroup)
    let words = program.words
    program.add("rows <- tests <- list()")
    for (item, codes) in zip(items, groups) {
      try program.writeRespondents(
        "as.numeric(\(try words.text(item.counted)))", .right([]), group: group)
      let head = "data.frame(item = \(words.literal(item.name)), \(words.name(group))"
      program.add(
        """
        groups <- \(program.quoted(codes))
        own <- function(g, base) cbind(\(head) = g, n = sum(weights(base) > 0)),
          share(base, base$variables$.outcome == 1, "\(interval.rawValue)")[-(1:3)])
        rows <- c(rows, lapply(groups, function(g) own(g, answered[answered$variables$.by == g, ])),
          list(own("all", answered)))
        """)
      guard codes.count > 1 else { continue }
      program.add(
        """
        m <- by_group(".outcome", answered, "mean")
        L <- cbind(-1, diag(length(groups) - 1))
        tests[[length(tests) + 1]] <- cbind(data.frame(test = "equal-shares"),
          wald(drop(L %*% coef(m)[groups]), made_of(L, vcov(m)[groups, groups]), degf(answered)))
        """)
    }
    program.add("report(\"rows\", do.call(rbind, rows))")
    program.add("if (length(tests) > 0) report(\"tests\", do.call(rbind, tests))")
  }

  package func write(to program: inout StataProgram) throws {
    for (place, item) in items.enumerated() {
      program.comment(item.name)
      let name = "vekt_item\(place + 1)"
      program.add("generate byte \(name) = \(try program.guarded(item.counted))")
      program.add(
        "\(program.svy) proportion \(name), over(\(program.factor(group))) \(program.level)")
      program.add(
        "\(program.svy) proportion \(name) if !missing(\(program.factor(group))), \(program.level)")
      program.add("\(program.svy) regress \(name) i.\(program.factor(group))")
      program.add("testparm i.\(program.factor(group)), nosvyadjust")
    }
  }
}
