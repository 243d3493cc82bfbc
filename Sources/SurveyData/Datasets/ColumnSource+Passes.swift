extension ColumnSource {
  /// Columns in as many passes over the file as memory asks for: a small file is read in one.
  ///
  /// - Parameter count: How many columns are read.
  /// - Returns: The columns of each pass, in order.
  public func passes(over count: Int) -> [Range<Int>] {
    // Two bytes of a file hold at least one value, which takes four while it is read.
    let step = facts.byteCount <= 64 << 20 ? max(1, count) : 32
    return stride(from: 0, to: count, by: step).map { $0..<min($0 + step, count) }
  }
}
