import SurveyData
package import SurveyModels
package import SurveyStatistics

/// A weighting as a program: the same steps by `postStratify`, `rake`, `calibrate` and `trimWeights`, and
/// replicates by `as.svrepdesign`.
package struct WeightingAnalysis {
  let weighting: Weighting

  package init(_ weighting: Weighting) { self.weighting = weighting }

  private func lines(of step: Int) -> [WeightingLine] {
    weighting.lines.filter { $0.step == step }
  }
}

extension WeightingAnalysis: TranslatedAnalysis {
  package var factors: [String] {
    weighting.lines.flatMap { $0.variables.prefix($0.codes.count) }
      .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  package var inputs: [String] {
    let numbers = weighting.lines.flatMap { $0.variables.dropFirst($0.codes.count) }
    let conditions = weighting.steps.compactMap(\.adjustment.responded)
      .flatMap { (try? Expression($0).variables) ?? [] }
    return (numbers + conditions).filter { $0 != "(all)" }
  }

  package var formulas: [(formula: Formula, references: [String: String])] { [] }

  package func write(to program: inout RProgram) throws {
    program.need(.weightLines)
    program.add("w <- start <- weights(design)")
    writeReplicates(to: &program)
    for (number, step) in weighting.steps.enumerated() {
      program.add()
      program.add("before <- w")
      if weighting.before[number].contains(0) {
        program.need(.weightlessAnswers)
        let names = lines(of: number).flatMap(\.variables).reduce(into: [String]()) {
          if $1 != "(all)", !$0.contains($1) { $0.append($1) }
        }
        program.add(
          "design <- answered(design, c(\(names.map(program.words.literal).joined(separator: ", "))))"
        )
      }
      try write(number, step, to: &program)
      program.add("w <- weights(design)")
      for line in lines(of: number) {
        let target =
          [.poststratify, .rake, .calibrate].contains(step.adjustment.step)
          ? canonicalCode(line.target) : step.adjustment.step == .nonresponse ? "NULL" : "sum(w)"
        program.add(
          "weight_line(\(program.words.literal(step.adjustment.step.rawValue)), "
            + "\(program.words.literal(line.variable)), \(program.words.literal(line.category)), "
            + "\(indicator(line, in: program)), before, w, \(target))")
      }
    }
    program.add()
    program.add("report(\"rows\", lines)")
    program.add("report(\"weights\", rbind(glance(\"before\", start), glance(\"after\", w)))")
  }

  package func write(to program: inout StataProgram) throws {
    throw Untranslatable(what: "a weighting, for which Stata's svycal has other ends and factors")
  }

  /// The number of a line as a column of ones and zeros, or of a number.
  private func indicator(_ line: WeightingLine, in program: RProgram) -> String {
    let parts = line.variables.enumerated().map { place, name in
      guard name != "(all)" else { return "1" }
      let column = "design$variables$\(program.words.name(name))"
      guard place < line.codes.count else { return column }
      return "(\(column) == \(program.words.code(line.codes[place], of: name)))"
    }
    return line.codes.isEmpty && parts == ["1"]
      ? "rep(1, length(w))" : "1 * \(parts.joined(separator: " * "))"
  }

  private func writeReplicates(to program: inout RProgram) {
    guard let kind = weighting.kind else { return }
    let type: String? =
      switch kind {
      case .jk1: "\"JK1\""
      case .jkn: "\"JKn\""
      case .brr: "\"BRR\""
      case .fay: "\"Fay\", fay.rho = \(canonicalCode(weighting.declaration?.fayRho ?? 0))"
      case .bootstrap, .cantyDavison, .sdr: nil
      }
    if let type {
      program.comment("Every step fits the replicates again.")
      program.add("design <- as.svrepdesign(design, type = \(type))")
      program.add("weights <- function(object, ...) stats::weights(object, \"sampling\")")
    } else {
      program.comment(
        "NOT TRANSLATED: replicates by \(kind.rawValue), which R makes by other random numbers or not at all; the weights are the same."
      )
    }
  }

  private func write(
    _ number: Int, _ step: WeightingStep, to program: inout RProgram
  ) throws {
    let adjustment = step.adjustment
    let lines = lines(of: number)
    if !adjustment.reason.isEmpty {
      program.comment(
        adjustment.reason.text(in: "en").split(whereSeparator: \.isNewline).joined(separator: " "))
    }
    if adjustment.totalsCovariance != nil {
      program.comment("The totals are estimates, whose variance is left out here.")
    }
    switch adjustment.step {
    case .poststratify:
      let names = adjustment.variables
      program.add(
        "design <- postStratify(design, ~\(names.map(program.words.name).joined(separator: " + ")), "
          + "\(table(lines, names, in: program)))")
    case .rake:
      let tables = adjustment.variables.map { name in
        table(lines.filter { $0.variables == [name] }, [name], in: program)
      }
      let margins = adjustment.variables.map { "~\(program.words.name($0))" }
      program.add("design <- rake(design, list(\(margins.joined(separator: ", "))), list(")
      program.add("  \(tables.joined(separator: ",\n  "))),")
      program.add("  control = list(maxit = 100000, epsilon = 1e-13))")
    case .calibrate:
      program.comment("A column for each total that the others do not make up.")
      let free = lines.filter { !$0.isImplied }
      let names = free.indices.map { ".x\($0 + 1)" }
      let columns = zip(names, free).map { "\($0) = \(indicator($1, in: program))" }
      program.add("design <- update(design,\n  \(columns.joined(separator: ",\n  ")))")
      let totals = zip(names, free).map { "\($0) = \(canonicalCode($1.target))" }
      let bounds = adjustment.bounds.map {
        ", bounds = c(\(program.words.number($0.lowerBound)), \(program.words.number($0.upperBound)))"
      }
      program.add(
        "design <- calibrate(design, ~ 0 + \(names.joined(separator: " + ")), c(\(totals.joined(separator: ", "))),"
      )
      program.add(
        "  calfun = \"\((adjustment.method ?? .linear).rawValue)\"\(bounds ?? ""), epsilon = 1e-12, maxit = 200)"
      )
    case .nonresponse:
      let responded = try program.words.text(Expression(adjustment.responded ?? ""))
      let classes = adjustment.variables.map { "design$variables$\(program.words.name($0))" }
      program.add("responded <- with(design$variables, as.numeric(\(responded)))")
      program.add("class <- interaction(\(classes.joined(separator: ", ")), drop = TRUE)")
      program.add(
        "design <- times(design, responded * ave(w, class, FUN = sum) / ave(w * responded, class, FUN = sum))"
      )
      program.need(.weightTimes)
    case .trim:
      let bounds = adjustment.bounds ?? 0...1
      program.need(.weightTimes, .weightTrim)
      program.add(
        "design <- times(design, trimmed(w, \(program.words.number(bounds.lowerBound)), "
          + "\(program.words.number(bounds.upperBound))) / w)")
    case .normalize:
      program.need(.weightTimes)
      let sum = lines.first.map { canonicalCode($0.after) } ?? "sum(w)"
      program.add("design <- times(design, rep(\(sum) / sum(w), length(w)))")
    case .other: break
    }
  }

  /// `data.frame(sex = c(1, 2), Freq = c(9000, 10000))`.
  private func table(_ lines: [WeightingLine], _ names: [String], in program: RProgram) -> String {
    let columns = names.enumerated().map { place, name in
      "\(program.words.name(name)) = c(\(lines.map { program.words.code($0.codes[place], of: name) }.joined(separator: ", ")))"
    }
    let totals = lines.map { canonicalCode($0.target) }.joined(separator: ", ")
    return "data.frame(\(columns.joined(separator: ", ")), Freq = c(\(totals)))"
  }
}

extension RFunction {
  static let weightLines = RFunction(
    text: """
      # What a step did to a total, and weights at a glance.
      lines <- NULL
      weight_line <- function(step, variable, category, x, before, after, target) {
        if (is.null(target)) {
          target <- sum(before * x)
          before[after == 0] <- 0
        }
        counted <- before != 0 & x != 0
        factors <- (after / before)[counted]
        lines <<- rbind(lines, data.frame(step = step, variable = variable, category = category,
          sample = sum(counted), target = target, before = sum(before * x), after = sum(after * x),
          factor_min = min(factors), factor_max = max(factors)))
      }
      glance <- function(name, w) {
        w <- w[w != 0]
        deff <- length(w) * sum(w^2) / sum(w)^2
        data.frame(weights = name, n = length(w), sum = sum(w), min = min(w), max = max(w),
          cv = sqrt(max(deff - 1, 0)), deff_kish = deff, n_effective = length(w) / deff)
      }
      """)

  static let weightlessAnswers = RFunction(
    text: """
      # Who has no weight needs no answers; R wants some.
      answered <- function(design, names) {
        w <- weights(design)
        for (name in names) {
          x <- design$variables[[name]]
          x[is.na(x) & w == 0] <- x[w != 0][1]
          design$variables[[name]] <- x
        }
        design
      }
      """)

  static let weightTimes = RFunction(
    text: """
      # Weights times factors, in replicates too.
      times <- function(design, factors) {
        factors[is.na(factors)] <- 0
        if (inherits(design, "svyrep.design")) {
          design$repweights <- stats::weights(design, "analysis") * factors
          design$combined.weights <- TRUE
          design$pweights <- stats::weights(design, "sampling") * factors
        } else design$prob <- design$prob / factors
        design
      }
      """)

  static let weightTrim = RFunction(
    text: """
      # Weights cut to bounds in medians, the rest given to those within, as trimWeights(strict = TRUE).
      trimmed <- function(w, low, high) {
        some <- w > 0
        bounds <- c(low, high) * median(w[some])
        repeat {
          new <- pmin(pmax(w, bounds[1]), bounds[2])
          new[!some] <- 0
          excess <- sum(w) - sum(new)
          if (abs(excess) <= 1e-14 * sum(w)) return(new)
          inside <- some & new == w
          new[inside] <- new[inside] + excess / sum(inside)
          w <- new
        }
      }
      """)
}
