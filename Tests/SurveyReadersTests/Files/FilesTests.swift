import Foundation
import SurveyData
import Testing
import VektTestSupport

@testable import SurveyReaders

@Suite struct `Files` {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
  ])
  func `SHA-256 of the standard's examples`(text: String, hash: String) {
    #expect(Array(text.utf8).withUnsafeBytes { FileBytes.sha256(of: $0) } == hash)
  }

  @Test func `a large file that grows while it is read is noticed`() throws {
    let url = try Places.temporaryFolder().appending(path: "large")
    let size = 33 << 20
    try Data(count: size).write(to: url)
    let file = try FileBytes(url.path)
    #expect(file.bytes.count == size)
    try file.requireUnchanged()
    let handle = try FileHandle(forWritingTo: url)
    try handle.seekToEnd()
    try handle.write(contentsOf: Data([1]))
    try handle.close()
    #expect(throws: SurveyError(.input, at: url.path, "changed while it was read")) {
      try file.requireUnchanged()
    }
  }

  @Test func `a small file is a copy that no later change reaches`() throws {
    let url = try Places.temporaryFolder().appending(path: "small")
    try Data("abc".utf8).write(to: url)
    let file = try FileBytes(url.path)
    try Data().write(to: url)
    #expect(Array(file.bytes) == Array("abc".utf8))
    try file.requireUnchanged()
  }

  @Test func `an output file appears whole or not at all`() throws {
    let folder = try Places.temporaryFolder()
    let path = folder.appending(path: "out.csv").path
    try OutputFile.write(Array("a\n".utf8), to: path)
    try OutputFile.write(Array("b\n".utf8), to: path)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "b\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["out.csv"])
    #expect(throws: SurveyError.self) {
      try OutputFile.write(Array("c".utf8), to: folder.appending(path: "no/such/out.csv").path)
    }
  }
}
