extension Document {
  /// The document as a workbook: a sheet for each table with its chart, numbers as numbers, and a sheet of
  /// notes.
  ///
  /// Of several tables it is a book: sheets have numbers, and a sheet of contents leads to them.
  ///
  /// - Throws: As ``Book/workbook(_:)``.
  public func workbook(_ style: Style = Style()) throws -> [UInt8] {
    try Book(self).workbook(style)
  }
}
