import SurveyData
import Testing

@Suite struct DerivedVariableTests {
  private func codes(_ derived: DerivedVariable) throws -> [String] {
    let dataset = try SmallSurvey.dataset.deriving([derived])
    let column = try dataset.categorical(derived.variable.name)
    return (0..<column.count).map { row in
      let position = column.positions[row]
      return column.missingCode(at: position).map { "(\($0.reason.rawValue))" }
        ?? column.categories[position].code
    }
  }

  private func mapping(_ from: String..., to: String?) -> DerivedVariable.CodeMapping {
    DerivedVariable.CodeMapping(from: from, to: to)
  }

  @Test func `a recode keeps the reason of a missing answer`() throws {
    let rule = DerivedVariable.Rule.recode(
      "accepted", map: [mapping("yes", to: "1"), mapping("partly", "no", to: "0")],
      otherwise: .fail)
    #expect(
      try codes(DerivedVariable(Variable("ok"), rule: rule))
        == ["1", "0", "0", "1", "(system)", "(dont_know)", "0", "1"])
  }

  @Test func `a recode may turn a missing code into a category`() throws {
    let rule = DerivedVariable.Rule.recode(
      "accepted", map: [mapping("yes", to: "1"), mapping("8", to: "3")], otherwise: .missing)
    #expect(
      try codes(DerivedVariable(Variable("ok"), rule: rule))
        == ["1", "(inapplicable)", "(inapplicable)", "1", "(system)", "3", "(inapplicable)", "1"])
  }

  @Test func `a recode takes ranges, and copies or lumps the rest`() throws {
    let lumped = DerivedVariable.Rule.recode(
      "trust", map: [mapping("0..4", to: "low")], otherwise: .code("high"))
    #expect(
      try codes(DerivedVariable(Variable("t"), rule: lumped))
        == ["low", "high", "high", "high", "low", "(system)", "high", "low"])
    let copied = DerivedVariable.Rule.recode(
      "region", map: [mapping("03", to: "oslo")], otherwise: .copy)
    #expect(
      try codes(DerivedVariable(Variable("r"), rule: copied))
        == ["oslo", "46", "oslo", "11", "11", "46", "oslo", "(system)"])
  }

  @Test func `a cut is closed at the left and open at the end`() throws {
    let open = DerivedVariable(Variable("age3"), rule: .cut("age", at: [18, 30, 60]))
    #expect(
      try codes(open)
        == ["(inapplicable)", "1", "2", "2", "3", "(system)", "3", "(refused)"])
    let dataset = try SmallSurvey.dataset.deriving([open])
    let variable = try dataset.variable("age3")
    #expect(variable.categories.map { $0.name(in: "en") } == ["18–29", "30–59", "60+"])
    #expect(variable.measure == .ordinal)
    var closed = Variable("age2")
    closed.categories = [Category("1"), Category("2")]
    #expect(
      try codes(DerivedVariable(closed, rule: .cut("age", at: [15, 30, 60])))
        == ["1", "1", "2", "2", "(inapplicable)", "(system)", "(inapplicable)", "(refused)"])
  }

  @Test func `a mean index needs enough valid answers and reverses items`() throws {
    let index = DerivedVariable(
      Variable("index"), rule: .mean(["trust", "sex"], minimumValid: 2, reversed: ["trust"]))
    let column = try SmallSurvey.dataset.deriving([index]).numeric("index")
    #expect(Array(column.values.prefix(5)) == [5.5, 1, 3, 2, 4])
    #expect(
      column.values.suffix(3).map { column.missingCode(of: $0)?.reason }
        == [.system, .system, .dontKnow])
    let lenient = DerivedVariable(
      Variable("index"), rule: .mean(["trust", "sex"], minimumValid: 1, reversed: []))
    #expect(
      try SmallSurvey.dataset.deriving([lenient]).numeric("index").values
        == [0.5, 6, 3, 5, 2, 2, 7, 2])
  }

  @Test(arguments: [
    (DerivedVariable.AnyOfMissing.all, ["1", "1", "1", "0", "1", "0", "0", "0"]),
    (.any, ["1", "1", "1", "0", "1", "0", "(system)", "(dont_know)"]),
  ]) func `any of is missing when all, or any, of its inputs are`(
    missing: DerivedVariable.AnyOfMissing, expected: [String]
  ) throws {
    let columns: [(name: String, column: Column)] = [
      (
        "a",
        SmallSurvey.codes(
          ["1", "0", "1", "0", "1", "0", "0", "0"], [Category("0"), Category("1")])
      ),
      (
        "b",
        SmallSurvey.codes(
          ["0", "1", "1", "0", nil, "0", nil, "8"], [Category("0"), Category("1")],
          missing: [SmallSurvey.dontKnow])
      ),
    ]
    let derived = DerivedVariable(
      Variable("any"), rule: .anyOf(["a", "b"], equals: "1", missing: missing))
    let dataset = try Dataset(MemorySource(columns)).deriving([derived])
    let column = try dataset.categorical("any")
    let found = (0..<8).map { row in
      column.missingCode(at: column.positions[row]).map { "(\($0.reason.rawValue))" }
        ?? column.categories[column.positions[row]].code
    }
    #expect(found == expected)
  }

  @Test func `a derived condition is 0 or 1 and keeps reasons`() throws {
    let derived = try DerivedVariable(parsing: "adult = age >= 18 and sex == 1")
    #expect(derived.variable.name == "adult")
    #expect(
      try codes(derived)
        == ["0", "0", "1", "0", "1", "0", "(system)", "(refused)"])
  }

  @Test func `derived variables may build on each other in any order`() throws {
    let dataset = try SmallSurvey.dataset.deriving([
      DerivedVariable(parsing: "b = a * 2"), DerivedVariable(parsing: "a = trust + 1"),
    ])
    #expect(try Array(dataset.numeric("b").values.prefix(3)) == [2, 22, 12])
    #expect(dataset.codebook.derived.map(\.variable.name) == ["a", "b"])
  }

  @Test(arguments: [
    (["a = b + 1", "b = a + 1"], "a: is derived from itself: a ← b ← a"),
    (["sex = 1"], "sex: there is such a variable already"),
    (["a = agee + 1"], "a: no variable 'agee'\n      agee + 1\n      ^\n      Did you mean 'age'?"),
    (["a = 1", "a = 2"], "a: there is such a variable already"),
  ]) func `cycles, taken and unknown names are errors`(
    sources: [String], expected: String
  ) throws {
    do {
      _ = try SmallSurvey.dataset.deriving(try sources.map { try DerivedVariable(parsing: $0) })
      Issue.record("no error")
    } catch {
      #expect(String(describing: error).hasPrefix(expected))
    }
  }

  @Test(arguments: ["x", "= 3", "x == 3", "a b = 3", "x = "])
  func `a derivation names a variable and gives an expression`(text: String) {
    #expect(throws: SurveyError.self) { try DerivedVariable(parsing: text) }
  }

  @Test func `a recode that leaves codes unnamed says which`() throws {
    let rule = DerivedVariable.Rule.recode(
      "accepted", map: [mapping("yes", to: "1")], otherwise: .fail)
    do {
      _ = try SmallSurvey.dataset.deriving([DerivedVariable(Variable("ok"), rule: rule)])
      Issue.record("no error")
    } catch {
      #expect(
        String(describing: error) == """
          ok: the map does not name these codes of 'accepted': partly, no
                Name them, or say what becomes of the rest: `else: missing`, `copy` or a code.
          """)
    }
  }
}
