import Foundation
import SurveyData
import SurveyReaders
import Testing
import VektTestSupport

/// A data file in a folder of its own, gone when the test ends.
final class TestFile {
  let folder: URL
  let path: String

  init(_ bytes: [UInt8], named name: String = "answers.sav") throws {
    folder = try Places.temporaryFolder()
    let url = folder.appending(path: name)
    try Data(bytes).write(to: url)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// A message with the folder's path left out.
  func shortened(_ error: SurveyError) -> String {
    error.description.replacingOccurrences(of: folder.path + "/", with: "")
  }
}

/// What a file holds: every column as text, and the notes.
struct Contents {
  let codebook: Codebook
  let texts: [String: [String]]
  let notes: [Note]

  init(_ source: any ColumnSource) throws {
    codebook = source.embeddedCodebook
    let (columns, notes) = try source.read(codebook.variables.map { ColumnRequest($0, as: .text) })
    var texts: [String: [String]] = [:]
    for (variable, column) in zip(codebook.variables, columns) {
      if case .text(let text) = column { texts[variable.name] = text.values }
    }
    self.texts = texts
    self.notes = notes
  }

  init(_ file: SAVBytes, options: ReadingOptions = ReadingOptions()) throws {
    let file = try TestFile(file.bytes)
    try self.init(SPSSSource(FileBytes(file.path), codebook: nil, options: options))
  }

  func variable(_ name: String) throws -> Variable {
    try #require(codebook.variable(named: name))
  }
}

/// The message with which a file is refused, without its folder; nil when it is read.
func refusal(_ bytes: SAVBytes, options: ReadingOptions = ReadingOptions()) throws -> String? {
  let file = try TestFile(bytes.bytes)
  do {
    _ = try Contents(SPSSSource(FileBytes(file.path), codebook: nil, options: options))
    return nil
  } catch let error as SurveyError {
    return file.shortened(error)
  }
}
