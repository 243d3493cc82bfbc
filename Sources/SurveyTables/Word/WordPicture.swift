/// A picture in a Word file: dots, and the drawing itself for programs that show it.
struct WordPicture {
  let number: Int
  let png: [UInt8]
  let svg: String
  private let description: String
  /// Width and height in units of the drawing, 96 an inch.
  private let size: (width: Double, height: Double)

  /// - Throws: As `PictureProgram.picture(of:as:zoom:)`.
  init(_ svg: String, number: Int, description: String) throws {
    self.svg = svg
    self.number = number
    self.description = description
    png = try PictureProgram.picture(of: svg, as: .png, zoom: 3)
    size = SVGDrawing.size(of: svg)
  }

  var names: (png: String, svg: String) {
    ("media/vekt-\(number).png", "media/vekt-\(number).svg")
  }
  var relations: (png: String, svg: String) { ("rIdVektPng\(number)", "rIdVektSvg\(number)") }

  /// The drawing in a run, as wide as the text at most.
  func xml(width room: Int) -> String {
    // 635 units a twentieth of a point, 9,525 a unit of the drawing.
    let most = Double(room * 635)
    let scale = min(1, most / (size.width * 9525))
    let (x, y) = (Int(size.width * 9525 * scale), Int(size.height * 9525 * scale))
    let alt = description.onOneLine.xmlEscaped
    return "<w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">"
      + "<wp:extent cx=\"\(x)\" cy=\"\(y)\"/><wp:docPr id=\"\(number)\" name=\"Figure \(number)\" "
      + "descr=\"\(alt)\"/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/>"
      + "</wp:cNvGraphicFramePr><a:graphic><a:graphicData "
      + "uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr>"
      + "<pic:cNvPr id=\"\(number)\" name=\"Figure \(number)\" descr=\"\(alt)\"/><pic:cNvPicPr/>"
      + "</pic:nvPicPr><pic:blipFill><a:blip r:embed=\"\(relations.png)\"><a:extLst><a:ext "
      + "uri=\"{96DAC541-7B7A-43D3-8B79-37D633B846F1}\"><asvg:svgBlip "
      + "r:embed=\"\(relations.svg)\"/></a:ext></a:extLst></a:blip><a:stretch><a:fillRect/>"
      + "</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>"
      + "<a:ext cx=\"\(x)\" cy=\"\(y)\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/>"
      + "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
  }
}
