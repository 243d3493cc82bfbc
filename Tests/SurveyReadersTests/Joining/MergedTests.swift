import SurveyData
import SurveyReaders
import Testing

/// Cases worked by hand after dplyr's `left_join(relationship = …)` and Stata's `merge`.
@Suite struct MergedTests {
  private let folder: JoiningFolder

  init() throws { folder = try JoiningFolder() }

  private func merged(
    _ a: String, _ b: String, on keys: [String] = ["k"], _ kind: MergeKind, prefix: String = ""
  ) throws -> Merged {
    try Merged(
      folder.dataset("a", a), with: folder.dataset("b", b), on: keys.map { ($0, $0) }, kind: kind,
      prefix: prefix)
  }

  private func problem(
    _ a: String, _ b: String, on keys: [String] = ["k"], _ kind: MergeKind
  ) -> String {
    do {
      _ = try merged(a, b, on: keys, kind)
      return ""
    } catch {
      return "\(error)".replacing(folder.folder.path + "/", with: "")
    }
  }

  @Test func `households stand beside persons, in the order of persons`() throws {
    let merged = try merged(
      "k,x\n2,1\n1,2\n2,3\n9,4\n,5\n", "k,y\n1,10\n2,20\n3,30\n", .manyToOne, prefix: "hh_")
    #expect(
      try folder.lines(merged.dataset) == ["k,x,hh_y", "2,1,20", "1,2,10", "2,3,20", "9,4,", ",5,"])
    let sentence = merged.notes.texts("merge.rows")[0]
    #expect(
      sentence.contains("3 matched; 2 without a partner (hh_* are missing there: system); 1 row of")
    )
    #expect(merged.notes.texts("merge.keys-missing").count == 1)
    let column = try merged.dataset.categorical("hh_y")
    #expect(column.missingCode(at: column.positions[3]) == .system)
  }

  @Test func `one beside one, and many beside one`() throws {
    #expect(
      try folder.lines(merged("k,x\n2,a\n1,b\n", "y,k\nd,1\nc,2\n", .oneToOne).dataset)
        == ["k,x,y", "2,a,c", "1,b,d"])
    let many = try merged("k,x\n2,a\n1,b\n3,c\n", "k,y\n1,e\n2,f\n1,g\n", .oneToMany)
    #expect(
      try folder.lines(many.dataset) == ["k,x,y", "2,a,f", "1,b,e", "1,b,g", "3,c,"])
    #expect(many.notes.texts("merge.rows-made") == ["the result has 4 rows"])
  }

  @Test func `keys of two columns match where both do`() throws {
    let merged = try merged(
      "r,p,x\n1,1,a\n1,2,b\n2,1,c\n", "p,r,y\n1,2,u\n2,1,v\n", on: ["r", "p"], .oneToOne)
    #expect(try folder.lines(merged.dataset) == ["r,p,x,y", "1,1,a,", "1,2,b,v", "2,1,c,u"])
  }

  @Test func `the key may have another name in the second file`() throws {
    let merged = try Merged(
      folder.dataset("a", "id,x\n1,2\n"), with: folder.dataset("b", "person,x\n1,3\n"),
      on: [("id", "person")], kind: .oneToOne, prefix: "b_")
    #expect(try folder.lines(merged.dataset) == ["id,x,b_x", "1,2,3"])
  }

  @Test func `a key that repeats where it may not is an error with three examples`() {
    let (many, one) = ("k,y\n1,1\n2,2\n1,3\n2,4\n3,5\n3,6\n4,7\n4,8\n", "k,x\n1,1\n2,1\n")
    let problem = problem(one, many, .manyToOne)
    #expect(
      problem.contains(
        "b.csv: 4 keys of 'k' stand in several rows, but with --kind m:1 each has one row here: "
          + "1 (rows 1, 3), 2 (rows 2, 4), 3 (rows 5, 6) and so on"))
    #expect(problem.contains("say --kind 1:m"))
    #expect(self.problem(many, one, .oneToOne).contains("a.csv: 4 keys"))
    #expect(self.problem(many, one, .oneToMany).contains("a.csv: 4 keys"))
    #expect(self.problem(many, many, .manyToOne).contains("many-to-many has no meaning"))
    #expect(self.problem("k,x\n,1\n,2\n", "k,y\n1,2\n", .oneToOne) == "", "a missing key is no key")
  }

  @Test func `keys of other kinds are an error with the remedy`() {
    let problem = problem("k\n0301\n5001\n", "k,y\n301,1\n", .manyToOne)
    #expect(problem.contains("k: is text in a.csv (\"0301\"), and a number in b.csv (301)"))
    #expect(problem.contains("`type: text`"))
    #expect(self.problem("k\n1\n", "j\n1\n", .manyToOne).contains("no variable 'k' to match by"))
  }

  @Test func `names that both files have need a prefix`() throws {
    let (a, b) = ("k,x\n1,2\n", "k,x\n1,3\n")
    #expect(problem(a, b, .oneToOne).contains("'x' is in a.csv too"))
    #expect(
      try folder.lines(merged(a, b, .oneToOne, prefix: "b_").dataset) == ["k,x,b_x", "1,2,3"])
  }

  @Test func `files without rows and keys that never meet`() throws {
    #expect(try folder.lines(merged("k,x\n", "k,y\n1,2\n", .oneToOne).dataset) == ["k,x,y"])
    #expect(
      try folder.lines(merged("k,x\n1,2\n", "k,y\n", .oneToOne).dataset) == ["k,x,y", "1,2,"])
    let none = try merged("k,x\n1,2\n", "k,y\n7,2\n", .oneToOne)
    #expect(none.notes.texts("merge.no-match").count == 1)
    #expect(none.notes.texts("merge.no-match")[0].contains("the first keys are 1 and 7"))
  }

  @Test func `long identifiers match by every digit`() throws {
    let merged = try merged(
      "k\n12345678901234567\n12345678901234568\n", "k,y\n12345678901234568,1\n", .oneToOne)
    #expect(
      try folder.lines(merged.dataset) == ["k,y", "12345678901234567,", "12345678901234568,1"])
  }

  @Test func `what was cut apart and merged is what it was`() throws {
    let whole = "k,x,t,y\n3,1,a,1.5\n1,2,,2.5\n2,,b,\n"
    let merged = try merged("k,x,t\n3,1,a\n1,2,\n2,,b\n", "y,k\n2.5,1\n,2\n1.5,3\n", .oneToOne)
    #expect(try folder.lines(merged.dataset).joined(separator: "\n") + "\n" == whole)
  }

  @Test func `weight, design and identifiers are the first file's`() throws {
    let persons = try folder.dataset(
      "a", "id,k,w\n1,1,2\n2,1,3\n",
      "variables: {id: {role: id}, k: {}, w: {}}\nweights: {w: {var: w}}\ndesign: {psu: k}")
    let households = try folder.dataset(
      "b", "k,v,q\n1,7,1\n",
      """
      variables: {k: {role: id}, v: {}, q: {codes: {1: "Yes"}, universe: {where: v > 1, en: Some}}}
      weights: {v: {var: v}}
      groups: {g: {of: [q, k]}}
      """)
    let book = try Merged(
      persons, with: households, on: [("k", "k")], kind: .manyToOne, prefix: "hh_"
    ).dataset.codebook
    #expect(book.defaultWeight?.name == "w" && book.weights.map(\.name) == ["w", "hh_v"])
    #expect(book.design == .declared(DesignDeclaration(psu: ["k"])))
    #expect(book.groups.map(\.members) == [["hh_q"]] && book.groups.map(\.name) == ["hh_g"])
    #expect(book.variable(named: "hh_q")?.universe?.condition == nil)
    #expect(book.variable(named: "hh_q")?.universe?.label.text(in: "en") == "Some")
    #expect(book.variable(named: "hh_q")?.categories.map { $0.name(in: "en") } == ["Yes"])
    #expect(book.variable(named: "id")?.role == .id)
  }
}
