import Foundation
import SurveyCommands
import Testing
import VektTestSupport

@Suite("What one table of any variables cannot describe")
struct TableOneRefusalTests {
  private static let small = """
    id,region,trust,age,w
    1,n,1,20,1
    2,n,2,30,1
    3,s,1,50,2
    4,s,8,60,1
    5,s,2,,1
    6,n,1,40,1

    """

  @Test func `a variable with one answer has no test, and a note says so`() throws {
    let survey = try SmallSurvey(Self.small)
    let words = [
      "summarize", "DATA", "trust", "--table1", "--by", "region", "--where", "trust == 1",
    ]
    let english = survey.result(words + ["--format", "csv"])
    #expect(english.status == 0)
    #expect(
      english.remarks.contains("trust: has no test: there are fewer than two groups or answers"))
    #expect(
      survey.result(words + ["--language", "nb"]).output.contains(
        "trust: har ingen test: det er færre"))
  }

  @Test func `a program has no words for a base of several items`() throws {
    let survey = try SmallSurvey(
      "a,b\n1,\n,1\n1,1\n",
      codebook: """
        vekt: 1
        variables:
          a: {codes: {1: A}}
          b: {codes: {1: B}}
        groups:
          boxes: {kind: multiple, counted: 1, of: [a, b]}

        """)
    #expect(survey.result(["summarize", "DATA", "boxes", "--table1"]).status == 0)
    let refused = survey.result(["summarize", "DATA", "boxes", "--table1", "--emit", "r"])
    #expect(
      refused.remarks.contains("no program for a base of several items"), "\(refused.remarks)")
  }

  @Test(arguments: [
    ("age --table1 --test F", "--test asks whether groups differ, and there are none"),
    ("age --table1 --by sex --test F,Chisq", "F and Chisq are both tests of answers"),
    ("age --table1 --by sex --test mean,wilcoxon", "mean and wilcoxon are both tests of numbers"),
    ("age --table1 --by sex --test wilcoxn", "Did you mean 'wilcoxon'?"),
    ("age --table1 --by sex --test none,F", "--test none leaves all tests out, and F is one"),
    (
      "age --table1 --by sex,generation --test wilcoxon",
      "takes one group variable, and 2 are named"
    ),
    ("age --table1 --by age", "'age' is both described and a group"),
    ("--table1", "no variable to describe"),
    ("age --table1 --ratio age/age", "--ratio and --table1 do not go together"),
    ("age --table1 --quantiles 0.5", "--quantiles and --table1 do not go together"),
    ("age --table1 --correlations", "--correlations and --table1 do not go together"),
    ("age --table1 --sort n --format csv", "--sort is of printed tables and charts"),
    (
      "age --table1 --emit r --sort n",
      "--sort is of tables and charts, and --emit writes a program"
    ),
    ("age sex --table1 --chart-kind bars", "no chart shows numbers of several kinds together"),
    ("age sex --table1 --facet sex", "Draw one variable: vekt chart tabulate"),
    ("age --table1 --chart", "no chart shows numbers of several kinds together"),
    ("age --table1 --format svg", "Draw one variable: vekt chart tabulate"),
    ("age --table1 --statistic total", "--table1 says mean or median of a number"),
    ("age --table1 --statistic agee=mean", "Did you mean 'age'?"),
    ("sex --table1 --statistic sex=mean", "sex"),
    ("education --table1 --answer yes", "has no answer 'yes'"),
    ("agee --table1", "Did you mean 'age'?"),
    ("age --test F", "--test is of --table1"), ("age --answer yes", "--answer is of --table1"),
    ("age --statistic age=mean", "no statistic 'age=mean'"),
  ]) func `what cannot be described is said`(words: String, part: String) {
    let data = Places.root.appending(path: "SampleData/everyday-integration-2023.csv").path
    let response = CommandRunner().run(
      ["summarize", data] + words.split(separator: " ").map(String.init))
    let remarks = response.remarks.joined(separator: "\n")
    #expect(response.status == 64, "\(words): \(remarks)")
    #expect(remarks.contains(part), "\(words): \(remarks)")
  }
}
