package import IntegrationParadox
import SurveyData
package import SurveyModels
package import SurveyStatistics

/// Nested models and what mediators explain, as `paradox models` takes them.
package struct MediationAnalysis {
  let found: Mediation
  let keys: [String]
  let controls: [String]
  let group: String?
  let reference: String?
  let errors: MediationErrors
  let isUnconditional: Bool
  let isOrdered: Bool
  /// Keys, controls and mediators.
  let formula: Formula
  let references: [String: String]
  /// The codes of an outcome whose answers have an order; empty when they are numbers.
  let answers: [String]

  package init(
    _ found: Mediation, outcome: String, keys: [String], controls: [String], group: String?,
    errors: MediationErrors, isUnconditional: Bool, isOrdered: Bool,
    in survey: Survey
  ) throws {
    self.found = found
    self.keys = keys
    self.controls = controls
    self.group = group
    self.errors = errors
    self.isUnconditional = isUnconditional
    self.isOrdered = isOrdered
    let mediators = found.blocks.flatMap(\.variables)
    formula = try Formula("\(outcome) ~ \((keys + controls + mediators).joined(separator: " + "))")
    references = try found.models.last?.fit.references ?? survey.references(of: formula)
    self.reference = found.differences.first?.reference.code
    let variable = try? survey.dataset.variable(outcome)
    answers =
      isOrdered && variable.map({ $0.isCategorical || $0.type == .text }) == true
      ? try survey.dataset.categorical(outcome).categories.map(\.code) : []
  }

  /// The names of the keys' columns.
  var keyNames: [String] {
    found.rows.reduce(into: []) { if !$0.contains($1.key.name) { $0.append($1.key.name) } }
  }

  /// The groups, in order.
  var groups: [String] {
    found.rows.compactMap { $0.group?.code }.reduce(into: []) {
      if !$0.contains($1) { $0.append($1) }
    }
  }

  /// The last term, counted from 1, of keys and controls.
  var baseCount: Int { keys.count + controls.count }

  /// What an effect may go through: each mediator, and each block that is more than one of them; with
  /// the mediators' positions from 1.
  var ways: [(name: String, mediators: [Int])] {
    let mediators = found.blocks.flatMap(\.variables)
    var next = 1
    let blocks = found.blocks.map { block in
      defer { next += block.variables.count }
      return (name: block.name, mediators: Array(next..<next + block.variables.count))
    }
    return mediators.enumerated().map { ($1, [$0 + 1]) }
      + blocks.filter { !mediators.contains($0.name) }
  }

  /// The two blocks whose parts are contrasted, as the row names them; nil when there is one block.
  var contrast: (name: String, first: String, second: String)? {
    guard let row = found.rows.first(where: { $0.quantity == .contrast }) else { return nil }
    for a in found.blocks {
      for b in found.blocks where row.mediator == "\(a.name)-\(b.name)" {
        return (row.mediator, a.name, b.name)
      }
    }
    return nil
  }
}

extension MediationAnalysis: TranslatedAnalysis {
  package var factors: [String] {
    [group].compactMap { $0 } + (answers.isEmpty ? [] : [formula.outcome.name])
  }
  package var inputs: [String] { [] }
  package var formulas: [(formula: Formula, references: [String: String])] {
    [(formula, references)]
  }

  package func write(to program: inout RProgram) throws {
    program.need(
      .figures, .wald, .covariance, .derivatives, .delta, .independent, .regress, .mediate,
      .keyEffects, .mediationRows)
    if isOrdered { program.need(.ordinalScores, .orderedRegress) }
    let words = program.words
    var outcome = try program.outcome(
      formula.outcome.expression, event: found.models.last?.fit.event)
    if !answers.isEmpty { outcome = "match(as.character(\(outcome)), \(program.quoted(answers)))" }
    try program.writeRespondents(outcome, formula, group: group)
    let knots = found.models.last?.fit.knots ?? [:]
    let right = try program.rightSide(of: formula, knots: knots, hasConstant: true)
    program.add("X <- model.matrix(~ \(right), droplevels(answered$variables))")
    try writeNested(to: &program, knots: knots)
    program.add()
    program.comment("What the mediators explain: b* = b + D, from fits that are joined.")
    let ways = ways
    let list = ways.map { way in
      "\(words.literal(way.name)) = c(\(way.mediators.map(String.init).joined(separator: ", ")))"
    }
    let contrast = contrast.map { contrast in
      let places = [contrast.first, contrast.second].map { name in
        "\((ways.firstIndex { $0.name == name } ?? 0) + 1)"
      }
      return ("c(\(places.joined(separator: ", ")))", words.literal(contrast.name))
    }
    let scale = "\"\(found.scale.rawValue)\", \"\(errors.rawValue)\""
    program.set(
      """
      keys <- \(program.quoted(keyNames))
      ways <- list(\(list.joined(separator: ", ")))
      contrast <- \(contrast?.0 ?? "NULL")
      contrast_name <- \(contrast?.1 ?? "NULL")
      """)
    program.add(
      """
      fits_of <- function(who) mediate(answered, y, X, who, \(keys.count), \(baseCount), family,
        \"\(errors.rawValue)\", \(isUnconditional ? "TRUE" : "FALSE"))
      all <- fits_of(rep(TRUE, length(y)))
      fits <- list()
      """)
    if let group {
      program.add(
        """
        groups <- \(program.quoted(groups))
        for (g in groups) fits[[g]] <- fits_of(answered$variables$.by == g)
        rows <- lapply(groups, function(g)
          cbind(\(program.key(group, "g"))mediation_rows(fits[[g]], \(scale))))
        """)
    } else {
      program.add("rows <- list()")
    }
    program.add("report(\"rows\", do.call(rbind, c(rows, list(")
    program.add("  cbind(\(program.key(group, "\"all\""))mediation_rows(all, \(scale)))))))")
    writeTests(to: &program)
    guard let reference else { return }
    program.need(.mediationDifferences)
    program.add()
    program.comment("The groups' average partial effects compared.")
    program.add(
      errors == .model
        ? """
        size <- length(all$b)
        V <- matrix(0, size * length(fits), size * length(fits))
        for (k in seq_along(fits)) V[(k - 1) * size + 1:size, (k - 1) * size + 1:size] <- fits[[k]]$V
        """ : "V <- covariance(do.call(cbind, lapply(fits, `[[`, \"u\")), answered)")
    program.add("report(\"differences\", mediation_differences(fits, V, ")
    program.lines[program.lines.count - 1] += "\(words.literal(reference)), answered))"
  }

  private var isLinear: Bool { found.models.last?.fit.family == .linear }

  /// M0, M1, …, and the tests of the blocks where they enter.
  private func writeNested(to program: inout RProgram, knots: [String: [Double]]) throws {
    program.need(.nestedModels)
    let terms = try program.termTexts(of: formula, knots: knots)
    var last = [baseCount]
    for block in found.blocks { last.append(last[last.count - 1] + block.variables.count) }
    program.add(
      """
      family <- \(isOrdered ? "NULL" : isLinear ? "gaussian()" : "quasibinomial()")

      # The nested models.
      nested <- nested_models(answered, y, X, \(program.quoted(terms)),
        c(\(last.map(String.init).joined(separator: ", "))), \(program.quoted(found.blocks.map(\.name))), family)
      report("models", nested$rows)
      """)
  }

  /// The tests of the blocks beside each other, then those where they enter.
  private func writeTests(to program: inout RProgram) {
    var next = 1
    let blocks = found.blocks.map { block in
      defer { next += block.variables.count }
      return "\(program.words.literal(block.name)) = \(next):\(next + block.variables.count - 1)"
    }
    program.add(
      """
      blocks <- list(\(blocks.joined(separator: ", ")))
      tests <- lapply(names(blocks), function(name) {
      i <- all$slope[all$mediator %in% blocks[[name]]]
      cbind(data.frame(test = "wald-f", term = name), wald(all$b[i], all$V[i, i, drop = FALSE], all$df))
      })
      report("tests", rbind(do.call(rbind, tests), nested$tests))
      """)
  }
}
