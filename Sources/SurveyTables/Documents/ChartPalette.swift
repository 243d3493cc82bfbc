internal import SurveyData

/// The colours of the series of a chart.
public struct ChartPalette: Hashable, Sendable {
  /// The colours; nil for those of the house, which know answers in order too.
  private let own: [ChartInk]?

  private init(own: [ChartInk]?) { self.own = own }

  /// Okabe and Ito's colours, some darkened so that they stand out from white paper.
  public static let house = ChartPalette(own: nil)
  /// The palettes that have a name.
  public static let named: [(name: String, palette: ChartPalette)] = [
    ("okabe-ito", house),
    ("grey", ChartPalette(own: ["#1f2328", "#6b6e75", "#8d9096", "#45484e"].map { ChartInk($0) })),
    (
      "blue",
      ChartPalette(own: ["#08306b", "#2171b5", "#4a90c4", "#0b4f8f"].map { ChartInk($0) })
    ),
  ]

  /// The colour of a series among several without order.
  func series(_ place: Int) -> ChartInk {
    own.map { $0[place % $0.count] } ?? .series(place)
  }

  /// The colour of an answer among ordered ones.
  func ordered(_ place: Int, of count: Int) -> ChartInk {
    own.map { $0[place % $0.count] } ?? .ordered(place, of: count)
  }

  /// Reads colours, a line each: `#0072b2`, and after it, where wanted, the one on dark paper.
  ///
  /// - Parameters:
  ///   - text: The lines; empty ones are passed over.
  ///   - path: What to call the place of a fault.
  /// - Throws: ``SurveyError`` of kind data for what is no colour, for a colour that does not stand
  ///   out from its paper by 3 to 1, and for one that is there twice.
  public init(reading text: String, path: String) throws {
    var inks: [ChartInk] = []
    for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let words = line.split {
        $0 == " " || $0 == "\t" || $0 == "," || $0 == ";" || $0 == "\u{FEFF}"
      }
      .map { $0.lowercased() }
      guard let light = words.first else { continue }
      let place = "\(path):\(number + 1)"
      for word in words where ChartInk.luminance(of: word) == nil {
        throw SurveyError(
          .data, at: place, "'\(word)' is no colour", remedy: "Write it as #0072b2, a line each.")
      }
      guard words.count <= 2 else {
        throw SurveyError(
          .data, at: place, "there are \(words.count) colours in the line",
          remedy: "Write a colour a line, and after it the one on dark paper where it is another.")
      }
      let papers = zip(words, [(ChartInk.paper.light, "white"), (ChartInk.paper.dark, "dark")])
      for (word, (paper, name)) in papers {
        let contrast = ChartInk.contrast(word, paper)
        guard contrast < 3 else { continue }
        let ratio = NumberFormat(language: "en").fixed(contrast, digits: 1)
        throw SurveyError(
          .data, at: place,
          "\(word) stands out from \(name) paper (\(paper)) by \(ratio) to 1 only",
          remedy: "3 to 1 is needed: take a \(name == "white" ? "darker" : "lighter") colour.")
      }
      guard !inks.contains(where: { $0.light == light }) else {
        throw SurveyError(.data, at: place, "\(light) and \(light) cannot be told apart")
      }
      inks.append(ChartInk(light, dark: words.count > 1 ? words[1] : nil))
    }
    guard !inks.isEmpty else {
      throw SurveyError(.data, at: path, "has no colour", remedy: "Write a colour a line: #0072b2")
    }
    self.init(own: inks)
  }
}
