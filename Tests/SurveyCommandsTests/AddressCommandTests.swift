import Foundation
import SurveyCommands
import Testing
import VektTestSupport

@Suite struct `An address in place of a data file` {
  private func errors(_ words: String...) -> (status: Int32, text: String) {
    let response = CommandRunner().run(words)
    return (response.status, response.remarks.joined(separator: "\n"))
  }

  @Test func `an address that nobody knows says which there are`() {
    let (status, text) = errors("tabulate", "mysql://host/db#t", "trust")
    #expect(status == 64)
    #expect(
      text.contains(
        "mysql://host/db#t: is no address that is known\n      Addresses are sqlite:FILE#TABLE"))
  }

  @Test func `a database file that is not there is no codebook's fault, and none is made`() throws {
    let path = try Places.temporaryFolder().appending(path: "none.db").path
    let (status, text) = errors("summarize", "sqlite:\(path)#t", "age")
    #expect(status == 66)
    #expect(text == "vekt: \(path): cannot be opened: No such file or directory")
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `a password in an address is refused, and nothing repeats it`() {
    let (status, text) = errors("inspect", "postgresql://anna:hunter2@host/db#t")
    #expect(status == 64)
    #expect(text.contains("there is a password or token in the address"))
    #expect(!text.contains("hunter2"))
  }

  @Test func `how a file is read says nothing of a table`() throws {
    let file = try Places.temporaryFolder().appending(path: "some.db")
    try Data().write(to: file)
    let (status, text) = errors("tabulate", "sqlite:\(file.path)#t", "y", "--delimiter", ";")
    #expect(status == 64)
    #expect(text.contains("a table has types, and nothing is to be said of how a file is read"))
  }

  @Test func `an engine file is strict, with line and column`() throws {
    let file = try Places.temporaryFolder().appending(path: "a.engine.yaml")
    try Data("vekt: 1\nengine: spark\nrow: always\n".utf8).write(to: file)
    let (status, text) = errors("codebook", "new", file.path)
    #expect(status == 65)
    #expect(text.contains("a.engine.yaml:3:1: unknown key 'row' in the engine file"))
  }
}
