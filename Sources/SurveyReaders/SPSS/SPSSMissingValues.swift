internal import SurveyData

/// The values that an SPSS variable declares missing: at most three single ones, or a range and one.
struct SPSSMissingValues {
  private(set) var singles: [Double] = []
  private(set) var range: ClosedRange<Double>?
  /// The codes that had to become a range; empty when nothing had to change.
  private(set) var merged: [Double] = []

  /// Fits codes into what SPSS can hold; nil when a valid value would become missing.
  ///
  /// - Parameter holdsValid: Whether a valid value lies in a range.
  init?(
    singles wanted: [Double], ranges: [ClosedRange<Double>],
    holdsValid: (ClosedRange<Double>) -> Bool
  ) {
    let singles = Set(wanted).sorted().filter { single in !ranges.contains { $0.contains(single) } }
    if ranges.isEmpty, singles.count <= 3 {
      self.singles = singles
      return
    }
    if ranges.count == 1, singles.count <= 1 {
      self.singles = singles
      range = ranges[0]
      return
    }
    for left in [[], Array(singles.prefix(1)), Array(singles.suffix(1))] {
      let ends =
        singles.filter { !left.contains($0) } + ranges.flatMap { [$0.lowerBound, $0.upperBound] }
      guard let low = ends.min(), let high = ends.max(), !holdsValid(low...high) else { continue }
      self.singles = left
      range = low...high
      merged = singles.filter { !left.contains($0) }
      return
    }
    return nil
  }
}
