import Foundation
import SurveyCommands
import Testing

/// What R's own functions fail at or answer otherwise, in programs that `--emit r` writes: groups named
/// as functions are, shares below the weight of the first value, rows of weight 0, codes and groups
/// that nobody has, answers that count as one.
@Suite("Emitted programs on awkward data", .enabled(if: EmittedProgram.hasR))
struct AwkwardProgramTests {
  let survey: SmallSurvey

  init() throws {
    var rows = ["st,ps,w,g,edu,y,x,z,acc,t,q"]
    for i in 0..<72 {
      let weight = i % 9 == 4 ? "0" : ["1", "0.4", "2.2", "1.3"][i % 4]
      let group = ["a", "c", "list"][(i * 5 + i / 7) % 3]
      let y = i % 17 == 3 ? "8" : (i * 7 + i / 5) % 3 == 0 ? "1" : "2"
      let x = i % 13 == 6 ? "" : "\((i * 11) % 7)"
      let z = "\(Double((i * 37) % 41) / 10 - 2)"
      rows.append(
        "\(i % 3 + 1),\(i % 15 / 3 + 1),\(weight),\(group),\((i * 3 + i / 4) % 4 + 1),\(y),\(x),\(z),"
          + "\((i / 2 + i / 9) % 2),\((i * 13 + i / 6) % 5 + 1),\(i == 40 ? "9" : "")")
    }
    survey = try SmallSurvey(
      rows.joined(separator: "\n") + "\n",
      codebook: """
        vekt: 1
        variables:
          g: {type: text, codes: [a, c, list, nobody]}
          edu: {type: integer, measure: ordinal, codes: [1, 2, 3, 4]}
          y: {type: integer, codes: {1: "Yes", 2: "No"}, missing: {8: dont_know}}
          acc: {type: integer, codes: [0, 1]}
          t: {type: integer, measure: ordinal, codes: [1, 2, 3, 4, 5, 6]}
          q: {type: integer}
        weights: {w: {var: w, default: true}}
        design: {strata: st, psu: ps}
        """)
  }

  @Test(arguments: [
    [
      "tabulate DATA y t --by g --letters --test", "tabulate DATA t --by g --percentages column",
      "tabulate DATA t --by g --percentages total", "tabulate DATA y --by g --base all,answered",
      "tabulate DATA y --by g --answer yes --test --letters",
      "tabulate DATA t y --by g --answer t=4,5 --test --letters --bounds",
    ],
    [
      "summarize DATA z x --by g --quantiles 0.4,0.5",
      "summarize DATA x --quantiles 0.1,0.5,0.9 --quantile-rule school",
      "summarize DATA z --quantiles 0.09,0.9",
      "summarize DATA x --quantiles 0.1,0.5,0.9 --quantile-rule hf3",
      "summarize DATA z --quantiles 0.1,0.5 --quantile-rule hf4",
      "summarize DATA z --quantiles 0.1,0.9 --quantile-rule hf7",
      "summarize DATA z --quantiles 0.1,0.9 --ci wilson", "summarize DATA --scale x,t,edu",
    ],
    [
      "compare DATA y --by g", "compare DATA t --by g --answer 4,5 --against rest",
      "compare DATA t --by g --answer 4,5 --measure odds-ratio",
      "compare DATA t edu --answer 4,1", "compare DATA z --by g --measure difference --trend",
      "compare DATA z --by g --statistic median", "compare DATA z --by g --within acc",
    ],
    [
      "model DATA 'y ~ z + g'", "model DATA 'y ~ z' --answer no", "model DATA 't ~ z' --answer 4,5",
      "model DATA 't ~ z + acc' --answer 1,2 --family probit --margins z --predict z=0,1",
    ],
    [
      "paradox gap DATA y acc --by g", "paradox gap DATA y acc --by g --odds",
      "paradox discordance DATA y acc --by g", "paradox gap DATA t acc --answer t=4,5 --by g",
      "paradox gradient DATA y --over edu --by g",
      "paradox gradient DATA t --over edu --answer 4,5",
      "paradox tipping DATA y --over edu", "paradox models DATA y --key x --block m=z,acc",
      "paradox decompose DATA t --answer 4,5 --by acc --covariates z,x",
    ],
  ])
  func `have the numbers of the commands`(_ commands: [String]) throws {
    try EmittedProgram.expectSame(commands, data: survey.data)
  }
}
