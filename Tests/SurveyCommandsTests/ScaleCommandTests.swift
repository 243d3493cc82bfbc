import Testing

@Suite("Scales and correlations on the command line")
struct ScaleCommandTests {
  let survey: SmallSurvey

  init() throws {
    survey = try SmallSurvey("a,b,c,g\n1,2,1,x\n2,2,3,x\n3,4,3,y\n4,3,5,y\n2,,4,y\n", codebook: nil)
  }

  private func lines(_ output: String) -> [String] {
    output.split(separator: "\n").map(String.init)
  }

  @Test func `a scale has the columns of every summary`() throws {
    let output = survey.run("summarize", "DATA", "--scale", "a,b,c", "--format", "csv").output
    #expect(
      lines(output).first
        == "variable,statistic,n,weighted_n,estimate,std_error,conf_low,conf_high,df,deff,cv,flag")
    let statistics = lines(output).dropFirst().map { $0.split(separator: ",")[1] }
    #expect(
      statistics == ["alpha"] + Array(repeating: "alpha_without", count: 3)
        + Array(repeating: "item_rest", count: 3) + Array(repeating: "mean", count: 4)
        + ["sd", "q0.25", "q0.5", "q0.75"])
    #expect(lines(output)[1].hasPrefix("a+b+c,alpha,4,4,"))
    // An item's own mean rests on all who answered it.
    #expect(lines(output)[8].hasPrefix("a,mean,5,5,2.4,"))
  }

  @Test func `correlations name the other variable and have p-values`() throws {
    let output = survey.run(
      "summarize", "DATA", "a", "b", "c", "--correlations", "--by", "g", "--format", "csv"
    ).output
    #expect(
      lines(output).first
        == "variable,with,statistic,g,n,weighted_n,estimate,std_error,conf_low,conf_high,df,deff,cv,"
        + "flag,p_value")
    #expect(lines(output).count == 1 + 3 * 2)
    #expect(lines(output)[3].hasPrefix("a,c,correlation,x,2,"))
  }

  @Test func `tables have labels, alpha and the score in both languages`() throws {
    let text = survey.run("summarize", "DATA", "--scale", "a,b,c", "--reverse", "b").output
    #expect(text.contains("Scale of 3 items"))
    #expect(text.contains("b (reversed)"))
    #expect(text.contains("Score: standard deviation"))
    #expect(text.contains("b: is reversed, 6 − b"))
    let norwegian = survey.run("summarize", "DATA", "a", "b", "--correlations", "--language", "nb")
    #expect(norwegian.output.contains("Korrelasjoner"))
    #expect(norwegian.output.contains("Blant dem som svarte på alle variablene"))
  }

  @Test(arguments: [
    (["--scale", "a"], "a scale needs two different items"),
    (["--scale", "a,b", "--reverse", "c"], "--reverse names 'c', which is no item of a scale"),
    (["a", "--correlations"], "a correlation needs two different variables"),
    (["--scale", "a,bb"], "Did you mean 'b'?"),
  ])
  func `faults are said`(_ words: [String], _ part: String) {
    let result = survey.result(["summarize", "DATA"] + words)
    #expect(result.status == 64)
    #expect(result.remarks.contains(part), "\(result.remarks)")
  }
}
