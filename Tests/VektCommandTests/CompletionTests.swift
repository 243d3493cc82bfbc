import Foundation
import Testing
import VektTestSupport

@testable import SurveyCommands

@Suite("What a shell offers")
struct CompletionTests {
  static let data = Places.root.appending(path: "SampleData/everyday-integration-2023.csv").path

  @Test(arguments: [
    ("trust_p", ["trust_police", "trust_parliament"]),
    ("trust_nav,trust_p", ["trust_nav,trust_police", "trust_nav,trust_parliament"]),
    ("trust_police,trust_p", ["trust_police,trust_parliament"]),
    (
      "discrimination_",
      ["discrimination_debate", "discrimination_arenas", "discrimination_grounds"]
    ),
    ("zzz", []),
  ])
  func `variables come from the file's header and codebook`(_ prefix: String, _ names: [String]) {
    let words = ["vekt", "tabulate", Self.data, "sex", prefix]
    #expect(VariableCompletion(words, prefix: prefix).names == names)
  }

  @Test func `a file without names, or none, offers nothing`() {
    #expect(VariableCompletion(["vekt", "tabulate", "none.csv", ""], prefix: "").names.isEmpty)
    #expect(VariableCompletion(["vekt", "tabulate"], prefix: "").names.isEmpty)
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `scripts complete files and ask for variables`(_ shell: String) throws {
    let response = CommandRunner().run(["--generate-completion-script", shell])
    let script = String(decoding: response.output, as: UTF8.self)
    #expect(response.status == 0)
    #expect(script.contains("---completion"))
    let files = ["bash": "__vekt_add_completions -f", "zsh": "_files", "fish": "-rF"]
    #expect(script.contains(files[shell] ?? "?"), "\(script.prefix(3000))")
  }
}
