internal import CADBC
internal import Glibc
internal import SurveyData

/// What a query gives: all its rows, column by column.
struct ArrowResult {
  /// One column.
  struct Column {
    /// Its name, as the engine spells it.
    let name: String
    /// What its values are; nil for a type that is no answer, such as a list, whose values are not read.
    let type: ArrowType?
    /// The type in Arrow's letters.
    let format: String
    /// The values.
    var values: ArrowValues
  }

  /// The columns in the order of the query.
  private(set) var columns: [Column]
  /// The number of rows.
  private(set) var rowCount = 0

  /// Reads a stream to its end.
  ///
  /// What came is of no use before: a fault may come after good batches.
  ///
  /// - Parameters:
  ///   - stream: The stream, which its caller releases.
  ///   - taking: What takes each batch away as it comes, so that none is kept; nil keeps all.
  ///   - fault: What the driver says of a fault of the stream.
  /// - Throws: ``DriverFault`` where the stream breaks off; ``SurveyError`` of kind data for columns that do not fit
  ///   their schema.
  init(
    reading stream: UnsafeMutablePointer<ArrowArrayStream>,
    taking take: ((ArrowResult) throws -> Void)? = nil,
    fault: (UnsafeMutablePointer<ArrowArrayStream>, Int32) -> DriverFault
  ) throws {
    var schema = ArrowSchema()
    guard let getSchema = stream.pointee.get_schema, let getNext = stream.pointee.get_next else {
      throw DriverFault.notImplemented
    }
    let status = getSchema(stream, &schema)
    guard status == 0 else { throw fault(stream, status) }
    defer { schema.release?(&schema) }
    columns = Self.columns(of: schema)
    while true {
      var batch = ArrowArray()
      let status = getNext(stream, &batch)
      guard status == 0 else { throw fault(stream, status) }
      guard batch.release != nil else { return }
      defer { batch.release?(&batch) }
      try append(batch)
      guard let take else { continue }
      try take(self)
      columns = Self.columns(of: schema)
      rowCount = 0
    }
  }

  private static func columns(of schema: ArrowSchema) -> [Column] {
    (0..<Int(schema.n_children)).compactMap { index in
      guard let child = schema.children?[index]?.pointee else { return nil }
      let type = ArrowType(child)
      return Column(
        name: child.name.map { String(cString: $0) } ?? "", type: type,
        format: child.format.map { String(cString: $0) } ?? "",
        values: type?.isNumber == false
          ? .texts([]) : type?.hasWholeNumbers ?? true ? .integers([]) : .numbers([]))
    }
  }

  private mutating func append(_ batch: ArrowArray) throws {
    guard batch.n_children == columns.count, batch.length >= 0, batch.offset >= 0 else {
      throw SurveyError(
        .data,
        "the driver handed over \(batch.n_children) columns where it announced \(columns.count)")
    }
    let rows = Int(batch.offset)..<Int(batch.offset + batch.length)
    for index in columns.indices {
      guard let type = columns[index].type else { continue }
      do {
        guard let child = batch.children?[index]?.pointee else {
          throw ArrowDecoder.Broken(problem: "it is missing")
        }
        columns[index].values.append(try ArrowDecoder(child, type, rows: rows).values())
      } catch let error as ArrowDecoder.NoAnswer {
        throw SurveyError(
          .data, at: columns[index].name, error.problem, remedy: error.remedy)
      } catch let error as ArrowDecoder.Broken {
        throw SurveyError(
          .data, at: columns[index].name,
          "the driver handed over a broken column: \(error.problem)",
          remedy: "Another version of the driver may do better.")
      }
    }
    rowCount += rows.count
  }
}

extension ArrowType {
  /// Whether its values are ``ArrowValues/integers(_:)``.
  var hasWholeNumbers: Bool {
    switch self {
    case .integer, .boolean, .nothing: true
    case .dictionary(_, let values): values.hasWholeNumbers
    default: false
    }
  }
}
