import Testing
import VektTestSupport

@testable import SurveyCommands
@testable import VektCommand

@Suite("The verb that draws")
struct ChartVerbTests {
  private static let file =
    Places.root.appending(path: "SampleData/youth-2021-2023.published.csv").path

  private func run(_ words: String...) -> CommandRunner.Response {
    CommandRunner(root: RootCommand.self).run(words)
  }

  @Test func `printed figures are drawn without a verb, since they are a table by themselves`() {
    let drawn = run("chart", "--published", Self.file, "--title", "Sport")
    #expect(drawn.status == 0 && drawn.output.starts(with: Array("<svg ".utf8)))
    #expect(
      drawn.output == run("chart", "tabulate", "--published", Self.file, "--title", "Sport").output)
    #expect(run("chart", "--title=Sport", "--published=\(Self.file)").output == drawn.output)
  }

  @Test(arguments: ["--by", "--weights", "--answer", "--banner", "--level", "--facet"])
  func `an option of data is refused by its name, with the verb and without`(option: String) {
    for verb in [["chart"], ["chart", "tabulate"]] {
      let words = verb + [option, option == "--level" ? "0.9" : "x", "--published", Self.file]
      let found = CommandRunner(root: RootCommand.self).run(words)
      #expect(found.status == 64)
      #expect(
        found.remarks.joined().contains("\(option) is of data, and there are none here"),
        "\(found.remarks)")
    }
  }

  @Test func `other options want a verb`() {
    #expect(run("chart", "--by", "origin").status == 64)
    #expect(run("chart").status == 64)
  }
}
