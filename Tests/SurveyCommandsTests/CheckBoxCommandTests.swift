import Testing

@Suite("Items of check boxes on their base") struct CheckBoxCommandTests {
  /// Ten people and three boxes, of which two people checked none; `no` stands in boxes that the others left.
  private func survey(no: String, codes: String) throws -> SmallSurvey {
    let checked = ["ab", "a", "bc", "b", "abc", "a", "", "", "b", "ac"]
    let rows = checked.enumerated().map { row, boxes -> String in
      let left = boxes.isEmpty ? "" : no
      let answers = ["a", "b", "c"].map { boxes.contains($0) ? "1" : left }
      let sex = row % 3 == 0 ? "m" : "f"
      return "\(row + 1),\(answers.joined(separator: ",")),\(sex)"
    }
    return try SmallSurvey(
      "id,a,b,c,sex\n" + rows.joined(separator: "\n") + "\n",
      codebook: """
        vekt: 1
        language: en
        codelists: {box: \(codes)}
        variables:
          id: {role: id}
          a: {label: Radio, codes: box}
          b: {label: Paper, codes: box}
          c: {label: Web, codes: box}
          sex: {codes: [m, f]}
        groups: {boxes: {label: Boxes, kind: multiple, of: [a, b, c], counted: 1}}
        design: none

        """)
  }

  @Test(arguments: [
    ["compare", "DATA", "boxes"], ["compare", "DATA", "boxes", "--except", "c"],
    ["compare", "DATA", "boxes", "--by", "sex"],
    ["compare", "DATA", "boxes", "--where", "sex == 'f'"],
    ["summarize", "DATA", "boxes"], ["summarize", "DATA", "boxes", "--by", "sex"],
  ])
  func `boxes that were left are as good as a code for them`(words: [String]) throws {
    let boxes = try survey(no: "", codes: "{1: Chosen}").result(words + ["--format", "csv"])
    let coded = try survey(no: "0", codes: "{0: Left, 1: Chosen}").result(
      words + ["--format", "csv"])
    #expect(boxes.status == 0 && boxes.output == coded.output, "\(boxes)")
  }

  @Test func `the base is those who checked any box, and no program is written for it`() throws {
    let survey = try survey(no: "", codes: "{1: Chosen}")
    let table = survey.run("summarize", "DATA", "boxes", "--format", "csv").output
    // Five of eight chose each of the first two, three the third.
    let means = table.split(separator: "\n").dropFirst().map { line in
      line.split(separator: ",").prefix(5).joined(separator: " ")
    }
    #expect(means == ["a mean 8 8 0.625", "b mean 8 8 0.625", "c mean 8 8 0.375"])
    let program = survey.run("summarize", "DATA", "boxes", "--emit", "r")
    #expect(program.status != 0 && program.remarks.contains("a base of several items"))
    // A single item is of those who answered it.
    #expect(
      survey.run("summarize", "DATA", "a", "--format", "csv").output.contains("a,mean,5,5,1,"))
  }
}
