/// Command lines that an awkward survey is put through: of every verb several, one of which each
/// survey gets.
enum AwkwardCommands {
  static let verbs: [[String]] = [
    [
      "tabulate DATA b --by g", "tabulate DATA c --by g --test",
      "tabulate DATA c --by g --statistic Wald",
      "tabulate DATA c --by g,h --letters", "tabulate DATA b --ci beta",
      "tabulate DATA c --by h --percentages total",
      "tabulate DATA b --by g --ci wilson", "tabulate DATA c --by g --statistic adjWald",
      "tabulate DATA c --shares 1=0.2,2=0.3,3=0.5", "tabulate DATA b --by g --ci likelihood",
      "tabulate DATA c --by h --statistic lincom", "tabulate DATA b --bounds --by h",
    ],
    [
      "summarize DATA y --by g", "summarize DATA y --quantiles 0.1,0.5,0.9 --by g",
      "summarize DATA y --statistic total,mean,sd --by h", "summarize DATA --ratio y/x --by g",
      "summarize DATA y x --correlations --by h", "summarize DATA --scale b,d",
      "summarize DATA y --statistic median", "summarize DATA --statistic total --by g,h",
    ],
    [
      "compare DATA y --by g", "compare DATA b --by g --against all-pairs",
      "compare DATA b --by g --against rest",
      "compare DATA y --by g --statistic median", "compare DATA b --by g --measure odds-ratio",
      "compare DATA b --by g --measure ratio", "compare DATA y --by e --trend",
      "compare DATA y --by g --rank kruskal-wallis", "compare DATA y --by h --rank wilcoxon",
      "compare DATA b d", "compare DATA y --to 3", "compare DATA b --by h --within g",
      "compare DATA c --by g --against total --adjust holm", "compare DATA y x --statistic mean",
    ],
    [
      "model DATA 'b ~ x + factor(g)'", "model DATA 'y ~ x + I(x^2)' --family linear",
      "model DATA 'b ~ factor(g) * factor(h)' --margins h --over g",
      "model DATA 'b ~ x' --ci likelihood",
      "model DATA 'b ~ x + h' --family probit", "model DATA 'b ~ x + h' --family cloglog",
      "model DATA 'c ~ x + h' --family poisson", "model DATA 'e ~ x + h' --family ordinal",
      "model DATA 'c ~ x + h' --family multinomial", "model DATA 'b ~ factor(g)' --term-tests lrt",
      "model DATA 'y ~ factor(g) * h' --family linear --margins g --predict 'g=all'",
      "model DATA 'b ~ x' 'b ~ x + factor(g)'",
    ],
    [
      "paradox gap DATA b d --by g", "paradox gap DATA b d --by h --controls x,e",
      "paradox gap DATA b d",
      "paradox gap DATA b d --by g --odds",
    ],
    [
      "paradox discordance DATA b d --by g", "paradox discordance DATA b d",
      "paradox discordance DATA b d --by h --controls x",
    ],
    [
      "paradox models DATA b --key e --block m=x",
      "paradox models DATA b --key h --block m=d --block k=c --scale probability",
      "paradox models DATA y --key h --block m=d --family linear",
    ],
    [
      "paradox gradient DATA b --over e --by h", "paradox gradient DATA b --over e",
      "paradox gradient DATA d --over e --by g",
      "paradox gradient DATA b --over e --controls x",
    ],
    [
      "paradox decompose DATA b --by h --covariates x,e",
      "paradox decompose DATA y --by h --covariates d,e --method oaxaca",
      "paradox decompose DATA d --by h --covariates g --threefold",
    ],
    ["paradox tipping DATA b --over e", "paradox tipping DATA d --over e"],
    [
      "summarize DATA b c y x --table1 --by g", "summarize DATA y x e --table1",
      "summarize DATA c y --table1 --by h --statistic median",
      "summarize DATA b y --table1 --by g,h --test Wald",
      "summarize DATA c y x --table1 --by h --statistic mean,median --test van-der-waerden",
    ],
    [
      "model DATA 'A: b ~ x' 'B: b ~ x + factor(g)' --parentheses se --exponentiate --stars",
      "model DATA --models 'y ~ factor(g)' --family linear --parentheses interval",
      "model DATA 'A: e ~ x + h' --family ordinal --parentheses p",
      "model DATA 'A: c ~ x' 'c ~ x + h' --family multinomial --parentheses statistic",
    ],
  ]

  /// Command lines whose programs R can follow on awkward surveys.
  static let comparedWithR = [
    "tabulate DATA b --by g", "tabulate DATA c --by h --percentages total",
    "tabulate DATA b --ci beta",
    "summarize DATA y --by g", "summarize DATA x --statistic total,mean,sd --by h",
    "summarize DATA y --quantiles 0.5 --by h", "compare DATA x --by h",
    "model DATA 'b ~ h + factor(e)'",
    "model DATA 'y ~ h + factor(g)' --family linear",
  ]

  /// The words of a line; quoted ones belong together.
  static func words(_ line: String) -> [String] {
    line.split(separator: "'", omittingEmptySubsequences: false).enumerated().flatMap {
      place, part in
      place.isMultiple(of: 2) ? part.split(separator: " ").map(String.init) : [String(part)]
    }
  }
}
