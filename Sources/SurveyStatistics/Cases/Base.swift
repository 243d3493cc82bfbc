/// The respondents that an estimate rests on.
package struct Base: Sendable {
  /// Their number.
  package var count = 0
  /// The sum of their weights.
  package var weight = 0.0
  /// The sum of their squared weights.
  package var squaredWeight = 0.0

  /// Kish's effective size, `(Σw)² ∕ Σw²`; NaN where nobody knows the squares.
  package var kishSize: Double { squaredWeight == 0 ? 0 : weight * weight / squaredWeight }

  mutating func add(_ other: CellTable.Cell) {
    count += other.count
    weight += other.weight
    squaredWeight += other.squaredWeight
  }
}
