import Foundation
import SurveyCommands
import Testing
import VektTestSupport

@testable import SurveySynthesis

/// What must hold of every number, however awkward the survey.
@Suite("Two hundred awkward surveys through every verb")
struct AwkwardSurveyTests {
  @Test(arguments: 1...20)
  func `no number claims more than is known`(block: Int) throws {
    let folder = try Places.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for seed in UInt64(block * 10 - 9)...UInt64(block * 10) {
      let survey = AwkwardSurvey(seed: seed)
      let data = try survey.write(to: folder, as: "s\(seed)")
      let shuffled = try survey.write(to: folder, as: "t\(seed)", shuffledBy: seed)
      let runner = CommandRunner()
      var stream = RandomStream(seed: seed, name: "commands")
      for lines in AwkwardCommands.verbs {
        let line = lines[stream.whole(in: 0...(lines.count - 1))]
        let result = try AwkwardResult(line, on: data, survey.design, with: runner)
        var faults = result.faults(isCensus: survey.isCensus)
        if seed.isMultiple(of: 4) {
          let twin = try AwkwardResult(line, on: shuffled, survey.design, with: runner)
          faults += result.differences(from: twin)
        }
        #expect(
          faults.isEmpty,
          """
          seed \(seed): \(line) \(survey.design.joined(separator: " "))
          \(faults.joined(separator: "\n"))
          \(survey.csv())
          """
        )
      }
    }
  }
}
