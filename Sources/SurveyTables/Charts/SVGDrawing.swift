/// A drawing in SVG that is made from top to bottom.
///
/// Colours stand in attributes, so that every program shows them; a style sheet changes them where
/// the reader has chosen dark.
struct SVGDrawing {
  /// Where words stand on the paper.
  struct Box: Equatable {
    let words: String
    let left: Double
    let right: Double
    let top: Double
    let bottom: Double

    /// Whether two lie on each other.
    func touches(_ other: Box) -> Bool {
      left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }
  }

  /// The families that words are set in, the first that is there, as style sheets write them.
  static let families = [
    "system-ui", "-apple-system", "'Segoe UI'", "Roboto", "'Noto Sans'", "'DejaVu Sans'",
    "sans-serif",
  ]
  /// The family that ``width(of:_:)`` reckons with.
  static let reckonedFamily = "DejaVu Sans"

  /// The width of the paper.
  let width: Double
  private(set) var body = ""
  /// The words so far, each with its place.
  private(set) var boxes: [Box] = []
  private var inks: [ChartInk] = []
  private var origin = (x: 0.0, y: 0.0)
  private let number = NumberFormat(language: "en")

  init(width: Double) { self.width = width }

  /// Draws a part whose places count from a place of its own.
  mutating func panel(_ x: Double, _ y: Double, _ draw: (inout SVGDrawing) -> Void) {
    let outer = origin
    origin = (outer.x + x, outer.y + y)
    body += "<g transform=\"translate(\(n(x)) \(n(y)))\">\n"
    draw(&self)
    body += "</g>\n"
    origin = outer
  }

  /// Where words would stand.
  static func box(
    of words: String, _ x: Double, _ y: Double, _ face: Face, anchor: Anchor = .start
  ) -> Box {
    let width = width(of: words, face)
    let left = anchor == .start ? x : anchor == .end ? x - width : x - width / 2
    return Box(
      words: words, left: left, right: left + width, top: y - 0.93 * face.size,
      bottom: y + 0.24 * face.size)
  }

  private mutating func note(_ box: Box) {
    boxes.append(
      Box(
        words: box.words, left: box.left + origin.x, right: box.right + origin.x,
        top: box.top + origin.y, bottom: box.bottom + origin.y))
  }

  /// How words are set.
  enum Face {
    case title, label, heading, small
    /// On a mark.
    case inside

    var size: Double {
      switch self {
      case .title: 18
      case .label, .heading: 14
      case .inside: 13
      case .small: 12
      }
    }

    var isBold: Bool { self == .title || self == .heading }
    var lineHeight: Double { size * 1.35 }
  }

  /// What colour words and lines have.
  enum Pen: String {
    case ink, quiet, hair, rule

    var light: String {
      switch self {
      case .ink: "#1d1d1f"
      case .quiet: "#5a5c61"
      case .hair: "#d9dbdf"
      case .rule: "#8d9096"
      }
    }

    var dark: String {
      switch self {
      case .ink: "#e4e5e7"
      case .quiet: "#a4a7ad"
      case .hair: "#35383d"
      case .rule: "#70747b"
      }
    }
  }

  /// Where words begin.
  enum Anchor: String { case start, middle, end }

  /// Sets a line of words; `y` is its base line.
  ///
  /// A halo keeps lines beneath from crossing it.
  mutating func text(
    _ words: String, _ x: Double, _ y: Double, _ face: Face = .label, _ pen: Pen = .ink,
    anchor: Anchor = .start, hasHalo: Bool = false
  ) {
    note(Self.box(of: words, x, y, face, anchor: anchor))
    body +=
      "<text x=\"\(n(x))\" y=\"\(n(y))\" font-size=\"\(n(face.size))\""
      + (face.isBold ? " font-weight=\"600\"" : "")
      + (anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\"")
      + " class=\"vekt-\(pen.rawValue)\(hasHalo ? " vekt-halo" : "")\" fill=\"\(pen.light)\""
      + (hasHalo ? " stroke=\"#fff\" stroke-width=\"3\" paint-order=\"stroke\"" : "")
      + ">\(words.htmlEscaped)</text>\n"
  }

  /// Sets words on a coloured shape.
  mutating func text(_ words: String, _ x: Double, _ y: Double, on ink: ChartInk) {
    let color = ink.takesWhite ? "#fff" : "#1d1d1f"
    note(Self.box(of: words, x, y, .inside, anchor: .middle))
    body +=
      "<text x=\"\(n(x))\" y=\"\(n(y))\" font-size=\"\(n(Face.inside.size))\" text-anchor=\"middle\" "
      + "fill=\"\(color)\">\(words.htmlEscaped)</text>\n"
  }

  /// Draws a straight line.
  mutating func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ pen: Pen, width: Double = 1,
    dash: String = ""
  ) {
    body +=
      "<path d=\"M\(n(x1)) \(n(y1))L\(n(x2)) \(n(y2))\" class=\"vekt-s-\(pen.rawValue)\" "
      + "stroke=\"\(pen.light)\" stroke-width=\"\(n(width))\""
      + (dash.isEmpty ? "" : " stroke-dasharray=\"\(dash)\"") + " fill=\"none\"/>\n"
  }

  /// Draws a line of several pieces in a series' colour.
  mutating func stroke(_ path: String, _ ink: ChartInk, width: Double, opacity: Double = 1) {
    body +=
      "<path d=\"\(path)\" \(color(ink, "stroke")) stroke-width=\"\(n(width))\" fill=\"none\""
      + (opacity < 1 ? " stroke-opacity=\"\(n(opacity))\"" : "") + "/>\n"
  }

  /// Fills a shape in a series' colour.
  mutating func fill(_ path: String, _ ink: ChartInk, opacity: Double = 1) {
    body +=
      "<path d=\"\(path)\" \(color(ink, "fill"))"
      + (opacity < 1 ? " fill-opacity=\"\(n(opacity))\"" : "") + "/>\n"
  }

  /// Fills an upright rectangle.
  mutating func bar(_ x1: Double, _ x2: Double, top: Double, height: Double, _ ink: ChartInk) {
    fill("M\(n(min(x1, x2))) \(n(top))h\(n(abs(x2 - x1)))v\(n(height))h\(n(-abs(x2 - x1)))z", ink)
  }

  /// Draws the marker of a series: each has a shape of its own, so that colour is never needed.
  mutating func marker(_ place: Int, _ x: Double, _ y: Double, _ ink: ChartInk, size: Double = 5) {
    let (s, t) = (n(size), n(2 * size))
    switch place % 4 {
    case 0: fill("M\(n(x - size)) \(n(y))a\(s) \(s) 0 1 0 \(t) 0a\(s) \(s) 0 1 0 -\(t) 0z", ink)
    case 1: fill("M\(n(x - size)) \(n(y - size))h\(t)v\(t)h-\(t)z", ink)
    case 2:
      fill(
        "M\(n(x)) \(n(y - size * 1.3))l\(n(size * 1.2)) \(n(size * 2.2))h\(n(-size * 2.4))z", ink)
    default:
      let d = size * 1.35
      fill("M\(n(x - d)) \(n(y))l\(n(d)) \(n(-d))l\(n(d)) \(n(d))l\(n(-d)) \(n(d))z", ink)
    }
  }

  private mutating func color(_ ink: ChartInk, _ attribute: String) -> String {
    let place = inks.firstIndex(of: ink) ?? inks.count
    if place == inks.count { inks.append(ink) }
    let name = attribute == "fill" ? "vekt-f" : "vekt-l"
    return "class=\"\(name)-\(ink.light.dropFirst())\" \(attribute)=\"\(ink.light)\""
  }

  /// A length in the file: at most one decimal.
  func n(_ length: Double) -> String {
    let text = number.fixed(length, digits: 1).replacing("\u{2212}", with: "-")
      .replacing("\u{202F}", with: "")
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// The whole drawing.
  ///
  /// - Parameters:
  ///   - id: A name that no other drawing of the page has.
  ///   - title: What it is called.
  ///   - description: What it shows, with its numbers, for those who do not see it.
  func svg(height: Double, id: String, title: String, description: String, language: String)
    -> String
  {
    let pens: [Pen] = [.ink, .quiet, .hair, .rule]
    let dark =
      pens.map { ".vekt-\($0.rawValue){fill:\($0.dark)}.vekt-s-\($0.rawValue){stroke:\($0.dark)}" }
      .joined()
      + inks.map {
        ".vekt-f-\($0.light.dropFirst()){fill:\($0.dark)}"
          + ".vekt-l-\($0.light.dropFirst()){stroke:\($0.dark)}"
      }.joined()
    return
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(n(width))\" height=\"\(n(height))\" "
      + "viewBox=\"0 0 \(n(width)) \(n(height))\" role=\"img\" lang=\"\(language)\" "
      + "aria-labelledby=\"\(id)-title \(id)-desc\" "
      + "font-family=\"\(Self.families.joined(separator: ", "))\">\n"
      + "<title id=\"\(id)-title\">\(title.htmlEscaped)</title>\n"
      + "<desc id=\"\(id)-desc\">\(description.htmlEscaped)</desc>\n"
      + "<style>@media screen and (prefers-color-scheme: dark){.vekt-paper{fill:#17181a}"
      + (body.contains("vekt-halo") ? ".vekt-halo{stroke:#17181a}" : "")
      + "\(dark)}</style>\n"
      + "<path class=\"vekt-paper\" fill=\"#fff\" d=\"M0 0h\(n(width))v\(n(height))H0z\"/>\n"
      + body + "</svg>\n"
  }
}
