internal import SurveyData

/// Makes the bytecodes of compressed cases.
struct SPSSCaseWriter {
  private static let bias = 100.0
  private var codes: [UInt8] = []
  private var literals: [UInt8] = []
  private var out: [UInt8] = []

  /// All cases; the code 252 ends them.
  static func bytecodes(_ variables: [SPSSExport], rows: Int) -> [UInt8] {
    var writer = SPSSCaseWriter()
    for row in 0..<rows {
      for variable in variables {
        if variable.isText {
          writer.append(variable.column.text(row), variable)
        } else {
          writer.append(number: variable.column.number(row), variable)
        }
      }
    }
    writer.append(code: 252)
    writer.flush()
    return writer.out
  }

  private mutating func append(code: UInt8) {
    codes.append(code)
    if codes.count == 8 { flush() }
  }

  private mutating func flush() {
    guard !codes.isEmpty else { return }
    out += codes
    out += repeatElement(0, count: 8 - codes.count)
    out += literals
    codes.removeAll(keepingCapacity: true)
    literals.removeAll(keepingCapacity: true)
  }

  private mutating func append(number: Double, _ variable: SPSSExport) {
    let number =
      number.isNaN
      ? variable.missingNumbers[NumericColumn.missingIndex(number)] : number
    guard number != SPSSNumbers.systemMissing else { return append(code: 255) }
    let value = variable.format.inFile(number)
    if value >= 1 - Self.bias, value <= 251 - Self.bias, value == value.rounded(),
      !(value == 0 && value.sign == .minus)
    {
      return append(code: UInt8(value + Self.bias))
    }
    withUnsafeBytes(of: value.bitPattern.littleEndian) { literals += $0 }
    append(code: 253)
  }

  private mutating func append(_ text: String, _ variable: SPSSExport) {
    let bytes = Array(text.cut(toBytes: variable.width).utf8)
    var start = 0
    for (allocated, used) in variable.segments {
      let part = bytes[min(start, bytes.count)..<min(start + used, bytes.count)]
      start += used
      let size = (allocated + 7) / 8 * 8
      for offset in stride(from: 0, to: size, by: 8) {
        let chunk = part.dropFirst(offset).prefix(8)
        if chunk.allSatisfy({ $0 == 0x20 }) {
          append(code: 254)
        } else {
          literals += chunk
          literals += repeatElement(0x20, count: 8 - chunk.count)
          append(code: 253)
        }
      }
    }
  }
}
