extension Document {
  /// The document as a Word file: each table with its caption and notes, charts as pictures, and a
  /// list of the tables where there are more than three.
  ///
  /// The same document gives the same bytes.
  ///
  /// - Parameter template: The bytes of a Word file whose styles, headers, footers and page are
  ///   taken, with its path; nil means plain ones.
  /// - Throws: ``SurveyError`` of kind data for a template that is no Word file, of kind output when
  ///   there are charts and no `rsvg-convert`.
  public func word(
    _ style: Style = Style(), template: (bytes: [UInt8], path: String)? = nil
  ) throws -> [UInt8] {
    var word = try WordDocument(style, template: template)
    for (number, table) in tables.enumerated() {
      word.addTable(table)
      // A chart stands below the table that it draws, where each table has one.
      if charts.count == tables.count { try word.addChart(charts[number]) }
    }
    if charts.count != tables.count { for chart in charts { try word.addChart(chart) } }
    word.addNotes(notes)
    return word.bytes()
  }
}
