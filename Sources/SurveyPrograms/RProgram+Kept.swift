import SurveyData
import SurveyReaders

extension RProgram {
  /// The column of a variable in which reasons for a missing answer are answers: the variable itself
  /// where it has none of them.
  ///
  /// Where several codes count as one, it is a column in which they are.
  func kept(
    _ reasons: Set<MissingReason>, of name: String, counting counted: CountedAnswer? = nil
  ) throws -> String {
    if let counted, counted.isNet { return try ".net" + dotted(kept(reasons, of: name)) }
    guard !reasons.isEmpty else { return name }
    let column = try source.survey.dataset.categorical(name)
    guard column.keeping(reasons).categories.count > column.categories.count else { return name }
    return ".\(reasons.map(\.rawValue).sorted().joined(separator: "."))_\(name)"
  }

  private func dotted(_ name: String) -> String { name.hasPrefix(".") ? name : "_\(name)" }

  /// That somebody has a weight, where some have none: they are in the design, but in no estimate.
  var counted: [String] {
    let weights = source.survey.weights
    return weights.zeroCount + weights.missingCount > 0 ? [".weight > 0"] : []
  }

  /// Writes the columns in which reasons for a missing answer are answers.
  mutating func writeKept() throws {
    var columns: [String] = []
    for (name, reasons, counted) in source.analysis.kept {
      let column = try kept(reasons, of: name)
      if column != name, !columns.contains(column) {
        columns.append(column)
        try write(column, of: name, keeping: reasons)
      }
      let net = try kept(reasons, of: name, counting: counted)
      guard let counted, net != column, !columns.contains(net) else { continue }
      columns.append(net)
      let codes = counted.codes.map(words.literal).joined(separator: ", ")
      add("\(self.column(net)) <- as.character(\(self.column(column)))")
      add(
        "\(self.column(net))[\(self.column(net)) %in% c(\(codes))] <- "
          + words.literal(counted.code))
    }
  }

  private mutating func write(
    _ new: String, of name: String, keeping reasons: Set<MissingReason>
  ) throws {
    let codes = try source.survey.dataset.categorical(name)
    let isDerived = source.derived.contains { $0.variable.name == name }
    let kept = codes.missing.filter { reasons.contains($0.reason) }
    let field = source.field(of: name)
    let raw = "raw$\(words.name(field ?? name))"
    add("\(column(new)) <- as.character(\(column(name)))")
    // What is in no other code last: an empty field.
    for code in kept.filter({ !isEmpty($0) }) + kept.filter(isEmpty) {
      let answer = code.text.isEmpty ? code.reason.rawValue : code.text
      let test: String?
      switch code.values {
      case .empty: test = nil
      case .code(let text): test = isCode(text, of: field ?? name)
      case .range(let low, let high):
        let bounds = [
          low.isFinite ? "number(\(raw)) >= \(canonicalCode(low))" : nil,
          high.isFinite ? "number(\(raw)) <= \(canonicalCode(high))" : nil,
        ].compactMap { $0 }
        test = bounds.joined(separator: " & ")
      }
      if field == nil, test != nil {
        throw Untranslatable(
          what: "the reasons for a missing \(name), which is derived from other variables")
      }
      let open = "is.na(\(column(new)))" + (test.map { " & \($0)" } ?? "")
      let stated = isEmpty(code) && !isDerived ? emptyTest(name, codes) : ""
      add("\(column(new))[which(\(open)\(stated))] <- \(words.literal(answer))")
    }
  }

  private func isEmpty(_ code: MissingCode) -> Bool {
    if case .empty = code.values { true } else { false }
  }

  /// That no other code for a missing answer stands in the field.
  private func emptyTest(_ name: String, _ codes: CategoricalColumn) -> String {
    let others = codes.missing.compactMap { code -> String? in
      if case .code(let text) = code.values { words.literal(text) } else { nil }
    }
    guard !others.isEmpty else { return "" }
    return " & !trimws(raw$\(words.name(name))) %in% c(\(others.joined(separator: ", ")))"
  }

  /// That a code stands in the file; one that is missing there has a tag.
  func isCode(_ code: String, of name: String) -> String {
    let raw = "raw$\(words.name(name))"
    if source.csv == nil, code.hasPrefix("."), code.count == 2 {
      return "haven::na_tag(\(raw)) %in% \(words.literal(String(code.dropFirst())))"
    }
    return source.isText(name)
      ? "trimws(\(raw)) %in% \(words.literal(code))"
      : "number(\(raw)) %in% number(\(words.literal(code)))"
  }
}
