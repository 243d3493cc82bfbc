internal import SurveyData

extension Workbook {
  /// Adds charts as pictures below each other, or a line for each where no program makes pictures.
  ///
  /// - Returns: The next row that is free.
  func write(_ charts: [Chart], to sheet: Sheet, at top: Int) throws -> Int {
    var line = top
    for chart in charts {
      guard PictureProgram.isInstalled else {
        sheet.write(Phrase.pictureMissing(chart.title).text(in: style.language), line, 0)
        line += 2
        continue
      }
      pictures += 1
      let svg = chart.svg(style, id: "chart-\(pictures)")
      let png = try PictureProgram.picture(of: svg, as: .png, zoom: 2)
      sheet.insert(
        png, zoom: 2, description: "\(chart.title). \(chart.description(style))", line, 0)
      // A row is 20 dots high, as the drawing counts them.
      line += Int(SVGDrawing.size(of: svg).height / 20) + 3
    }
    return line
  }
}
