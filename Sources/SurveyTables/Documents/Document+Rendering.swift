internal import SurveyData

extension Document {
  /// The document as the bytes of a file or of standard output.
  ///
  /// CSV holds the first records only; ``Records/csv(_:numbers:)`` writes the others.
  /// - Throws: ``SurveyError`` of kind usage for a format that is not available.
  public func rendered(as format: Format, style: Style = Style()) throws -> [UInt8] {
    switch format {
    case .text: Array(text(style).utf8)
    case .csv: records.first?.csv() ?? []
    case .json: json()
    case .html: Array(try html(style).utf8)
    case .markdown: Array(markdown(style).utf8)
    case .latex: Array(latex(style).utf8)
    case .ipynb:
      throw SurveyError(
        .usage, "only a notebook is written as ipynb", remedy: "Use `vekt run NOTEBOOK`.")
    case .jsonStat: try jsonStat(style)
    case .svg: Array(try svg(style).utf8)
    case .png: try png(style)
    case .pdf: try pdf(style)
    case .xlsx: try workbook(style)
    case .docx: try word(style)
    }
  }
}
