package import SurveyData

/// What one codebook says and another does not.
package struct CodebookDifferences {
  private let old: Codebook
  private let new: Codebook
  package let language: String

  /// One difference; an empty side says nothing.
  package struct Line: Equatable {
    /// The variable; empty for what is of the whole codebook.
    package let variable: String
    /// What differs: `label`, `codes`, `missing`, …; `variable` where a whole one does.
    package let aspect: String
    /// The code that is spoken of; empty where none is.
    package let code: String
    package let old: String
    package let new: String
  }

  package init(from old: Codebook, to new: Codebook, language: String) {
    self.old = old
    self.new = new
    self.language = language
  }

  /// The differences: those of the whole, then variable by variable in the order of the new one, then
  /// those that are gone.
  package var lines: [Line] {
    let (before, after) = (Self.variables(old), Self.variables(new))
    let names = after.map(\.0.name)
    let order = names + before.map(\.0.name).filter { !names.contains($0) }
    return whole
      + order.flatMap { name -> [Line] in
        let a = before.first { $0.0.name == name }
        let b = after.first { $0.0.name == name }
        guard let a, let b else {
          return [
            Line(
              variable: name, aspect: "variable", code: "", old: title(a?.0), new: title(b?.0))
          ]
        }
        return lines(name, a, b)
      }
  }

  private typealias Described = (Variable, rule: String)

  private static func variables(_ codebook: Codebook) -> [Described] {
    codebook.variables.map { ($0, "") }
      + codebook.derived.map { ($0.variable, $0.ruleText) }
  }

  private func title(_ variable: Variable?) -> String {
    variable.map { $0.title(in: language) } ?? ""
  }

  /// The texts of all languages, as a codebook may change in one.
  private func words(_ text: LocalizedText) -> String {
    text.texts.map { text.texts.count == 1 ? $0.text : "\($0.language): \($0.text)" }
      .joined(separator: " · ")
  }

  private var whole: [Line] {
    func of(_ aspect: String, _ value: (Codebook) -> String) -> Line? {
      let (a, b) = (value(old), value(new))
      return a == b ? nil : Line(variable: "", aspect: aspect, code: "", old: a, new: b)
    }
    func list<Value>(_ values: [Value], _ text: (Value) -> String) -> String {
      values.map(text).joined(separator: "; ")
    }
    return [
      of("language") { $0.language }, of("title") { words($0.study.title) },
      of("source") { list($0.study.source) { "\($0.key): \($0.value)" } },
      of("population") { words($0.study.population) }, of("licence") { $0.study.licence },
      of("citation") { $0.study.citation }, of("note") { words($0.study.note) },
      of("rows") { $0.file.rows.map(String.init) ?? "" }, of("sha256") { $0.file.sha256 ?? "" },
      of("weights") {
        list($0.weights) { weight in
          switch weight.source {
          case .variable(let text), .expression(let text):
            "\(weight.name) = \(text)" + (weight.isDefault ? " (default)" : "")
              + weight.adjustments.map { ", \($0.summary)" }.joined()
          }
        }
      },
      of("totals") {
        list($0.totals) {
          $0.variable + ($0.category.isEmpty ? "" : "=\($0.category)")
            + " \(canonicalCode($0.total))"
        }
      },
      of("design") {
        switch $0.design {
        case .unstated: ""
        case .simpleRandom: "none"
        case .declared(let design):
          "strata \(design.strata ?? "–"), psu \(design.psu.joined(separator: ", ")), "
            + "fpc \(design.fpc.joined(separator: ", ")), lonely_psu \(design.lonelyPSU.rawValue)"
            + (design.lonelyInDomains ? ", lonely_domain true" : "")
            + (design.pps.map { ", pps \($0.rawValue)" } ?? "")
            + (design.replicates.map {
              ", replicates \($0.weights.joined(separator: ", ")) (\($0.method.rawValue))"
            } ?? "")
        }
      },
      of("banners") {
        list($0.banners) { banner in
          "\(banner.name): \(banner.parts.map(Banner.text).joined(separator: ", "))"
        }
      },
      of("groups") {
        list($0.groups) {
          "\($0.name) (\($0.kind.rawValue)): \($0.members.joined(separator: ", "))"
        }
      },
    ].compactMap { $0 }
  }

  /// Whether one of two texts states the bytes that SPSS keeps for it, and the other nothing.
  private func hasWidthAlone(_ a: Variable, _ b: Variable) -> Bool {
    a.type == .text && (a.format == nil) != (b.format == nil)
  }

  private func lines(_ name: String, _ a: Described, _ b: Described) -> [Line] {
    func of(_ aspect: String, _ value: (Variable) -> String) -> Line? {
      let (old, new) = (value(a.0), value(b.0))
      return old == new
        ? nil : Line(variable: name, aspect: aspect, code: "", old: old, new: new)
    }
    let plain = [
      of("label") { words($0.label) }, of("short") { words($0.short) },
      of("question") { words($0.question) },
      of("type") { $0.type?.rawValue ?? "" }, of("measure") { $0.measure?.rawValue ?? "" },
      of("range") {
        $0.range.map { "\(canonicalCode($0.lowerBound))–\(canonicalCode($0.upperBound))" } ?? ""
      },
      of("separator") { $0.separator ?? "" }, of("unit") { words($0.unit) },
      hasWidthAlone(a.0, b.0) ? nil : of("format") { $0.format ?? "" },
      of("write_format") { $0.writeFormat ?? "" },
      of("universe") {
        [$0.universe?.condition ?? "", words($0.universe?.label ?? .none)]
          .filter { !$0.isEmpty }.joined(separator: " · ")
      },
      of("unknown") { $0.unknown.rawValue }, of("role") { $0.role?.rawValue ?? "" },
      of("reference") { $0.reference ?? "" }, of("answer") { $0.answer.joined(separator: ", ") },
      of("answer_label") { words($0.answerLabel) }, of("note") { words($0.note) },
    ].compactMap { $0 }
    let rule =
      a.rule == b.rule
      ? [] : [Line(variable: name, aspect: "rule", code: "", old: a.rule, new: b.rule)]
    return plain + rule
      + codes(
        "codes", name, a.0.categories.map { ($0.code, $0.label.isEmpty ? "–" : words($0.label)) },
        b.0.categories.map { ($0.code, $0.label.isEmpty ? "–" : words($0.label)) })
      + codes("missing", name, a.0.missing.map(missing), b.0.missing.map(missing))
  }

  private func missing(_ code: MissingCode) -> (String, String) {
    let label = words(code.label)
    return (code.text, code.reason.rawValue + (label.isEmpty ? "" : " (\(label))"))
  }

  private func codes(
    _ aspect: String, _ name: String, _ a: [(String, String)], _ b: [(String, String)]
  ) -> [Line] {
    let known = b.map(\.0)
    let order = known + a.map(\.0).filter { !known.contains($0) }
    return order.compactMap { code in
      let (old, new) = (a.first { $0.0 == code }?.1, b.first { $0.0 == code }?.1)
      return old == new
        ? nil
        : Line(variable: name, aspect: aspect, code: code, old: old ?? "", new: new ?? "")
    }
  }
}
