/// One number a row, or the same number in all of them.
enum Numbers {
  case constant(Double)
  case column([Double])

  /// One number a row.
  func expanded(to rows: Int) -> [Double] {
    switch self {
    case .constant(let value): Array(repeating: value, count: rows)
    case .column(let values): values
    }
  }

  /// Applies a function to each number.
  @inline(__always)
  func map(_ transform: (Double) -> Double) -> Self {
    switch self {
    case .constant(let value): .constant(transform(value))
    case .column(let values): .column(values.map(transform))
    }
  }

  /// Applies a function to each pair of numbers.
  @inline(__always)
  func combined(with other: Self, _ transform: (Double, Double) -> Double) -> Self {
    switch (self, other) {
    case (.constant(let a), .constant(let b)): .constant(transform(a, b))
    case (.constant(let a), .column(let b)): .column(b.map { transform(a, $0) })
    case (.column(let a), .constant(let b)): .column(a.map { transform($0, b) })
    case (.column(let a), .column(let b)): .column(zipped(a, b, transform))
    }
  }

  /// Compares each pair of numbers: 0 false, 1 true, 2 missing.
  @inline(__always)
  func compared(
    with other: Self, rows: Int, _ holds: (Double, Double) -> Bool
  ) -> [UInt8] {
    @inline(__always)
    func truth(_ a: Double, _ b: Double) -> UInt8 {
      a.isFinite && b.isFinite ? (holds(a, b) ? 1 : 0) : 2
    }
    return switch (self, other) {
    case (.constant(let a), .constant(let b)): Array(repeating: truth(a, b), count: rows)
    case (.constant(let a), .column(let b)): b.map { truth(a, $0) }
    case (.column(let a), .constant(let b)): a.map { truth($0, b) }
    case (.column(let a), .column(let b)): zipped(a, b, truth)
    }
  }
}

/// The results of a function over two arrays of the same length.
@inline(__always)
func zipped<A, B, Result>(_ a: [A], _ b: [B], _ transform: (A, B) -> Result) -> [Result] {
  let count = min(a.count, b.count)
  return [Result](unsafeUninitializedCapacity: count) { result, initialized in
    for row in 0..<count { result.initializeElement(at: row, to: transform(a[row], b[row])) }
    initialized = count
  }
}
