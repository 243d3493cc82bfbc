internal import SurveyData

/// The colours of the series of a chart.
public struct ChartPalette: Hashable, Sendable {
  private enum Colors: Hashable {
    /// Those of the house, which know answers in order too.
    case house
    /// As many shades as there are series, between two.
    case shades(from: String, to: String)
    case own([ChartInk])
  }

  private let colors: Colors

  private init(_ colors: Colors) { self.colors = colors }

  /// Okabe and Ito's colours, some darkened so that they stand out from white paper.
  public static let house = ChartPalette(.house)
  /// The palettes that have a name.
  public static let named: [(name: String, palette: ChartPalette)] = [
    ("okabe-ito", house), ("grey", ChartPalette(.shades(from: "#1f2328", to: "#8d9096"))),
    ("blue", ChartPalette(.shades(from: "#08306b", to: "#4a90c4"))),
  ]

  /// How many series it can tell apart; nil without a limit.
  var limit: Int? { if case .own(let inks) = colors { inks.count } else { nil } }

  /// The colour of a series among several, which may be answers in order.
  func ink(_ place: Int, of count: Int, isOrdered: Bool) -> ChartInk {
    switch colors {
    case .house: isOrdered ? .ordered(place, of: count) : .series(place)
    case .shades(let from, let to):
      ChartInk(ChartInk.between(from, to, share: Double(place) / Double(max(count - 1, 1))))
    case .own(let inks): inks[place % inks.count]
    }
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
    self.init(.own(inks))
  }
}
