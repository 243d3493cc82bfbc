import Foundation
import SurveyNumerics
import VektTestSupport

/// A small made-up survey of the kind that breaks statistics: strata with one unit, empty and tiny
/// groups, shares of 0 and 1, ties, numbers far from zero, weights from 1e-12 to 1e12, gaps.
struct AwkwardSurvey {
  /// The rows, each the fields of ``names``.
  let rows: [[String]]
  /// The options that declare its design.
  let design: [String]
  /// Whether every unit of the population was drawn, so that nothing is uncertain.
  let isCensus: Bool

  static let names = ["st", "ps", "w", "N", "g", "h", "e", "b", "d", "c", "y", "x"]

  /// What the codes mean; nobody is in group z.
  static let codebook = """
    vekt: 1
    language: en
    variables:
      g: {label: Group, type: text, codes: {a: Group A, b: Group B, c: Group C, d: Group D, z: Group Z}}
      h: {label: Half, type: text, codes: {m: M, f: F}}
      e: {label: Education, type: integer, measure: ordinal, codes: {1: One, 2: Two, 3: Three, 4: Four}}
      b: {label: Believes, type: integer, codes: {0: "No", 1: "Yes"}}
      d: {label: Doubts, type: integer, codes: {0: "No", 1: "Yes"}}
      c: {label: Colour, type: integer, codes: {1: Red, 2: Green, 3: Blue}}
      y: {label: Years, type: decimal}
      x: {label: Xs, type: decimal}

    """

  /// Draws a survey; the same seed gives the same survey.
  init(seed: UInt64) {
    var stream = RandomStream(seed: seed, name: "awkward")
    func chance(_ probability: Double) -> Bool { stream.uniform() < probability }
    let strata = stream.whole(in: 1...4)
    let isCensus = chance(0.05)
    let isClustered = chance(0.7)
    let hasTinyGroup = chance(0.4)
    let (offset, scale) = [(0.0, 1.0), (1e9, 1), (20_240_000, 30), (0, 1e-9), (2010, 1)][
      stream.whole(in: 0...4)]
    let hasTies = chance(0.5)
    let weights = stream.whole(in: 0...4)
    let constant = stream.whole(in: 0...3)
    let gaps = chance(0.5) ? 0.08 : 0
    var rows: [[String]] = []
    for stratum in 1...strata {
      // A census has no lonely unit to be ignorant about; otherwise one stratum in six has one unit.
      let units = chance(0.17) ? 1 : stream.whole(in: 2...(isClustered ? 6 : 24))
      for unit in 1...units {
        for _ in 0..<(isClustered ? stream.whole(in: 1...8) : 1) {
          let group =
            hasTinyGroup && chance(0.04)
            ? "d" : ["a", "b", "c"][min(2, Int(stream.uniform() * 3))]
          let education = stream.whole(in: 1...4)
          let tendency = 0.25 + 0.12 * Double(education) - (group == "c" ? 0.15 : 0)
          var believes = chance(tendency) ? 1 : 0
          // In one group everybody answers alike; at times everybody at all.
          if constant == 1, group == "a" { believes = 1 }
          if constant == 2, group == "b" { believes = 0 }
          let doubts = chance(0.3 + 0.3 * Double(believes)) ? 1 : 0
          let number = stream.normal() * 2 + Double(education)
          let years = offset + scale * (hasTies ? number.rounded() : number)
          let weight =
            switch weights {
            case 0: 1.0
            case 1: 1e-12 * (0.5 + stream.uniform())
            case 2: 1e12 * (0.5 + stream.uniform())
            case 3: chance(0.03) ? 1e-12 : 0.5 + stream.uniform()
            default: 0.2 + 3 * stream.uniform() * stream.uniform()
            }
          func field(_ text: String) -> String { chance(gaps) ? "" : text }
          rows.append([
            "s\(stratum)", isClustered ? "p\(unit)" : "\(rows.count)", "\(weight)",
            "\(isCensus ? units : units * 3)", field(group), field(chance(0.5) ? "m" : "f"),
            field("\(education)"), field("\(believes)"), field("\(doubts)"),
            field("\(stream.whole(in: 1...3))"), field("\(years)"),
            field("\(offset + scale * stream.normal())"),
          ])
        }
      }
    }
    self.rows = rows
    var design = ["--weights", "w"]
    if isCensus || chance(0.8) { design += ["--strata", "st"] }
    if isClustered { design += ["--psu", "ps"] }
    if isCensus || chance(0.2), design.contains("--strata") { design += ["--fpc", "N"] }
    design += [
      "--lonely-psu",
      ["remove", "adjust", "average", "certainty", "adjust"][stream.whole(in: 0...4)],
    ]
    self.design = design
    self.isCensus = isCensus
  }

  /// The rows as a file, in their order or shuffled with strata and units called otherwise.
  func csv(shuffledBy seed: UInt64? = nil) -> String {
    var lines = rows
    if let seed {
      var stream = RandomStream(seed: seed, name: "order")
      lines = stream.permutation(of: rows.count).map { place in
        var row = rows[place]
        row[0] = "t\(99 - (Int(row[0].dropFirst()) ?? 0))"
        row[1] = "u\(row[1])"
        return row
      }
    }
    return ([Self.names] + lines).map { $0.joined(separator: ",") + "\n" }.joined()
  }

  /// Writes the file and its codebook into a folder.
  /// - Returns: The path of the data.
  func write(to folder: URL, as name: String, shuffledBy seed: UInt64? = nil) throws -> String {
    let data = folder.appending(path: "\(name).csv")
    try csv(shuffledBy: seed).write(to: data, atomically: true, encoding: .utf8)
    try Self.codebook.write(
      to: folder.appending(path: "\(name).codebook.yaml"), atomically: true, encoding: .utf8)
    return data.path
  }
}
