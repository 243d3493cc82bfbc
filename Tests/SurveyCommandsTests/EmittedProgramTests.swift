import Foundation
import SurveyCommands
import Testing
import VektTestSupport

@Suite(
  "Emitted R programs give Vekt's own numbers",
  .enabled(if: EmittedProgram.hasR, "Rscript with the package survey is not installed"))
struct EmittedProgramTests {
  static let everyday = [
    "tabulate DATA general_trust --by origin",
    "tabulate DATA general_trust --by generation --where 'age >= 40 and origin != \"country-group-1\"'",
    "tabulate DATA general_trust --by origin --base asked --bounds",
    "tabulate DATA general_trust --by origin --base all --letters",
    "tabulate DATA general_trust --keep dont_know --bounds",
    "tabulate DATA general_trust --by origin --base all,asked,answered",
    "compare DATA general_trust --by origin --base asked",
    "compare DATA accepted integrated --paired --keep dont_know",
    "summarize DATA life_satisfaction --by age_group --statistic mean,sd",
    "paradox discordance DATA integrated accepted --by generation",
    "compare DATA accepted --by generation",
    "compare DATA accepted integrated --by generation",
    "model DATA 'discriminated ~ education + generation + age' --margins education,age --over generation",
    "paradox gap DATA integrated accepted --by origin",
    "summarize DATA age life_satisfaction sex education --table1 --by generation "
      + "--statistic life_satisfaction=median",
    "summarize DATA institutional_trust discriminated --table1 --answer 4,5,discriminated=yes",
    "tabulate DATA general_trust trust_police --banner sex,generation*sex --bounds",
    "tabulate DATA general_trust --banner generation --answer most --bounds --test --letters",
  ]

  static let tables = [
    "tabulate DATA y --by g,sex",
    "tabulate DATA y --by g --percentages column --missing 'y: 4'",
    "tabulate DATA y --by g --percentages total --derive 'big = x > 0' --where 'big == 1'",
    "tabulate DATA o3 x2 --by sex --derive 'o3 = recode(o, <2 = 1 \"Low\", else = 2 \"High\")' "
      + "--derive 'x2 = cut(x, -1, 0.5)'",
    "summarize DATA m --by old --derive 'm = mean(y, o, g, min: 2)' "
      + "--derive 'old = labels(x > 0, 0 \"No\", 1 \"Yes\")'",
    "summarize DATA xm --statistic mean,total,sd,median",
    "summarize DATA --ratio z/sex --by g",
    "summarize DATA --statistic total --by g",
    "tabulate DATA y o --by g,sex --letters --ci wilson --fpc fpc1",
    "tabulate DATA y --by g --test --ci beta",
    "tabulate DATA y --by g --statistic saddlepoint --ci likelihood",
    "tabulate DATA y --by g --statistic lincom --reliability none",
    "tabulate DATA y --base asked,answered --keep dont_know --missing 'y: 4'",
    "tabulate DATA y --by g --test --shares '1=0.2,2=0.3,3=0.3,4=0.2'",
    "tabulate DATA y --by g --letters --letters-level 0.3 --letters-adjust none",
    "summarize DATA x --quantiles 0.1,0.5 --ci wilson",
    "summarize DATA x --quantiles 0.25 --ci likelihood --by sex",
    "summarize DATA x --statistic median --ci logit",
    "tabulate DATA y --by g --statistic adjWald --ci asin",
    "tabulate DATA y --by g --statistic Chisq --ci xlogit",
    "tabulate DATA y --by g --shares '1=0.2,2=0.3,3=0.3,4=0.2' --ci wald",
    "summarize DATA x --quantiles 0.1,0.9 --quantile-rule hf7 --ci beta",
    "summarize DATA x y o --correlations --by sex",
    "summarize DATA x --scale y,o,g --reverse o --by sex",
    "summarize DATA x y o xm --table1 --by sex --where 'x > -1'",
    "summarize DATA x y o xm --table1 --by g,sex --test Chisq --statistic mean,median",
    "summarize DATA x xm --table1 --by g --test kruskal-wallis --statistic median --ci beta",
    "summarize DATA y xm --table1 --by g --test none",
    "summarize DATA y xm z --table1",
  ]

  static let judgements = [
    "paradox gap DATA 'y >= 2' 'o >= 2' --by g --controls x,sex",
    "paradox discordance DATA 'z == 1' 'sex == 1' --by g",
    "paradox gap DATA 'y >= 2' 'o >= 2' --by g --odds --reference 2 --where 'x > -1'",
    "paradox gap DATA z 'o >= 2' --odds",
    "paradox discordance DATA 'z == 1' 'sex == 1' --by g --controls x,o --where 'x > -1'",
    "paradox discordance DATA 'z == 1' 'sex == 1' --controls x",
  ]

  static let comparisons = [
    "compare DATA x --by g --reference 2",
    "compare DATA x --by sex",
    "compare DATA x --by g,sex --against previous",
    "compare DATA x --by g --against total --adjust bh",
    "compare DATA y --by g --answer 2 --statistic share --against all-pairs --measure odds-ratio "
      + "--within sex",
    "compare DATA y --by g --statistic share --against rest --measure ratio",
    "compare DATA x --by g --statistic median --against rest --within sex",
    "compare DATA z --by g --statistic total --measure ratio",
    "compare DATA o --by g --statistic mean --trend --within sex",
    "compare DATA o --by g --statistic share --trend --adjust bonferroni",
    "compare DATA x --by g --rank wilcoxon --rank kruskal-wallis --rank van-der-waerden --rank median",
    "compare DATA o --by sex --statistic share --rank wilcoxon --ties middle",
    "compare DATA x --by g --within sex --rank wilcoxon --rank median",
    "compare DATA x y --paired --statistic median --by g",
    "compare DATA x --by g --statistic median --ci beta",
    "compare DATA x --by g --statistic median --ci wilson --against rest",
    "compare DATA y --by g --statistic share --base all --missing 'y: 4'",
    "compare DATA y o --statistic mean --paired --by g",
    "compare DATA y o --statistic share --paired",
    "compare DATA xm --to 0.1 --by g",
    "compare DATA x --to 0.1 --statistic median",
    "compare DATA y --shares '1=0.2,2=0.3,3=0.3,4=0.2' --by g",
  ]

  static let models = [
    "model DATA 'z ~ x * factor(g)' --margins x,g --over sex --effects pairwise",
    "model DATA 'z ~ x + y' --margins x --over y",
    "model DATA 'z ~ poly(x, 2) + relevel(g, \"3\") + offset(sex)' --exponentiate",
    "model DATA 'x ~ sex + factor(g):sex' --family linear --fpc fpc1",
    "model DATA 'y <= 2 ~ x - 1'",
    "model DATA 'z ~ spline(x, 4) + factor(g)' --ci likelihood",
    "model DATA 'z ~ x + factor(g)' --term-tests lrt",
    "model DATA 'z ~ x + factor(g)' --term-tests working-wald",
    "model DATA 'z ~ x + factor(g)' --term-tests adjusted-wald",
    "model DATA 'z ~ x' 'z ~ x + factor(g)' 'z ~ x * factor(g)'",
    "model DATA 'z ~ spline(x, 4) * factor(g) + sex' --margins x,g --at 'sex=1,2' --unconditional",
    "model DATA 'z ~ x * factor(g)' --margins g --se joint --family probit",
    "model DATA 'z ~ x * factor(g) + sex' --predict 'g=1,2; x=mean' --over sex --unconditional",
    "model DATA 'z ~ x * factor(g)' --contrast 'g=2 - g=3' --contrast 'exp(x) * 2 + x:g=2'",
    "model DATA 'y ~ x + factor(g)' --family multinomial",
    "model DATA 'o ~ x + factor(g)' --family ordinal --exponentiate",
    "model DATA 'o ~ x + factor(g) + sex' --family ordinal --margins x,g --at 'sex=0,1' "
      + "--unconditional --contrast 'g=2 - g=3' --contrast '1|2 - x'",
    "model DATA 'o ~ x + factor(g)' --family ordinal --predict 'g=1,2; x=mean'",
    "model DATA 'y ~ x * factor(g)' --family multinomial --margins x,g --over sex --se joint",
    "model DATA 'z ~ x + factor(g)' --family cloglog",
    "model DATA 'o ~ x + factor(g)' --family poisson",
    "model DATA 'o ~ x + factor(g)' --family gamma",
    "model DATA 'x ~ sex' 'x ~ sex + factor(g)' --family linear",
    "model DATA 'z ~ x' 'y <= 2 ~ x + factor(g)'",
    "model DATA 'z ~ relevel(g, \"2\")' 'z ~ relevel(g, \"3\") + x + I(x * 2)'",
    "model DATA 'o ~ 1' 'o ~ x + factor(g)' --family ordinal --term-tests adjusted-wald",
    "model DATA 'y ~ x' 'y ~ x + factor(g)' --family multinomial --exponentiate",
    "model DATA 'o ~ x + factor(g)' --family ordinal --term-tests lrt",
    "model DATA 'y ~ x + factor(g)' --family multinomial --term-tests working-wald",
    "model DATA 'o ~ x + sex' --family ordinal --ci likelihood",
    "model DATA 'z ~ x + sex' --family multinomial --ci likelihood",
  ]

  static let stata = [
    "summarize DATA life_satisfaction --by age_group",
    "tabulate DATA trust_police --base asked --bounds",
    "model DATA 'trust_police ~ factor(education) + age' --margins education",
  ]
  static let spss = [
    "tabulate DATA general_trust --by origin --base asked",
    "model DATA 'discriminated ~ education + generation + age' --margins education",
  ]

  @Test(
    .enabled(if: EmittedProgram.hasHaven, "the R package haven is not installed"),
    arguments: [("dta", stata), ("sav", spss)])
  func `on a file of Stata or SPSS`(ending: String, commands: [String]) throws {
    let file = EmittedProgram.everyday.replacing(".csv", with: ".\(ending)")
    try EmittedProgram.expectSame(commands, data: file)
  }

  static let imputed = [
    "tabulate DATA y --by g --test --letters --letters-level 0.4",
    "tabulate DATA y --by g --ci beta --percentages column",
    "tabulate DATA y --by g --ci wilson", "tabulate DATA y --by g --ci likelihood",
    "tabulate DATA y --by g --ci asin --base asked,answered",
    "summarize DATA x --statistic median --ci wilson",
    "model DATA 'y ~ x' 'y ~ x + factor(g)' --family ordinal",
    "model DATA 'y ~ x + factor(g)' --family multinomial --margins x --over sex",
    "model DATA 'x ~ sex' 'x ~ sex + factor(y)' --family linear",
    "summarize DATA x --by g --statistic mean,total,sd",
    "summarize DATA --scale y,o", "summarize DATA x y z --correlations --by g",
    "compare DATA x --by sex --against rest",
    "compare DATA y --by g --statistic share --measure ratio --trend --adjust bh",
    "model DATA 'z ~ x + factor(y)' --exponentiate --margins x,y --over sex",
    "model DATA 'z ~ x' 'z ~ x + factor(y)'",
    "model DATA 'z ~ x * sex' --predict 'sex=1,2' --contrast 'exp(x) - sex'",
    "paradox gap DATA 'y >= 2' 'o >= 2' --by g",
    "tabulate DATA y --by g --test --shares '1=0.2,2=0.3,3=0.3,4=0.2'",
    "tabulate DATA y --by g --statistic Chisq", "tabulate DATA y --by g --statistic adjWald",
    "tabulate DATA y --by g --statistic lincom", "tabulate DATA y --by g --statistic saddlepoint",
    "tabulate DATA y --by g --missing 'y: 4' --base asked --bounds",
    "compare DATA y --shares '1=0.2,2=0.3,3=0.3,4=0.2' --by g",
    "compare DATA x --by g --within sex --rank kruskal-wallis --rank median",
    "compare DATA x --by sex --rank wilcoxon --rank van-der-waerden --ties middle",
    "model DATA 'z ~ x' 'z ~ x + factor(g)' --term-tests lrt",
    "model DATA 'z ~ x * factor(g)' --term-tests working-wald --margins g",
    "model DATA 'z ~ x + factor(g)' --term-tests adjusted-wald",
    "model DATA 'o ~ x' 'o ~ x + factor(g)' --family ordinal --term-tests lrt",
    "model DATA 'y ~ x + factor(g)' --family multinomial --term-tests working-wald",
  ]

  /// Four copies of the clustered sample, in which some answers differ.
  @Test(arguments: [false, true])
  func `combined over imputed data sets`(areStacked: Bool) throws {
    let folder = try Places.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let lines = try String(contentsOfFile: EmittedProgram.golden, encoding: .utf8)
      .split(whereSeparator: \.isNewline)
    var stack = "m,\(lines[0])\n"
    for number in 1...4 {
      var text = lines[0] + "\n"
      for (row, line) in lines.dropFirst().enumerated() {
        var fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        if row % 9 == 0 { fields[9] = String((row / 9 + number) % 4 + 1) }
        if row % 7 == 0 { fields[11] = String((row / 7 + number) % 2) }
        if row % 5 == 0 { fields[12] = "\(Double((row + 3 * number) % 17) / 8 - 1)" }
        text += fields.joined(separator: ",") + "\n"
        stack += "\(number)," + fields.joined(separator: ",") + "\n"
      }
      try String(text).write(
        to: folder.appending(path: "imputed-\(number).csv"), atomically: true, encoding: .utf8)
    }
    let stacked = folder.appending(path: "stacked.csv")
    try stack.write(to: stacked, atomically: true, encoding: .utf8)
    let pattern = folder.appending(path: "imputed-*.csv").path
    let design = " --weights w --strata stratum --psu psu"
    try EmittedProgram.expectSame(
      areStacked
        ? Self.imputed.prefix(1).map { $0 + design + " --imputation m" }
        : Self.imputed.map { $0 + design + " --imputations \(pattern)" },
      data: areStacked ? stacked.path : folder.appending(path: "imputed-1.csv").path)
  }

  @Test func `on the sample survey`() throws {
    try EmittedProgram.expectSame(Self.everyday, data: EmittedProgram.everyday)
  }

  @Test(arguments: [tables, comparisons, models, judgements])
  func `on a clustered sample`(commands: [String]) throws {
    try EmittedProgram.expectSame(
      commands.map { $0 + " --weights w --strata stratum --psu psu" }, data: EmittedProgram.golden)
  }

  static let stages = [
    "summarize DATA x --by g --statistic mean,total,sd --psu psu,ssu --fpc fpc1,fpc2",
    "tabulate DATA y --by g --test --psu psu,ssu --fpc fpc1,fpc2 --where 'sex == 1'",
    "tabulate DATA y --psu psu,ssu --fpc fpc1 --deff replace",
    "summarize DATA x --psu psu,ssu --fpc fpc1,fpc2 --deff replace",
    "summarize DATA x --psu psu,ssu --deff srs",
    "summarize DATA x --psu psu --derive 'chance = (psu + stratum) / 60' --fpc chance --pps brewer",
    "tabulate DATA y --derive 'chance = 1 / w' --fpc chance --pps overton",
    "summarize DATA x --psu psu,ssu --derive 'half = 1 / 2' --fpc half",
    "compare DATA x --by g --psu psu,ssu --fpc fpc1,fpc2",
    "model DATA 'z ~ x + factor(g)' --margins x --psu psu,ssu --fpc fpc1,fpc2",
    "paradox gap DATA 'y >= 2' 'o >= 2' --by g --psu psu,ssu --fpc fpc1,fpc2",
  ]

  @Test func `with several stages of sampling`() throws {
    try EmittedProgram.expectSame(
      Self.stages.map { $0 + " --weights w --strata stratum" }, data: EmittedProgram.golden)
  }
}
