import Foundation
import SurveyData
import SurveyReaders
import Testing

/// Damaged files are refused or read, and never bring the program down.
@Suite struct DamagedFilesTests {
  static let files: [(name: String, bytes: [UInt8])] = {
    var plain = SAVBytes.norwegian
    plain.extensions = [
      (13, 1, Array("Q1=question\tS1=answer".utf8)),
      (7, 1, Array("$set=D1 1 5 Label q1 s1\n".utf8)),
      (18, 1, Array("question:unit('kr'\n)".utf8)),
      (16, 8, plain.long(1) + plain.long(4)),
      (11, 4, [1, 8, 0, 2, 8, 0].flatMap(plain.int)),
    ]
    var compressed = plain
    compressed.compression = 1
    compressed.isBigEndian = true
    compressed.caseCount = -1
    var tagged = StataReadingTests.sample(118, bigEndian: false)
    tagged.variables = [tagged.variables[0], .init(name: "story", kind: .longText)]
    tagged.rows = tagged.rows.map { [$0[0], .text("lang")] }
    tagged.characteristics = [("_dta", "note1", "Hei")]
    return [
      ("a.sav", plain.bytes), ("b.sav", compressed.bytes),
      ("c.dta", StataReadingTests.sample(105, bigEndian: true).bytes),
      ("d.dta", StataReadingTests.sample(115, bigEndian: false).bytes), ("e.dta", tagged.bytes),
      ("f.por", PORBytes.sample.bytes), ("g.xpt", TransportReadingTests.sample(5).bytes),
      ("h.xpt", TransportReadingTests.sample(8).bytes),
    ]
      + [0, 1, 5, 9, 10].map { shape in
        var file = SASDataReadingTests.sample(shape, rows: 12)
        if file.compression == nil { file.deleted = [1, 3] }
        return ("\(shape).sas7bdat", file.bytes)
      }
  }()

  /// Reads everything in all views; only errors made for users may come out.
  private func read(_ bytes: [UInt8], in place: TestFile) throws {
    try Data(bytes).write(to: URL(filePath: place.path))
    do {
      let file = try FileBytes(place.path)
      let options = ReadingOptions()
      let source: any ColumnSource =
        switch place.path.split(separator: ".").last {
        case "dta": try StataSource(file, codebook: nil, options: options)
        case "por": try PortableSource(file, codebook: nil, options: options)
        case "xpt", "sas7bdat": try SASSource(file, codebook: nil, options: options)
        default: try SPSSSource(file, codebook: nil, options: options)
        }
      for view in [ColumnView.codes, .text] {
        let requests = source.embeddedCodebook.variables.map { ColumnRequest($0, as: view) }
        _ = try source.read(requests)
      }
      let numbers = source.embeddedCodebook.variables.filter { $0.type != .text }
      _ = try source.read(numbers.map { ColumnRequest($0, as: .numbers) })
    } catch is SurveyError {}
  }

  @Test(arguments: files) func `every truncation is survived`(file: (name: String, bytes: [UInt8]))
    throws
  {
    let place = try TestFile([], named: file.name)
    for end in 0..<file.bytes.count { try read(Array(file.bytes[..<end]), in: place) }
  }

  @Test(arguments: files) func `thousands of seeded mutations are survived`(
    file: (name: String, bytes: [UInt8])
  ) throws {
    let place = try TestFile([], named: file.name)
    var state: UInt64 = 20_231_123
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for _ in 0..<1000 {
      var bytes = file.bytes
      for _ in 0...random(4) {
        let place = random(bytes.count)
        bytes[place] = [0, 1, 0x7F, 0x80, 0xFF, UInt8(random(256))][random(6)]
      }
      try read(bytes, in: place)
    }
  }
}
