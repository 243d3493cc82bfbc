import SurveyData
import Synchronization
import Testing
import VektTestSupport

@testable import SurveyReaders

/// What is read and written does not depend on how the work is shared out.
@Suite struct ConcurrentReadingTests {
  /// Identifiers, columns that turn out late to be text or to have words, numbers of many digits.
  private static let columns: [(name: String, field: @Sendable (Int) -> String)] = [
    ("id", { "\($0 * 7919 % 3001)" }),
    ("late", { $0 == 2990 ? "ukjent" : "\($0 % 40)" }),
    ("word", { $0 % 700 == 699 ? "NA" : "\($0 % 9)" }),
    ("digits", { "\(Double($0) / 7)" }),
    ("ways", { ["1.0", "1.50", "007", "1", " 2 ", "1e3"][$0 % 6] }),
    ("place", { "sted nummer \($0 % 900) i landet" }),
    ("quoted", { "\"a,\($0)\"" }),
  ]
  private static let rows = 3000

  private func read(threads: Int, chunk: Int) throws -> (columns: [Column], notes: [Note]) {
    let header = Self.columns.map(\.name).joined(separator: ",")
    let lines = (0..<Self.rows).map { row in
      Self.columns.map { $0.field(row) }.joined(separator: ",")
    }
    var source = try csv(([header] + lines).joined(separator: "\n") + "\n")
    source.threads = threads
    source.chunkSize = chunk
    return try source.read(Self.columns.map { ColumnRequest(Variable($0.name), as: .codes) })
  }

  @Test func `codes of any kind are the same on one core and on all, in chunks of any size`() throws
  {
    let (whole, notes) = try read(threads: 1, chunk: 1 << 18)
    for (threads, chunk) in [(2, 64), (2, 1 << 14), (3, 997), (4, 4096)] {
      let cut = try read(threads: threads, chunk: chunk)
      #expect("\(cut.columns)" == "\(whole)")
      #expect(cut.notes == notes)
    }
    func codes(_ index: Int) -> CategoricalColumn? {
      if case .codes(let column) = whole[index] { column } else { nil }
    }
    #expect(codes(0)?.categories.map(\.code) == (0...3000).filter { $0 != 1084 }.map { "\($0)" })
    #expect(codes(1)?.categories.last?.code == "ukjent")
    #expect(codes(1)?.categories.dropFirst().first?.code == "1")
    #expect(codes(1)?.categories.dropFirst(2).first?.code == "10")
    #expect(codes(2)?.missing.map(\.text) == ["", "NA"])
    #expect(codes(3)?.categories.map(\.number) == (0..<Self.rows).map { Double($0) / 7 })
    #expect(codes(4)?.categories.map(\.code) == ["1", "1.50", "2", "007", "1e3"])
  }

  // MARK: SPSS and Stata

  private func survey(rows: Int) -> MemorySource {
    func texts(_ text: (Int) -> String) -> Column {
      .text(TextColumn(values: (0..<rows).map(text)))
    }
    func numbers(_ number: (Int) -> Double) -> Column {
      .numbers(NumericColumn(values: (0..<rows).map(number), missing: [.system]))
    }
    return MemorySource([
      ("id", numbers { Double($0 + 1) }),
      ("small", numbers { $0 % 11 == 10 ? NumericColumn.missingValue(0) : Double($0 % 7) }),
      ("x", numbers { Double($0) / 3 }),
      ("minus", numbers { Double(-($0 % 300)) }),
      ("short", texts { ["", "ja", "nei", "ÆØÅ"][$0 % 4] }),
      ("story", texts { String(repeating: "blåbær ", count: $0 % 50) + "." }),
    ])
  }

  private static let types: [String: ValueType] = [
    "id": .integer, "small": .integer, "x": .decimal, "minus": .integer, "short": .text,
    "story": .text,
  ]

  private var book: Codebook {
    Codebook(
      variables: ["id", "small", "x", "minus", "short", "story"].map { name in
        var variable = Variable(name)
        variable.type = Self.types[name]
        return variable
      })
  }

  /// One row more or less than the stretches that are written at once.
  @Test(arguments: ["sav", "zsav", "dta"], [0, 1, 4095, 4096, 8197])
  func `files written in stretches hold every row`(ending: String, rows: Int) throws {
    let folder = try Places.temporaryFolder()
    let path = folder.appending(path: "made.\(ending)").path
    let made = Dataset(survey(rows: rows), codebook: book)
    _ = try made.write(to: path)
    let found = try Dataset(contentsOf: path)
    #expect(try found.rowCount == rows)
    for (name, type) in Self.types {
      if type == .text {
        #expect(try found.text(name).values == made.text(name).values)
      } else {
        let bits = { (column: NumericColumn) in column.values.map(\.bitPattern) }
        #expect(try bits(found.numeric(name)) == bits(made.numeric(name)))
      }
    }
  }

  @Test(arguments: ["sav", "zsav", "dta"], [ColumnView.codes, .text])
  func `files are the same read by one thread and by several`(
    ending: String, view: ColumnView
  ) throws {
    let folder = try Places.temporaryFolder()
    let path = folder.appending(path: "made.\(ending)").path
    _ = try Dataset(survey(rows: 3000), codebook: book).write(to: path)
    func read(_ threads: Int) throws -> String {
      let file = try FileBytes(path)
      let options = ReadingOptions()
      // Twelve columns, since threads share out no fewer than four of SPSS each.
      let requests = { (book: Codebook) in
        [view, .text].flatMap { view in book.variables.map { ColumnRequest($0, as: view) } }
      }
      if ending == "dta" {
        var source = try StataSource(file, codebook: nil, options: options)
        source.threads = threads
        return "\(try source.read(requests(source.embeddedCodebook)))"
      }
      var source = try SPSSSource(file, codebook: nil, options: options)
      source.threads = threads
      return "\(try source.read(requests(source.embeddedCodebook)))"
    }
    let alone = try read(1)
    for threads in [2, 3, 8] { #expect(try read(threads) == alone) }
  }

  /// A condition may need the codes of what a mean needs as numbers.
  @Test(arguments: ["sav", "zsav", "dta"])
  func `a variable wanted in two views at once is whole in both`(ending: String) throws {
    let folder = try Places.temporaryFolder()
    let path = folder.appending(path: "made.\(ending)").path
    _ = try Dataset(survey(rows: 300), codebook: book).write(to: path)
    let together = try Dataset(contentsOf: path)
    try together.load(
      ["small", "short", "story"].flatMap { [($0, .codes), ($0, .text)] } + [("small", .numbers)])
    let apart = try Dataset(contentsOf: path)
    for name in ["small", "short", "story"] {
      #expect(try "\(together.categorical(name))" == "\(apart.categorical(name))")
      #expect(try together.text(name).values == apart.text(name).values)
    }
    let bits = { (column: NumericColumn) in column.values.map(\.bitPattern) }
    #expect(try bits(together.numeric("small")) == bits(apart.numeric("small")))
  }

  /// Compressed cases are expanded eight cells at a time, of which only those wanted are looked at.
  @Test(arguments: 0..<40)
  func `any few variables of a compressed file are what all of them are`(seed: Int) throws {
    var file = SAVBytes()
    file.compression = 1
    let count = 1 + seed * 7 % 27
    let rows = [1, 5, 1023, 1024, 1025, 2060][seed % 6]
    file.variables = (0..<count).map { place in
      SAVBytes.Variable(name: "V\(place)", width: place % 5 == 3 ? 8 * (1 + place % 4) : 0)
    }
    file.cases = (0..<rows).map { row in
      (0..<count).map { place in
        if place % 5 == 3 { return .text(Array("t\(row % 71)\(place)".utf8)) }
        return .number(
          [Double(row % 150), 0.5 + Double(row), -.greatestFiniteMagnitude][
            (row / 7 + place) % 3])
      }
    }
    let bytes = try TestFile(file.bytes)
    let source = try SPSSSource(
      FileBytes(bytes.path), codebook: nil, options: ReadingOptions())
    let requests = source.embeddedCodebook.variables.map { variable in
      ColumnRequest(variable, as: variable.type == .text ? .text : .numbers)
    }
    let whole = try source.read(requests).columns
    for step in 2..<7 {
      let chosen = stride(from: seed % step, to: count, by: step).map { $0 }
      let few = try source.read(chosen.map { requests[$0] }).columns
      #expect("\(few)" == "\(chosen.map { whole[$0] })")
    }
    for (place, column) in whole.enumerated() where place % 5 != 3 {
      guard case .numbers(let numbers) = column else {
        Issue.record("V\(place) is not of numbers")
        continue
      }
      #expect(
        zip(numbers.values, file.cases).allSatisfy { found, given in
          guard case .number(let number) = given[place] else { return false }
          return number < 0 ? found.isNaN : found == number
        })
    }
  }

  @Test(arguments: [0, 1])
  func `the fault that comes first in the file is named, whichever thread meets it`(
    compression: Int
  ) throws {
    var file = SAVBytes()
    file.compression = compression
    file.variables = [
      SAVBytes.Variable(name: "A", width: 8), SAVBytes.Variable(name: "B", width: 8),
    ]
    let (good, bad): ([UInt8], [UInt8]) = (Array("ja".utf8), [0xE6, 0xF8, 0x41])
    file.cases = (1...2500).map { row in
      [.text(row == 2400 ? bad : good), .text(row == 1500 ? bad : good)]
    }
    let bytes = try TestFile(file.bytes)
    for threads in 1...3 {
      var source = try SPSSSource(FileBytes(bytes.path), codebook: nil, options: ReadingOptions())
      source.threads = threads
      let error = #expect(throws: SurveyError.self) {
        try source.read(
          source.embeddedCodebook.variables.flatMap { variable in
            (0..<4).map { _ in ColumnRequest(variable, as: .text) }
          })
      }
      #expect(error?.problem == "'B', row 1500, is not valid utf-8")
    }
  }

  // MARK: Progress

  @Test func `what takes a while shows how far it is, each per cent once, and takes it away`() {
    let shown = Mutex<[Int?]>([])
    let progress = ReadingProgress("x.csv", total: 400, patience: .zero) { _, percent in
      shown.withLock { $0.append(percent) }
    }
    for _ in 0..<400 { progress.advance(by: 1) }
    progress.finish()
    progress.finish()
    #expect(shown.withLock { $0 } == (0...100).map { $0 } + [nil])
  }

  @Test func `what is quick shows nothing`() {
    let progress = ReadingProgress("x.csv", total: 4, patience: .seconds(60)) { _, _ in
      Issue.record("nothing is to be shown")
    }
    progress.advance(by: 4)
    progress.finish()
  }
}
