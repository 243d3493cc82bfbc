import Foundation
import SurveyData
import SurveyReaders
import Testing
import VektTestSupport

@Suite struct `Opening a dataset` {
  private func file(_ bytes: [UInt8], named name: String = "data.csv") throws -> String {
    let url = try Places.temporaryFolder().appending(path: name)
    try Data(bytes).write(to: url)
    return url.path
  }

  @Test func `a CSV file is read through its codebook, whatever its name`() throws {
    var weight = Variable("w")
    weight.type = .decimal
    let codebook = Codebook(variables: [weight])
    let path = try file(Array("id,w\n1,0.5\n2,1.5\n".utf8), named: "answers.dat")
    let data = try Dataset(contentsOf: path, codebook: codebook)
    #expect(try data.numeric("w").values == [0.5, 1.5])
    #expect(try data.text("id").values == ["1", "2"])
    #expect(try data.rowCount == 2)
    #expect(data.variableNames == ["w", "id"])
    #expect(data.source.facts.format == "csv")
    #expect(
      try data.source.sha256()
        == "3a1c64ab32fc1488a4130a27fbd99f0ecd6b57ac8834ae5c709d6efa40482fbc")
  }

  @Test func `a file that is not there or is a folder cannot be opened`() throws {
    #expect(
      throws: SurveyError(.input, at: "/no/such.csv", "cannot be opened: No such file or directory")
    ) { try Dataset(contentsOf: "/no/such.csv") }
    let folder = try Places.temporaryFolder().path
    #expect(throws: SurveyError(.input, at: folder, "is not a file")) {
      try Dataset(contentsOf: folder)
    }
  }

  @Test func `an SPSS file behind a byte order mark is an error with a hint`() throws {
    let path = try file([0xEF, 0xBB, 0xBF] + Array("$FL2@(#)".utf8))
    #expect(
      throws: SurveyError(
        .data, at: path, "is an SPSS file behind a byte order mark",
        remedy: "A program has treated it as text and damaged it; fetch it anew.")
    ) { try Dataset(contentsOf: path) }
  }

  @Test(arguments: [
    (XPTBytes.small.bytes, "xpt"), (SASDataBytes.small.bytes, "sas7bdat"),
    (PORBytes.small.bytes, "por"),
  ])
  func `files of SAS and portable ones are told by their bytes, and not written`(
    bytes: [UInt8], format: String
  ) throws {
    let path = try file(bytes, named: "answers.txt")
    let data = try Dataset(contentsOf: path)
    #expect(data.source.facts.format == format)
    #expect(try data.numeric("X").values == [7])
    #expect(
      throws: SurveyError(
        .usage, at: "out.\(format)", "files that end in '.\(format)' are read, and not written",
        remedy: "Write to a file that ends in '.csv', '.sav', '.zsav' or '.dta'.")
    ) { try data.write(to: "out.\(format)") }
    let draft = try CodebookDraft(data)
    #expect(draft.codebook.file.format == format)
    let written = try file(Array(draft.yaml.utf8), named: "a.codebook.yaml")
    #expect(try Codebook(contentsOf: written).file.format == format)
  }
}
