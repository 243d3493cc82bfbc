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

  @Test func `the head of a program is the command that gives the same result`() throws {
    let survey = try SmallSurvey()
    let words = [
      "tabulate", "DATA", "trust", "--by", "region", "--where", "region == 'n' or age > 20",
    ]
    let program = survey.result(words + ["--emit", "r"]).output
    let head = try #require(program.split(separator: "\n").first)
    #expect(
      head.hasSuffix(
        "small.csv trust --by region --where 'region == '\\''n'\\'' or age > 20'"), "\(head)")
    #expect(survey.result(words + ["--emit=stata"]).output.contains("--by region --where"))
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
        "nlcom ln(_b[a] / _b[b]), df(4) level(95)",
      ]
    ),
    (
      "compare DATA age --to 30 --by region", ["nlcom _b[a] - 30, df(1) level(95)"]
    ),
    (
      "compare DATA age --by region --trend",
      ["contrast p.region_code, effects nosvyadjust level(95)"]
    ),
    (
      "model DATA age~region --margins region --se joint --effects sequential --contrast region=s",
      [
        "svy, dof(3): regress vekt_outcome ib1.region_code, level(95)",
        "testparm i.region_code, nosvyadjust df(3)",
        "margins ar.region_code, contrast(effects nowald) vce(unconditional) df(4) level(95)",
        "nlcom _b[2.region_code], df(3) level(95)",
      ]
    ),
    (
      "model DATA age~region --predict region=n,s",
      ["margins, at(region_code=1) at(region_code=2) df(4) level(95)"]
    ),
    (
      "model DATA region~w --family multinomial --contrast s:w",
      [
        "replace vekt_outcome = 2 if (region) == `\"s\"' & !missing(region)",
        "svy, dof(4): mlogit vekt_outcome c.w, baseoutcome(1) level(95)",
        "nlcom _b[answer2:w], df(4) level(95)",
      ]
    ),
    (
      "model DATA age~region age~region+w --family linear",
      ["* What it says beyond model 1.", "testparm c.w, nosvyadjust df(2)"]
    ),
    (
      "tabulate DATA trust --by region --percentages column",
      ["svy: proportion region_code, over(trust) citype(logit) level(95)"]
    ),
    (
      "compare DATA trust --by region --statistic share --base asked",
      [
        "generate vekt_kept1 = trust",
        "test (_b[r2] = _b[r1]), nosvyadjust df(5)",
      ]
    ),
    (
      "summarize DATA age --statistic sd,median --by region",
      [
        "  svy, subpop(if region_code == `g'): mean age vekt_square",
        "  _pctile age [pweight = vekt_weight] if region_code == `g', percentiles(50)",
      ]
    ),
    (
      "summarize DATA age w --correlations",
      ["svy: mean vekt_x1 vekt_x2 vekt_x1_2 vekt_x2_2 vekt_x1_x2"]
    ),
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

  @Test(arguments: [
    (
      "paradox models DATA discriminated --key education --block exposure=contact_majority",
      [
        "svy: regress vekt_x4 vekt_x1 vekt_x2 vekt_x3",
        "suest full path4 path5 path6 path7, level(95)", "nlcom [full_vekt_y]vekt_x1, level(95)",
      ]
    ),
    (
      "paradox decompose DATA age --by generation --covariates education --method oaxaca "
        + "--coefficients pooled --where generation!='none'",
      [
        "oaxaca vekt_y (education: normalize(b.vekt_f1_1 vekt_f1_2 vekt_f1_3 vekt_f1_4)), "
          + "by(vekt_group) pooled svy(linearized, subpop(vekt_inside)) level(95)"
      ]
    ),
  ])
  func `commands of Stata on the sample survey`(_ command: String, _ lines: [String]) throws {
    let words = command.split(separator: " ").map {
      $0 == "DATA" ? EmittedProgram.everyday : String($0)
    }
    let program = CommandRunner().run(words + ["--emit", "stata"])
    #expect(program.status == 0, "\(program.remarks)")
    let output = String(decoding: program.output, as: UTF8.self)
    for line in lines { #expect(output.contains(line + "\n"), "\(line) in \(output)") }
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
    #expect(found.remarks.contains("--test asks whether the answers differ between groups"))
  }

  @Test func `an option of tables is refused, printed figures are said to be left out`() throws {
    let small = try SmallSurvey()
    let chart = small.result(["tabulate", "DATA", "trust", "--chart", "--emit", "stata"])
    #expect(chart.status == 64)
    #expect(chart.remarks.contains("--chart is of tables and charts, and --emit writes a program"))
    let figures = small.folder.appending(path: "printed.csv")
    try "variable,codes,percent\ntrust,1,50\n"
      .write(to: figures, atomically: true, encoding: .utf8)
    let program = small.run(
      "tabulate", "DATA", "trust", "--published", figures.path, "--emit", "r")
    #expect(program.output.contains("# The estimates alone: the printed figures of "))
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
