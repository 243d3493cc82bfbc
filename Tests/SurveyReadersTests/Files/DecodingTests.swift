import Testing

@testable import SurveyReaders

/// The tables and numbers that readers are made of.
@Suite struct DecodingTests {
  @Test func `numbers of many digits are read as Swift reads them, bit for bit`() {
    var texts = [
      "0.1", "-0.028948227902461487", "9007199254740993", "9007199254740992.5", ".5", "5.", "-.5",
      "0.00000000000000000012", "0.0000000000000000001", "1234567890123456789",
      "12345678901234567890", "18446744073709551616", "1.7976931348623157e308", "4.9e-324",
      "0000000000000000000000001.5", "-0.0000000000000000", "1.0000000000000002220446049250313",
    ]
    var state: UInt64 = 7
    func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state
    }
    for _ in 0..<20_000 {
      texts.append("\(Double(next()) / Double(next()))")
      let digits = String(next())
      let cut = digits.index(digits.startIndex, offsetBy: Int(next() >> 33) % digits.count)
      texts.append("0\(digits[..<cut]).\(digits[cut...])")
    }
    for text in texts {
      #expect(DecimalNumber.value(text)?.bitPattern == Double(text)?.bitPattern, "\(text)")
    }
    for text in ["", ".", "-", "1e", "1e+", "1..2", "0x10", "nan", "inf", "1e999", "1,5"] {
      #expect(DecimalNumber.value(text) == nil, "\(text)")
    }
  }

  @Test func `a table of bytes tells keys of any length apart`() {
    let table = ByteTable()
    let letters = Array("abc0".utf8)
    var keys: [[UInt8]] = [[]]
    for length in 1...24 {
      for place in 0..<length {
        for letter in letters {
          var key = Array(repeating: UInt8(ascii: "x"), count: length)
          key[place] = letter
          keys.append(key)
        }
      }
    }
    func value(_ key: [UInt8]) -> UInt32? { key.withUnsafeBytes { table.value(of: $0) } }
    for (index, key) in keys.enumerated() {
      #expect(value(key) == nil)
      key.withUnsafeBytes { table.insert($0, UInt32(index)) }
    }
    for (index, key) in keys.enumerated() { #expect(value(key) == UInt32(index)) }
  }
}
