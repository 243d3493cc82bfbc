import SurveyData
import Testing
import VektTestSupport

@testable import SurveyReaders

@Suite struct `Random CSV tables` {
  private static let alphabet = ["a", "ø", "1", " ", ",", "\"", "\n", "\r", "\r\n", "\t", "€", "0"]

  /// A table of text, and the same as CSV: fields are quoted where they must be, and at random.
  private func table(_ dice: inout SeededRandom) -> (rows: [[String]], text: String) {
    let columns = Int.random(in: 2...5, using: &dice)
    let ends = [["\n"], ["\r\n"], ["\r"], ["\n", "\r\n", "\r"]].randomElement(using: &dice) ?? []
    var rows: [[String]] = []
    var text = (0..<columns).map { "c\($0)" }.joined(separator: ",") + "\n"
    for _ in 0..<Int.random(in: 0...40, using: &dice) {
      let row = (0..<columns).map { _ in
        (0..<Int.random(in: 0...9, using: &dice)).map { _ in
          Self.alphabet.randomElement(using: &dice) ?? ""
        }.joined()
      }
      rows.append(row)
      let fields = row.map { value in
        let needsQuotes = value.utf8.contains { $0 < 32 || $0 == 34 || $0 == 44 }
        return needsQuotes || Bool.random(using: &dice)
          ? "\"" + value.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
          : value
      }
      text += fields.joined(separator: ",") + (ends.randomElement(using: &dice) ?? "\n")
    }
    if Bool.random(using: &dice), !rows.isEmpty, ends == ["\n"] { text.removeLast() }
    return (rows, text)
  }

  @Test(arguments: 0..<300)
  func `come back as they were, however the file is cut`(seed: Int) throws {
    var dice = SeededRandom(seed: 977 * seed + 5)
    let (rows, text) = table(&dice)
    var source = try csv(text) { $0.delimiter = "," }
    source.threads = Int.random(in: 1...4, using: &dice)
    source.chunkSize = [1, 2, 3, 17, 63, 64, 65, 200, 1 << 18].randomElement(using: &dice) ?? 1
    for column in 0..<source.header.names.count {
      let expected = rows.map { $0[column].trimmingASCIIBlanks }
      #expect(try source.texts("c\(column)") == expected)
      let codes = try source.codes(variable("c\(column)", type: .text))
      #expect(codes == expected.map { $0.isEmpty ? "." : $0 })
    }
    #expect(try source.rowCount() == rows.count)
  }

  @Test(arguments: 0..<50)
  func `of numbers come back bit for bit`(seed: Int) throws {
    var dice = SeededRandom(seed: 31 * seed + 7)
    let numbers = (0..<200).map { _ -> Double in
      switch Int.random(in: 0..<4, using: &dice) {
      case 0: Double(Int.random(in: -10_000...10_000, using: &dice))
      case 1: Double(Int.random(in: 0...1_000_000_000, using: &dice)) / 1e4
      case 2: Double.random(in: -10...10, using: &dice)
      default: Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &dice))
      }
    }.filter(\.isFinite)
    var source = try csv("n,x\n" + numbers.map { "\($0),1\n" }.joined())
    source.chunkSize = 100
    guard
      case .numbers(let column) = try source.read([ColumnRequest(Variable("n"), as: .numbers)])
        .columns[0]
    else { return }
    #expect(column.values == numbers)
  }

  @Test(arguments: 0..<400)
  func `that are damaged never crash`(seed: Int) throws {
    var dice = SeededRandom(seed: 131 * seed + 3)
    var bytes = Array(table(&dice).text.utf8)
    for _ in 0..<Int.random(in: 1...4, using: &dice) where !bytes.isEmpty {
      let index = bytes.indices.randomElement(using: &dice) ?? 0
      switch Int.random(in: 0..<3, using: &dice) {
      case 0: bytes[index] = UInt8.random(in: 0...255, using: &dice)
      case 1: bytes.remove(at: index)
      default: bytes = Array(bytes.prefix(index))
      }
    }
    var results: [String] = []
    for (threads, size) in [(1, 1 << 18), (3, 16), (2, 64)] {
      do {
        var source = try csv(bytes) { $0.delimiter = "," }
        source.threads = threads
        source.chunkSize = size
        results.append("\(try source.codes("c0"))\(try source.texts("c1"))")
      } catch {
        results.append("\(error)")
      }
    }
    // An error may name another fault of a damaged file, but it never becomes a success.
    #expect(Set(results.map { $0.hasPrefix("t.csv") }).count == 1)
    if !results[0].hasPrefix("t.csv") { #expect(Set(results).count == 1) }
  }

  @Test func `are the same read alone and together, in any view`() throws {
    let source = try csv("a,b\n1,2.5\n2,\n3,7\n")
    let requests = [
      ColumnRequest(Variable("a"), as: .codes), ColumnRequest(Variable("a"), as: .numbers),
      ColumnRequest(Variable("a"), as: .text), ColumnRequest(Variable("b"), as: .codes),
    ]
    let together = try source.read(requests).columns
    for (request, column) in zip(requests, together) {
      let alone = try source.read([request]).columns[0]
      #expect("\(alone)" == "\(column)")
    }
  }
}

extension String {
  /// Without the blanks that the reader takes off.
  fileprivate var trimmingASCIIBlanks: String {
    let blanks: [UInt8] = [9, 10, 11, 12, 13, 32]
    var bytes = Array(utf8)[...]
    while let first = bytes.first, blanks.contains(first) { bytes.removeFirst() }
    while let last = bytes.last, blanks.contains(last) { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
