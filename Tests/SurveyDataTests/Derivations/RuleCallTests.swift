import SurveyData
import Testing

@Suite("Rules written as calls")
struct RuleCallTests {
  @Test func `a cut has the labels of its limits, or those given`() throws {
    let plain = try DerivedVariable(parsing: "age3 = cut(age, 18, 35, 60)")
    #expect(plain.rule == .cut("age", at: [18, 35, 60]))
    var age = Variable("age")
    age.type = .integer
    let dataset = Dataset(
      MemorySource([
        ("age", .numbers(NumericColumn(values: [17, 18, 34, 35, 59, 60, 90], missing: [.system])))
      ]),
      codebook: Codebook(variables: [age]))
    let derived = try dataset.deriving([plain]).categorical("age3")
    #expect(derived.categories.map { $0.name(in: "en") } == ["18–34", "35–59", "60+"])
    #expect(derived.counts() == [2, 2, 2, 0, 1])
    let named = try DerivedVariable(
      parsing: "age3 = cut(age, 18, 35, 60, 'Young', \"Middle, or so\", 'Old')")
    #expect(named.rule == plain.rule)
    #expect(
      named.variable.categories.map { $0.name(in: "nb") } == ["Young", "Middle, or so", "Old"])
    let closed = try DerivedVariable(parsing: "age2 = cut(age, 18, 35, 60, 'Young', 'Middle')")
    #expect(try dataset.deriving([closed]).categorical("age2").counts() == [2, 2, 0, 3])
  }

  @Test func `a recode reads codes, stretches, labels, missing and else`() throws {
    let derived = try DerivedVariable(
      parsing:
        "t = recode(trust, 1:2 = 1 'Low', 3 4, 5 = 2 'High', <0 = missing, >=90 = NA, 'x' = 'y', "
        + "else = 3 'Rest')")
    #expect(
      derived.rule
        == .recode(
          "trust",
          map: [
            .init(from: ["1..2"], to: "1"), .init(from: ["3", "4", "5"], to: "2"),
            .init(from: ["<0"], to: nil), .init(from: [">=90"], to: nil),
            .init(from: ["x"], to: "y"),
          ], otherwise: .code("3")))
    #expect(derived.variable.categories.map(\.code) == ["1", "2", "y", "3"])
    #expect(derived.variable.categories.map { $0.name(in: "en") } == ["Low", "High", "y", "Rest"])
    let copied = try DerivedVariable(parsing: "t = recode(`my trust`, 1 = 2, else = copy)")
    #expect(
      copied.rule == .recode("my trust", map: [.init(from: ["1"], to: "2")], otherwise: .copy))
  }

  @Test func `a mean takes lists and a least number of valid answers`() throws {
    let nan = NumericColumn.missingValue(0)
    let dataset = Dataset(
      MemorySource([
        ("t1", .numbers(NumericColumn(values: [1, 2, nan], missing: [.system]))),
        ("other", .numbers(NumericColumn(values: [9, 9, 9], missing: [.system]))),
        ("t2", .numbers(NumericColumn(values: [3, nan, nan], missing: [.system]))),
        ("t3", .numbers(NumericColumn(values: [5, 4, 7], missing: [.system]))),
      ]))
    func mean(_ text: String) throws -> [Double] {
      try dataset.deriving([try DerivedVariable(parsing: text)]).numeric("m").values
    }
    #expect(try mean("m = mean(t*, min: 2)")[0..<2] == [3, 3])
    #expect(try mean("m = mean(t*, min: 2)")[2].isNaN)
    #expect(try mean("m = mean(t1, t2, t3)").map(\.isNaN) == [false, true, true])
    #expect(try mean("m = mean(t1, t3, min=1)") == [3, 3, 7])
  }

  @Test func `labels name the codes of an expression`() throws {
    let derived = try DerivedVariable(parsing: "old = labels(age >= 60, 1 'Old', 0 'Young')")
    #expect(derived.rule == .expression("age >= 60"))
    #expect(derived.variable.categories.map(\.code) == ["0", "1"])
    #expect(derived.variable.categories.map { $0.name(in: "en") } == ["Young", "Old"])
  }

  @Test(arguments: [
    ("a = cut(age, 35, 18)", "the limits must be rising numbers"),
    ("a = cut(age)", "the limits must be rising numbers"),
    ("a = cut(2023 - age, 18)", "'2023 - age' is not the name of a variable"),
    ("a = cut(age, 18, 35, 'Young')x", "stands in no expression"),
    ("a = cut(age, 18, 35, 60, 'Young')", "but there are 1 labels"),
    ("a = cut(age, 18, 35", "is never closed"),
    ("a = cut(age,, 35)", "an argument of 'cut(age,, 35)' is empty"),
    ("a = recode(sex, 1)", "'1' has no new code"),
    ("a = recode(sex, = 1)", "no code stands before"),
    ("a = recode(sex, 1 = 1 'A', 2 = 1 'B')", "two labels for one code, 1"),
    ("a = recode(sex, 1 = 2 3)", "is not a code with a label"),
    ("a = mean(a, b, max: 2)", "`min: 2` is the fewest valid answers"),
    ("a = mean(a, b) > 3", "mean(…) makes a variable, and stands in no expression"),
    ("a = 1 + mean(a, b)", "mean(…) makes a variable, and stands in no expression"),
    ("a = labels(b > 1, 0)", "'0' is not a code with a label"),
  ])
  func `what does not fit is said`(_ text: String, _ problem: String) throws {
    let error = #expect(throws: SurveyError.self) { try DerivedVariable(parsing: text) }
    #expect(error?.description.contains(problem) == true, "\(String(describing: error))")
  }
}
