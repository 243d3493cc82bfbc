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

  private func permissions(of path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test func `a file that is replaced keeps its permissions, a link its place`() throws {
    let folder = try Places.temporaryFolder()
    let (path, link) = ("\(folder.path)/out.csv", "\(folder.path)/link.csv")
    try OutputFile.write(Array("a\n".utf8), to: path)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "out.csv")
    try OutputFile.write(Array("b\n".utf8), to: link)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "b\n")
    #expect(try permissions(of: path) == 0o600)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "out.csv")
  }

  @Test func `what is no file is written to`() throws {
    let pipe = try Places.temporaryFolder().appending(path: "pipe").path
    #expect(mkfifo(pipe, 0o600) == 0)
    // Open for both, so that neither side waits for the other.
    let descriptor = open(pipe, O_RDWR)
    defer { close(descriptor) }
    try OutputFile.write(Array("a\n".utf8), to: pipe)
    var bytes = [UInt8](repeating: 0, count: 10)
    #expect(read(descriptor, &bytes, 10) == 2)
    #expect(bytes.starts(with: Array("a\n".utf8)))
    var facts = stat()
    #expect(stat(pipe, &facts) == 0 && facts.st_mode & S_IFMT == S_IFIFO)
  }

  @Test func `what a stopped process left is removed, a running one's is not`() throws {
    let folder = try Places.temporaryFolder()
    let path = "\(folder.path)/out.csv"
    let (dead, alive, other) = ("\(path).999999999.part", "\(path).1.part", "\(path).x.part")
    for name in [dead, alive, other] { try Data().write(to: URL(filePath: name)) }
    try OutputFile.write(Array("a\n".utf8), to: path)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        == ["out.csv", "out.csv.1.part", "out.csv.x.part"])
  }

  @Test func `a file that is read is not overwritten`() throws {
    let path = try Places.temporaryFolder().appending(path: "in.csv").path
    try Data("q\n1\n".utf8).write(to: URL(filePath: path))
    do {
      let file = try FileBytes(path)
      #expect(
        throws: SurveyError(
          .output, at: path, "is being read, and would be overwritten",
          remedy: "Name another file.")
      ) { try OutputFile.write([1], to: path) }
      withExtendedLifetime(file) {}
    }
    try OutputFile.write([1], to: path)
  }

  @Test func `a pipe is read to its end`() throws {
    let pipe = try Places.temporaryFolder().appending(path: "pipe").path
    #expect(mkfifo(pipe, 0o600) == 0)
    let text = String(repeating: "answer,1\n", count: 20_000)
    let writer = Thread {
      guard let file = fopen(pipe, "wb") else { return }
      fputs(text, file)
      fclose(file)
    }
    writer.start()
    let file = try FileBytes(pipe)
    #expect(file.bytes.count == text.utf8.count)
    try file.requireUnchanged()
  }

  @Test func `a folder is no file`() throws {
    let path = try Places.temporaryFolder().path
    #expect(throws: SurveyError(.input, at: path, "is not a file")) { try FileBytes(path) }
  }
}
