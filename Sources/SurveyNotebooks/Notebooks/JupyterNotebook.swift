internal import SurveyCommands
internal import SurveyData

/// A Jupyter notebook, format 4: its JSON, whose cells are read and whose outputs are written back.
struct JupyterNotebook {
  /// The file as it is.
  let json: JSONValue
  private let path: String

  /// Reads a notebook.
  /// - Throws: ``SurveyError`` of kind data for what is not JSON, another format, or another kernel.
  init(_ text: String, path: String) throws {
    self.path = path
    json = try JSONParser.value(of: text, name: path)
    guard json["cells"]?.elements != nil, case .number("4")? = json["nbformat"] else {
      throw SurveyError(
        .data, at: path, "is not a Jupyter notebook of format 4",
        remedy: "Open it in Jupyter and save it again.")
    }
    let kernel = json["metadata"]?["kernelspec"]
    if let name = kernel?["name"]?.string, name != "vekt", kernel?["language"]?.string != "vekt" {
      throw SurveyError(
        .data, at: path,
        "is a notebook of the kernel '\(kernel?["display_name"]?.string ?? name)', not of Vekt",
        remedy: "Choose the kernel Vekt in Jupyter, or set kernelspec.name to vekt.")
    }
  }

  /// A notebook with the cells of a Markdown one.
  init(_ notebook: Notebook) {
    path = notebook.path
    let cells = notebook.chunks.map { chunk -> JSONValue in
      switch chunk {
      case .prose(let text):
        .members([
          "cell_type": .text("markdown"), "metadata": .object([]),
          "source": JSONValue(lines: text.trimmedLines),
        ])
      case .cell(let cell):
        .members([
          "cell_type": .text("code"), "execution_count": .null, "metadata": .object([]),
          "outputs": .list([]), "source": JSONValue(lines: cell.source),
        ])
      }
    }
    json = .members([
      "cells": .list(cells),
      "metadata": .members([
        "kernelspec": .members([
          "display_name": .text("Vekt"), "language": .text("vekt"), "name": .text("vekt"),
        ]),
        "language_info": .members(["file_extension": .text(".vekt"), "name": .text("vekt")]),
      ]), "nbformat": .number("4"), "nbformat_minor": .number("4"),
    ])
  }

  /// The prose and the cells in order, as they are shown and as they were written.
  /// - Throws: ``SurveyError`` with the number of the faulty cell.
  func contents() throws -> (parts: [Notebook.Part], chunks: [Notebook.Chunk]) {
    var parts: [Notebook.Part] = []
    var chunks: [Notebook.Chunk] = []
    for (number, json) in (json["cells"]?.elements ?? []).enumerated() {
      let place = "\(path), cell \(number + 1)"
      let kind = json["cell_type"]?.string
      guard let kind, ["code", "markdown", "raw"].contains(kind), let source = json["source"]?.lines
      else { throw Self.malformed(json, at: place) }
      if kind == "code" {
        let lines = source.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let cell = try Cell(lines, after: 0, path: place)
        parts.append(.cell(cell))
        chunks.append(.cell(cell))
      } else if kind == "markdown" {
        parts += try MarkdownParser.blocks(of: source, name: place).map { .prose($0) }
        chunks.append(.prose(source))
      }
    }
    return (parts, chunks)
  }

  /// The fault of what stands in a cell's place and is none.
  private static func malformed(_ cell: JSONValue, at place: String) -> SurveyError {
    let problem =
      switch cell {
      case .object where cell["cell_type"]?.string == nil: "has no 'cell_type'"
      case .object where !["code", "markdown", "raw"].contains(cell["cell_type"]?.string):
        "is of the unknown type '\(cell["cell_type"]?.string ?? "")'"
      case .object where cell["source"] == nil: "has no 'source'"
      case .object: "has a 'source' that is neither text nor a list of lines"
      default: "is no cell, but \(cell.kindName)"
      }
    return SurveyError(
      .data, at: place, problem, remedy: "Open the notebook in Jupyter and save it again.")
  }
}

extension String {
  /// The text without blank lines at its ends.
  fileprivate var trimmedLines: String {
    let isBlank: (Character) -> Bool = { $0.isWhitespace }
    return String(drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  }
}
