/// The answer to a question that counts: one code, or several that count as one (a net).
public struct CountedAnswer: Hashable, Sendable {
  /// The codes, in the order of the categories.
  public let codes: [String]
  /// What they are called together; empty for a code without a label.
  public let label: LocalizedText
  /// Whether somebody has chosen it; otherwise the codes and labels say it of themselves.
  public let isChosen: Bool
  /// Whether all other answers count as one too, as in a test of this answer alone.
  public var isAgainstRest = false

  /// The codes as one: `yes`, or `4|5`.
  public var code: String { codes.joined(separator: "|") }
  /// Whether several codes count as one.
  public var isNet: Bool { codes.count > 1 }
  /// The answer as a category of its own.
  public var category: Category { Category(code, label: label) }

  /// The same with all other answers as one.
  public var againstRest: CountedAnswer {
    var answer = self
    answer.isAgainstRest = true
    return answer
  }

  /// The answer that some categories are together.
  ///
  /// - Parameters:
  ///   - categories: The categories, at least one.
  ///   - label: What they are called; nil means their own labels, *Fairly high or Very high trust*.
  ///   - isChosen: Whether somebody has chosen it.
  public init(_ categories: [Category], label: LocalizedText? = nil, isChosen: Bool) {
    codes = categories.map(\.code)
    self.isChosen = isChosen
    let languages = categories.flatMap { $0.label.texts.map(\.language) }
      .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let own =
      categories.count == 1
      ? categories[0].label
      : LocalizedText(
        (languages.isEmpty ? ["en", "nb"] : languages).map { language in
          (language, Self.joined(categories.map { $0.name(in: language) }, in: language))
        })
    self.label = label.flatMap { $0.isEmpty ? nil : $0 } ?? own
  }

  /// Names with *or* before the last; the last word, where all have it, is said once.
  private static func joined(_ names: [String], in language: String) -> String {
    let ends = names.map { $0.split(separator: " ").dropFirst().last }
    let isShared = Set(ends).count == 1 && ends[0] != nil
    let short = names.enumerated().map { place, name in
      place == names.count - 1 || !isShared
        ? name : name.split(separator: " ").dropLast().joined(separator: " ")
    }
    let or = language.isNorwegian ? " eller " : " or "
    return short.dropLast().joined(separator: ", ") + or + (short.last ?? "")
  }
}

extension Variable {
  /// The label with the answer that counts: *Discriminated against, ever: Yes*.
  public func title(counting counted: CountedAnswer?, in language: String) -> String {
    let title = title(in: language)
    return counted.map { "\(title): \($0.category.name(in: language))" } ?? title
  }

  /// The labels of an answer that counts unless somebody says otherwise.
  private static let countedLabels: Set<String> = [
    "yes", "ja", "true", "chosen", "nevnt",
  ]

  /// The answer that counts: what the codebook says; else 1 of the codes 0 and 1; else the only code
  /// that is called *yes*, *ja*, *true*, *chosen* or *nevnt*; nil where none is.
  ///
  /// - Parameter categories: The valid codes; nil means those of the codebook.
  public func countedAnswer(among categories: [Category]? = nil) -> CountedAnswer? {
    let categories = categories ?? self.categories
    if !answer.isEmpty {
      let chosen = categories.filter { answer.contains($0.code) }
      let known = chosen.isEmpty ? answer.map { Category($0) } : chosen
      return CountedAnswer(known, label: answerLabel, isChosen: true)
    }
    if Set(categories.map(\.code)) == ["0", "1"],
      let one = categories.first(where: { $0.code == "1" })
    {
      return CountedAnswer([one], isChosen: false)
    }
    let named = categories.filter { category in
      let names = category.label.isEmpty ? [category.code] : category.label.texts.map(\.text)
      return names.contains { Self.countedLabels.contains($0.lowercased()) }
    }
    return named.count == 1 ? CountedAnswer(named, isChosen: false) : nil
  }

  /// The fault that no answer counts by itself.
  ///
  /// - Parameter remedy: What to do besides choosing one.
  package func noCountedAnswer(among categories: [Category], remedy: String = "") -> SurveyError {
    let code = categories.last?.code ?? "1"
    return SurveyError(
      .usage, at: name, "which answer counts is not said: " + categories.listed,
      remedy:
        "Write --answer \(code.quotedForShell), or `answer: \(code)` in the codebook\(remedy).")
  }
}

extension [Category] {
  /// The category with a code, or with a label that no other has, in any language.
  ///
  /// - Returns: nil when there is none, or when several have the label.
  public func named(_ text: String) -> Category? {
    if let known = first(where: { $0.code == text }) { return known }
    if let number = Double(text), let known = first(where: { $0.number == number }) { return known }
    func only(_ test: (String) -> Bool) -> Category? {
      let found = filter { $0.label.texts.contains { test($0.text) } }
      return found.count == 1 ? found[0] : nil
    }
    let lowered = text.lowercased()
    return only { $0 == text }
      ?? only { $0.lowercased() == lowered }
      ?? (filter { $0.code.lowercased() == lowered }.count == 1
        ? first { $0.code.lowercased() == lowered } : nil)
  }

  /// The remedy that offers the nearest code, or the code of the nearest label; nil when none is near.
  public func suggestion(for text: String) -> String? {
    if let code = nearestName(to: text, among: map(\.code)) { return "Did you mean '\(code)'?" }
    let labels = flatMap { category in category.label.texts.map { ($0.text, category.code) } }
    let lowered = text.lowercased()
    let exact = labels.filter { $0.0.lowercased() == lowered }
    if exact.count == 1 { return "Did you mean '\(exact[0].1)'?" }
    let label =
      exact.first?.0
      ?? nearestName(to: text, among: labels.map(\.0))
    let codes = labels.filter { $0.0 == label }.map(\.1)
      .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    guard let label, !codes.isEmpty else { return nil }
    let named = codes.map { "'\($0)'" }.joined(separator: " or ")
    return "Did you mean \(named), which \(codes.count == 1 ? "is" : "are") '\(label)'?"
  }

  /// The same with the codes behind labels that several of them have: *South (2)*, *South (3)*.
  package var toldApart: [Category] {
    var codes: [[String]: Set<String>] = [:]
    for category in self {
      for (language, text) in category.label.texts {
        codes[[language, text], default: []].insert(category.code)
      }
    }
    guard codes.contains(where: { $0.value.count > 1 && !$0.key[1].isEmpty }) else { return self }
    return map { category in
      Category(
        category.code,
        label: LocalizedText(
          category.label.texts.map { language, text in
            let isShared = !text.isEmpty && (codes[[language, text]]?.count ?? 0) > 1
            return (language, isShared ? "\(text) (\(category.code))" : text)
          }))
    }
  }

  /// Codes with their labels, for errors: `1 (Yes), 2 (No)`.
  public var listed: String { listed { $0 } }

  /// The same with the codes in quotation marks.
  package var listedInQuotes: String { listed { "'\($0)'" } }

  private func listed(_ quoted: (String) -> String) -> String {
    let shown = prefix(12).map { category in
      let label = category.label.text(in: "en")
      // A label that others have too holds its code already.
      let own = " (\(category.code))"
      let plain = label.hasSuffix(own) ? String(label.dropLast(own.count)) : label
      return quoted(category.code) + (plain.isEmpty || plain == category.code ? "" : " (\(plain))")
    }
    return shown.joined(separator: ", ") + (count > 12 ? " and \(count - 12) more" : "")
  }
}

extension String {
  /// The word as a shell reads it back.
  fileprivate var quotedForShell: String {
    allSatisfy { $0.isLetter || $0.isNumber || "_-.".contains($0) } ? self : "'\(self)'"
  }
}
