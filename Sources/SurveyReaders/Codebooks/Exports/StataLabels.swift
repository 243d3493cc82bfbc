package import SurveyData

/// A codebook as a Stata do-file, which labels the file that is open.
package struct StataLabels {
  private let codebook: Codebook
  private let language: String

  package init(_ codebook: Codebook, language: String) {
    self.codebook = codebook
    self.language = language
  }

  /// The most characters of a variable's label.
  private static let longestLabel = 80

  /// The do-file, and what Stata cannot hold.
  package var exported: ExportedCodebook {
    var losses = codebook.losses(keeping: language, computed: false)
    var lines = ["version 14"]
    for variable in codebook.variables {
      let name = variable.name
      let label = variable.label.text(in: language).onOneLine
      if !label.isEmpty {
        if label.count > Self.longestLabel { losses.add("labels cut at 80 characters", of: name) }
        lines.append(
          "label variable \(name) \(Self.quoted(String(label.prefix(Self.longestLabel))))")
      }
      let question = variable.question.text(in: language).onOneLine
      if !question.isEmpty { lines.append("notes \(name): \(question)") }
      let isText = variable.type == .text || variable.categories.contains { $0.number == nil }
      guard !isText else {
        if !variable.categories.isEmpty {
          losses.add("labels of text, as Stata labels numbers only", of: name)
        }
        continue
      }
      if let format = variable.formats.stata { lines.append("format \(name) \(format)") }
      lines += values(variable, &losses)
    }
    if case .declared(let design) = codebook.design { lines.append(svyset(design)) }
    return ExportedCodebook(text: lines.joined(separator: "\n") + "\n", losses: losses)
  }

  /// Missing codes as extended missing values, and the labels of all.
  private func values(_ variable: Variable, _ losses: inout CodebookLosses) -> [String] {
    let name = variable.name
    var lines: [String] = []
    var labels = variable.categories.filter { !$0.label.isEmpty }.map {
      ($0.code, $0.name(in: language))
    }
    var tags = Set<String>()
    for code in variable.missing {
      let tag = code.reason.stataTag.map { ".\($0)" } ?? "."
      switch code.values {
      case .code(let text) where text.hasPrefix("."): break
      case .code(let text): lines.append("mvdecode \(name), mv(\(text)=\(tag))")
      case .range(let low, let high):
        func isNextTo0(_ number: Double) -> Bool { abs(number) == .leastNonzeroMagnitude }
        let bounds = [
          low.isFinite
            ? isNextTo0(low) ? "\(name) > 0" : "\(name) >= \(canonicalCode(low))" : nil,
          high.isFinite
            ? isNextTo0(high) ? "\(name) < 0" : "\(name) <= \(canonicalCode(high))" : nil,
        ].compactMap { $0 }
        lines.append(
          "replace \(name) = \(tag) if \((bounds + ["!missing(\(name))"]).joined(separator: " & "))"
        )
      case .empty: continue
      }
      if tag != ".", tags.insert(tag).inserted {
        labels.append((tag, code.title(in: language)))
      } else if tag != "." {
        losses.add("missing codes of the same reason, which become one", of: name)
      }
    }
    guard !labels.isEmpty else { return lines }
    let whole = labels.filter {
      $0.0.hasPrefix(".") || Double($0.0).map { $0 == $0.rounded() } == true
    }
    if whole.count < labels.count {
      losses.add("labels of numbers with decimals", of: name)
    }
    let reached = whole.filter { label in
      Double(label.0).map { (-2_147_483_647...2_147_483_620).contains($0) } ?? true
    }
    if reached.count < whole.count {
      losses.add("labels of numbers beyond the 32 bits of Stata's labels", of: name)
    }
    guard !reached.isEmpty else { return lines }
    lines.append("label define \(name)_labels ///")
    lines += reached.map { "  \($0.0) \(Self.quoted($0.1.onOneLine)) ///" }
    lines.append("  , replace")
    lines.append("label values \(name) \(name)_labels")
    return lines
  }

  private func svyset(_ design: DesignDeclaration) -> String {
    let lonely: String? =
      switch design.lonelyPSU {
      case .fail: nil
      case .remove, .certainty: "certainty"
      case .adjust: "centered"
      case .average: "scaled"
      }
    guard case .variable(let name)? = codebook.defaultWeight?.source else {
      return design.svyset(weight: nil, lonely: lonely)
    }
    return design.svyset(weight: name, lonely: lonely)
  }

  private static func quoted(_ text: String) -> String { "`\"\(text)\"'" }
}

extension DesignDeclaration {
  /// Stata's `svyset` of the design, with all stages that count.
  ///
  /// - Parameters:
  ///   - weight: The weight's column.
  ///   - lonely: What `singleunit` is.
  ///   - calibration: How the weight is fitted to totals.
  package func svyset(
    weight: String?, lonely: String?, _ calibration: String? = nil
  ) -> String {
    let stages = usedStages.isEmpty ? ["_n"] : Array(usedStages)
    return "svyset "
      + stages.enumerated().map { stage, unit in
        let isFirst = stage == 0
        let options = [
          isFirst ? strata.map { "strata(\($0))" } : nil,
          stage < fpc.count ? "fpc(\(fpc[stage]))" : nil,
          // What is of the whole design stands last.
          stage == stages.count - 1 ? lonely.map { "singleunit(\($0))" } : nil,
          stage == stages.count - 1 ? calibration : nil,
        ].compactMap { $0 }
        return unit + (isFirst ? weight.map { " [pweight = \($0)]" } ?? "" : "")
          + (options.isEmpty ? "" : ", " + options.joined(separator: " "))
      }.joined(separator: " || ")
  }
}
