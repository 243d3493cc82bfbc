import Foundation
import SurveyData
import SurveyReaders
import SurveyStatistics
import SurveySynthesis
import Testing
import VektTestSupport

/// Every percentage that the report prints is a cell of a table of the shipped surveys.
@Suite struct PublishedFigureTests {
  @Test(arguments: SampleSurvey.all)
  func `the shipped CSV is exactly what the shipped recipe makes`(survey: SampleSurvey) throws {
    let synthesis = try Recipe(contentsOf: survey.stem + ".recipe.yaml").synthesize()
    let shipped = try String(contentsOfFile: survey.stem + ".csv", encoding: .utf8)
    #expect(try synthesis.csv() == shipped, "make it again with `vekt synthesize`")
    let targets = synthesis.targets.filter { !$0.id.hasPrefix("assumed.") }
    let published = try survey.published()
    #expect(
      targets.map { "\($0.id) \($0.wanted)" }.sorted()
        == published.map { "\($0.id) \(Double($0.percent) ?? .nan)" }.sorted())
  }

  @Test(arguments: SampleSurvey.all)
  func `codebook and file agree`(survey: SampleSurvey) throws {
    let dataset = try survey.dataset()
    let findings = try dataset.codebook.findings(in: dataset)
    #expect(findings.filter { $0.severity != .information }.map(\.text) == [])
    #expect(!findings.contains { $0.id == "columns-not-described" })
  }

  @Test(arguments: SampleSurvey.all)
  func `every published percentage is the rounding of a cell`(survey: SampleSurvey) throws {
    let whole = try Survey(survey.dataset())
    for figure in try survey.published() {
      let people =
        figure.condition.isEmpty
        ? whole : try whole.restricted(to: Expression(figure.condition))
      let rows = try people.tabulate(figure.variable).rows
        .filter { figure.codes.contains(Substring($0.category?.code ?? "")) }
      #expect(rows.count == figure.codes.count, "\(figure.id): a code has no cell")
      let percent = 100 * rows.reduce(0) { $0 + $1.estimate }
      #expect(
        String(format: "%.\(figure.digits)f", percent) == figure.percent,
        "\(figure.id): the cell is \(percent)")
    }
  }

  @Test(
    "every figure of the report is met by one cell or listed with the reason")
  func everyFigureIsAccountedFor() throws {
    let facts = try Dataset(
      contentsOf: Places.reference.appending(path: "published-indicators.csv").path)
    func column(_ name: String) throws -> [String] { try facts.text(name).values }
    let (ids, percents) = (try column("id"), try column("percent"))
    let (sections, lines) = (try column("section"), try column("report_line"))
    let met = Dictionary(grouping: try SampleSurvey.all.flatMap { try $0.published() }, by: \.id)
    let readme = try String(
      contentsOf: Places.root.appending(path: "SampleData/README.md"), encoding: .utf8)
    var (metCount, listedCount) = (0, 0)
    for index in ids.indices {
      let id = ids[index]
      if percents[index].isEmpty {
        listedCount += 1
        #expect(met[id] == nil && readme.contains("| `\(id)` |"), "\(id) is not listed")
      } else {
        metCount += 1
        let figure = try #require(met[id]?.first, "\(id) is not met")
        #expect(met[id]?.count == 1 && Double(figure.percent) == Double(percents[index]), "\(id)")
        #expect(figure.section == sections[index] && figure.line == lines[index], "\(id)")
      }
    }
    #expect((metCount, listedCount) == (143, 28) && met.count == 143)
    print(
      "\(metCount) published percentages are met, \(listedCount) figures without one are listed")
  }

  @Test func `over 50 per cent of Ukrainian adults have Norwegian acquaintances`() throws {
    let survey = try #require(
      SampleSurvey.all.first { $0.stem.hasSuffix("ukrainian-refugees-2022-2023") })
    let refugees = try Survey(
      survey.dataset(), subpopulation: Expression("origin == 'ukrainian'"))
    let row = try refugees.tabulate("norwegian_acquaintances").rows
      .first { $0.category?.code == "yes" }
    #expect(try #require(row).estimate > 0.5)
  }
}
