internal import ArgumentParser
internal import SurveyTables

/// Parts of a chart with commas between them, such as `n,intervals`.
struct PartList: ExpressibleByArgument, Sendable {
  let parts: Set<Chart.Part>

  init?(argument: String) {
    let names = argument.split(separator: ",").map { $0.filter { $0 != " " } }
    let found = names.compactMap(Chart.Part.init)
    guard !found.isEmpty, found.count == names.count else { return nil }
    parts = Set(found)
  }

  static var allValueStrings: [String] { Chart.Part.allCases.map(\.rawValue) }
}

/// The ends of an axis, such as `0..100`.
struct AxisRange: ExpressibleByArgument, Sendable {
  let range: ClosedRange<Double>

  init?(argument: String) {
    guard let dots = argument.firstRange(of: "..") else { return nil }
    func number(_ text: Substring) -> Double? {
      Double(text.replacing("\u{2212}", with: "-").replacing(",", with: "."))
    }
    guard let low = number(argument[..<dots.lowerBound]),
      let high = number(argument[dots.upperBound...]), low < high, low.isFinite, high.isFinite
    else { return nil }
    range = low...high
  }
}

extension ChartArguments {
  /// The words of a command line with `--facet G` told to `--by`, where G goes first, and with
  /// `--scale 0..100` under its other name: some verbs have a `--scale` that says something else.
  static func spelledOut(_ words: [String]) -> [String] {
    var words = words
    for place in words.indices where words[place].hasPrefix("--scale") {
      let isAlone = words[place] == "--scale"
      let value =
        isAlone
        ? (place + 1 < words.count ? words[place + 1] : "") : String(words[place].dropFirst(8))
      guard AxisRange(argument: value) != nil else { continue }
      words[place] = isAlone ? "--axis" : "--axis=\(value)"
    }
    guard let facet = value(of: "--facet", in: words), let first = place(of: "--by", in: words),
      value(of: "--within", in: words) != facet
    else { return words }
    var groups: [String] = []
    while let place = place(of: "--by", in: words), let value = value(of: "--by", in: words) {
      groups += value.split(separator: ",").map(String.init)
      words.removeSubrange(place...(words[place] == "--by" ? place + 1 : place))
    }
    let all = [facet] + groups.filter { $0 != facet }
    words.insert(contentsOf: ["--by", all.joined(separator: ",")], at: first)
    return words
  }

  private static func place(of name: String, in words: [String]) -> Int? {
    words.firstIndex { $0 == name || $0.hasPrefix("\(name)=") }
  }

  private static func value(of name: String, in words: [String]) -> String? {
    guard let place = place(of: name, in: words) else { return nil }
    if words[place] != name { return String(words[place].dropFirst(name.count + 1)) }
    return place + 1 < words.count ? words[place + 1] : nil
  }
}
