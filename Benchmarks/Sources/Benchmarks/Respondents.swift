import Foundation
import Vekt

/// Made-up respondents: 50 strata × 40 PSUs, a 4-category answer, 5 groups, weights, more answers.
///
/// With 13 more answers a file has 20 columns. The same rows give the same numbers everywhere.
struct Respondents {
  let rows: Int
  var stratum: [UInt8] = []
  var psu: [UInt8] = []
  var weight: [Double] = []
  var answer: [UInt8] = []
  var group: [UInt8] = []
  var number: [Double] = []
  var others: [[UInt8]] = []

  init(rows: Int, seed: UInt64 = 20_240_611) {
    self.rows = rows
    var state = seed
    func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
    func small(_ count: UInt64) -> [UInt8] { (0..<rows).map { _ in UInt8(next() % count) } }
    stratum = small(50)
    psu = small(40)
    group = small(5)
    answer = small(4)
    weight = (0..<rows).map { _ in Double(2000 + next() % 28_000) / 10_000 }
    number = (0..<rows).map { _ in Double(next() % 100_000) / 1000 }
    others = (0..<13).map { _ in small(5) }
  }

  /// The columns in memory, as a reader gives them.
  var dataset: Dataset { Dataset(MemorySource(columns), codebook: codebook) }

  private var columns: [(String, Column)] {
    func codes(_ values: [UInt8], _ count: Int) -> Column {
      .codes(
        CategoricalColumn(
          positions: .uint8(values), categories: (1...count).map { Category("\($0)") },
          missing: [.system]))
    }
    func numbers(_ values: [Double]) -> Column {
      .numbers(NumericColumn(values: values, missing: [.system]))
    }
    return [
      ("stratum", codes(stratum, 50)), ("psu", codes(psu, 40)), ("w", numbers(weight)),
      ("y", codes(answer, 4)), ("g", codes(group, 5)), ("x", numbers(number)),
      ("q0", codes(others[0], 5)), ("q1", codes(others[1], 5)),
    ]
  }

  /// The same with replicate weights, `w` times a number from 0 to 2 for each sampling unit.
  func replicated(_ count: Int = 80) -> Dataset {
    let replicates = (1...count).map { r in
      let column = (0..<rows).map { row in
        let unit = Int(stratum[row]) * 40 + Int(psu[row]) + 1
        return weight[row] * Double(unit * (r + 3) * 7919 % 101) / 50
      }
      return ("rw\(r)", Column.numbers(NumericColumn(values: column, missing: [.system])))
    }
    return Dataset(
      MemorySource(columns.filter { ["w", "x", "y", "g"].contains($0.0) } + replicates),
      codebook: Codebook(
        variables: codebook.variables.filter { ["w", "x", "y", "g"].contains($0.name) }
          + replicates.map { Variable($0.0) }))
  }

  /// What the codes are; without it the groups would count as numbers in a model.
  private var codebook: Codebook {
    func nominal(_ name: String, _ count: Int) -> Variable {
      var variable = Variable(name)
      variable.measure = .nominal
      variable.categories = (1...count).map { Category("\($0)") }
      return variable
    }
    return Codebook(
      variables: ["stratum", "psu", "w", "x"].map { Variable($0) }
        + [nominal("y", 4), nominal("g", 5), nominal("q0", 5), nominal("q1", 5)])
  }

  /// Writes the file of 20 columns and its codebook.
  func write(to folder: URL) throws {
    var csv: [UInt8] = Array(
      "id,stratum,psu,w,g,y,x,\((0..<13).map { "q\($0)" }.joined(separator: ","))\n".utf8)
    csv.reserveCapacity(rows * 70)
    for row in 0..<rows {
      csv += "\(row + 1),\(stratum[row] + 1),\(psu[row] + 1),\(weight[row]),".utf8
      csv += "\(group[row] + 1),\(answer[row] + 1),\(number[row])".utf8
      for column in others { csv += [44, 49 + column[row]] }
      csv.append(10)
    }
    try Data(csv).write(to: folder.appending(path: "respondents.csv"))
    try writeTotals(to: folder)
    let codebook = """
      vekt: 1
      language: en
      codelists:
        five: [1, 2, 3, 4, 5]
      variables:
        id: {type: integer, role: id}
        stratum: {type: integer}
        psu: {type: integer}
        w: {type: decimal}
        g: {type: integer, measure: nominal, codes: five}
        y: {type: integer, measure: ordinal, codes: [1, 2, 3, 4]}
        x: {type: decimal}
      \((0..<13).map { "  q\($0): {type: integer, measure: nominal, codes: five}" }
        .joined(separator: "\n"))
      weights:
        w: {var: w, default: true}
      design: {strata: stratum, psu: psu}

      """
    try Data(codebook.utf8).write(to: folder.appending(path: "respondents.codebook.yaml"))
    try writeDecimals(to: folder)
  }

  /// Totals of four variables that the weights do not meet yet.
  private func writeTotals(to folder: URL) throws {
    var csv = "variable,category,total\n"
    for (name, column) in [("y", answer), ("g", group), ("q0", others[0]), ("q1", others[1])] {
      var sums = Array(repeating: 0.0, count: Int(column.max() ?? 0) + 1)
      for (code, weight) in zip(column, weight) {
        sums[Int(code)] += weight * (1 + Double(code) / 10)
      }
      let whole = sums.reduce(0, +)
      for (code, sum) in sums.enumerated() { csv += "\(name),\(code + 1),\(sum / whole * 1e6)\n" }
    }
    try Data(csv.utf8).write(to: folder.appending(path: "totals.csv"))
  }

  /// Ten columns of numbers of many digits, hardly two of them the same; at most 57,000 rows.
  private func writeDecimals(to folder: URL) throws {
    var csv = (0..<10).map { "c\($0)" }.joined(separator: ",") + "\n"
    for row in 0..<min(rows, 57_000) {
      csv +=
        (0..<10).map { "\(weight[row] * Double(row * 10 + $0 + 1).squareRoot())" }
        .joined(separator: ",") + "\n"
    }
    try Data(csv.utf8).write(to: folder.appending(path: "decimals.csv"))
  }
}
