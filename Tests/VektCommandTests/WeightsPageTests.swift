import Foundation
import Testing
import VektTestSupport

@Suite("The page on weights and replicates")
struct WeightsPageTests {
  init() throws {
    try FileManager.default.createDirectory(
      at: Places.root.appending(path: "build"), withIntermediateDirectories: true)
  }

  @Test func `its example runs on the sample of two stages`() throws {
    let page = Places.root.appending(
      path: "Sources/Vekt/Documentation.docc/WeightsAndReplicates.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let block = try #require(text.components(separatedBy: "```sh run\n").dropFirst().first)
      .components(separatedBy: "```")[0]
    let result = try BuiltCommand.run("set -e\n" + block)
    #expect(result.status == 0, "\(result.errors)")
    let output = result.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for part in [
      "1 municipality 40 80 2 2.00 0", "Standardised to Age group: 18–29 19.6 %",
      "2 stages (municipality 80, respondent 1 200)",
      "strata with one sampling unit of a group: adjust",
      "variance from 80 replicate weights (jkn)",
    ] { #expect(output.contains(part), "\(part) in \(output)") }
    #expect(text.contains("here 1.74"))
    #expect(output.contains("1.739"))
  }
}
