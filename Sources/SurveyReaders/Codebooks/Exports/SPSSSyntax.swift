package import SurveyData

/// A codebook as SPSS syntax, which labels the file that is open.
package struct SPSSSyntax {
  private let codebook: Codebook
  private let language: String

  package init(_ codebook: Codebook, language: String) {
    self.codebook = codebook
    self.language = language
  }

  /// The syntax, and what SPSS cannot hold.
  package var exported: ExportedCodebook {
    var losses = codebook.losses(keeping: language, computed: false)
    var lines = ["* Encoding: UTF-8."]
    for variable in codebook.variables {
      let label = variable.label.text(in: language)
      if !label.isEmpty {
        lines.append("VARIABLE LABELS \(variable.name) \(Self.quoted(label)).")
      }
      let labels =
        variable.categories.filter { !$0.label.isEmpty }.map {
          (code: $0.code, text: $0.name(in: language))
        }
        + variable.missing.compactMap { code in
          if case .code(let text) = code.values { (text, code.title(in: language)) } else { nil }
        }
      if !labels.isEmpty {
        lines.append("VALUE LABELS \(variable.name)")
        lines += labels.map { "  \(value($0.code, of: variable)) \(Self.quoted($0.text))" }
        lines[lines.count - 1] += "."
      }
      if let format = variable.formats.spss {
        lines.append("FORMATS \(variable.name) (\(format)).")
      }
      if !variable.missing.isEmpty { lines += missing(variable, &losses) }
      if let measure = variable.measure {
        let level =
          switch measure {
          case .nominal: "NOMINAL"
          case .ordinal: "ORDINAL"
          case .interval, .ratio: "SCALE"
          }
        lines.append("VARIABLE LEVEL \(variable.name) (\(level)).")
      }
    }
    for group in codebook.groups where group.kind != .battery {
      let first = group.members.first.flatMap { codebook.variable(named: $0) }
      let counted = group.counted ?? "1"
      lines += [
        "MRSETS /\(group.kind == .choices ? "MCGROUP" : "MDGROUP") NAME=$\(group.name)",
        "  LABEL=\(Self.quoted(group.label.text(in: language)))",
        "  VARIABLES=\(group.members.joined(separator: " "))",
      ]
      if group.kind == .multiple {
        lines.append("  VALUE=\(first.map { value(counted, of: $0) } ?? counted)")
      }
      lines[lines.count - 1] += "."
    }
    if case .variable(let name)? = codebook.defaultWeight?.source {
      lines.append("WEIGHT BY \(name).")
    }
    return ExportedCodebook(text: lines.joined(separator: "\n") + "\n", losses: losses)
  }

  /// The ends of a stretch as SPSS can write them: `<0` of whole numbers ends at −1, of others just
  /// below 0, where the nearest number of all has no text that SPSS reads.
  private static func ends(
    _ low: Double, _ high: Double, isWhole: Bool
  ) -> (low: Double, high: Double) {
    func end(_ number: Double, _ rule: FloatingPointRoundingRule) -> Double {
      if isWhole { return number.rounded(rule) }
      let smallest = number < 0 ? -Double.leastNormalMagnitude : .leastNormalMagnitude
      return number.isSubnormal ? smallest : number
    }
    return (end(low, .up), end(high, .down))
  }

  private func missing(_ variable: Variable, _ losses: inout CodebookLosses) -> [String] {
    var (singles, ranges): ([String], [String]) = ([], [])
    for code in variable.missing {
      switch code.values {
      case .code(let text): singles.append(value(text, of: variable))
      case .range(let low, let high):
        let ends = Self.ends(low, high, isWhole: variable.type == .integer)
        let (first, last) = (
          ends.low.isFinite ? canonicalCode(ends.low) : "LO",
          ends.high.isFinite ? canonicalCode(ends.high) : "HI"
        )
        ranges.append("\(first) THRU \(last)")
      case .empty: continue
      }
    }
    guard !(singles + ranges).isEmpty else { return [] }
    let fits = ranges.isEmpty ? singles.count <= 3 : ranges.count == 1 && singles.count <= 1
    guard !fits else {
      let all = (ranges + singles).joined(separator: ", ")
      return ["MISSING VALUES \(variable.name) (\(all))."]
    }
    // SPSS holds three values, or a range and one. Others can be one range where nobody valid is in it.
    let numbers = variable.missing.flatMap { code -> [Double] in
      switch code.values {
      case .code(let text): Double(text).map { [$0] } ?? []
      case .range(let low, let high): [low, high]
      case .empty: []
      }
    }
    if let low = numbers.min(), let high = numbers.max(), low.isFinite, high.isFinite,
      numbers.count >= singles.count,
      !variable.categories.contains(where: { ($0.number ?? .nan) >= low && $0.number ?? 0 <= high }
      ),
      !(variable.range?.overlaps(low...high) ?? false)
    {
      return [
        "MISSING VALUES \(variable.name) (\(canonicalCode(low)) THRU \(canonicalCode(high)))."
      ]
    }
    losses.add("more missing values than SPSS holds, so that none is declared", of: variable.name)
    return []
  }

  /// A code as SPSS reads it: in quotation marks where the variable is text.
  private func value(_ code: String, of variable: Variable) -> String {
    variable.type == .text || Double(code) == nil ? Self.quoted(code) : code
  }

  private static func quoted(_ text: String) -> String {
    "'"
      + text.onOneLine.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "''") + "'"
  }
}
