import SurveyData
import SurveyStatistics
import Testing

/// Every analysis knows the stages of sampling.
@Suite("All analyses with several stages") struct StageAnalysesTests {
  private func compare(
    _ analysis: NamedAnalysis, _ design: DesignDeclaration, with other: DesignDeclaration,
    where isCompared: (String) -> Bool = { _ in true }
  ) throws -> Int {
    let found = Flat(try analysis.run(OwnCellsTests.survey(design))).leaves
    let again = Flat(try analysis.run(OwnCellsTests.survey(other))).leaves
    try #require(found.count == again.count && !found.isEmpty)
    var differing = 0
    for (a, b) in zip(found, again) where isCompared(a.path) {
      if a.path != b.path || !a.agrees(with: b, to: max(analysis.tolerance, 1e-11)) {
        differing += 1
      }
    }
    return differing
  }

  private static func stages(_ fpc: [String]) -> DesignDeclaration {
    DesignDeclaration(strata: "stratum", psu: ["psu", "ssu"], fpc: fpc)
  }

  @Test(arguments: OwnCellsTests.analyses)
  func `a second stage of which everything was drawn changes nothing`(
    analysis: NamedAnalysis
  ) throws {
    let one = DesignDeclaration(strata: "stratum", psu: ["psu"], fpc: ["half"])
    #expect(try compare(analysis, Self.stages(["half", "all"]), with: one) == 0)
  }

  @Test(arguments: OwnCellsTests.analyses)
  func `a second stage changes nothing below a first one drawn with replacement`(
    analysis: NamedAnalysis
  ) throws {
    let one = DesignDeclaration(strata: "stratum", psu: ["psu"])
    #expect(try compare(analysis, Self.stages([]), with: one) == 0)
  }

  @Test(arguments: OwnCellsTests.analyses)
  func `a second stage changes errors, and no estimate`(analysis: NamedAnalysis) throws {
    let one = DesignDeclaration(strata: "stratum", psu: ["psu"], fpc: ["half"])
    let two = Self.stages(["half", "half"])
    #expect(try compare(analysis, two, with: one) { $0.hasSuffix("estimate") } == 0)
    // Ranks and letters have no errors of their own in their results.
    if !["ranks", "letters"].contains(analysis.testDescription) {
      #expect(try compare(analysis, two, with: one) { $0.hasSuffix("rror") } > 0)
    }
  }
}
