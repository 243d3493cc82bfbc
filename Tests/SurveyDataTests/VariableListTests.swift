import Testing

@testable import SurveyData

@Suite("Lists of variables")
struct VariableListTests {
  static let battery: VariableGroup = {
    var group = VariableGroup("battery")
    group.members = ["q9", "q1"]
    return group
  }()

  let lists = VariableLists(
    ["id", "q1", "q2", "x", "q9", "q10", "a-b", "q1-q9", "trust_police", "trust_nav"],
    besides: ["gone"], groups: [Self.battery], at: "file.csv")

  @Test(arguments: [
    (["q?"], ["q1", "q2", "q9"]), (["*_nav"], ["trust_nav"]),
    (["q9", "trust_*"], ["q9", "trust_police", "trust_nav"]),
    (["q1-q10"], ["q1", "q2", "x", "q9", "q10"]),
    (["q1 - q2"], ["q1", "q2"]), (["battery"], ["q9", "q1"]), (["q2,q1", "q1"], ["q2", "q1"]),
    (["t*e,battery"], ["trust_police", "q9", "q1"]), (["t*t*c*"], ["trust_police"]),
    (["unknown"], ["unknown"]), (["gone"], ["gone"]), (["q1", "q1"], ["q1", "q1"]),
  ])
  func `a list means what it says, in the order of the file`(_ texts: [String], _ names: [String])
    throws
  {
    #expect(try lists.names(in: texts) == names)
  }

  @Test func `a variable of that very name wins`() throws {
    #expect(try lists.names(in: ["q1-q9"]) == ["q1-q9"])
    #expect(try lists.names(in: ["a-b"]) == ["a-b"])
    #expect(!lists.isList("a-b"))
    let odd = VariableLists(["a", "b", "a,b", "a*", "ab"], groups: [])
    #expect(try odd.names(in: ["a,b"]) == ["a,b"])
    #expect(try odd.names(in: ["a*"]) == ["a*"])
  }

  @Test(arguments: [
    ("trst_*", "no variable matches 'trst_*'", "Did you mean 'trust_police', 'trust_nav'?"),
    ("TRUST_*", "no variable matches", "Did you mean 'trust_police', 'trust_nav'?"),
    ("*_nv", "no variable matches", "Did you mean 'trust_nav'?"),
    ("zzzzzzzz*", "no variable matches", "`vekt inspect`"),
    ("q1-q11", "no variable 'q11', where 'q1-q11' ends", "Did you mean"),
    ("q9-q1", "'q9' stands after 'q1' in the file", "Write q1-q9."),
    ("q1,,q2", "has an empty name", "a,b,c"),
  ])
  func `what matches nothing is an error with the nearest names`(
    _ text: String, _ problem: String, _ remedy: String
  ) {
    let error = #expect(throws: SurveyError.self) { try lists.names(in: [text]) }
    #expect(error?.problem.contains(problem) == true, "\(String(describing: error))")
    #expect(error?.remedy?.contains(remedy) == true, "\(String(describing: error))")
  }
}
