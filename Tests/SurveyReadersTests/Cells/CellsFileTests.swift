import Foundation
import SurveyData
import SurveyReaders
import Testing
import VektTestSupport

@Suite("A file of cells") struct CellsFileTests {
  private static let sound = """
    trust,vekt_n,vekt_w_w,vekt_w2_w,vekt_rows
    1,3,6,14,10
    2,5,5,5,10
    8,1,2,4,10
    ,1,1,1,10

    """

  private static let book = """
    vekt: 1
    variables:
      trust: {type: integer, codes: {1: "Yes", 2: "No"}, missing: {8: dont_know}}
      age: {type: integer}
    weights:
      w: {var: w, default: true}
    file: {delimiter: ";", rows: 10, sha256: "\(String(repeating: "0", count: 64))"}

    """

  private func dataset(_ text: String, codebook: String? = nil) throws -> Dataset {
    let folder = try Places.temporaryFolder()
    let file = folder.appending(path: "cells.csv")
    try text.write(to: file, atomically: true, encoding: .utf8)
    let book = try codebook.map { text in
      let path = folder.appending(path: "book.codebook.yaml")
      try text.write(to: path, atomically: true, encoding: .utf8)
      return try Codebook(contentsOf: path.path)
    }
    return try Dataset(contentsOf: file.path, codebook: book)
  }

  private func fault(_ text: String, codebook: String? = nil) -> String {
    do {
      _ = try dataset(text, codebook: codebook)
    } catch let error as SurveyError {
      let place = error.place?.components(separatedBy: "cells.csv").last ?? ""
      return place + "| " + error.problem
    } catch { return "\(error)" }
    return "no fault"
  }

  @Test func `a column vekt_n makes cells of lines, which a codebook decodes`() throws {
    let data = try dataset(Self.sound, codebook: Self.book)
    #expect(data.variableNames == ["trust"])
    let cells = try #require(data.cells)
    #expect(cells.people == [3, 5, 1, 1] && cells.rows == 10)
    #expect(cells.weights.map(\.name) == ["w"] && cells.weights[0].squares == [14, 5, 4, 1])
    let column = try data.categorical("trust")
    #expect(column.counts(of: cells.people) == [3, 5, 1, 1])
    #expect(column.missing.map(\.reason).contains(.dontKnow))
  }

  static let ways = [
    sound.replacing(",", with: ";").replacing("14", with: "14,0"),
    sound.replacing(",", with: "\t"),
    sound.replacing("vekt_n", with: "\"vekt_n\""),
    "\u{FEFF}" + sound.replacing("\n", with: "\r\n"),
    sound.replacing("vekt_n", with: "VEKT_N").replacing("vekt_rows", with: "VEKT_ROWS"),
  ]

  @Test(arguments: ways)
  func `it may be written in other ways`(text: String) throws {
    let data = try dataset(text, codebook: Self.book)
    #expect(data.cells?.people == [3, 5, 1, 1])
    #expect(data.cells?.weights.first?.squares == [14, 5, 4, 1])
    #expect(try data.categorical("trust").positions.count == 4)
  }

  @Test func `what it is not by is named with what it is by`() throws {
    let data = try dataset(Self.sound, codebook: Self.book)
    let error = #expect(throws: SurveyError.self) { _ = try data.numeric("age") }
    #expect(error?.problem == "the cells are not by 'age'; they are by trust")
    #expect(error?.remedy == "Make them with it: vekt cells DATA trust age.")
    let other = #expect(throws: SurveyError.self) { _ = try data.variable("income") }
    #expect(other?.remedy == "The cells are by trust.")
  }

  static let faults: [(change: (from: String, to: String), says: String)] = [
    (
      ("2,5,5,5,10\n", ""),
      "| the cells hold 5 people, but vekt_rows counts 10, so they are not all here"
    ),
    (
      ("8,1,2,4,10\n", "8,1,2,4,10\n8,1,2,4,10\n"),
      "| the cells hold 11 people, but vekt_rows counts 10"
    ),
    (("2,5,5,5,10", "2,5.5,5,5,10"), ": row 2| vekt_n is 5.5; it is a number of people"),
    (("2,5,5,5,10", "2,,5,5,10"), ": row 2| vekt_n is missing; it is a number of people"),
    (("2,5,5,5,10", "2,0,5,5,10"), ": row 2| vekt_n is 0; a cell holds from 1 to"),
    (("2,5,5,5,10", "2,-5,5,5,10"), ": row 2| vekt_n is -5; it is a number of people"),
    (("2,5,5,5,10", "2,five,5,5,10"), ":3| 'vekt_n' is 'five', which is not a number"),
    (
      ("2,5,5,5,10", "2,5,5,5,11"),
      ": row 2| vekt_rows is 11, and 10 above: these are cells of two tables"
    ),
    (("2,5,5,5,10", "2,5,-5,5,10"), ": row 2| vekt_w_w is -5; it is a sum of weights from 0 up"),
    (("2,5,5,5,10", "2,5,,5,10"), ": row 2| vekt_w_w is missing; it is a sum of weights from 0 up"),
    (("2,5,5,5,10", "2,5,0,0,10"), ": row 2| vekt_w_w is 0 for 5 people with a weight"),
    (("2,5,5,5,10", "2,5,5,4,10"), ": row 2| vekt_w2_w is 4, but 5 weights that add up to 5"),
    (("2,5,5,5,10", "2,5,5,26,10"), ": row 2| vekt_w2_w is 26, but 5 weights that add up to 5"),
    ((",vekt_rows", ",vekt_all"), "| no column of cells is called 'vekt_all'"),
    (
      (",vekt_rows", ",rows"), "| has no 'vekt_rows', so that nobody sees whether cells are missing"
    ),
    (("vekt_w2_w", "w2"), "| has 'vekt_w_w', but no 'vekt_w2_w'"),
    (("vekt_w_w", "sum"), "| has 'vekt_w2_w', but no 'vekt_w_w' and 'vekt_w2_w'"),
    (("vekt_w_w", "vekt_n"), "'vekt_n' names 2 columns"),
  ]

  @Test(arguments: faults)
  func `bad input has its own sentence`(change: (from: String, to: String), says: String) {
    let text = Self.sound.replacing(change.from, with: change.to)
    #expect(text != Self.sound)
    let found = fault(text)
    #expect(found.contains(says), "\(found)")
  }

  @Test func `an empty file of cells, and one of another study, are refused`() {
    #expect(fault("trust,vekt_n,vekt_rows\n").hasSuffix("| holds no cells"))
    let found = fault(Self.sound, codebook: Self.book.replacing("rows: 10", with: "rows: 11"))
    #expect(found == "| the cells are of 10 people, but the codebook states 11 rows")
  }

  @Test func `people without a weight, or with zero, are counted beside the sums`() throws {
    let data = try dataset(
      """
      trust,vekt_n,vekt_w_w,vekt_w2_w,vekt_np_w,vekt_nm_w,vekt_rows
      1,4,3,9,1,2,6
      2,2,,,0,2,6

      """)
    let weight = try #require(data.cells?.weights.first)
    #expect(weight.sums == [3, 0] && weight.weighted == [1, 0] && weight.missing == [2, 2])
    #expect(
      fault(
        """
        trust,vekt_n,vekt_w_w,vekt_w2_w,vekt_np_w,vekt_nm_w,vekt_rows
        1,2,3,9,1,2,2

        """
      ) == ": row 1| of 2 people 1 have a weight 'w' and 2 have none")
  }

  @Test func `cells of this process are decoded as those of a file`() throws {
    let cells = RawCells(
      keys: [
        .init("trust", .integers([1, 2, 8, nil])),
        .init("region", .texts(["north, far", "\"s\"", "", "0s"])),
        .init("age", .numbers([20.5, .nan, 1e-7, 40])),
      ],
      sums: try CellSums(
        people: [3, 5, 1, 1], rows: 10,
        weights: [.init("w", sums: [6, 5, 2, 1], squares: [14, 5, 4, 1])], replicates: [],
        at: { _ in "memory" }))
    let written = try dataset(String(decoding: cells.csv, as: UTF8.self))
    let memory = try Dataset(
      cells: cells, codebook: nil,
      facts: FileFacts(path: "memory", format: "memory", encoding: "utf-8", byteCount: 0))
    for data in [written, memory] {
      #expect(data.variableNames == ["trust", "region", "age"])
      #expect(data.cells?.rows == 10 && data.cells?.weights.first?.sums == [6, 5, 2, 1])
      #expect(try data.text("region").values == ["north, far", "\"s\"", "", "0s"])
      #expect(try data.categorical("trust").categories.map(\.code) == ["1", "2", "8"])
      let ages = try data.numeric("age").values
      #expect(ages[0] == 20.5 && ages[1].isNaN && ages[2] == 1e-7)
    }
    #expect(try memory.source.sha256() == nil && written.source.sha256() != nil)
  }
}
