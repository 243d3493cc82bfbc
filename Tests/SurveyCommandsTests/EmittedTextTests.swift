import SurveyCommands
import Testing
import VektTestSupport

@Suite("Emitted programs")
struct EmittedTextTests {
  @Test func `missing codes, weight and subpopulation stand in an R program`() throws {
    let program = try SmallSurvey().run(
      "tabulate", "DATA", "trust", "--by", "region", "--where", "age >= 18", "--emit", "r")
    #expect(program.status == 0)
    for line in [
      "d$trust <- number(raw$trust, missing = c(8))", "d$region <- words(raw$region)",
      "d$.weight <- d$w", "d$.inside <- with(d, age >= 18)",
      "d$region <- factor(d$region, levels = c(\"n\", \"s\"))",
      "design <- svydesign(ids = ~1, weights = ~.weight, data = d)",
      "design <- subset(design, .inside)",
    ] {
      #expect(program.output.contains(line + "\n"), "\(line)")
    }
  }

  @Test func `the same in Stata`() throws {
    let program = try SmallSurvey().run(
      "tabulate", "DATA", "trust", "--by", "region", "--where", "age >= 18", "--emit", "stata")
    #expect(program.status == 0)
    for line in [
      "replace trust = . if trust == 8", "svyset _n [pweight = vekt_weight], singleunit(missing)",
      "generate byte vekt_inside = cond(missing(age), ., age >= 18)",
      "svy, subpop(vekt_inside): proportion trust, over(region_code) citype(logit) level(95)",
    ] {
      #expect(program.output.contains(line + "\n"), "\(line)")
    }
  }

  @Test func `a test without groups is refused`() throws {
    let found = try SmallSurvey().result(["tabulate", "DATA", "trust", "--test", "--emit", "r"])
    #expect(found.status == 64)
    #expect(found.remarks.contains("--emit writes no program for --test without --by"))
  }

  @Test func `what has no translation is said`() throws {
    let program = try SmallSurvey().run(
      "tabulate", "DATA", "region", "--where", "missing(trust, 'dont_know')", "--emit", "r")
    #expect(program.status == 0)
    #expect(
      program.output.contains(
        "# NOT TRANSLATED: the subpopulation `missing(trust, 'dont_know')`: missing(…) with reasons"
      ))
  }
}
