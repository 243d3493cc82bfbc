import SurveyData
import SurveyReaders
import SurveyStatistics
import Testing

/// The codebook of the European Social Survey, read against the made-up file of its shape.
@Suite struct EuropeanSocialSurveyTests {
  private func survey(where condition: String? = nil) throws -> Survey {
    let sample = try #require(SampleSurvey.all.first { $0.stem.hasSuffix("ess-made-up") })
    return try Survey(sample.dataset(), subpopulation: condition.map { try Expression($0) })
  }

  private func share(
    of code: String, of variable: String, where condition: String
  ) throws -> Double {
    let rows = try survey(where: condition).tabulate(variable).rows
    return try #require(rows.first { $0.category?.code == code }).estimate
  }

  @Test func `missing codes go by the length of the item`() throws {
    let dataset = try survey().dataset
    for (variable, codes) in [
      ("dscrgrp", ["6", "7", "8", "9"]), ("ppltrst", ["66", "77", "88", "99"]),
      ("agea", ["666", "777", "888", "999"]), ("livecnta", ["6666", "7777", "8888", "9999"]),
      ("cntbrthd", ["6666", "7777", "8888", "9999"]),
    ] {
      let missing = try dataset.categorical(variable).missing.dropFirst()
      #expect(missing.map(\.text) == codes)
      #expect(missing.map(\.reason) == [.inapplicable, .refused, .dontKnow, .noAnswer])
    }
  }

  @Test func `generation follows one's own and the parents' birthplace`() throws {
    for (generation, condition) in [
      ("1", "brncntr == 2 and facntr == 2 and mocntr == 2"),
      ("2", "brncntr == 1 and facntr == 2 and mocntr == 2"),
      ("4", "brncntr == 1 and facntr == 1 and mocntr == 1"),
    ] {
      #expect(try share(of: generation, of: "generation", where: condition) == 1)
    }
  }

  @Test func `new EU countries are group 2 of three and group 1 of two`() throws {
    for (country, three, two) in [("GB", "1", "1"), ("PL", "2", "1"), ("SO", "3", "2")] {
      let born = "cntbrthd == '\(country)'"
      #expect(try share(of: three, of: "country_group_three_way", where: born) == 1)
      #expect(try share(of: two, of: "country_group_two_way", where: born) == 1)
      let descended = "generation == 2 and mbrncntc == '\(country)'"
      #expect(try share(of: three, of: "country_group_three_way", where: descended) == 1)
    }
    #expect(throws: SurveyError.self) {
      try share(of: "1", of: "country_group_two_way", where: "generation == 4")
    }
  }

  @Test func `grounds are given only by those whose group is discriminated against`() throws {
    #expect(try share(of: "yes", of: "discriminated", where: "ethnic_discrimination == 1") == 1)
  }

  @Test func `the education gradient in discrimination is steeper for those born in the country`()
    throws
  {
    func gradient(_ generation: Int) throws -> Double {
      func share(_ higher: String) throws -> Double {
        try self.share(
          of: "yes", of: "discriminated",
          where: "generation == \(generation) and higher_education == '\(higher)'")
      }
      return try share("yes") - share("no")
    }
    #expect(try gradient(2) > 0.2 && gradient(2) > gradient(1) + 0.15)
  }
}
