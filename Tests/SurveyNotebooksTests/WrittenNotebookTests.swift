import Foundation
import SurveyCommands
import SurveyData
import SurveySessions
import Testing
import VektTestSupport

@testable import SurveyNotebooks

@Suite("A run writes reports and notebooks")
struct WrittenNotebookTests {
  private func run(_ notebook: SmallNotebook, _ arguments: [String] = []) throws -> Outcome {
    try Run.parse([notebook.path] + arguments).perform(in: Workspace())
  }

  private func read(_ notebook: SmallNotebook, _ name: String) throws -> String {
    try String(contentsOf: notebook.folder.appending(path: name), encoding: .utf8)
  }

  @Test func `outputs written into a Markdown notebook change nothing when it runs again`() throws {
    let notebook = try SmallNotebook(cell: "use d.csv\ntabulate trust --chart")
    defer { notebook.delete() }
    let before = try read(notebook, "n.md")
    _ = try run(notebook, ["--output", notebook.path])
    let once = try read(notebook, "n.md")
    #expect(once.hasPrefix(before.split(separator: "```vekt")[0]))
    #expect(once.contains("<!-- vekt output -->\n\n**Table 1. Trust**"))
    #expect(once.contains("](n-tables/figure-1.svg)"))
    _ = try run(notebook, ["--output", notebook.path])
    #expect(try read(notebook, "n.md") == once)
    let outcome = try run(notebook, ["--output", notebook.path, "--check"])
    #expect(outcome.remarks == ["\(notebook.path): all 3 files are as they were"])
  }

  @Test func `a notebook is as it was when only the pictures beside its drawings differ`() throws {
    func notebook(_ drawing: String, _ picture: String) -> [UInt8] {
      Array(
        """
        {"cells": [{"outputs": [{"data": {"image/svg+xml": "\(drawing)", \(picture)}}]}]}
        """.utf8)
    }
    let first = notebook("<svg", #""image/png": "iVBO""#)
    #expect(JupyterNotebook.same(first, notebook("<svg", #""text/html": "<img""#)))
    #expect(!JupyterNotebook.same(first, notebook("<svgx", #""image/png": "iVBO""#)))
  }

  @Test func `a check finds what has changed and writes nothing`() throws {
    let notebook = try SmallNotebook(cell: "use d.csv\ntabulate trust")
    defer { notebook.delete() }
    _ = try run(notebook)
    let page = notebook.folder.appending(path: "n.html")
    var html = try String(contentsOf: page, encoding: .utf8)
    html = html.replacing("Trust</span>", with: "Trst</span>")
    try html.write(to: page, atomically: true, encoding: .utf8)
    let fault = #expect(throws: SurveyError.self) { try run(notebook, ["--check"]) }
    #expect(fault?.kind == .noAnswer)
    #expect(fault?.problem.contains("1 of 3 files changed") == true)
    #expect(try String(contentsOf: page, encoding: .utf8) == html)
  }

  @Test func `a notebook becomes Jupyter's, which gives the same tables`() throws {
    let notebook = try SmallNotebook(cell: "use d.csv\ntabulate trust --by group --chart")
    defer { notebook.delete() }
    let path = notebook.folder.appending(path: "j.ipynb").path
    _ = try run(notebook, ["--output", path])
    let json = try JSONParser.value(of: read(notebook, "j.ipynb"), name: "j")
    let outputs = json["cells"]?.elements?.compactMap { $0["outputs"]?.elements }.first ?? []
    #expect(outputs.count == 2)
    #expect(outputs[0]["data"]?["text/html"]?.lines?.contains("<table") == true)
    #expect(outputs[1]["data"]?["image/svg+xml"]?.lines?.hasPrefix("<svg") == true)
    _ = try Run.parse([path]).perform(in: Workspace())
    #expect(try read(notebook, "j-tables/01-trust.csv").contains("trust,1,Low,a"))
    // Written back into itself, it stays as it is.
    let once = try read(notebook, "j.ipynb")
    _ = try Run.parse([path, "--format", "ipynb"]).perform(in: Workspace())
    #expect(try read(notebook, "j.ipynb") == once)
  }

  @Test func `a report in LaTeX holds prose, tables and figures`() throws {
    let notebook = try SmallNotebook(cell: "use d.csv\ntabulate trust --chart")
    defer { notebook.delete() }
    _ = try run(notebook, ["--output", notebook.folder.appending(path: "r.tex").path])
    let text = try read(notebook, "r.tex")
    #expect(text.contains("\\begin{threeparttable}") && text.contains("r-tables/figure-1.svg"))
    #expect(text.hasSuffix("\\end{document}\n"))
  }

  @Test(arguments: [
    ("{", "n.ipynb:1: a member has no name in quotation marks, so it is not JSON"),
    ("{\"a\": [1,\n 2", "n.ipynb:2: a bracket is never closed, so it is not JSON"),
    ("{\"a\": 01}", "n.ipynb:1: a value is missing, so it is not JSON"),
    ("[1] 2", "n.ipynb:1: something follows the end of the notebook, so it is not JSON"),
    ("\"\u{1}\"", "n.ipynb:1: a text holds a control character, so it is not JSON"),
    ("{}", "n.ipynb: is not a Jupyter notebook of format 4"),
    (
      #"{"nbformat": 4, "cells": [], "metadata": {"kernelspec": {"name": "ir", "display_name": "R"}}}"#,
      "n.ipynb: is a notebook of the kernel 'R', not of Vekt"
    ),
    (#"{"nbformat": 4, "cells": []}"#, "n.ipynb: there is no cell in it"),
    (
      #"{"nbformat": 4, "cells": [{"cell_type": "code", "source": ["tabulate x\n", "where 'a"]}]}"#,
      "n.ipynb, cell 1:2: the quotation mark ' is never closed on its line"
    ),
  ])
  func `what is no notebook of Vekt is said with its place`(text: String, message: String) {
    let fault = #expect(throws: SurveyError.self) { try Notebook(text, path: "n.ipynb") }
    #expect(fault?.description.hasPrefix(message) == true, "\(fault?.description ?? "nothing")")
  }

  @Test func `JSON is read and written as it was`() throws {
    let text = #"{"a": [1, -2.5e3, true, null], "b": {"c": "\"\\\né😀\u0001"}, "d": [], "e": {}}"#
    let value = try JSONParser.value(of: text, name: "t")
    #expect(value.compact == text)
    #expect(try JSONParser.value(of: value.written(), name: "t") == value)
    #expect(try JSONParser.value(of: #""\ud83d\ude00""#, name: "t") == .text("😀"))
  }
}
