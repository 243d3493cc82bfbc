import IntegrationParadox
import SurveyData
import SurveyStatistics
import Testing
import VektTestSupport

@Suite(
  "What a decomposition refuses, and what it says")
struct MediationErrorTests {
  private func fault(
    outcome: String = "discr", keys: [String] = ["edu"],
    blocks: [MediatorBlock] = [MediatorBlock("exposure", ["expo"])], controls: [String] = [],
    by group: String? = nil, change: (inout [(name: String, values: [Double])]) -> Void = { _ in }
  ) throws -> SurveyError? {
    var columns = try ReferenceCase.columns()
    change(&columns)
    let survey = try ReferenceCase.survey(columns)
    return #expect(throws: SurveyError.self) {
      try survey.mediation(
        of: outcome, keys: keys, blocks: blocks, controls: controls, by: group)
    }
  }

  @Test func `a name that the codebook does not have, with its part and the nearest`() throws {
    let error = try fault(blocks: [MediatorBlock("exposure", ["exppo"])])
    #expect(error?.kind == .usage)
    #expect(error?.problem.contains("exppo") == true)
    #expect(error?.problem.contains("in block 'exposure'") == true)
    #expect(error?.remedy?.contains("expo") == true)
  }

  @Test func `a variable in two parts`() throws {
    let error = try fault(controls: ["edu"])
    #expect(error?.kind == .usage)
    #expect(error?.description.contains("is both a key and a control") == true)
  }

  @Test func `an outcome of five values`() throws {
    let error = try fault(outcome: "seen")
    #expect(error?.problem.contains("needs an outcome of two values") == true)
  }

  @Test func `a mediator that is the same for everybody`() throws {
    let error = try fault { columns in
      guard let index = columns.firstIndex(where: { $0.name == "expo" }) else { return }
      columns[index].values = columns[index].values.map { _ in 4 }
    }
    #expect(error?.kind == .noAnswer)
    #expect(error?.place == "expo")
    #expect(
      error?.problem
        == "the mediator is the same for all 1042 respondents, so it explains nothing")
  }

  @Test(arguments: [["factor(expo)"], ["aware", "factor(expo)"]])
  func `a mediator that is a factor of one category`(_ mediators: [String]) throws {
    let error = try fault(blocks: [MediatorBlock("exposure", mediators)]) { columns in
      guard let index = columns.firstIndex(where: { $0.name == "expo" }) else { return }
      columns[index].values = columns[index].values.map { _ in 4 }
    }
    #expect(error?.kind == .noAnswer)
    #expect(
      error?.problem
        == "the mediator is the same for all 1042 respondents, so it explains nothing")
  }

  @Test func `a group with one respondent`() throws {
    let error = try fault(by: "gen") { columns in
      guard let index = columns.firstIndex(where: { $0.name == "gen" }) else { return }
      columns[index].values[3] = 2
    }
    #expect(error?.kind == .noAnswer)
    #expect(error?.problem.contains("1 respondent in group '2'") == true)
  }

  @Test func `the group as a key`() throws {
    let error = try fault(keys: ["gen"], by: "gen")
    #expect(error?.problem.contains("within a group it explains nothing") == true)
  }

  @Test func `a product among the mediators`() throws {
    let error = try fault(blocks: [MediatorBlock("exposure", ["edu:expo"])])
    #expect(error?.kind == .usage)
  }

  @Test func `no mediators at all`() throws {
    let error = try fault(blocks: [])
    #expect(error?.problem == "there are no mediators")
  }
}
