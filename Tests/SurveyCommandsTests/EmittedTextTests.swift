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

  @Test(arguments: [
    (
      "compare DATA age --by region --against rest --measure ratio",
      [
        "generate byte vekt_in2 = !missing(age, region_code) & !(region_code == 1)",
        "svy: ratio (a: vekt_y1/vekt_in1) (b: vekt_y2/vekt_in2)",
        "nlcom ln(_b[a] / _b[b]), level(95)",
      ]
    ),
    (
      "compare DATA age --to 30 --by region", ["nlcom _b[a] - 30, level(95)"]
    ),
    (
      "compare DATA age --by region --trend", ["contrast p.region_code, effects level(95)"]
    ),
    (
      "model DATA age~region --margins region --se joint --effects sequential --contrast region=s",
      [
        "svy: regress vekt_outcome ib1.region_code, level(95)",
        "testparm i.region_code, nosvyadjust",
        "margins ar.region_code, contrast(effects nowald) vce(unconditional) level(95)",
        "nlcom _b[2.region_code], level(95)",
      ]
    ),
    (
      "model DATA age~region --predict region=n,s",
      ["margins, at(region_code=1) at(region_code=2) level(95)"]
    ),
    ("summarize DATA age w --correlations", ["svy: sem ( <- age w), standardized level(95)"]),
    (
      "tabulate DATA trust --keep dont_know",
      [
        "generate vekt_raw_trust = trust", "svy: proportion vekt_kept1, citype(logit) level(95)",
      ]
    ),
    (
      "paradox gradient DATA age>30 --over trust",
      [
        "svy: logit vekt_y i.vekt_level, level(95)",
        "margins r.vekt_level, contrast(effects) level(95)",
        "testparm i.vekt_level, nosvyadjust",
      ]
    ),
    (
      "paradox tipping DATA age>30 --over region",
      ["svy: mean vekt_y, over(vekt_level) level(95)"]
    ),
    (
      "paradox pool DATA --estimate-column age --std-error-column w --hk-adhoc",
      ["meta summarize, random(reml) se(khartung, truncated) predinterval level(95)"]
    ),
    (
      "paradox gap DATA age w --by region",
      ["svy: regress vekt_gap ib1.region_code, level(95)", "testparm i.region_code, nosvyadjust"]
    ),
  ])
  func `commands of Stata`(_ command: String, _ lines: [String]) throws {
    let words = command.split(separator: " ").map(String.init)
    let program = try SmallSurvey().result(words + ["--emit", "stata"])
    #expect(program.status == 0, "\(program.remarks)")
    for line in lines {
      #expect(program.output.contains(line + "\n"), "\(line) in \(program.output)")
    }
  }

  @Test func `draws that no other program has are refused`() throws {
    let found = CommandRunner().run([
      "paradox", "decompose", EmittedProgram.everyday, "discriminated", "--by", "generation",
      "--covariates", "age", "--where", "generation != 'none'", "--method", "fairlie", "--emit",
      "r",
    ])
    #expect(found.status == 64)
    #expect(
      found.remarks.joined().contains("--emit writes no program for --method fairlie: its draws"))
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
