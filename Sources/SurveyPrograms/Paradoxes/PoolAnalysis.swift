package import IntegrationParadox
import SurveyData
package import SurveyModels
package import SurveyRequests
import SurveyStatistics

/// Estimates of a file pooled, as `paradox pool` takes them.
package struct PoolAnalysis {
  let columns: PoolingColumns
  let moderators: [String]
  let cluster: String?
  let options: PoolingOptions
  /// What each estimate is of, in the order of the file.
  let studies: [String]
  /// The moderators whose answers are categories.
  let categorical: [String]

  package init(
    of studies: [String], terms: [String], columns: PoolingColumns, moderators: [String],
    cluster: String?, options: PoolingOptions
  ) {
    self.columns = columns
    self.moderators = moderators
    self.cluster = cluster
    self.options = options
    self.studies = studies
    categorical = moderators.filter { !terms.contains($0) }
  }

  private var errorColumn: String { columns.varianceColumn ?? columns.stdErrorColumn }

  private var numbers: [String] {
    [columns.estimateColumn, errorColumn] + (columns.effect == .estimate ? [] : [columns.dfColumn])
  }

  /// `test = "knha", method = "REML"`.
  private var method: String {
    let test = [.normal: "z", .knappHartung: "knha"][options.error] ?? "adhoc"
    return "method = \"\(options.method.rawValue.uppercased())\", test = \"\(test)\""
      + (options.testsAsymmetry ? ", egger = TRUE" : "")
  }
}

extension PoolAnalysis: TranslatedAnalysis {
  package var factors: [String] { categorical }
  package var hasDesign: Bool { false }
  package var inputs: [String] { numbers + moderators + [cluster].compactMap { $0 } }
  package var formulas: [(formula: Formula, references: [String: String])] { [] }

  package func write(to program: inout RProgram) throws {
    program.need(.figures, .pool)
    let needed = inputs.map { "!is.na(\(program.words.name($0)))" }
    var tests = needed.joined(separator: " & ")
    if let condition = program.source.survey.subpopulation {
      tests = "(\(try program.words.text(condition))) & \(tests)"
    }
    program.add("d <- subset(d, \(tests))")
    for name in categorical {
      let codes = program.list(try program.source.levels(name), of: name)
      program.add("\(program.column(name)) <- factor(\(program.column(name)), levels = \(codes))")
    }
    let error = program.column(errorColumn)
    program.add("y <- \(program.column(columns.estimateColumn))")
    program.add("v <- \(error)\(columns.varianceColumn == nil ? "^2" : "")")
    if columns.effect != .estimate {
      let df = program.column(columns.dfColumn)
      program.comment("Partial correlations.")
      program.add("r <- y / sqrt(y^2 + v * \(df))")
      program.add(
        columns.effect == .partialCorrelation
          ? "y <- r\nv <- (1 - r^2)^2 / \(df)" : "y <- atanh(r)\nv <- 1 / (\(df) - 1)")
    }
    var arguments = ["\(program.quoted(studies))", "y", "v"]
    if !moderators.isEmpty {
      let right = moderators.map(program.words.name).joined(separator: " + ")
      program.add("X <- model.matrix(~ \(right), droplevels(d))[, -1, drop = FALSE]")
      program.add("colnames(X) <- \(program.quoted(options.moderators))")
      arguments.append("X")
    }
    if let cluster { arguments.append("cluster = \(program.column(cluster))") }
    program.add("pool(\(arguments.joined(separator: ", ")),")
    program.add("  \(method))")
  }

  package func write(to program: inout StataProgram) throws {
    let error = errorColumn
    program.add("generate double vekt_y = \(columns.estimateColumn)")
    program.add("generate double vekt_v = \(error)\(columns.varianceColumn == nil ? "^2" : "")")
    if columns.effect != .estimate {
      program.comment("Partial correlations.")
      program.add("generate double vekt_r = vekt_y / sqrt(vekt_y^2 + vekt_v * \(columns.dfColumn))")
      program.add(
        columns.effect == .partialCorrelation
          ? "replace vekt_y = vekt_r\nreplace vekt_v = (1 - vekt_r^2)^2 / \(columns.dfColumn)"
          : "replace vekt_y = atanh(vekt_r)\nreplace vekt_v = 1 / (\(columns.dfColumn) - 1)")
    }
    program.add("generate double vekt_se = sqrt(vekt_v)")
    if let condition = program.source.survey.subpopulation {
      program.add("keep if \(try program.guarded(condition)) == 1")
    }
    let terms = moderators.map { categorical.contains($0) ? "i.\(program.factor($0))" : $0 }
    if let cluster {
      program.comment("Three levels, by REML; needs Stata 18.")
      program.add("egen vekt_study = group(\(cluster))")
      program.add("generate vekt_id = _n")
      program.add(
        "meta multilevel vekt_y \(terms.joined(separator: " ")), relevels(vekt_study vekt_id) "
          + "essevariable(vekt_se)")
      return
    }
    let names: [PoolingMethod: String] = [.reml: "reml", .ml: "mle", .dl: "dlaird", .pm: "pmandel"]
    let model = names[options.method].map { "random(\($0))" } ?? "fixed"
    let test =
      switch options.error {
      case .normal: ""
      case .knappHartung: " se(khartung)"
      case .knappHartungAdhoc: " se(khartung, truncated)"
      }
    program.add("meta set vekt_y vekt_se, \(model)")
    program.add(
      terms.isEmpty
        ? "meta summarize, \(model)\(test)\(options.method == .fe ? "" : " predinterval") \(program.level)"
        : "meta regress \(terms.joined(separator: " ")), \(model)\(test) \(program.level)")
    if options.testsAsymmetry {
      program.comment("Egger's regression; Stata's meta bias has another one, so it stands here.")
      program.add("regress vekt_y vekt_se [aweight = 1 / vekt_v]")
    }
  }
}
