package import SurveyData

/// Which of a file's values are valid, missing or unknown, as a variable of the codebook says.
///
/// Shared by all readers: CSV asks with text, SPSS and Stata with numbers.
package struct CodeScheme: Sendable {
  package let variable: Variable
  /// The valid codes known beforehand: those listed, and the whole numbers of a closed range.
  package let categories: [Category]
  /// The missing codes; the first is the system-missing value.
  package let missing: [MissingCode]
  /// Whether values that are not listed become categories: nothing is declared, or a range holds
  /// numbers that were not listed beforehand.
  package let isOpen: Bool

  private let positions: [String: Int]
  private let missingRanges: [(low: Double, high: Double, index: Int)]

  /// The widest range whose whole numbers are listed beforehand.
  private static let widestListedRange = 1000.0

  package init(_ variable: Variable, fileMarkers: [String] = []) {
    self.variable = variable
    // A cell of several answers is none of the codes.
    var categories = variable.hasSeveralAnswers ? [] : variable.categories
    if let range = variable.range, variable.type != .decimal,
      range.upperBound - range.lowerBound <= Self.widestListedRange
    {
      let listed = Set(categories.map(\.code))
      let unlisted = stride(from: range.lowerBound.rounded(.up), through: range.upperBound, by: 1)
        .map { Category(canonicalCode($0)) }.filter { !listed.contains($0.code) }
      categories = (categories + unlisted).sorted {
        ($0.number ?? .infinity) < ($1.number ?? .infinity)
      }
    }
    self.categories = categories
    let markers = fileMarkers.map { MissingCode(.code($0), reason: .system) }
    let missing =
      [.system] + variable.missing.filter { $0 != .system } + markers
      + (variable.unknown == .missing ? [Self.implausible] : [])
    self.missing = missing
    isOpen =
      variable.isOpen || variable.hasSeveralAnswers
      || (variable.range != nil && categories.count == variable.categories.count)
    var positions: [String: Int] = [:]
    for (index, category) in categories.enumerated() { positions[category.code] = index }
    var ranges: [(low: Double, high: Double, index: Int)] = []
    for (index, code) in missing.enumerated() {
      switch code.values {
      case .code(let text): positions[text] = categories.count + index
      case .range(let low, let high): ranges.append((low, high, index))
      case .empty: break
      }
    }
    self.positions = positions
    missingRanges = ranges
  }

  /// What a value that the codebook does not know becomes when its policy is `missing`.
  package static let implausible = MissingCode(
    .code("\u{FFFD}"), reason: .implausible)

  /// The position (as in ``CategoricalColumn``) of a listed code in canonical text; nil when the
  /// scheme does not list it.
  package func position(ofCode code: String) -> Int? {
    if let position = positions[code] { return position }
    guard !missingRanges.isEmpty else { return nil }
    return DecimalNumber.value(code).flatMap { missingRange(holding: $0) }
  }

  /// The position of a listed numeric code; nil when the scheme does not list it.
  package func position(ofNumber number: Double) -> Int? {
    guard !positions.isEmpty else { return missingRange(holding: number) }
    return positions[canonicalCode(number)] ?? missingRange(holding: number)
  }

  /// Whether a number that is not listed is valid all the same.
  package func admits(_ number: Double) -> Bool {
    variable.isOpen || variable.hasSeveralAnswers || variable.range?.contains(number) ?? false
  }

  /// The position of implausible values; nil unless the policy is `missing`.
  package var implausiblePosition: Int? {
    variable.unknown == .missing ? categories.count + missing.count - 1 : nil
  }

  private func missingRange(holding number: Double) -> Int? {
    missingRanges.first { $0.low <= number && number <= $0.high }.map {
      categories.count + $0.index
    }
  }
}
