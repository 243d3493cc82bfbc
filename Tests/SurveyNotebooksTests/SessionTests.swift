import SurveyData
import Testing

@testable import SurveyNotebooks

struct SessionTests {
  @Test(arguments: [
    ("tabulate trust", 7),
    ("where group == 'a'\ntabulate trust", 3),
    ("where \"group == 'a'\"\ntabulate trust", 3),
    ("where group == 'a'\nwhere age > 20\ntabulate trust", 2),
    ("where age < 35 or age > 75\ntabulate trust --where \"group == 'b'\"", 1),
    ("where age < 35 or age > 75\ntabulate trust --where=\"group == 'b'\"", 1),
    ("where group == 'a'\nwhere all\ntabulate trust", 7),
    ("where group == 'a'\nwhere\ntabulate trust", 7),
    ("where group == 'a'\nuse d.csv\ntabulate trust", 7),
    ("derive old = labels(age > 45, 0 'Young', 1 'Old')\nwhere old\ntabulate tru*", 4),
    ("derive old = age > 45\nwhere old\ntabulate trust", 4),
    ("derive 'old = age > 45'\nderive older = old and age > 75\nwhere older\ntabulate trust", 1),
  ])
  func `conditions and derived variables hold for the lines after`(
    cell: String, count: Int
  ) throws {
    let notebook = try SmallNotebook(cell: "use d.csv\n\(cell)")
    defer { notebook.delete() }
    #expect(try notebook.report().lastRows == [[count]])
  }

  @Test(arguments: [
    ("use d.csv --level 0.9\ntabulate trust --level 0.95", nil),
    ("use d.csv\nwhere group == 'a'\ntabulate trust --where 'age > 20' --where \"age < 90\"", nil),
    ("use d.csv --level 0.9 --level 0.95\ntabulate trust", "--level is given twice"),
    ("use d.csv\ntabulate trust --level 0.9 --level 0.95", "--level is given twice"),
  ])
  func `a cell's own option goes before that of use; twice in one line is a fault`(
    cell: String, fault: String?
  ) throws {
    let notebook = try SmallNotebook(cell: cell)
    defer { notebook.delete() }
    do {
      _ = try notebook.report()
      #expect(fault == nil)
    } catch let error as SurveyError {
      #expect(error.problem.contains(fault ?? "no fault"), "\(error)")
    }
  }

  @Test(arguments: [
    (
      "size proportion --share 0.5 --margin 0.05",
      "use d.csv\nsize proportion --share 0.5 --margin 0.05"
    ),
    (
      "use d.csv\nwhere age > 20\nsize mean age --margin 5",
      "use d.csv\nsize --margin 5 mean age --where 'age > 20'"
    ),
    (
      "use d.csv --level 0.9\nsize mean age --margin 5",
      "use d.csv\nsize mean age --margin 5 --level 0.9"
    ),
  ])
  func `a plan takes its numbers from the data in use, or needs none`(
    cell: String, same: String
  ) throws {
    func rows(_ cell: String) throws -> String {
      let notebook = try SmallNotebook(cell: cell)
      defer { notebook.delete() }
      return try notebook.report().files.map {
        String(decoding: $0.records.csv(), as: UTF8.self)
      }.joined()
    }
    let found = try rows(cell)
    #expect(try !found.isEmpty && found == rows(same))
  }

  @Test func `a plan of the data's variables needs data`() throws {
    let notebook = try SmallNotebook(cell: "size mean age --margin 5")
    defer { notebook.delete() }
    #expect {
      _ = try notebook.report()
    } throws: { "\($0)".contains("no data have been chosen yet") }
  }

  @Test func `a condition of use goes with its data`() throws {
    let notebook = try SmallNotebook(
      cell: "use d.csv --where \"group == 'a'\"\ntabulate trust\nwhere all\ntabulate trust")
    defer { notebook.delete() }
    #expect(try notebook.report().lastRows == [[3], [7]])
  }

  @Test func `options of use go to the verbs that know them`() throws {
    let notebook = try SmallNotebook(
      cell: "use d.csv --strata group --language nb --codebook d.codebook.yaml\n"
        + "inspect\ntabulate trust\ntabulate trust --language en")
    defer { notebook.delete() }
    let languages = try notebook.report().results.compactMap { result in
      if case .table(_, _, _, let language) = result { language } else { nil }
    }
    #expect(languages == ["nb", "nb", "en"])
  }

  @Test(arguments: [
    (
      "tabulate trust",
      "n.md:4: no data have been chosen yet\n      Begin with: use FILE --codebook CODEBOOK"
    ),
    ("use", "n.md:4: 'use' names no file\n      Write: use FILE --codebook CODEBOOK"),
    ("use x.csv", "n.md:4: x.csv: cannot be opened: No such file or directory"),
    (
      "use d.csv --strta group",
      "n.md:4: Unknown option '--strta'. Did you mean '--strata'?\n      Write: use FILE --codebook CODEBOOK"
    ),
    ("use d.csv\ntabulte trust", "n.md:5: no verb 'tabulte'\n      Did you mean 'tabulate'?"),
    ("use d.csv\nwere age > 3", "n.md:5: no verb 'were'\n      Did you mean 'where'?"),
    (
      "use d.csv\nparadox gaap a b",
      "n.md:5: 'paradox' has no part 'gaap'\n      Did you mean 'gap'?"
    ),
    (
      "use d.csv\ncodebook",
      "n.md:5: 'codebook' does not say which of its parts\n      There are new, check, show, export, diff."
    ),
    (
      "use d.csv\n\ntabulate trst",
      "n.md:6: d.csv: no variable 'trst'\n      Did you mean 'trust'?"
    ),
    ("use d.csv\ntabulate trust --bye x", "n.md:5: Unknown option '--bye'. Did you mean '--by'?"),
    (
      "use d.csv\nwhere agee > 3",
      "n.md:5: no variable 'agee'\n      agee > 3\n      ^\n      Did you mean 'age'?"
    ),
    ("use d.csv\nderive", "n.md:5: 'derive' says nothing\n      Write: derive NAME = EXPRESSION"),
    (
      "use d.csv\nderive trust = age",
      "n.md:5: trust: there is such a variable already\n      Give the derived variable another name."
    ),
    (
      "use d.csv\nwhere age > 30\ninspect",
      "n.md:6: 'inspect' looks at all rows, but 'where age > 30' holds\n      Write a line 'where all' before it."
    ),
    (
      "use d.csv\nconvert out.sav",
      "n.md:5: 'convert' has no place in a cell\n      It writes a file: call it from the shell."
    ),
    (
      "use d.csv\ntabulate trust --format csv",
      "n.md:5: '--format' is of a file, and the cell writes none\n      Add --output FILE, or leave it out: what a cell shows has all formats."
    ),
    (
      "use d.csv\ntabulate trust --output x",
      "n.md:5: x: the ending does not say which format to write\n      Add --format text, csv, json, html, markdown or latex."
    ),
  ])
  func `a faulty line stops the run with its place`(cell: String, message: String) throws {
    let notebook = try SmallNotebook(cell: cell)
    defer { notebook.delete() }
    #expect(notebook.fault() == message)
  }

  @Test func `the kind of an error stays`() throws {
    let notebook = try SmallNotebook(cell: "use x.csv")
    defer { notebook.delete() }
    let error = #expect(throws: SurveyError.self) { try notebook.report() }
    #expect(error?.kind == .input)
  }

  @Test(arguments: [
    ("help", "A cell holds commands, a line each:\n  use "),
    ("help tabulate", "In a cell leave out `vekt` and the file."),
    ("tabulate --help", "In a cell leave out `vekt` and the file."),
    ("vekt tabulate trust -h", "In a cell leave out `vekt` and the file."),
    ("paradox --help", "A cell holds commands, a line each:\n  paradox gap"),
    ("help where", "where CONDITION"), ("chart tabulate --help", "In a cell leave out"),
  ])
  func `help is given where it is asked for`(cell: String, start: String) throws {
    var session = NotebookSession(folder: "")
    let command = try #require(try Cell([cell], after: 0, path: "n").commands.first)
    guard case .text(let text)? = try session.perform(command)?.result else {
      Issue.record("no text")
      return
    }
    #expect(text.hasPrefix(start), "\(text)")
  }

  @Test(arguments: [
    ("vekt tabulate trust", 7), ("vekt where group == 'a'\ntabulate trust", 3),
    ("vekt derive old = age > 45\nvekt where old\nvekt tabulate trust", 4),
  ])
  func `a command may begin as in the shell`(cell: String, count: Int) throws {
    let notebook = try SmallNotebook(cell: "use d.csv\n\(cell)")
    defer { notebook.delete() }
    #expect(try notebook.report().lastRows == [[count]])
  }

  @Test func `a cell says how its chart looks, with colours from a file beside the notebook`()
    throws
  {
    let notebook = try SmallNotebook(
      cell: """
        use d.csv
        chart tabulate trust --by group --size half --colors ours.txt --title 'Trust by {group}'
        tabulate trust --by group --hide n --colors grey
        """)
    defer { notebook.delete() }
    try "#7a0019\n".write(
      to: notebook.folder.appending(path: "ours.txt"), atomically: true, encoding: .utf8)
    let drawn = try notebook.report().figures.map { $0.chart.svg() }
    #expect(drawn[0].contains("width=\"350\"") && drawn[0].contains("#7a0019"))
    #expect(drawn[0].contains("Trust by group</text>") && drawn[1].contains("#1f2328"))
  }

  @Test(arguments: [
    ("tabulate trust --output t.xlsx", ["t.xlsx"], "PK"),
    ("tabulate trust --by group --test --output=t.csv", ["t.csv", "t.tests.csv"], "variable,"),
    ("tabulate trust --output t.csv --decimal-comma", ["t.csv"], "\u{FEFF}variable;"),
    ("tabulate trust --output t --format json", ["t"], "{"),
    ("chart tabulate trust --by group --output c.svg", ["c.svg"], "<svg "),
    ("tabulate trust --emit r --output t.R", ["t.R"], "#"),
  ])
  func `a cell writes the file that it names, and says so`(
    command: String, names: [String], start: String
  ) throws {
    let notebook = try SmallNotebook(cell: "use d.csv --language nb\n\(command)")
    defer { notebook.delete() }
    let report = try notebook.report()
    #expect(report.written.map(\.path) == names.map { "\(notebook.folder.path)/\($0)" })
    let bytes = try #require(report.written.first?.bytes)
    #expect(String(decoding: bytes.prefix(100), as: UTF8.self).hasPrefix(start))
    guard case .text(let text)? = report.results.first else {
      Issue.record("nothing is said")
      return
    }
    #expect(text == names.map { "\($0): skrevet\n" }.joined())
    #expect(report.tableCount == 0 && report.figureCount == 0)
  }

  @Test func `what is written beside a file is told as the notebook calls it`() throws {
    let notebook = try SmallNotebook(
      cell: "use d.csv\ntabulate trust --by group --test --output t.csv")
    defer { notebook.delete() }
    let notes = try notebook.report().results.compactMap { result in
      if case .notes(let notes, _) = result { notes } else { nil }
    }
    #expect(notes.joined().contains("note: tests are in t.tests.csv"), "\(notes)")
  }

  @Test func `a chart is drawn in a cell as in the shell`() throws {
    let notebook = try SmallNotebook(cell: "use d.csv\nchart tabulate trust --by group")
    defer { notebook.delete() }
    #expect(try notebook.report().figures.count == 1)
  }

  @Test(arguments: [
    (
      #"{"cell_type": "code", "source": 5}"#,
      "has a 'source' that is neither text nor a list of lines"
    ),
    (#"{"cell_type": "code", "source": ["use d.csv", 5]}"#, "has a 'source' that is neither"),
    (#""use d.csv""#, "is no cell, but a text"), ("[]", "is no cell, but a list"),
    (#"{"source": "use d.csv"}"#, "has no 'cell_type'"),
    (#"{"cell_type": "code"}"#, "has no 'source'"),
    (#"{"cell_type": "music", "source": ""}"#, "is of the unknown type 'music'"),
  ])
  func `a malformed cell is a fault with its place`(cell: String, problem: String) throws {
    let text = #"{"cells": [{"cell_type": "raw", "source": ""}, \#(cell)], "nbformat": 4}"#
    let notebook = try JupyterNotebook(text, path: "n.ipynb")
    let error = try #require(throws: SurveyError.self) { try notebook.contents() }
    #expect(error.kind == .data)
    #expect(error.place == "n.ipynb, cell 2")
    #expect(error.problem.hasPrefix(problem), "\(error)")
  }
}
