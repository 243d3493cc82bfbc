public import SurveyData

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

extension Chart {
  /// What must be known of pictures: the family that words are set in, where it is not the one that their
  /// widths were reckoned with.
  public static var pictureNotes: [Note] {
    guard let family = PictureProgram.family, family != SVGDrawing.reckonedFamily else { return [] }
    return [
      Note(
        .information, id: "picture.font",
        "the words of the picture are set in \(family), and room was reckoned for "
          + "\(SVGDrawing.reckonedFamily) (Debian: fonts-dejavu-core)",
        naming: [family, SVGDrawing.reckonedFamily])
    ]
  }

  /// The chart as a picture with dots, in light colours, and its size in units of the drawing; nil where
  /// `rsvg-convert` makes none.
  package func picture(_ style: Style) -> (png: [UInt8], width: Double, height: Double)? {
    let drawing = svg(style)
    let size = SVGDrawing.size(of: drawing)
    let png = try? PictureProgram.picture(of: drawing, as: .png, zoom: Double(style.dpi) / 96)
    return png.map { ($0, size.width, size.height) }
  }
}
