import Testing

@testable import SurveyNotebooks

@Suite("Completion and inspection in cells")
struct CompletionTests {
  /// Completes at `|`.
  private func completion(_ marked: String, using line: String? = "use d.csv") throws -> Completion
  {
    let notebook = try SmallNotebook()
    defer { notebook.delete() }
    var session = NotebookSession(folder: notebook.folder.path)
    if let line { try perform(line, in: &session) }
    let parts = marked.split(separator: "|", omittingEmptySubsequences: false)
    return Completion(
      String(parts.joined()), cursor: parts[0].unicodeScalars.count, in: session)
  }

  private func perform(_ code: String, in session: inout NotebookSession) throws {
    for command in try Cell(code: code).commands { _ = try session.perform(command) }
  }

  @Test(arguments: [
    ("tab|", ["tabulate"], 0), ("|use d.csv", VerbManual.all.map { $0.words[0] }, 0),
    ("use d.csv\ncod|", ["codebook"], 10), ("paradox g|", ["gap", "gradient"], 8),
    ("codebook |", ["new", "check", "show", "export", "diff"], 9),
    ("size |", ["proportion", "mean", "difference", "gap"], 5), ("size g|", ["gap"], 5),
    ("size mean a|", ["age"], 10), ("tabulate t|", ["trust"], 9),
    ("tabulate trust,|", ["w", "group", "trust", "age"], 15),
    ("tabulate TR|", ["trust"], 9), ("tabulate trust --by g|", ["group"], 20),
    ("tabulate trust --by age,g|", ["group"], 24), ("tabulate trust --by=g|", ["group"], 20),
    ("tabulate trust --percen|", ["--percentages", "--percent"], 15),
    ("tabulate trust --percentages |", ["row", "column", "total"], 29),
    ("tabulate trust --percentages=c|", ["column"], 29),
    ("tabulate trust --language |", ["en", "nb", "nn"], 26),
    ("tabulate trust --outp|", ["--output"], 15),
    ("tabulate trust --level |", [], 23),
    ("tabulate trust --weights |", ["w", "group", "trust", "age"], 25),
    ("where tr|", ["trust"], 6), ("where group == |", ["'a'", "'b'"], 15),
    ("where group == 'b|", ["'b'"], 15), ("where group == Al|", ["'a'"], 15),
    ("where trust == |", ["1", "2"], 15), ("where trust==H|", ["2"], 13),
    ("where trust in (1, |", ["1", "2"], 19), ("where trust not in (|", ["1", "2"], 20),
    ("where \"group == 'a|\"", ["'a'"], 16), ("where 'group == |'", ["\"a\"", "\"b\""], 16),
    ("where age > 20 and g|", ["group"], 19), ("where a|", ["age", "all"], 6),
    ("tabulate trust --where \"group != |", ["'a'", "'b'"], 33),
    ("derive old = ag|", ["age"], 13), ("model 'trust ~ ag|", ["age"], 15),
    ("model 'trust == 1 ~ age + g|", ["group"], 26),
    ("tabulate trust \\\n  --by g|", ["group"], 24),
    ("# tab|", [], 5), ("where group == 'a' # t|", [], 22), ("nonsense t|", [], 9),
    ("# æøå 😀\ntab|", ["tabulate"], 8), ("use d|", ["d.csv"], 4), ("use 'd|", ["'d.csv'"], 4),
    ("use d.csv --codebook |", ["d.codebook.yaml"], 21), ("convert|", [], 0),
  ])
  func `what may stand at a cursor is offered, and where it goes`(
    marked: String, matches: [String], start: Int
  ) throws {
    let completion = try completion(marked)
    var seen: Set<String> = []
    let wanted = matches.filter { seen.insert($0).inserted }
    #expect(completion.matches.map(\.text) == wanted)
    if !wanted.isEmpty { #expect(completion.start == start) }
    #expect(
      completion.end == (marked.firstIndex(of: "|").map { marked[..<$0].unicodeScalars.count }))
  }

  @Test func `what is offered comes with its meaning`() throws {
    #expect(
      try completion("where trust == ").matches == [
        .init(text: "1", kind: "code", meaning: "Low"),
        .init(text: "2", kind: "code", meaning: "High"),
      ])
    #expect(try completion("tabulate tr").matches.first?.meaning == "Trust")
    let types = try completion("tabulate tr").reply["metadata"]?["_jupyter_types_experimental"]
    #expect(types?.elements?.first?["type"] == .text("variable"))
  }

  @Test func `derived variables are offered, and codes that only the data know`() throws {
    #expect(
      try completion("tabulate o|", using: "use d.csv\nderive old = age > 45").matches.map(\.text)
        == ["old"])
    #expect(
      try completion("where age in (2|", using: "use d.csv").matches.map(\.text) == ["20", "25"])
  }

  @Test func `without data verbs and files are offered, and nothing fails`() throws {
    #expect(try completion("tabulate |", using: nil).matches.isEmpty)
    #expect(try completion("where group == |", using: nil).matches.isEmpty)
    #expect(try completion("summ|", using: nil).matches.map(\.text) == ["summarize"])
  }

  @Test func `every verb of a cell has help and a summary`() {
    for verb in VerbManual.all {
      #expect(!verb.summary.isEmpty && !verb.help.isEmpty, "\(verb.name)")
    }
    let tabulate = VerbManual.verb(of: ["tabulate", "trust"])
    #expect(tabulate?.option("--by")?.valueName == "names")
    #expect(tabulate?.option("--test")?.valueName == nil)
    #expect(tabulate?.option("--output")?.isFile == true)
    #expect(VerbManual.all.allSatisfy { $0.name != "convert" })
  }

  /// Explains at `|`.
  private func inspection(_ marked: String) throws -> Inspection {
    let notebook = try SmallNotebook()
    defer { notebook.delete() }
    var session = NotebookSession(folder: notebook.folder.path)
    try perform("use d.csv\nwhere age > 30", in: &session)
    let parts = marked.split(separator: "|", omittingEmptySubsequences: false)
    return Inspection(
      String(parts.joined()), cursor: parts[0].unicodeScalars.count, in: session)
  }

  @Test(arguments: [
    "tabulate tr|ust", "tabulate |trust", "tabulate trust|", "where 'trust| == 1'", "trust|",
  ])
  func `a variable is explained by its label, codes, counts and missing answers`(
    marked: String
  ) throws {
    let inspection = try inspection(marked)
    for words in ["trust: Trust", "Low", "High", "Refused", "integer"] {
      #expect(inspection.text.localizedContains(words), "\(words) in \(inspection.text)")
    }
    #expect(inspection.html?.contains("<table") == true)
    #expect(inspection.reply["found"] == .flag(true))
  }

  @Test(arguments: [
    ("tabul|ate trust", "Weighted distribution of categorical variables"),
    ("tabulate trust --b|y group", "Group variables, crossed with each other."),
    ("tabulate trust --percentages|", "Values: row, column, total."),
    ("paradox g|ap a b", "vekt paradox gap"), ("parad|ox", "paradox gap: "),
    ("whe|re", "where CONDITION"), ("us|e d.csv", "Choose the data"),
  ])
  func `a verb and an option are explained by their help`(marked: String, words: String) throws {
    let text = try inspection(marked).text
    #expect(text.contains(words), "\(text)")
  }

  @Test(arguments: ["zzz|", "|", "# trust|", "tabulate 5|"])
  func `what is not known is not found`(marked: String) throws {
    let inspection = try inspection(marked)
    if marked != "tabulate 5|" { #expect(inspection.reply["found"] == .flag(false)) }
  }
}

extension String {
  fileprivate func localizedContains(_ other: String) -> Bool {
    lowercased().contains(other.lowercased())
  }
}
