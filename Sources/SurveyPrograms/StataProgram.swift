import SurveyData
import SurveyStatistics

/// An analysis as a program for Stata's svy commands.
package struct StataProgram {
  let source: ProgramSource
  /// The lines so far.
  var lines: [String] = []

  package init(_ source: ProgramSource) { self.source = source }

  /// The whole program.
  func text() throws -> String {
    var program = self
    do {
      try program.writeData()
      for derived in source.derived { try program.write(derived) }
      try program.writeFactors()
      if source.hasDesign { try program.writeDesign() }
      try program.write(source.analysis)
    } catch let fault as Untranslatable {
      program.refuse(fault.what)
    }
    return program.indented.joined(separator: "\n") + "\n"
  }

  /// The lines, those of loops further in, without commas before no options.
  private var indented: [String] {
    var isInside = false
    return lines.map { line in
      var line = line
      while let last = line.last, last == " " || last == ",", !line.hasPrefix("*") {
        line.removeLast()
      }
      if line == "}" { isInside = false }
      defer { if line.hasPrefix("foreach "), line.hasSuffix("{") { isInside = true } }
      return isInside && !line.hasPrefix(" ") ? "  \(line)" : line
    }
  }

  /// Words that name no variable in Stata.
  private static let reserved: Set<String> = [
    "_all", "_b", "_coef", "_cons", "_n", "_N", "_pi", "_pred", "_rc", "_skip", "byte", "double",
    "float", "if", "in", "int", "long", "strL", "using", "with",
  ]

  /// Checks that Stata keeps the variables' names.
  private func checkNames() throws {
    for name in source.columns.map(\.name) + source.derived.map(\.variable.name) {
      let isPlain =
        (name.first.map { $0.isLetter || $0 == "_" } ?? false)
        && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } && name.count <= 32
      guard isPlain, !Self.reserved.contains(name) else {
        throw Untranslatable(what: "the variable \(name), which has no such name in Stata")
      }
    }
  }

  /// Translates expressions and codes; in Stata every factor is a number with labels.
  var words: ProgramExpression {
    ProgramExpression(language: .stata, isText: source.isText)
  }

  mutating func add(_ text: String = "") {
    lines += text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  mutating func comment(_ text: String) { add("* " + text) }

  mutating func refuse(_ what: String) {
    comment("NOT TRANSLATED: \(what)")
    add("error 198")
  }

  // MARK: Data

  private mutating func writeData() throws {
    comment("The same result in Stata: vekt \(source.command)".replacing("/*", with: "/ *"))
    comment(
      "Written by Vekt. Where Stata differs: a sampling unit in which nobody answered is left out")
    comment(
      "of the variance, and groups have the degrees of freedom of the whole design. Vekt and R keep"
    )
    comment("such a unit's place, and take a group's own degrees of freedom.")
    for remark in source.remarks { comment(remark) }
    try checkNames()
    add("version 16")
    add("clear")
    if let stack = source.survey.stack {
      add(reading(source.file.facts.path))
      add("destring \(stack.column), generate(vekt_m) force")
      add("drop if vekt_m == 0 | missing(vekt_m)")
    } else if source.survey.isImputed {
      for (index, survey) in source.survey.imputations.enumerated() {
        add(reading(survey.dataset.source.facts.path))
        add("generate vekt_m = \(index + 1)")
        add("tempfile vekt_\(index + 1)")
        add("save \"`vekt_\(index + 1)'\"")
      }
      add("clear")
      let files = source.survey.imputations.indices.map { "\"`vekt_\($0 + 1)'\"" }
      add("append using \(files.joined(separator: " "))")
    } else {
      add(reading(source.file.facts.path))
    }
    for variable in source.columns where source.keepsRaw(variable.name) {
      add("generate \(raw(variable.name)) = \(variable.name)")
    }
    for variable in source.columns { write(variable) }
  }

  /// The variable that keeps a field as it stands in the file.
  func raw(_ name: String) -> String { "vekt_raw_\(name.prefix(23))" }

  /// What reads a file.
  private func reading(_ path: String) -> String {
    guard let csv = source.csv else {
      switch source.file.facts.format {
      case "dta": return "use \"\(path)\", clear"
      case "sas7bdat": return "import sas using \"\(path)\", clear"
      case "xpt":
        let version = source.file.facts.detail == "version 5" ? 5 : 8
        return "import sasxport\(version) \"\(path)\", clear"
      case "por":
        return "* NOT TRANSLATED: Stata does not read \(path); save it as .sav first.\nerror 198"
      default: return "import spss using \"\(path)\", clear"
      }
    }
    var options = ["clear", "case(preserve)", "stringcols(_all)"]
    options.append("varnames(\(csv.header == .absent ? "nonames" : "1"))")
    if let delimiter = csv.delimiter, delimiter != "," {
      options.append("delimiters(\"\(delimiter == "\t" ? "\\t" : String(delimiter))\")")
    }
    options.append("bindquote(strict)")
    options.append("encoding(\"\(source.file.facts.encoding)\")")
    let extra = source.header.extraRecords
    return "import delimited \"\(path)\", \(options.joined(separator: " "))"
      + (extra > 0 ? "\ndrop in 1/\(extra)" : "")
  }

  /// Tells Stata which rows are which imputation.
  private mutating func writeImputations() {
    guard source.survey.isImputed else { return }
    comment("mi wants original data, m = 0; a copy of the first imputation stands there, unused.")
    add(
      """
      sort vekt_m, stable
      by vekt_m: generate long vekt_row = _n
      expand 2 if vekt_m == 1, generate(vekt_copy)
      replace vekt_m = 0 if vekt_copy
      mi import flong, m(vekt_m) id(vekt_row) clear
      """)
  }

  private mutating func write(_ variable: Variable) {
    let name = variable.name
    let isText = source.isText(name)
    let texts = (source.csv?.missing ?? []).filter { isText || Double($0) == nil }
    if isText {
      if source.csv != nil { add("replace \(name) = strtrim(\(name))") }
      for text in texts { add("replace \(name) = \"\" if \(name) == \(words.literal(text))") }
    } else if source.csv != nil {
      for text in texts { add("replace \(name) = \"\" if \(name) == \(words.literal(text))") }
      let comma = source.csv?.decimal == "," ? " dpcomma" : ""
      let thousands = source.csv?.thousands.map { " ignore(\"\($0)\")" } ?? ""
      add("destring \(name), replace force\(thousands)\(comma)")
    }
    for code in variable.missing {
      switch code.values {
      case .code(let text):
        if isText {
          add("replace \(name) = \"\" if \(name) == \(words.literal(text))")
        } else if Double(text) != nil {
          add("replace \(name) = . if \(name) == \(text)")
        }
      case .range(let low, let high):
        let ends = [
          low.isFinite ? "\(name) >= \(canonicalCode(low))" : nil,
          high.isFinite ? "\(name) <= \(canonicalCode(high))" : "!missing(\(name))",
        ].compactMap { $0 }
        add("replace \(name) = . if \(ends.joined(separator: " & "))")
      case .empty: break
      }
    }
    guard variable.unknown == .missing, !variable.isOpen else { return }
    var valid = variable.categories.map { "\(name) == \(words.code($0.code, of: name))" }
    if let range = variable.range {
      valid.append(
        "inrange(\(name), \(canonicalCode(range.lowerBound)), \(canonicalCode(range.upperBound)))")
    }
    add("replace \(name) = \(isText ? "\"\"" : ".") if !(\(valid.joined(separator: " | ")))")
  }

  /// A derived variable; a missing answer is a large number in Stata, so that every condition says
  /// what happens to it.
  private mutating func write(_ derived: DerivedVariable) throws {
    let name = derived.variable.name
    guard !source.isText(name) || isRecode(derived) else {
      throw Untranslatable(what: "the derived variable \(name), whose codes are texts")
    }
    switch derived.rule {
    case .expression(let text):
      add("generate double \(name) = \(try guarded(Expression(text)))")
    case .recode(let old, let map, let otherwise):
      let start: String =
        switch otherwise {
        case .copy: old
        case .code(let code): "cond(missing(\(old)), \(empty(name)), \(words.code(code, of: name)))"
        case .missing, .fail: empty(name)
        }
      add("generate \(name) = \(start)")
      for line in map.reversed() {
        let tests = line.from.map { code -> String in
          if let range = NumberRange(parsing: code), !source.isText(old) {
            // An end that is missing is open.
            let ends = [range.low, range.high].map { $0.isFinite ? canonicalCode($0) : "." }
            return "inrange(\(old), \(ends[0]), \(ends[1]))"
          }
          return "\(old) == \(words.code(code, of: old))"
        }
        let value = line.to.map { words.code($0, of: name) } ?? empty(name)
        add("replace \(name) = \(value) if \(tests.joined(separator: " | "))")
      }
    case .cut(let old, let bounds):
      let codes = derived.variable.categories.map(\.code)
      add("generate \(name) = .")
      for (index, low) in bounds.enumerated() where codes.isEmpty || index < codes.count {
        let code = codes.isEmpty ? String(index + 1) : codes[index]
        let below =
          index + 1 < bounds.count ? " & \(old) < \(canonicalCode(bounds[index + 1]))" : ""
        add(
          "replace \(name) = \(code) if \(old) >= \(canonicalCode(low))\(below) & !missing(\(old))")
      }
    case .mean(let items, let minimumValid, let reversed):
      guard reversed.isEmpty else {
        throw Untranslatable(what: "the reversed items of \(name)")
      }
      let list = items.joined(separator: " ")
      add("egen double \(name) = rowmean(\(list))")
      add("egen \(name)_n = rownonmiss(\(list))")
      add("replace \(name) = . if \(name)_n < \(max(1, minimumValid))")
    case .chosen(let old, _): throw Untranslatable(what: "the answers in the cells of \(old)")
    case .anyOf(let items, let equals, let missing):
      let any = items.map { "\($0) == \(words.code(equals, of: $0))" }.joined(separator: " | ")
      let none = items.map { "missing(\($0))" }
        .joined(separator: missing == .all ? " & " : " | ")
      add("generate \(name) = cond(\(any), 1, cond(\(none), ., 0))")
    }
  }

  private func isRecode(_ derived: DerivedVariable) -> Bool {
    if case .recode = derived.rule { true } else { false }
  }

  private func empty(_ name: String) -> String { source.isText(name) ? "\"\"" : "." }

  /// An expression that is missing where one of its variables is.
  func guarded(_ expression: Expression) throws -> String {
    let text = try words.text(expression)
    let names = expression.variables
    guard !names.isEmpty, expression.variables != [expression.source] else { return text }
    return "cond(missing(\(names.joined(separator: ", "))), ., \(text))"
  }

  // MARK: Design

  /// Numbers for the codes of factors that are no whole numbers from 0.
  private mutating func writeFactors() throws {
    for name in factors where isCoded(name) {
      let coded = factor(name)
      comment("Stata's factors are numbers from 0: \(coded) follows the order of the codebook.")
      add("generate \(coded) = .")
      for (index, code) in try source.levels(name).enumerated() {
        let number = index + 1
        add("replace \(coded) = \(number) if \(name) == \(words.code(code, of: name))")
        add("label define \(coded) \(number) \(words.literal(code)), add")
      }
      add("label values \(coded) \(coded)")
    }
  }

  private mutating func writeDesign() throws {
    let survey = source.survey
    let design = survey.roster.declaration
    switch source.weight {
    case .variable(let name): add("generate double vekt_weight = \(name)")
    case .expression(let text):
      add("generate double vekt_weight = \(try words.text(Expression(text)))")
    case nil: add("generate double vekt_weight = 1")
    }
    if survey.weights.missingCount > 0 {
      add("replace vekt_weight = 0 if missing(vekt_weight)")
    }
    if let subpopulation = survey.subpopulation {
      add("generate byte vekt_inside = \(try guarded(subpopulation))")
      add("replace vekt_inside = 0 if missing(vekt_inside)")
    }
    if hasWeightless {
      comment("Who has no weight keeps a place in the design, but is in no estimate.")
      add(
        survey.subpopulation == nil
          ? "generate byte vekt_inside = vekt_weight > 0"
          : "replace vekt_inside = 0 if vekt_weight == 0")
    }
    let lonely: String =
      switch design.lonelyPSU {
      case .fail: "missing"
      case .remove, .certainty: "certainty"
      case .adjust: "centered"
      case .average: "scaled"
      }
    if source.survey.standard != nil {
      refuse("--standardize: Stata's stdize() is of means and proportions by over() only")
    }
    writeImputations()
    if let replicates = design.usedReplicates {
      try writeReplicates(replicates)
    } else {
      if let pps = design.pps {
        refuse(
          "unequal probabilities without replacement (\(pps.rawValue)), which svyset does not know")
      }
      var calibration: (weight: String, option: String)?
      do {
        calibration = try writeCalibration()
      } catch let fault as Untranslatable {
        refuse(fault.what)
      }
      if design.lonelyInDomains {
        refuse("--lonely-domain: Stata's singleunit() is of the whole sample")
      }
      let set = design.svyset(
        weight: calibration?.weight ?? "vekt_weight", lonely: lonely, calibration?.option)
      add((isImputed ? "mi " : "") + set)
    }
    add()
  }

  /// Whether some have no weight.
  var hasWeightless: Bool {
    source.survey.weights.zeroCount + source.survey.weights.missingCount > 0
  }

  /// Whether estimates are of some only, those with `vekt_inside`.
  var hasSubpopulation: Bool { source.survey.subpopulation != nil || hasWeightless }

  /// Whether a factor needs numbers of its own: Stata takes whole ones from 0.
  func isCoded(_ name: String) -> Bool {
    source.isText(name)
      || factors.contains(name)
        && ((try? source.levels(name)) ?? []).contains { code in
          Double(code).map { $0 < 0 || $0 > 32_000 || $0 != $0.rounded() } ?? true
        }
  }

  /// The variables that Stata takes as factors.
  private var factors: [String] {
    var names = source.analysis.factors
    names += source.analysis.formulas.flatMap { RProgram(source).factors(of: $0.formula) }
    if case .categories(let models) = source.analysis {
      names += models.fits.map(\.formula.outcome.name)
    }
    return names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
