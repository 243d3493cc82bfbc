extension Document {
  /// The charts as a picture with dots, in light colours.
  ///
  /// - Throws: ``SurveyError`` of kind usage when there are none, of kind output without
  ///   `rsvg-convert`.
  public func png(_ style: Style = Style()) throws -> [UInt8] {
    try PictureProgram.picture(of: svg(style), as: .png, zoom: Double(style.dpi) / 96)
  }

  /// The charts as a page that keeps text as text, its fonts embedded, in light colours.
  ///
  /// - Throws: As ``png(_:)``.
  public func pdf(_ style: Style = Style()) throws -> [UInt8] {
    try PictureProgram.picture(of: svg(style), as: .pdf, zoom: 1)
  }
}
