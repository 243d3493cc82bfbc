import SurveyData
import SurveyModels
import SurveyStatistics

/// An analysis as a program for R with the package survey, which prints its estimates as CSV.
package struct RProgram {
  let source: ProgramSource
  /// The lines so far.
  var lines: [String] = []
  /// What is done with the combined tables of imputed data, `whole`, before they are printed.
  var closing = ""
  /// What all data sets share, in front of the analysis of one.
  private var settings = ""

  package init(_ source: ProgramSource) { self.source = source }

  /// The functions that the program needs, in order of need.
  private(set) var functions: [RFunction] = [.report, .readers]

  /// The whole program.
  func text() throws -> String {
    var program = self
    if source.survey.isImputed {
      program.need(.rubin, .d1, .repeatedTests, .combineParts, .combine)
    }
    do {
      try program.writeData()
      if source.hasDesign { try program.writeDesign() }
      try program.write(source.analysis)
    } catch let fault as Untranslatable {
      program.refuse(fault)
    }
    let parts = [program.head] + program.functions.map(\.text) + [try program.body()]
    return parts.joined(separator: "\n\n")
      .split(separator: "\n\n\n", omittingEmptySubsequences: false).joined(separator: "\n\n")
      + "\n"
  }

  /// Writes what is estimated.
  mutating func write(_ analysis: Analysis) throws {
    switch analysis {
    case .shares(let analysis): try write(analysis)
    case .summaries(let analysis): try write(analysis)
    case .comparisons(let comparisons): try write(comparisons)
    case .models(let models): try write(models)
    case .categories(let models): try write(models)
    case .gap(let analysis): try writeGap(analysis)
    case .discordance(let analysis): try writeDiscordance(analysis)
    case .translated(let analysis): try analysis.write(to: &self)
    }
  }

  /// The lines, those within braces further in.
  private var indented: [String] {
    var depth = 0
    return lines.map { line in
      let isEnd = line.hasPrefix("}")
      let margin = String(repeating: "  ", count: max(0, depth - (isEnd ? 1 : 0)))
      depth += line.count { $0 == "{" } - line.count { $0 == "}" }
      return line.isEmpty ? line : margin + line
    }
  }

  /// Has functions written out in front.
  mutating func need(_ wanted: RFunction...) {
    let isImputed = source.survey.isImputed
    for function in wanted {
      if function == .parts { needMedian() }
      if function == .share {
        need(.proportionLimits, source.reliability == .nchs ? .reliability : .noReliability)
      }
      if [.byGroup, .joint, .compareItems, .gap, .discordance, .levelRows].contains(function) {
        need(.unknown)
      }
      var own = function
      if function == .byGroup, source.survey.standard != nil,
        source.survey.weights.replicates == nil
      {
        own = .byStandardizedGroup
      }
      if isImputed, function == .wald { own = .waldOfImputation }
      if isImputed, function == .tTest { own = .tTestOfImputation }
      if isImputed, function == .unknown { own = .unknownOfImputation }
      if !functions.contains(own) { functions.append(own) }
    }
  }

  /// The limits of a share by itself.
  mutating func needShareLimits() {
    need(.share, .byShares("\"\(Self.name(source.interval ?? .logit))\"\(fpc)"))
  }

  /// The median that `parts` estimates.
  private mutating func needMedian() {
    need(.quantileRule)
    if let interval = Self.woodruff(source.interval) {
      need(.median(interval, isWoodruff: false))
    } else {
      let name = Self.name(source.interval ?? .wald)
      need(.proportionLimits, .woodruff, .median(name, isWoodruff: true))
    }
  }

  /// Translates expressions and codes.
  var words: ProgramExpression { ProgramExpression(language: .r, isText: source.isText) }

  mutating func add(_ text: String = "") {
    lines += text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// Sets what functions read beside their arguments: of imputed data in front of the analysis of one
  /// data set, where the functions see it.
  mutating func set(_ text: String) {
    guard source.survey.isImputed else { return add(text) }
    settings += (settings.isEmpty ? "" : "\n") + text
  }

  /// Sets what is done with the combined tables of imputed data, `whole`, before they are printed.
  mutating func conclude(_ text: String) {
    if source.survey.isImputed { closing = text }
  }

  /// Closes loops.
  mutating func close(_ count: Int) { for _ in 0..<count { add("}") } }

  mutating func comment(_ text: String) { add("# " + text) }

  /// Says what has no translation, and stops the program there.
  mutating func refuse(_ fault: Untranslatable) {
    comment("NOT TRANSLATED: \(fault.what)")
    add("stop(\(words.literal("not translated: " + fault.what)))")
  }

  /// A column of the data frame: `d$trust`.
  func column(_ name: String) -> String { "d$\(words.name(name))" }

  /// `c("a", "b")`, with the codes as a variable holds them.
  func list(_ codes: [String], of variable: String) -> String {
    "c(\(codes.map { words.code($0, of: variable) }.joined(separator: ", ")))"
  }

  // MARK: Data

  private var head: String {
    let packages =
      (source.hasDesign ? ["survey"] : []) + (functions.contains(.pool) ? ["metafor"] : [])
    let needed = packages.count == 1 ? "package \(packages[0])" : "packages survey and metafor"
    let lonely = source.survey.roster.declaration
    let design =
      """
      library(survey)
      options(survey.lonely.psu = "\(lonely.lonelyPSU.rawValue)", digits = 15)
      """ + (lonely.lonelyInDomains ? "\noptions(survey.adjust.domain.lonely = TRUE)" : "")
    return """
      # The same result in R: vekt \(source.command)
      # Written by Vekt, to be run with: Rscript FILE.R (needs the \(needed)).
      \(source.remarks.map { "# \($0)\n" }.joined())\(source.hasDesign ? design : "options(digits = 15)")
      level <- \(source.level)\(settings.isEmpty ? "" : "\n" + settings)
      """
  }

  private mutating func writeData() throws {
    add("d <- data.frame(.row = seq_len(nrow(raw)))")
    for variable in source.columns { write(variable) }
    for derived in source.derived {
      add()
      do {
        try write(derived)
      } catch let fault as Untranslatable {
        refuse(Untranslatable(what: "the derived variable \(derived.variable.name): \(fault.what)"))
      }
    }
    try writeKept()
  }

  /// The reading of the file and the lines; of imputed data the lines for each, and what combines
  /// them.
  private func body() throws -> String {
    let facts = source.file.facts
    let body = indented.joined(separator: "\n")
    guard source.survey.isImputed else {
      return "raw <- \(try reading(words.literal(facts.path)))\n\n\(body)"
    }
    let data: String
    if let stack = source.survey.stack {
      let number = "number(all$\(words.name(stack.column)))"
      data =
        "all <- \(try reading(words.literal(facts.path)))\n"
        + "data <- split(all[\(number) > 0, ], \(number)[\(number) > 0])"
    } else {
      let files = source.survey.imputations.map { words.literal($0.dataset.source.facts.path) }
      data =
        "data <- lapply(c(\(files.joined(separator: ", "))), function(file)\n"
        + "  \(try reading("file")))"
    }
    let inside = body.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "  " + $0 }.joined(separator: "\n")
    let collect = RFunction.collected.text.split(separator: "\n").map { "  " + $0 }
      .joined(separator: "\n")
    return """
      \(data)

      # The analysis of one data set.
      analyse <- function(raw) {
        tables <- list()
      \(collect)

      \(inside)
        tables
      }
      found <- lapply(data, analyse)
      whole <- sapply(names(found[[1]]), function(name) combine(lapply(found, `[[`, name)),
        simplify = FALSE)
      \(closing.isEmpty ? "" : closing + "\n")for (name in names(whole)) report(name, whole[[name]])
      """
  }

  /// What reads a file.
  private func reading(_ path: String) throws -> String {
    let facts = source.file.facts
    guard let csv = source.csv else {
      switch facts.format {
      case "dta": return "as.data.frame(lapply(haven::read_dta(\(path)), as.vector))"
      case "sav", "zsav":
        return "as.data.frame(lapply(haven::read_sav(\(path), user_na = TRUE), as.vector))"
      case "por":
        return "as.data.frame(lapply(haven::read_por(\(path), user_na = TRUE), as.vector))"
      case "sas7bdat": return "as.data.frame(lapply(haven::read_sas(\(path)), as.vector))"
      case "xpt": return "as.data.frame(lapply(haven::read_xpt(\(path)), as.vector))"
      default: throw SurveyError(.usage, at: facts.path, "is not a file that R could read")
      }
    }
    var arguments = [path, "colClasses = \"character\"", "na.strings = character(0)"]
    arguments.append("check.names = FALSE")
    arguments.append("sep = \(words.literal(String(csv.delimiter ?? ",")))")
    switch csv.quote {
    case .character(let mark): arguments.append("quote = \(words.literal(String(mark)))")
    default: arguments.append("quote = \"\"")
    }
    if let skip = csv.skip, skip > 0 { arguments.append("skip = \(skip)") }
    let isNamedByR = csv.header == .names
    if !isNamedByR { arguments.append("header = FALSE") }
    let encoding = facts.encoding.lowercased() == "utf-8" ? "UTF-8-BOM" : facts.encoding
    arguments.append("fileEncoding = \(words.literal(encoding))")
    let text = "read.csv(\(arguments.joined(separator: ", ")))"
    guard !isNamedByR else { return text }
    if csv.header != .absent {
      let names = source.header.names.map(words.literal).joined(separator: ", ")
      return
        "setNames(\(text)[-(1:\(1 + source.header.extraRecords)), , drop = FALSE], c(\(names)))"
    }
    let names = source.survey.dataset.codebook.variables.map { words.literal($0.name) }
    let all = names.isEmpty ? "" : "c(\(names.joined(separator: ", ")))"
    return all.isEmpty
      ? "local({ x <- \(text); setNames(x, paste0(\"v\", seq_along(x))) })"
      : "setNames(\(text), \(all))"
  }

  /// One column of the file, its missing codes set to NA.
  private mutating func write(_ variable: Variable) {
    let name = variable.name
    let isText = source.isText(name)
    var codes: [String] = (source.csv?.missing ?? []).filter { isText || Double($0) != nil }
    var ranges: [(Double, Double)] = []
    for code in variable.missing {
      switch code.values {
      case .code(let text): codes.append(text)
      case .range(let low, let high): ranges.append((low, high))
      case .empty: break
      }
    }
    if !isText { codes = codes.filter { Double($0) != nil } }
    var raw = "raw$\(words.name(name))"
    if !isText, let csv = source.csv {
      if let thousands = csv.thousands {
        raw = "gsub(\(words.literal(String(thousands))), \"\", \(raw), fixed = TRUE)"
      }
      if csv.decimal == "," { raw = "sub(\",\", \".\", \(raw), fixed = TRUE)" }
    }
    let missing =
      codes.isEmpty ? "" : ", missing = \(list(codes, of: name))"
    add("\(column(name)) <- \(isText ? "words" : "number")(\(raw)\(missing))")
    for (low, high) in ranges {
      let bounds = [
        low.isFinite ? "\(column(name)) >= \(canonicalCode(low))" : nil,
        high.isFinite ? "\(column(name)) <= \(canonicalCode(high))" : nil,
      ].compactMap { $0 }
      add("\(column(name))[which(\(bounds.joined(separator: " & ")))] <- NA")
    }
    if variable.unknown == .missing, !variable.isOpen {
      var valid = ["\(column(name)) %in% \(list(variable.categories.map(\.code), of: name))"]
      if let range = variable.range {
        valid.append(
          "(\(column(name)) >= \(canonicalCode(range.lowerBound)) & \(column(name)) <= "
            + "\(canonicalCode(range.upperBound)))")
      }
      add("\(column(name))[!(\(valid.joined(separator: " | ")))] <- NA")
    }
  }

  // MARK: Design

  private mutating func writeDesign() throws {
    let survey = source.survey
    let design = survey.roster.declaration
    add()
    switch source.weight {
    case .variable(let name): add("d$.weight <- \(column(name))")
    case .expression(let text):
      add("d$.weight <- with(d, \(try translated(Expression(text), "the weight")))")
    case nil: add("d$.weight <- 1")
    }
    if survey.weights.missingCount > 0 {
      comment("Rows without a weight keep their place in the design.")
      add("d$.weight[is.na(d$.weight)] <- 0")
    }
    try writeWeightsBefore()
    if let subpopulation = survey.subpopulation {
      add("d$.inside <- with(d, \(try translated(subpopulation, "the subpopulation")))")
    }
    var factors: [String] = []
    let standard = source.survey.standard?.variables ?? []
    for name in groupFactors + standard + modelFactors where !factors.contains(name) {
      factors.append(name)
      add(
        "\(column(name)) <- factor(\(column(name)), levels = "
          + "\(list(try orderedLevels(name), of: name)))")
    }
    if let replicates = design.usedReplicates {
      try writeReplicates(replicates)
      return
    }
    writeSample(design)
    try writeCalibration()
    if survey.subpopulation != nil { add("design <- subset(design, .inside)") }
    add()
  }

  /// An expression in R; where it has no translation, a comment and a stop stand in front.
  private mutating func translated(_ expression: Expression, _ what: String) throws -> String {
    do {
      return try words.text(expression)
    } catch let fault as Untranslatable {
      refuse(Untranslatable(what: "\(what) `\(expression.source)`: \(fault.what)"))
      return "NA"
    }
  }

  /// The factors that are no terms of a model: there what is averaged over may be a number as well.
  private var groupFactors: [String] {
    switch source.analysis {
    case .models, .categories: []
    default: source.analysis.factors
    }
  }

  /// The factors of the models' formulas.
  private var modelFactors: [String] {
    source.analysis.formulas.flatMap { factors(of: $0.formula) }
  }

  /// The references that models have of a factor.
  func references(of name: String) -> Set<String> {
    Set(
      source.analysis.formulas.compactMap {
        Self.reference(of: name, in: $0.formula, $0.references)
      })
  }

  /// The levels of a factor; in a model the reference first, unless models differ in it.
  private func orderedLevels(_ name: String) throws -> [String] {
    var levels = try source.levels(name)
    let references = references(of: name)
    if references.count == 1, let reference = references.first,
      let place = levels.firstIndex(of: reference)
    {
      levels.insert(levels.remove(at: place), at: 0)
    }
    return levels
  }

  /// The reference of a factor, which the fit has under the name of its term.
  private static func reference(
    of variable: String, in formula: Formula, _ references: [String: String]
  ) -> String? {
    let names = formula.atoms.filter { $0.expression.variables == [variable] }.map(\.name)
    return names.lazy.compactMap { references[$0] }.first
  }
}
