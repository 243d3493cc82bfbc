internal import Glibc

/// The colours of charts: a set that survives colour blindness and, by its steps of lightness, grey
/// printing.
struct ChartInk: Hashable {
  /// The colour on white paper, `#rrggbb`.
  let light: String
  /// The colour on dark paper.
  let dark: String
  /// Whether white words are legible on it; otherwise black ones are.
  let takesWhite: Bool

  /// Colours for series that have no order, from Okabe and Ito's set.
  private static let series = [
    ChartInk(light: "#0072b2", dark: "#3f9fd8", takesWhite: true),
    ChartInk(light: "#d55e00", dark: "#e8803a", takesWhite: true),
    ChartInk(light: "#009e73", dark: "#2dbb92", takesWhite: false),
    ChartInk(light: "#a3588a", dark: "#cc79a7", takesWhite: true),
    ChartInk(light: "#b27a00", dark: "#e69f00", takesWhite: false),
    ChartInk(light: "#3d95c9", dark: "#7cc4ee", takesWhite: false),
    ChartInk(light: "#6b6e75", dark: "#9a9da4", takesWhite: true),
    ChartInk(light: "#2f3b59", dark: "#8b97b8", takesWhite: true),
  ]

  private static let warm = [
    ChartInk(light: "#b04a00", dark: "#c65a12", takesWhite: true),
    ChartInk(light: "#e08a4a", dark: "#dd8a4c", takesWhite: false),
    ChartInk(light: "#f3c9a5", dark: "#e8bd98", takesWhite: false),
  ]
  private static let cool = [
    ChartInk(light: "#b5d4ea", dark: "#a9cbe3", takesWhite: false),
    ChartInk(light: "#5fa5d3", dark: "#5a9fcc", takesWhite: false),
    ChartInk(light: "#00588c", dark: "#1673ad", takesWhite: true),
  ]
  private static let middle = ChartInk(light: "#c9cbd0", dark: "#b9bcc2", takesWhite: false)

  /// The colour of a series among several without order; after those of the set come darker ones.
  static func series(_ place: Int) -> ChartInk {
    let (ink, round) = (series[place % series.count], place / series.count)
    guard round > 0 else { return ink }
    let share = 1 - 1 / (1 + 0.7 * Double(round))
    return ChartInk(
      between(ink.light, "#000000", share: share), dark: between(ink.dark, "#ffffff", share: share))
  }

  /// The colour of an answer among ordered ones: warm at the first, grey in the middle, cool at the
  /// last.
  static func ordered(_ place: Int, of count: Int) -> ChartInk {
    guard count > 1 else { return series[0] }
    let half = count / 2
    if count % 2 == 1, place == half { return middle }
    let isLow = place < half
    let rank = isLow ? place : count - 1 - place
    let ramp = isLow ? warm : Array(cool.reversed())
    guard half > 1 else { return ramp[count == 2 ? 0 : 1] }
    // More answers than shades lie between these.
    let (step, rest) = (rank * (ramp.count - 1)).quotientAndRemainder(dividingBy: half - 1)
    guard rest > 0 else { return ramp[step] }
    let share = Double(rest) / Double(half - 1)
    return ChartInk(
      between(ramp[step].light, ramp[step + 1].light, share: share),
      dark: between(ramp[step].dark, ramp[step + 1].dark, share: share))
  }
}

extension ChartInk {
  /// The papers.
  static let paper = (light: "#ffffff", dark: "#17181a")

  /// A colour of somebody's own; on dark paper it is lightened until it stands out.
  init(_ light: String, dark: String? = nil) {
    var own = dark ?? light
    while dark == nil, Self.contrast(own, Self.paper.dark) < 3 { own = Self.lightened(own) }
    self.init(
      light: light, dark: own,
      takesWhite: Self.contrast(light, "#ffffff") >= Self.contrast(light, "#1d1d1f"))
  }

  private static func parts(of color: String) -> [Double]? {
    guard color.count == 7, color.hasPrefix("#"), let number = Int(color.dropFirst(), radix: 16),
      color.dropFirst().allSatisfy(\.isHexDigit)
    else { return nil }
    return [number >> 16, number >> 8 & 255, number & 255].map { Double($0) / 255 }
  }

  private static func lightened(_ color: String) -> String {
    between(color, "#ffffff", share: 0.1)
  }

  /// The colour on the way from one to another.
  static func between(_ from: String, _ to: String, share: Double) -> String {
    zip(parts(of: from) ?? [], parts(of: to) ?? []).reduce("#") { text, pair in
      let value = Int((255 * (pair.0 + (pair.1 - pair.0) * share) - 1e-6).rounded(.up))
      return text + (value < 16 ? "0" : "") + String(value, radix: 16)
    }
  }

  /// The relative luminance of `#rrggbb` by WCAG 2, from 0 to 1; nil for what is no colour.
  static func luminance(of color: String) -> Double? {
    guard let parts = parts(of: color) else { return nil }
    let linear = parts.map { $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) }
    return zip([0.2126, 0.7152, 0.0722], linear).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The contrast of two colours by WCAG 2, from 1 to 21.
  static func contrast(_ a: String, _ b: String) -> Double {
    let (a, b) = (luminance(of: a) ?? 0, luminance(of: b) ?? 0)
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }
}
