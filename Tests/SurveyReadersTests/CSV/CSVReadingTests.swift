import SurveyData
import Testing

@testable import SurveyReaders

@Suite struct `Reading CSV` {
  @Test func `a plain file gives its codes, numbers and texts without a note`() throws {
    let source = try csv("id,q1,w,txt\n1,2,1.5,hei\n2,1,0.25, på \n3,,2,\n")
    let requests = [
      ColumnRequest(Variable("w"), as: .numbers), ColumnRequest(Variable("q1"), as: .codes),
      ColumnRequest(Variable("txt"), as: .text), ColumnRequest(Variable("w"), as: .text),
    ]
    let (columns, notes) = try source.read(requests)
    #expect(notes.isEmpty)
    #expect(columns.map(\.count) == [3, 3, 3, 3])
    #expect(try source.numbers("w") == ["1.5", "0.25", "2"])
    #expect(try source.codes("q1") == ["2", "1", "."])
    #expect(try source.texts("txt") == ["hei", "på", ""])
    #expect(try source.texts("w") == ["1.5", "0.25", "2"])
    #expect(try source.rowCount() == 3)
  }

  @Test func `an unknown code names line, codes and remedy`() throws {
    var gender = variable("gender", codes: ["1", "2"], missing: ["9"])
    gender.categories = [
      Category("1", label: LocalizedText("male", in: "en")),
      Category("2", label: LocalizedText("female", in: "en")),
    ]
    let source = try csv("id,gender\n1,1\n2,3\n3,9\n")
    #expect(
      throws: SurveyError(
        .data, at: "t.csv:3",
        "'gender' is 3, but the codebook knows 1 (male), 2 (female), 9 (no answer)",
        remedy:
          "Add 3 to the codebook, or treat unknown codes as missing: `unknown: missing` under gender."
      )
    ) { try source.codes(gender) }
  }

  @Test func `whatever the threads and chunks, the columns are the same`() throws {
    var text = "id,code,\"te\"\"xt\",w\r\n"
    for row in 0..<500 {
      text += "\(row * 7 % 501),\(row % 5 + 1),\"linje \(row)\n\"\"to\"\", \(row)\",\(row).25"
      text += ["\n", "\r\n", "\r"][row % 3]
    }
    let plain = try csv(text)
    var expected: [[String]] = []
    for (threads, size) in [(1, 1 << 20), (1, 7), (2, 64), (3, 65), (2, 128), (4, 1000)] {
      var source = plain
      source.threads = threads
      source.chunkSize = size
      let found = [
        try source.codes("id"), try source.codes("code"), try source.texts("te\"xt"),
        try source.numbers("w"), try source.numbers("id"),
      ]
      if expected.isEmpty { expected = found }
      #expect(found == expected)
    }
    #expect(expected[0].count == 500)
    #expect(expected[2][3] == "linje 3\n\"to\", 3")
    #expect(expected[3][499] == "499.25")
  }
}
