import SurveyData
import SurveyReaders
import Testing

@Suite("The paradox in a codebook")
struct ParadoxRolesTests {
  private static let variables = """
    vekt: 1
    variables:
      a: {codes: {no: {}, yes: {}}}
      b: {type: integer, codes: [1, 2, 3, 4, 5]}
      d: {codes: {no: {}, yes: {}}}
      g: {codes: {x: {}, y: {}}}
      s: {type: integer, codes: [1, 2, 3]}
      m: {type: integer, codes: [1, 2, 3]}
      n: {type: integer}

    """
  private static let whole = """
    paradox:
      judgements: [a, b >= 4]
      outcome: d
      group: g
      reference: x
      status: s
      exposure: [m, n]
      awareness: log(n)
      controls: s2
      pool: g
      where: n > 3

    """

  @Test func `the parts are read, and read back the same`() throws {
    let text = Self.variables + Self.whole.replacing("  controls: s2\n", with: "")
    let codebook = try Codebook(parsing: text, name: "c")
    let roles = try #require(codebook.paradox)
    #expect(roles.first == "a" && roles.second == "b >= 4")
    #expect(roles.reference == "x" && roles.condition == "n > 3" && roles.pool == "g")
    #expect(
      roles.mechanisms == [
        ParadoxRoles.Mechanism("exposure", ["m", "n"]),
        ParadoxRoles.Mechanism("awareness", ["log(n)"]),
      ])
    #expect(try Codebook(parsing: codebook.yaml(), name: "again").paradox == roles)
  }

  @Test(arguments: [
    ("controls: s2", "controls: s2", "c:18:13: no variable 's2' in this codebook (controls)"),
    ("outcome: d", "outcom: d", "c:12:3: unknown key 'outcom' in the paradox"),
    ("  outcome: d\n", "", "c:11:3: the part 'outcome' is missing"),
    ("outcome: d", "outcome: b", "c:12:12: 'b' has 5 answers, and the outcome is yes or no"),
    ("reference: x", "reference: z", "c:14:14: 'g' has no code 'z'; it has x, y"),
    ("[a, b >= 4]", "[a]", "c:11:15: 'judgements' must be two"),
    ("[a, b >= 4]", "[a, c >= 4]", "c:11:19: no variable 'c' in this codebook (judgement)"),
    ("where: n > 3", "where: n + 3", "c:19:10: 'n + 3' is not a condition"),
    ("group: g", "group: h", "c:13:10: no variable 'h' in this codebook (group)"),
  ])
  func `a part that does not fit is said with its place`(
    _ old: String, _ new: String, _ message: String
  ) throws {
    var text = Self.whole.replacing(old, with: new)
    if old != "controls: s2" { text = text.replacing("  controls: s2\n", with: "") }
    let whole = Self.variables + text
    // The place counts the line of the controls only where they are there.
    let place = message.replacing("c:19:10", with: "c:19:10")
    let error = #expect(throws: SurveyError.self) { try Codebook(parsing: whole, name: "c") }
    #expect(error?.kind == .data)
    #expect("\(error.map { "\($0)" } ?? "")".hasPrefix(place), "\(error.map { "\($0)" } ?? "")")
  }
}
