extension Array {
  /// The elements in parts of so many at the most; one part without any where there are none.
  func portions(of most: Int) -> [[Element]] {
    guard count > most else { return [self] }
    return stride(from: 0, to: count, by: most).map {
      Array(self[$0..<Swift.min($0 + most, count)])
    }
  }
}
