import Foundation
import SurveyData
import SurveyReaders
import Testing
import VektTestSupport

@Suite struct CodebookManualTests {
  private func manual() throws -> String {
    try String(contentsOf: Places.root.appending(path: "Codebooks/README.md"), encoding: .utf8)
  }

  @Test func `every example of the manual is a codebook`() throws {
    let blocks = try manual().components(separatedBy: "```yaml\n").dropFirst()
    #expect(blocks.count >= 4)
    for block in blocks {
      let yaml = try #require(block.components(separatedBy: "\n```").first)
      let text = yaml.hasPrefix("vekt:") ? yaml : "vekt: 1\n\(yaml)"
      let codebook = try Codebook(parsing: text, name: "README.md")
      #expect(try Codebook(parsing: codebook.yaml(), name: "again") == codebook)
    }
  }

  @Test func `the manual names every reason, type, measure, role and policy`() throws {
    let text = try manual()
    let words =
      MissingReason.allCases.map(\.rawValue) + ValueType.allCases.map(\.rawValue)
      + Measure.allCases.map(\.rawValue) + VariableRole.allCases.map(\.rawValue)
      + UnknownPolicy.allCases.map(\.rawValue) + LonelyPSU.allCases.map(\.rawValue)
    for word in words { #expect(text.contains("`\(word)`"), "\(word)") }
  }
}
