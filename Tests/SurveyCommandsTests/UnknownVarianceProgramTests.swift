import SurveyCommands
import Testing

/// Groups whose members all answered alike, of whose variance the sample says nothing, and years beside
/// their squares, of which sums of products keep no digits.
@Suite("Emitted programs where numbers are hard", .enabled(if: EmittedProgram.hasR))
struct UnknownVarianceProgramTests {
  let survey: SmallSurvey

  init() throws {
    var rows = ["x,y,g,w,a,b,h,o,year"]
    for i in 0..<240 {
      let group = i % 4 + 1
      let isAlike = group < 3
      let k = (i * 7 + i / 5) % 11
      let year = 2002 + (i * 13 + i / 7) % 22
      let score = year - 2012 + (i * 17 + i / 3) % 23 - 11 + 3 * (i % 3)
      rows.append(
        "\(isAlike ? 5 : k),\(isAlike ? 1 : k % 2 + 1),\(group),\(["1", "2", "1.5"][(i * 5 + i / 9) % 3]),"
          + "\(isAlike ? 1 : (k + i / 11) % 2),\(isAlike ? 0 : (k / 2 + i / 13) % 2),\(i / 4 % 3 + 1),"
          + "\(score < -6 ? 1 : score < 4 ? 2 : 3),\(year)")
    }
    survey = try SmallSurvey(
      rows.joined(separator: "\n") + "\n",
      codebook: """
        vekt: 1
        variables:
          x: {type: integer, measure: interval}
          y: {type: integer, codes: {1: "Yes", 2: "No"}}
          g: {type: integer, measure: ordinal, codes: [1, 2, 3, 4]}
          a: {type: integer, codes: [0, 1]}
          b: {type: integer, codes: [0, 1]}
          h: {type: integer, codes: [1, 2, 3]}
          o: {type: integer, measure: ordinal, codes: [1, 2, 3]}
          year: {type: integer, measure: interval}
        weights: {w: {var: w, default: true}}
        design: none
        """)
  }

  @Test(arguments: [
    [
      "compare DATA x --by g", "compare DATA y --by g", "compare DATA y --by g --against rest",
      "compare DATA x --by g --against total",
      "compare DATA y --by g --against all-pairs --within h",
      "compare DATA y --by g --ci wilson", "compare DATA y --by g --measure ratio",
      "compare DATA x --by g --statistic median --against rest",
      "compare DATA a b --paired --by g", "compare DATA x --to 5 --by g",
      "compare DATA x --by g --trend", "compare DATA y --by g --trend",
      "compare DATA x --by g --rank wilcoxon --rank median",
      "tabulate DATA y --by g --letters",
    ],
    [
      "paradox gap DATA a b --by g", "paradox gap DATA a b --by g --odds",
      "paradox gap DATA a b --where 'g <= 2'", "paradox gradient DATA a --over h --by g",
      "paradox gradient DATA a --over g", "paradox tipping DATA a --over g",
      "paradox tipping DATA a --over h",
    ],
  ])
  func `have no test of an unknown variance`(_ commands: [String]) throws {
    try EmittedProgram.expectSame(commands, data: survey.data)
  }

  @Test func `fit years beside their squares`() throws {
    try EmittedProgram.expectSame(
      [
        "model DATA 'o ~ year + I(year^2) + h' --family ordinal --margins h",
        "model DATA 'o ~ year + I(year^2) + h' --family multinomial --margins h",
        "model DATA 'o ~ year + I(year^2)' 'o ~ year + I(year^2) + h' --family ordinal "
          + "--term-tests lrt",
      ], data: survey.data, tolerance: 1e-4)
  }
}
