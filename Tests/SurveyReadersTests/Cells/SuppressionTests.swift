import Foundation
import SurveyData
import SurveyReaders
import Testing
import VektTestSupport

@Suite("Cells that stand for so many people at least") struct SuppressionTests {
  private typealias Line = (values: [String], people: Int, weight: Double)

  private static func cells(_ names: [String], _ lines: [Line]) throws -> RawCells {
    try RawCells(
      keys: names.indices.map { key in .init(names[key], .texts(lines.map { $0.values[key] })) },
      sums: CellSums(
        people: lines.map(\.people), rows: lines.reduce(0) { $0 + $1.people },
        weights: [
          .init("w", sums: lines.map(\.weight), squares: lines.map { $0.weight * $0.weight })
        ], replicates: [], at: { _ in "here" }))
  }

  private static func lines(_ cells: RawCells) -> [String] {
    cells.sums.people.indices.map { cell in
      let values = cells.keys.map { key -> String in
        guard case .texts(let texts) = key.values else { return "?" }
        return texts[cell] == "suppressed" ? "·" : texts[cell]
      }
      return (values + ["\(cells.sums.people[cell])", "\(cells.sums.weights[0].sums[cell])"])
        .joined(separator: " ")
    }
  }

  /// By hand, 3 at the least: n1 loses trust in both lines of it that are small; n2's two are too few together, and lose
  /// their region, where one of s joins them.
  @Test func `the last answers go first, and then those before them`() throws {
    let fine = try Self.cells(
      ["region", "trust"],
      [
        (["n1", "1"], 10, 10), (["n1", "2"], 2, 3), (["n1", "10"], 1, 1), (["n2", "1"], 1, 2),
        (["n2", "2"], 1, 1), (["s", "1"], 4, 4), (["s", "2"], 1, 5),
      ])
    let shown = try fine.suppressed(below: 3, keeping: ["region", "trust"])
    #expect(Self.lines(shown) == ["n1 1 10 10.0", "n1 · 3 4.0", "s 1 4 4.0", "· · 3 8.0"])
    #expect(shown.sums.suppressedBelow == 3 && shown.sums.rows == 20)
    #expect(shown.sums.weights[0].squares.allSatisfy(\.isNaN) && shown.sums.replicates.isEmpty)
    let other = try fine.suppressed(below: 3, keeping: ["trust", "region"])
    // All with trust 2 are few in each region; n1's 10 and n2's 1 are joined by the smallest line, which is s.
    #expect(Self.lines(other) == ["n1 1 10 10.0", "· 2 4 9.0", "· · 6 7.0"])
  }

  @Test func `those who are too few with nothing left are joined by the smallest line`() throws {
    let fine = try Self.cells(
      ["a"], [(["1"], 9, 9), (["2"], 5, 5), (["3"], 1, 1), (["4"], 7, 7)])
    #expect(
      Self.lines(try fine.suppressed(below: 3, keeping: ["a"])) == [
        "1 9 9.0", "4 7 7.0", "· 6 6.0",
      ])
    #expect(throws: SurveyError.self) { try fine.suppressed(below: 23, keeping: ["a"]) }
    let none = try fine.suppressed(below: 22, keeping: ["a"])
    #expect(Self.lines(none) == ["· 22 22.0"])
  }

  @Test func `an answer that reads like one that was taken out is refused`() throws {
    let cells = try Self.cells(["a"], [(["suppressed"], 9, 9), (["2"], 5, 5)])
    #expect(throws: SurveyError.self) { try cells.suppressed(below: 3, keeping: ["a"]) }
  }

  /// Only those with a weight are behind a sum of weights.
  @Test func `people without a weight protect nobody`() throws {
    let cells = try RawCells(
      keys: [.init("a", .integers([1, 2, nil]))],
      sums: CellSums(
        people: [5, 5, 5], rows: 15,
        weights: [.init("w", sums: [9, 2, 9], squares: [20, 4, 21], weighted: [5, 1, 4])],
        replicates: [], at: { _ in "here" }))
    let shown = try cells.suppressed(below: 5, keeping: ["a"])
    #expect(Self.lines(shown) == ["1 5 9.0", "· 10 11.0"])
  }

  @Test(arguments: 0..<40)
  func `every line is of enough people, true of all of them, and nobody is lost`(seed: Int) throws {
    var random = SeededRandom(seed: seed)
    let least = Int.random(in: 2...9, using: &random)
    var people: [(values: [String], weight: Double)] = []
    for _ in 0..<Int.random(in: 20...300, using: &random) {
      let values = (1...3).map { key in "\(Int.random(in: 0...2 * key, using: &random))" }
      people.append((values, Double.random(in: 0.5...2, using: &random)))
    }
    let grouped = Dictionary(grouping: people, by: \.values).sorted {
      $0.key.lexicographicallyPrecedes($1.key)
    }
    let fine = try Self.cells(
      ["a", "b", "c"],
      grouped.map { ($0.key, $0.value.count, $0.value.reduce(0) { $0 + $1.weight }) })
    let order = ["a", "b", "c"].shuffled(using: &random)
    let shown = try fine.suppressed(below: least, keeping: order)
    #expect(shown.sums.people.allSatisfy { $0 >= least } && shown.sums.rows == people.count)
    #expect(shown.sums.people.reduce(0, +) == people.count)
    let sum = people.reduce(0) { $0 + $1.weight }
    #expect(abs(shown.sums.weights[0].sums.reduce(0, +) - sum) < 1e-9)
    let texts = shown.keys.map { key -> [String] in
      if case .texts(let texts) = key.values { texts } else { [] }
    }
    for line in shown.sums.people.indices {
      let values = texts.map { $0[line] }
      let hidden = order.map { name in
        values[["a", "b", "c"].firstIndex(of: name) ?? 0] == "suppressed"
      }
      // What is hidden comes last in the order, and what is whole is the cell itself.
      #expect(hidden == hidden.sorted { !$0 && $1 })
      if let cell = grouped.first(where: { $0.key == values }) {
        #expect(shown.sums.people[line] == cell.value.count)
      }
    }
    // An answer that stands in no line is either nobody's or too few's.
    let again = try shown.suppressed(below: least, keeping: order)
    #expect(Self.lines(again) == Self.lines(shown))
  }

  @Test(arguments: 0..<20)
  func `the order in which cells come changes nothing`(seed: Int) throws {
    var random = SeededRandom(seed: seed)
    var lines: [Line] = ["", "1", "2", "x"].flatMap { a in
      ["", "b", "10", "9"].map { b in ([a, b], Int.random(in: 1...6, using: &random), 1) }
    }
    let shown = try Self.lines(Self.cells(["a", "b"], lines).suppressed(below: 5, keeping: ["b"]))
    lines.shuffle(using: &random)
    #expect(
      try Self.lines(Self.cells(["a", "b"], lines).suppressed(below: 5, keeping: ["b"])) == shown)
  }

  private func fault(_ text: String) -> String {
    do {
      let file = try Places.temporaryFolder().appending(path: "cells.csv")
      try text.write(to: file, atomically: true, encoding: .utf8)
      _ = try Dataset(contentsOf: file.path)
    } catch { return (error as? SurveyError)?.problem ?? "\(error)" }
    return "no fault"
  }

  @Test func `a file that does not keep what it says is refused`() {
    #expect(
      fault("a,vekt_n,vekt_w_w,vekt_rows,vekt_suppressed_below\n1,6,6,9,5\n2,3,3,9,5\n")
        == "vekt_n is 3, but by vekt_suppressed_below no cell has fewer people than 5")
    #expect(
      fault("a,vekt_n,vekt_w_w,vekt_w2_w,vekt_rows,vekt_suppressed_below\n1,6,6,6,6,5\n")
        == "has 'vekt_w2_w', which tells more of people than cells that were suppressed may")
    #expect(
      fault("a,vekt_n,vekt_w_w,vekt_rows,vekt_suppressed_below\n1,6,6,12,5\n2,6,6,12,6\n")
        == "vekt_suppressed_below is 6, and 5 above: these are cells of two tables")
    #expect(fault("a,vekt_n,vekt_w_w,vekt_rows\n1,6,6,6\n").hasPrefix("has 'vekt_w_w', but no"))
  }

  @Test func `an answer that was taken out is missing for privacy, in a column of numbers too`()
    throws
  {
    let file = try Places.temporaryFolder().appending(path: "cells.csv")
    try """
    a,g,vekt_n,vekt_w_w,vekt_rows,vekt_suppressed_below
    1,x,6,6,17,5
    2,x,5,4,17,5
    suppressed,suppressed,6,3,17,5

    """.write(to: file, atomically: true, encoding: .utf8)
    let data = try Dataset(contentsOf: file.path)
    let numbers = try data.numeric("a")
    #expect(numbers.values[0] == 1 && numbers.values[1] == 2 && numbers.values[2].isNaN)
    let column = try data.categorical("g")
    #expect(column.categories.map(\.code) == ["x"])
    #expect(column.missing.map(\.reason).contains(.restricted))
  }
}
