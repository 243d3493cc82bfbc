internal import Dispatch
internal import SurveyData

/// The columns of a model as a few numbers, times what the categories of a case make of them.
///
/// Cases with the same categories share a pattern `g`, and column `k` of a case is
/// `f[g, k] · m[number of k]` with the number `m₀ = 1`. What sums over columns need is then added up
/// once a number and a pattern, not once a column.
struct SharedColumns: Sendable {
  /// The pattern of every case.
  let patterns: [UInt16]
  let patternCount: Int
  /// Numbers other than 1 of every case, by numbers.
  let numbers: [Double]
  /// How many numbers there are, 1 among them.
  let numberCount: Int
  /// The number that each column is a multiple of.
  let numberOfColumn: [Int]
  /// `f`, patterns × columns; 0 or 1.
  let factors: [Double]

  var width: Int { numberOfColumn.count }

  /// The products of two numbers, as they stand in a triangle by rows.
  var pairCount: Int { numberCount * (numberCount + 1) / 2 }

  /// Finds the patterns; nil where passes over columns are as good, for want of categories or for
  /// too many patterns.
  init?(_ matrix: ModelMatrix) {
    guard matrix.coordinates == nil else { return nil }
    func isFactor(_ predictor: Int) -> Bool {
      if case .codes = matrix.predictors[predictor] { true } else { false }
    }
    let parts = matrix.plan.map(\.parts)
    let products = parts.map { $0.filter { !isFactor($0.predictor) } }
    var numbers: [[ModelMatrix.Product.Part]] = [[]]
    for product in products where !numbers.contains(product) { numbers.append(product) }
    var factors: [Factor] = []
    for part in parts.joined() where !factors.contains(where: { $0.predictor == part.predictor }) {
      if case .codes(let positions, let levels) = matrix.predictors[part.predictor] {
        factors.append(Factor(predictor: part.predictor, positions: positions, levels: levels))
      }
    }
    let patternCount = factors.reduce(1) { min($0 * $1.levels.count, 1 << 16) }
    let dense = matrix.width * (matrix.width + 3)
    guard !factors.isEmpty, numbers.count <= 6, patternCount <= min(1 << 12, matrix.rowCount / 64),
      2 * numbers.count * (numbers.count + 3) <= dense
    else { return nil }
    self.patternCount = patternCount
    numberCount = numbers.count
    numberOfColumn = products.map { numbers.firstIndex(of: $0) ?? 0 }
    self.numbers = matrix.products(Array(numbers.dropFirst()))
    patterns = Self.patterns(factors, matrix.rowCount)
    self.factors = (0..<patternCount).flatMap { pattern in
      let levels = Self.levels(of: pattern, factors)
      return parts.map { parts in
        parts.allSatisfy { levels[$0.predictor] == nil || levels[$0.predictor] == $0.piece }
          ? 1.0 : 0
      }
    }
  }

  /// The multiples of the numbers that a linear predictor has in every pattern, patterns × numbers.
  func slopes(_ coefficients: [Double]) -> [Double] {
    var slopes = Array(repeating: 0.0, count: patternCount * numberCount)
    for pattern in 0..<patternCount {
      for k in 0..<width {
        slopes[pattern * numberCount + numberOfColumn[k]] +=
          factors[pattern * width + k] * coefficients[k]
      }
    }
    return slopes
  }

  /// Calls `body` with the patterns of the cases, their numbers other than 1, and two other arrays.
  func withPointers(
    _ slopes: [Double], _ sums: inout [Double],
    _ body: (
      UnsafePointer<UInt16>, UnsafePointer<Double>, UnsafePointer<Double>,
      UnsafeMutablePointer<Double>
    ) -> Void
  ) {
    patterns.withUnsafeBufferPointer { patterns in
      slopes.withUnsafeBufferPointer { slopes in
        numbers.withUnsafeBufferPointer { numbers in
          sums.withUnsafeMutableBufferPointer { sums in
            guard let patterns = patterns.baseAddress, let slopes = slopes.baseAddress,
              let sums = sums.baseAddress
            else { return }
            // Without numbers other than 1 nobody reads them.
            body(patterns, numbers.baseAddress ?? slopes, slopes, sums)
          }
        }
      }
    }
  }

  /// Adds a case to the sums of its pattern: `s m` by numbers, then `d m m′` by pairs of numbers.
  ///
  /// - Parameters:
  ///   - score: `s`.
  ///   - weight: `d`.
  ///   - x: The case's first number other than 1.
  ///   - stride: The distance between its numbers.
  ///   - sums: The sums of its pattern.
  @inline(__always)
  func add(
    _ score: Double, _ weight: Double, times x: UnsafePointer<Double>, stride: Int,
    to sums: UnsafeMutablePointer<Double>
  ) {
    sums[0] += score
    var pair = sums + numberCount
    pair[0] += weight
    pair += 1
    for j in 1..<numberCount {
      let number = x[(j - 1) * stride]
      sums[j] += score * number
      let product = weight * number
      pair[0] += product
      for l in 1...j { pair[l] += product * x[(l - 1) * stride] }
      pair += j + 1
    }
  }

  /// Hands the sums of a pattern, one a number, on to its columns.
  @inline(__always)
  func spread(_ pattern: Int, _ sums: ArraySlice<Double>, to column: (Int, Double) -> Void) {
    for k in 0..<width where factors[pattern * width + k] != 0 {
      column(k, sums[sums.startIndex + numberOfColumn[k]])
    }
  }

  /// Hands the sums of a pattern, one a pair of numbers, on to pairs of its columns, the second no
  /// later than the first.
  @inline(__always)
  func spread(
    _ pattern: Int, pairs: ArraySlice<Double>, to columns: (Int, Int, Double) -> Void
  ) {
    for k in 0..<width where factors[pattern * width + k] != 0 {
      for l in 0...k where factors[pattern * width + l] != 0 {
        let (high, low) = (
          max(numberOfColumn[k], numberOfColumn[l]), min(numberOfColumn[k], numberOfColumn[l])
        )
        columns(k, l, pairs[pairs.startIndex + high * (high + 1) / 2 + low])
      }
    }
  }

  fileprivate struct Factor {
    let predictor: Int
    let positions: Positions
    let levels: [ModelFrame.Level]
  }

  /// The level of every predictor in a pattern.
  private static func levels(of pattern: Int, _ factors: [Factor]) -> [Int: Int] {
    var (rest, levels) = (pattern, [Int: Int]())
    for factor in factors.reversed() {
      levels[factor.predictor] = rest % factor.levels.count
      rest /= factor.levels.count
    }
    return levels
  }

  private static func patterns(_ factors: [Factor], _ count: Int) -> [UInt16] {
    [UInt16](unsafeUninitializedCapacity: count) { buffer, initialized in
      nonisolated(unsafe) let buffer = buffer
      let chunks = 8
      DispatchQueue.concurrentPerform(iterations: chunks) { chunk in
        let cases = (count * chunk / chunks)..<(count * (chunk + 1) / chunks)
        buffer[cases].initialize(repeating: 0)
        for factor in factors { factor.append(to: buffer, cases) }
      }
      initialized = count
    }
  }
}

extension SharedColumns.Factor {
  /// Makes `pattern × levels + level` of the pattern of every case.
  fileprivate func append(to patterns: UnsafeMutableBufferPointer<UInt16>, _ cases: Range<Int>) {
    var numbers = Array(repeating: UInt16(0), count: (levels.map(\.position).max() ?? 0) + 1)
    for (number, level) in levels.enumerated() { numbers[level.position] = UInt16(number) }
    let radix = UInt16(levels.count)
    func append<Value: FixedWidthInteger>(_ positions: [Value]) {
      positions.withUnsafeBufferPointer { positions in
        numbers.withUnsafeBufferPointer { numbers in
          for i in cases { patterns[i] = patterns[i] &* radix &+ numbers[Int(positions[i])] }
        }
      }
    }
    switch positions {
    case .uint8(let positions): append(positions)
    case .uint16(let positions): append(positions)
    case .uint32(let positions): append(positions)
    }
  }
}
