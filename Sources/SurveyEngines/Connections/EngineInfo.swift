internal import CADBC

/// What an engine and its driver say of themselves; empty where they do not.
struct EngineInfo: Equatable, Sendable {
  /// The engine's name.
  var engine = ""
  /// Its version.
  var engineVersion = ""
  /// The driver's name.
  var driver = ""
  /// Its version.
  var driverVersion = ""

  init() {}

  /// Reads the rows that a driver gives: a number that says what is told, and a text among other kinds of values.
  init(reading stream: UnsafeMutablePointer<ArrowArrayStream>) {
    while true {
      var batch = ArrowArray()
      guard stream.pointee.get_next?(stream, &batch) == 0, batch.release != nil else { return }
      defer { batch.release?(&batch) }
      read(batch)
    }
  }

  private mutating func read(_ batch: ArrowArray) {
    guard batch.n_children == 2, let codes = batch.children?[0]?.pointee,
      let union = batch.children?[1]?.pointee, union.n_buffers == 2, union.n_children > 0,
      let kinds = union.buffers?[0], let offsets = union.buffers?[1],
      let texts = union.children?[0]?.pointee,
      case .integers(let numbers)? = try? ArrowDecoder(
        codes, .integer(bytes: 4, isSigned: false)
      ).values(),
      case .texts(let values)? = try? ArrowDecoder(
        texts, .text(isLong: false, isNumber: false)
      ).values()
    else { return }
    for (row, number) in numbers.enumerated() {
      let place = row + Int(union.offset)
      guard kinds.load(fromByteOffset: place, as: Int8.self) == 0 else { continue }
      let offset = Int(offsets.loadUnaligned(fromByteOffset: place * 4, as: Int32.self))
      guard values.indices.contains(offset), let text = values[offset], !text.contains("unknown")
      else {
        continue
      }
      switch number {
      case 0: engine = text
      case 1: engineVersion = text
      case 100: driver = text
      case 101: driverVersion = text
      default: break
      }
    }
  }
}
