import SurveyData
import SurveyReaders
import Testing
import VektTestSupport

@Suite struct CodebookWritingTests {
  private func reread(_ book: Codebook) throws -> Codebook {
    let text = book.yaml()
    do {
      return try Codebook(parsing: text, name: "written.yaml")
    } catch {
      Issue.record("\(error)\n\(text)")
      throw error
    }
  }

  @Test func `a codebook with every key reads back the same`() throws {
    let book = try Codebook(parsing: exampleCodebook, name: "c.yaml")
    #expect(try reread(book) == book)
  }

  @Test(arguments: 1...150)
  func `any codebook reads back the same`(seed: Int) throws {
    var random = SeededRandom(seed: seed)
    let book = random.codebook()
    #expect(try reread(book) == book)
  }

  @Test func `the file has short lines and no repetition`() throws {
    var book = Codebook(language: "nb")
    let yesno = [
      Category("1", label: LocalizedText([("nb", "Ja"), ("en", "Yes")])),
      Category("2", label: LocalizedText([("nb", "Nei"), ("en", "No")])),
    ]
    let missing =
      [MissingCode(.code("8"), reason: .dontKnow)]
      + [MissingCode(.range(-.infinity, -1), reason: .implausible)]
    var first = Variable("k1")
    first.label = LocalizedText("Har du stemt?", in: "nb")
    first.question = LocalizedText(
      "Nå og da hender det at folk ikke stemmer ved valg fordi de er forhindret eller av andre "
        + "grunner. Stemte du ved valget?", in: "nb")
    first.type = .integer
    first.categories = yesno
    first.missing = missing
    var second = first
    second.name = "k2"
    second.question = .none
    var third = Variable("age")
    third.type = .integer
    third.range = 15...120
    book.variables = [first, second, third]
    book.design = .simpleRandom
    var comments = CodebookComments()
    comments.top = ["A draft."]
    comments.variables["age"] = ["999 may mean a missing answer."]
    #expect(
      book.yaml(comments: comments) == """
        # A draft.
        vekt: 1
        language: nb
        missing:
          k1: {8: dont_know, "<=-1": implausible}
        codelists:
          k1: {1: {nb: Ja, en: "Yes"}, 2: {nb: Nei, en: "No"}}
        variables:
          k1:
            label: Har du stemt?
            question: "Nå og da hender det at folk ikke stemmer ved valg fordi de er forhindret eller av
              andre grunner. Stemte du ved valget?"
            type: integer
            codes: k1
            missing: k1
          k2: {label: Har du stemt?, type: integer, codes: k1, missing: k1}
          # 999 may mean a missing answer.
          age: {type: integer, range: [15, 120]}
        design: none

        """)
  }
}

/// Odd codebooks.
extension SeededRandom {
  private static let pieces = [
    "Ja", "nei", "No", "true", "null", "~", "12:30", "0301", "1e5", ":", " ", "  ", "#", " # ",
    "- ", "'", "\"", "\\", "\n", "\t", "{", "}", "[", ",", "&a", "*b", "!c", "%", "@", "`", "|",
    ">", "?", "æøå", "日本", "🙂", "\u{85}", "\u{2028}", "\u{A0}", "<<", "=", "...",
    "---", "Hvor stor tillit har du til andre mennesker i sin alminnelighet", ".d", "_",
  ]

  fileprivate mutating func text(_ pieces: ClosedRange<Int> = 1...6) -> String {
    (0..<Int.random(in: pieces, using: &self))
      .map { _ in Self.pieces.randomElement(using: &self) ?? "" }.joined()
  }

  fileprivate mutating func localized() -> LocalizedText {
    switch Int.random(in: 0..<4, using: &self) {
    case 0: .none
    case 1: LocalizedText(text(), in: "nb")
    case 2: LocalizedText([("nb", text()), ("en", text(0...9))])
    default: LocalizedText([("se", text(1...30))])
    }
  }

  private mutating func flip() -> Bool { Bool.random(using: &self) }

  fileprivate mutating func variable(_ name: String) -> Variable {
    var variable = Variable(name)
    variable.label = localized()
    variable.question = localized()
    variable.note = localized()
    variable.type = flip() ? nil : ValueType.allCases.randomElement(using: &self)
    variable.measure = flip() ? nil : Measure.allCases.randomElement(using: &self)
    variable.unknown = UnknownPolicy.allCases.randomElement(using: &self) ?? .fail
    variable.role = flip() ? nil : VariableRole.allCases.randomElement(using: &self)
    if flip() { variable.unit = localized() }
    if flip() {
      variable.universe = Universe(condition: flip() ? "missing(v0)" : nil, label: localized())
    }
    let isNumeric = variable.type == .integer || variable.type == .decimal
    if flip() {
      let labels = flip()
      variable.categories = (0..<Int.random(in: 1...12, using: &self)).map { index in
        let code = isNumeric || flip() ? "\(index)" : text(1...2) + "x\(index)"
        return Category(code, label: labels ? localized() : .none)
      }
    }
    if flip() { variable.range = 0...Double(Int.random(in: 0...50, using: &self)) }
    if flip() {
      variable.missing = [
        MissingCode(.code("99"), reason: .refused, label: localized()),
        MissingCode(.code(".d"), reason: .dontKnow),
        MissingCode(.range(97, 98), reason: .noAnswer),
        MissingCode(.range(-.infinity, (0.0).nextDown), reason: .implausible),
        MissingCode(.range(1000.5, .infinity), reason: .notAsked, label: localized()),
      ].filter { _ in flip() }
    }
    return variable
  }

  fileprivate mutating func codebook() -> Codebook {
    var book = Codebook(language: "nb")
    book.study.id = flip() ? text() : ""
    book.study.title = localized()
    book.study.citation = text()
    book.study.source = flip() ? [.init(key: text(1...2) + "k", value: text())] : []
    book.file.path = flip() ? text() : nil
    book.file.delimiter = [";", "\t", ",", nil].randomElement(using: &self) ?? nil
    book.file.quote =
      [.character("\""), FileStatement.Quote.none, nil].randomElement(using: &self) ?? nil
    book.file.missing = flip() ? [text(), text()] : []
    book.variables = (0..<Int.random(in: 1...8, using: &self)).map { variable("v\($0)") }
    if book.variables.count > 2, flip() {
      book.variables[2].type = book.variables[1].type
      book.variables[2].categories = book.variables[1].categories
      book.variables[2].range = book.variables[1].range
      book.variables[2].missing = book.variables[1].missing
    }
    book.weights =
      flip()
      ? [
        WeightDeclaration(
          text() + "w", source: .variable("v0"), isDefault: flip(), label: localized(),
          dropsMissing: flip())
      ] : []
    book.design =
      [.unstated, .simpleRandom, .declared(DesignDeclaration(strata: "v0", psu: ["v0"]))]
      .randomElement(using: &self) ?? .unstated
    return book
  }
}
