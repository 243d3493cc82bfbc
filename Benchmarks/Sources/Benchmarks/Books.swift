import Foundation

/// The files that books are made of: twenty questions of everybody with three backgrounds, and two
/// hundred questions of two thousand.
struct Books {
  let respondents: Respondents
  let folder: URL

  var banner: URL { folder.appending(path: "banner.csv") }
  var wide: URL { folder.appending(path: "wide.csv") }

  /// What is asked of `vekt`, its output a workbook.
  var commands: [(name: String, words: [String])] {
    let book = folder.appending(path: "book.xlsx").path
    return [
      ("banner", ["tabulate", banner.path, "q0-q19", "--banner", "g,y,s", "--output", book]),
      (
        "many sheets",
        ["tabulate", wide.path, "q0-q199", "--weights", "w", "--banner", "g,y,s", "--output", book]
      ),
    ]
  }

  /// Writes both with the codebook of the first.
  func write() throws {
    try write(questions: 20, rows: respondents.rows, to: banner)
    try write(questions: 200, rows: min(2000, respondents.rows), to: wide)
    let variables =
      [("stratum", 50), ("psu", 40), ("g", 5), ("y", 4), ("s", 2)]
      .map { "  \($0): {type: integer, measure: nominal, codes: [\(Self.list($1))]}\n" }
      + (0..<20).map { "  q\($0): {type: integer, measure: nominal, codes: [\(Self.list(5))]}\n" }
    let codebook =
      "vekt: 1\nlanguage: en\nvariables:\n  w: {type: decimal}\n\(variables.joined())"
      + "weights:\n  w: {var: w, default: true}\ndesign: {strata: stratum, psu: psu}\n"
    try Data(codebook.utf8).write(to: folder.appending(path: "banner.codebook.yaml"))
  }

  private static func list(_ count: Int) -> String {
    (1...count).map(String.init).joined(separator: ", ")
  }

  /// Answers of different questions are those of other rows.
  private func write(questions: Int, rows: Int, to file: URL) throws {
    let (all, others) = (respondents.rows, respondents.others)
    var csv = Array(
      "stratum,psu,w,g,y,s,\((0..<questions).map { "q\($0)" }.joined(separator: ","))\n".utf8)
    csv.reserveCapacity(rows * (2 * questions + 25))
    for row in 0..<rows {
      let sex = respondents.number[row] < 50 ? 1 : 2
      csv += "\(respondents.stratum[row] + 1),\(respondents.psu[row] + 1),".utf8
      csv += "\(respondents.weight[row]),\(respondents.group[row] + 1),".utf8
      csv += "\(respondents.answer[row] + 1),\(sex)".utf8
      for question in 0..<questions {
        csv += [44, 49 + others[question % others.count][(row + 1009 * question) % all]]
      }
      csv.append(10)
    }
    try Data(csv).write(to: file)
  }
}
