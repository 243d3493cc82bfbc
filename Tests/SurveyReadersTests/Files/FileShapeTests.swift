import Foundation
import SurveyData
import SurveyReaders
import Testing

@Suite("Every format, version, byte order, compression and encoding reads to the same table")
struct FileShapeTests {
  private func expectTable(_ data: Dataset, town: String) throws {
    #expect(try data.rowCount == 3)
    #expect(data.source.embeddedCodebook.variableNames == ["ANSWER", "AMOUNT", "TOWN"])
    #expect(try data.text("TOWN").values == ["Bodø", "", town])
    #expect(try data.numeric("AMOUNT").values == [1.5, -2, 450_000])
    let answer = try data.categorical("ANSWER")
    #expect(answer.categories.map(\.code) == ["1", "2"])
    #expect(answer.counts().prefix(3) == [1, 1, 1])
    #expect(answer.missingCode(at: answer.positions[2]) == .system)
    let labels = try data.variable("ANSWER").categories.map { $0.name(in: "und") }
    #expect(labels.isEmpty || labels == ["Ja", "Nei"])
  }

  @Test(arguments: FileShape.all)
  func `a file as it comes`(shape: FileShape) throws {
    let file = try TestFile(shape.bytes, named: shape.file)
    if let catalog = shape.catalog {
      try Data(catalog).write(to: file.folder.appending(path: "a.sas7bcat"))
    }
    let data = try Dataset(contentsOf: file.path)
    try expectTable(data, town: shape.town)
    let labels = try data.variable("ANSWER").categories.count
    #expect(shape.catalog == nil || labels == 2)
  }

  /// What comes from one shape of each format, written again.
  @Test(arguments: ["out.csv", "out.sav", "out.zsav", "out.dta"])
  func `a file that Vekt writes of it`(name: String) throws {
    var seen: Set<String> = []
    for shape in FileShape.all where seen.insert(shape.file).inserted {
      let file = try TestFile(shape.bytes, named: shape.file)
      let path = file.folder.path + "/" + name
      _ = try Dataset(contentsOf: file.path).write(to: path)
      try expectTable(try Dataset(contentsOf: path), town: shape.town)
    }
  }
}
