import CADBC
import CTestDriver

@testable import SurveyEngines

/// Columns as a driver lays them out.
///
/// Their memory stays until the tests end.
enum ArrowColumns {
  static func copy<Value>(_ values: [Value]) -> UnsafeMutablePointer<Value> {
    let memory = UnsafeMutablePointer<Value>.allocate(capacity: max(1, values.count))
    memory.initialize(from: values, count: values.count)
    return memory
  }

  static func text(_ text: String) -> UnsafePointer<CChar> {
    UnsafePointer(copy(text.utf8CString.map { $0 }))
  }

  static func bytes<Value>(_ values: [Value]) -> UnsafeRawPointer { UnsafeRawPointer(copy(values)) }

  /// Bits, the first the lowest of the first byte.
  static func bits(_ values: [Bool]) -> UnsafeRawPointer {
    var bytes = [UInt8](repeating: 0, count: values.count / 8 + 1)
    for (index, value) in values.enumerated() where value {
      bytes[index / 8] |= 1 << UInt8(index % 8)
    }
    return self.bytes(bytes)
  }

  /// A column of buffers as they are.
  static func column(
    _ format: String, name: String = "a", length: Int, nulls: Int = -1, offset: Int = 0,
    _ buffers: [UnsafeRawPointer?], metadata: UnsafePointer<CChar>? = nil,
    dictionary: TestColumn? = nil
  ) -> TestColumn {
    TestColumn(
      name: text(name), format: text(format), metadata: metadata, length: Int64(length),
      null_count: Int64(nulls), offset: Int64(offset), n_buffers: Int64(buffers.count),
      buffers: copy(buffers), dictionary: dictionary.map { copy([$0]) })
  }

  /// Numbers of a fixed width.
  static func fixed<Value>(
    _ format: String, _ values: [Value], valid: [Bool]? = nil, offset: Int = 0,
    dictionary: TestColumn? = nil
  ) -> TestColumn {
    column(
      format, length: values.count - offset, offset: offset, [valid.map(bits), bytes(values)],
      dictionary: dictionary)
  }

  /// Texts with offsets of four bytes.
  static func texts(_ texts: [String?], name: String = "a", metadata: UnsafePointer<CChar>? = nil)
    -> TestColumn
  {
    var ends: [Int32] = [0]
    var all: [UInt8] = []
    for text in texts {
      all += Array((text ?? "").utf8)
      ends.append(Int32(all.count))
    }
    return column(
      "u", name: name, length: texts.count,
      [bits(texts.map { $0 != nil }), bytes(ends), bytes(all)],
      metadata: metadata)
  }

  /// An answer of one batch.
  static func answer(
    to query: String = "", _ columns: [TestColumn], length: Int? = nil, offset: Int = 0,
    breaksAfter: Int = -1
  ) -> TestAnswer {
    answer(to: query, [batch(columns, length: length, offset: offset)], breaksAfter: breaksAfter)
  }

  static func answer(to query: String = "", _ batches: [TestBatch], breaksAfter: Int = -1)
    -> TestAnswer
  {
    TestAnswer(
      contains: text(query), batches: copy(batches), n_batches: Int64(batches.count),
      breaks_after: Int64(breaksAfter))
  }

  static func batch(_ columns: [TestColumn], length: Int? = nil, offset: Int = 0) -> TestBatch {
    TestBatch(
      columns: copy(columns), n_columns: Int64(columns.count),
      length: length.map(Int64.init) ?? columns.first?.length ?? 0, offset: Int64(offset))
  }

  /// What comes of a stream.
  static func read(_ answer: TestAnswer) throws -> ArrowResult {
    var stream = ArrowArrayStream()
    test_stream(copy([answer]), &stream)
    defer { stream.release?(&stream) }
    return try ArrowResult(reading: &stream) {
      DriverFault(status: UInt8($1), message: "broke off")
    }
  }

  /// What becomes of one column.
  static func values(_ column: TestColumn) throws -> ArrowValues {
    try read(answer([column])).columns[0].values
  }
}
