import Foundation
import SurveyCommands
import Testing
import VektTestSupport

@Suite("Stata's svyset of calibrated weights") struct CalibratedStataTests {
  private func program(_ steps: String, design: String = "strata: stratum, psu: psu") throws
    -> String
  {
    let folder = try Places.temporaryFolder()
    let file = folder.appending(path: "g.csv")
    // The weight after the steps, cw, is that before them.
    try String(contentsOfFile: EmittedProgram.golden, encoding: .utf8)
      .split(whereSeparator: \.isNewline).map { line in
        let fields = line.split(separator: ",", omittingEmptySubsequences: false)
        return "\(line),\(fields[0] == "id" ? "cw" : fields[6])\n"
      }.joined().write(to: file, atomically: true, encoding: .utf8)
    try """
    vekt: 1
    variables: {sex: {codes: [0, 1]}, g: {codes: [1, 2, 3]}}
    weights: {cw: {var: cw, default: true, adjusted: [\(steps)]}}
    design: {\(design)}

    """.write(
      to: folder.appending(path: "g.codebook.yaml"), atomically: true, encoding: .utf8)
    let found = CommandRun(["summarize", file.path, "z", "--emit", "stata"])
    #expect(found.status == 0, "\(found.remarks)")
    return found.output
  }

  @Test func `post-strata are the cells, at the last stage of the design`() throws {
    let text = try program(
      "{step: poststratify, of: w, by: [sex, g]}, {step: normalize, to: n}",
      design: "strata: stratum, psu: [psu, ssu], fpc: [fpc1, fpc2]")
    for line in [
      "generate double vekt_before = w", "egen vekt_cell = group(sex g)",
      "egen double vekt_total = total(vekt_weight), by(vekt_cell)",
      "svyset psu [pweight = vekt_before], strata(stratum) fpc(fpc1) || ssu, fpc(fpc2) "
        + "singleunit(missing) poststrata(vekt_cell) postweight(vekt_total)",
    ] { #expect(text.contains(line + "\n"), "\(line) in \(text)") }
    #expect(!text.contains("NOT TRANSLATED"))
  }

  @Test(arguments: [("linear", "regress"), ("raking", "rake")])
  func `a formula is the columns that make up no other, with their totals`(
    _ method: String, _ option: String
  ) throws {
    let text = try program(
      "{step: calibrate, of: w, formula: sex + g + x, method: \(method)}")
    for line in [
      "egen vekt_cell1 = group(sex)", "quietly tabulate vekt_cell1, generate(vekt_c1_)",
      "quietly tabulate vekt_cell2, generate(vekt_c2_)", "drop vekt_c2_1",
      "generate double vekt_c3_ = cond(missing(x), 0, x)",
      "unab vekt_columns : vekt_c1_* vekt_c2_* vekt_c3_",
      "matrix vecaccum vekt_totals = vekt_weight `vekt_columns', noconstant",
      "svyset psu [pweight = vekt_before], strata(stratum) singleunit(missing) "
        + "\(option)(`vekt_columns', totals(vekt_totals) noconstant)",
    ] { #expect(text.contains(line + "\n"), "\(line) in \(text)") }
    #expect(!text.contains("drop vekt_c1_1"))
    let alone = try program("{step: calibrate, of: w, formula: x, method: \(method)}")
    #expect(alone.contains("generate byte vekt_all = 1\n"))
    let slopes = try program("{step: calibrate, of: w, formula: 'sex:x', method: \(method)}")
    #expect(
      slopes.contains("  replace `x' = cond(missing(`x'), 0, `x') * cond(missing(x), 0, x)\n"))
  }

  @Test(arguments: [
    ("{step: rake, of: w, by: [sex, g]}", "whose residuals Vekt and R take margin after margin"),
    (
      "{step: calibrate, of: w, formula: sex, method: logit, bounds: [0.5, 2]}",
      "the method logit, which svyset does not know"
    ),
    ("{step: calibrate, of: w, formula: sex, bounds: [0, HI]}", "within bounds"),
    ("{step: nonresponse, of: w, responded: z == 1, by: [g]}", "which svyset does not know"),
    (
      "{step: poststratify, of: w, by: [sex]}, {step: poststratify, of: w, by: [g]}",
      "and by poststratify: svyset takes one step"
    ),
    (
      "{step: poststratify, of: w, by: [sex]}, {step: trim, bounds: [0.5, 2]}",
      "and by trim: svyset takes one step"
    ),
    (
      "{step: poststratify, of: w, by: [sex], covariance: [[1, 0], [0, 1]]}",
      "to estimated totals, whose variance svyset leaves out"
    ),
    ("{step: calibrate, of: w, formula: 'sex:g + sex:x + g:x'}", "by terms that share variables"),
  ])
  func `other steps are refused by name`(_ steps: String, _ why: String) throws {
    let text = try program(steps)
    #expect(text.contains("* NOT TRANSLATED: a weight by the step '"), "\(text)")
    #expect(text.contains(why), "\(text)")
    #expect(text.contains("error 198"))
  }
}
