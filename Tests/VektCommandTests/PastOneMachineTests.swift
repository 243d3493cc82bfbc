import Foundation
import Testing
import VektTestSupport

@Suite("The page Past one machine")
struct PastOneMachineTests {
  init() throws {
    try FileManager.default.createDirectory(
      at: Places.root.appending(path: "build"), withIntermediateDirectories: true)
  }

  @Test func `its example runs, and cells give the numbers of the data`() throws {
    for name in ["cells.csv", "cells.codebook.yaml"] {
      try? FileManager.default.removeItem(at: Places.root.appending(path: "build/\(name)"))
    }
    let page = Places.root.appending(path: "Sources/Vekt/Documentation.docc/PastOneMachine.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let block = try #require(text.components(separatedBy: "```sh run\n").dropFirst().first)
      .components(separatedBy: "```")[0]
    let result = try BuiltCommand.run("set -e\n" + block)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("cells of 6032 people"), "\(result.errors)")
    #expect(result.output.contains(",vekt_n,vekt_w_weight,vekt_w2_weight,vekt_rows"))
    #expect(result.output.contains("Most people can"))
    #expect(result.output.contains("(SELECT COUNT(*) FROM \"answers\") AS \"vekt_rows\""))
    let numbers = try ["cells", "data"].map { name in
      try String(
        contentsOf: Places.root.appending(path: "build/\(name)-model.csv"), encoding: .utf8
      ).split { ",\n".contains($0) }
    }
    #expect(numbers[0].count == numbers[1].count && numbers[0].count > 20)
    for (a, b) in zip(numbers[0], numbers[1]) where a != b {
      let (x, y) = (try #require(Double(a)), try #require(Double(b)))
      #expect(abs(x - y) <= 1e-10 * max(1, abs(x)))
    }
  }
}
