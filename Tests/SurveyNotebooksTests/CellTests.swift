import SurveyData
import Testing

@testable import SurveyNotebooks

struct CellTests {
  private func commands(_ text: String) throws -> [Cell.Command] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return try Cell(lines, after: 10, path: "n.md").commands
  }

  @Test(arguments: [
    ("tabulate trust --by origin", ["tabulate", "trust", "--by", "origin"]),
    ("  tabulate\ttrust  ", ["tabulate", "trust"]),
    ("model 'a ~ b * c'", ["model", "a ~ b * c"]),
    (#"model "x == \"y\" ~ z""#, ["model", #"x == "y" ~ z"#]),
    (#"a'b c'd"#, ["ab cd"]),
    (#"a\ b \'"#, ["a b", "'"]),
    ("a '' b", ["a", "", "b"]),
    ("a # the rest", ["a"]),
    ("a b#c '# d'", ["a", "b#c", "# d"]),
    ("# only this", nil),
    ("", nil),
  ])
  func `words are parted as a shell parts them`(text: String, words: [String]?) throws {
    #expect(try commands(text).first?.words == words)
  }

  @Test func `each command knows the line on which it begins`() throws {
    let found = try commands(
      """
      use a.csv

      tabulate a \\
        --by b   # why
      # tabulate c
      summarize d
      """)
    #expect(found.map(\.line) == [11, 13, 16])
    #expect(
      found.map(\.words) == [
        ["use", "a.csv"], ["tabulate", "a", "--by", "b"], ["summarize", "d"],
      ])
  }

  @Test(arguments: [
    ("where origin == 'x'  # those", "origin == 'x'"),
    ("  where  age >= 18 and \\\n  sex == 'male'", "age >= 18 and    sex == 'male'"),
    ("derive tall = height > 180", "tall = height > 180"),
    ("where", ""),
  ])
  func `a formula keeps its quotation marks`(text: String, formula: String) throws {
    #expect(try commands(text).first?.formula == formula)
  }

  @Test func `a line that ends the cell with a backslash is still a command`() throws {
    #expect(try commands("tabulate a \\").map(\.words) == [["tabulate", "a"]])
  }

  @Test func `a quotation that is never closed names its line`() {
    let error = #expect(throws: SurveyError.self) { try commands("use a\ntabulate 'b\nc'") }
    #expect(error?.description == "n.md:12: the quotation mark ' is never closed on its line")
  }

  @Test func `cells stand between fences, other code is prose`() throws {
    let notebook = try Notebook(
      markdown: """
        # Title
        ```vekt
        use a.csv
        ```
        ```swift
        let a = 1
        ```
        ~~~~ vekt
        ```
        ~~~~
        """, path: "n.md")
    let cells = notebook.parts.compactMap { if case .cell(let cell) = $0 { cell } else { nil } }
    #expect(cells.map(\.source) == ["use a.csv", "```"])
    #expect(cells.first?.commands.map(\.line) == [3])
    #expect(notebook.parts.count == 4)
    #expect(notebook.title == "Title")
  }

  @Test(arguments: [
    (
      "# T\n\n```vekt\nuse a.csv\n",
      "n.md:3: this fence is never closed\n      End the cell with a line of ```."
    ),
    (
      "text\n> ```vekt",
      "n.md:2: this fence is never closed\n      End the cell with a line of ```."
    ),
    (
      "# T\n```R\n1\n```\n",
      "n.md: there is no cell in it\n      A cell begins with a line ```vekt."
    ),
    ("", "n.md: there is no cell in it\n      A cell begins with a line ```vekt."),
  ])
  func `what is no notebook is said`(text: String, message: String) {
    let error = #expect(throws: SurveyError.self) { try Notebook(markdown: text, path: "n.md") }
    #expect(error?.description == message)
    #expect(error?.kind == .data)
  }
}
