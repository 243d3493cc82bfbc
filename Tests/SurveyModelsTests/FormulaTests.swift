import SurveyData
import SurveyModels
import Testing

@Suite struct FormulaTests {
  @Test(arguments: [
    ("y ~ a + b", "a, b"),
    ("y ~ a * b", "a, b, a:b"),
    ("y ~ a:b + a", "a, a:b"),
    ("y ~ a * b * c - a:b:c", "a, b, c, a:b, a:c, b:c"),
    ("y ~ (a + b):c", "a:c, b:c"),
    ("y ~ (a + b) * c", "a, b, c, a:c, b:c"),
    ("y ~ a + a + b:a + a:b", "a, a:b"),
    ("y ~ factor(a) * I(age / 10)", "a, I(age / 10), a:I(age / 10)"),
    ("y ~ log(income) + `2nd wave`", "log(income), 2nd wave"),
    ("accepted == 'no ~ (yes' ~ I(if(a in (1, 2), 1, 0))", "I(if(a in (1, 2), 1, 0))"),
    ("y ~ 1", ""),
  ]) func `terms stand by their order`(source: String, terms: String) throws {
    let formula = try Formula(source)
    let names = formula.terms.map { term in
      term.map { formula.atoms[$0].name }.joined(separator: ":")
    }
    #expect(names.joined(separator: ", ") == terms)
  }

  @Test(arguments: [
    ("y ~ a", true), ("y ~ a - 1", false), ("y ~ 0 + a", false), ("y ~ -1 + a", false),
    ("y ~ a + 0 + 1", true), ("y ~ 1", true),
  ]) func `the constant can be left out`(source: String, hasIntercept: Bool) throws {
    #expect(try Formula(source).hasIntercept == hasIntercept)
  }

  @Test(arguments: [
    ("z + x", "a formula needs '~' between the outcome and the terms", 5),
    (" ~ x", "there is no outcome before '~'", 1),
    ("z ~", "the formula ends where a variable should stand", 3),
    ("z ~ x +", "the formula ends where a variable should stand", 7),
    ("z ~ x w", "'w' stands where '+', '-', '*' or ':' should", 6),
    ("z ~ x / 10", "'/' stands where '+', '-', '*' or ':' should", 6),
    ("z ~ x ~ w", "'~' stands where '+', '-', '*' or ':' should", 6),
    ("z ~ 2", "'2' stands where a variable should", 4),
    ("z ~ .", "'.' stands where a variable should", 4),
    ("z ~ (x + w", "the formula ends where ')' should stand", 10),
    ("z ~ x - w", "'w' is not among the terms before", 8),
    ("z ~ I(x + 1", "the '(' that stands here is never closed", 5),
    ("z ~ factor(x + 1)", "'factor' takes a variable, not an expression", 11),
    ("z ~ x + `w", "the quotation that begins here is never closed", 8),
    ("z == ~ x", "the end stands where a name or a value should", 4),
    (
      "z ~ x + lgo(x)",
      "there is no function 'lgo'; there are abs, exp, floor, log, max, min, missing, round, "
        + "sqrt, if", 8
    ),
  ]) func `what does not parse has a caret under the fault`(
    source: String, problem: String, column: Int
  ) {
    let caret = String(repeating: " ", count: 6 + column) + "^"
    let message = message { _ = try Formula(source) }
    #expect(message.hasPrefix("\(problem)\n      \(source)\n\(caret)"), "\(message)")
  }

  @Test func `an unknown name has a caret and the nearest name`() {
    let message = message {
      try Formula("y ~ x + geneder").check(against: sample(["y", "x", "gender"]))
    }
    #expect(
      message == """
        no variable 'geneder'
              y ~ x + geneder
                      ^
              Did you mean 'gender'?
        """)
  }

  @Test func `a text is no predictor`() {
    let message = message {
      try Formula("y ~ I('a')").check(against: sample(["y"]))
    }
    #expect(message.hasPrefix("this is a text, where a number should stand\n"))
  }

  @Test func `nesting and length have ends`() {
    let deep = "y ~ " + String(repeating: "(", count: 60) + "x" + String(repeating: ")", count: 60)
    #expect(message { _ = try Formula(deep) }.hasPrefix("a formula is nested deeper than 50\n"))
    let product = (0..<12).map { "a\($0)" }.joined(separator: " * ")
    #expect(
      message { _ = try Formula("y ~ " + product) }.hasPrefix(
        "a formula has more than 500 terms\n"))
  }

  private func sample(_ names: [String]) -> Dataset {
    Dataset(
      MemorySource(
        names.map { ($0, .numbers(NumericColumn(values: [0, 1], missing: [.system]))) }))
  }
}

/// What an error says.
func message(_ body: () throws -> Void) -> String {
  do {
    try body()
    return "no error"
  } catch {
    return String(describing: error)
  }
}
