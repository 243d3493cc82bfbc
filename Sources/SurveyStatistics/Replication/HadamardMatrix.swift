/// A matrix of 1 and −1 whose columns are orthogonal, `HᵀH = k I`, and whose first column is all 1.
///
/// It is built, not stored: doubled (Sylvester), from the squares of a prime field (Paley's two kinds), or
/// as the Kronecker product of such. Of the multiples of 4 up to 200 it lacks 52, 92, 100, 116, 156,
/// 172, 184 and 188; the next larger one is then taken.
///
/// - SeeAlso: Paley (1933), Journal of Mathematics and Physics 12; Wolter (2007), Introduction to
///   Variance Estimation, appendix A.
struct HadamardMatrix: Sendable {
  /// The number of rows and columns.
  let order: Int
  /// Whether each number is 1, row after row.
  private let isPositive: [Bool]

  /// The number at a place, 1 or −1.
  subscript(row: Int, column: Int) -> Double { isPositive[row * order + column] ? 1 : -1 }

  /// The smallest that can be built with so many rows.
  init(atLeast size: Int) {
    var order = max(size, 1)
    while true {
      if let found = Self.built(order) {
        self = found
        return
      }
      order += 1
    }
  }

  private init(_ order: Int, _ isPositive: (_ row: Int, _ column: Int) -> Bool) {
    self.order = order
    var signs = Array(repeating: true, count: order * order)
    for row in 0..<order {
      let first = isPositive(row, 0)
      for column in 0..<order { signs[row * order + column] = isPositive(row, column) == first }
    }
    self.isPositive = signs
  }

  private static func built(_ order: Int) -> HadamardMatrix? {
    guard order > 2 else { return HadamardMatrix(order) { row, column in row * column == 0 } }
    guard order % 4 == 0 else { return nil }
    if isPrime(order - 1) { return paley(order - 1) }
    if isPrime(order / 2 - 1), order / 2 % 2 == 0, (order / 2 - 1) % 4 == 1 {
      return paleySymmetric(order / 2 - 1)
    }
    var factor = 2
    while factor * factor <= order {
      if order % factor == 0, let a = built(factor), let b = built(order / factor) {
        return HadamardMatrix(order) { row, column in
          a.isPositive[row / b.order * a.order + column / b.order]
            == b.isPositive[row % b.order * b.order + column % b.order]
        }
      }
      factor += factor == 2 ? 2 : 4
    }
    return nil
  }

  /// Paley's first kind, of order `q + 1` for a prime `q` of `4m + 3`: `I + S` with the skew matrix of the
  /// squares.
  private static func paley(_ prime: Int) -> HadamardMatrix? {
    guard prime % 4 == 3 else { return nil }
    let square = squares(prime)
    return HadamardMatrix(prime + 1) { row, column in
      if row == column { return true }
      if row == 0 { return true }
      if column == 0 { return false }
      return square[(row - column + prime) % prime]
    }
  }

  /// Paley's second kind, of order `2(q + 1)` for a prime `q` of `4m + 1`.
  private static func paleySymmetric(_ prime: Int) -> HadamardMatrix {
    let square = squares(prime)
    // The symmetric conference matrix, with blocks of 2 × 2 in the place of 0, 1 and −1.
    return HadamardMatrix(2 * (prime + 1)) { row, column in
      let (i, j) = (row / 2, column / 2)
      let isLast = row % 2 == 1 && column % 2 == 1
      if i == j { return row % 2 == 0 && column % 2 == 0 }
      let isOne = i == 0 || j == 0 || square[(i - j + prime) % prime]
      return isLast ? !isOne : isOne
    }
  }

  private static func squares(_ prime: Int) -> [Bool] {
    var square = Array(repeating: false, count: prime)
    for number in 1..<prime { square[number * number % prime] = true }
    return square
  }

  private static func isPrime(_ number: Int) -> Bool {
    guard number > 2, number % 2 == 1 else { return number == 2 }
    var divisor = 3
    while divisor * divisor <= number {
      if number % divisor == 0 { return false }
      divisor += 2
    }
    return true
  }
}
