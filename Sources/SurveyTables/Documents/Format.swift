internal import SurveyData

/// The formats in which a document can be written.
public enum Format: String, CaseIterable, Sendable {
  /// For a terminal: aligned columns in a monospaced face.
  case text
  /// The first records as comma-separated values.
  case csv
  /// The whole document as one object.
  case json
  /// One self-contained page.
  case html
  /// Pipe tables.
  case markdown
  /// Tables for the packages booktabs, threeparttable and siunitx.
  case latex
  /// The first records as a JSON-stat 2.0 dataset.
  case jsonStat = "json-stat"
  /// A Jupyter notebook with its outputs; only notebooks can be written so.
  case ipynb
  /// The charts as one drawing.
  case svg
  /// The charts as a picture of dots.
  case png
  /// The charts as a page.
  case pdf
  /// A workbook.
  case xlsx
  /// A Word file.
  case docx

  /// The format that the ending of a file name asks for, in any case of letters; nil when unknown.
  public init?(pathEnding path: String) {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: ".") else { return nil }
    switch name[name.index(after: dot)...].lowercased() {
    case "txt", "text": self = .text
    case "csv": self = .csv
    case "json": self = .json
    case "html", "htm": self = .html
    case "md", "markdown": self = .markdown
    case "tex", "latex": self = .latex
    case "svg": self = .svg
    case "ipynb": self = .ipynb
    case "xlsx": self = .xlsx
    case "docx": self = .docx
    case "png": self = .png
    case "pdf": self = .pdf
    default: return nil
    }
  }

  /// Whether the format shows charts, and nothing else of a document.
  public var isPicture: Bool { [.svg, .png, .pdf].contains(self) }

  /// Whether the format shows charts as pictures that an outside program makes.
  public var holdsPictures: Bool { [.png, .pdf, .docx].contains(self) }

  /// Whether the format shows charts.
  public var showsCharts: Bool { isPicture || [.html, .docx, .xlsx].contains(self) }

  /// The format of a file that is to be written.
  /// - Throws: ``SurveyError`` of kind usage when the ending of its name says nothing.
  public init(of path: String) throws {
    guard let format = Format(pathEnding: path) else {
      throw SurveyError(
        .usage, at: path, "the ending does not say which format to write",
        remedy: "Add --format text, csv, json, html, markdown or latex.")
    }
    self = format
  }
}
