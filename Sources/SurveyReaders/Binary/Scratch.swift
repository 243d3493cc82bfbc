/// Memory for one block of values, used again for the next.
final class Scratch<Value: BitwiseCopyable> {
  private var memory: UnsafeMutableBufferPointer<Value>
  private let filler: Value

  init(_ filler: Value) {
    self.filler = filler
    memory = .allocate(capacity: 1024)
    memory.initialize(repeating: filler)
  }

  deinit { memory.deallocate() }

  /// Room for so many values; what they were is not kept when the room grows.
  func room(_ count: Int) -> UnsafeMutableBufferPointer<Value> {
    if count > memory.count {
      memory.deallocate()
      memory = .allocate(capacity: count)
      memory.initialize(repeating: filler)
    }
    return UnsafeMutableBufferPointer(rebasing: memory[..<count])
  }
}
