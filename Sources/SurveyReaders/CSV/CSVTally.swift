/// A place in a CSV file.
struct CSVPlace: Hashable, Sendable {
  /// The first byte of the field.
  let offset: Int
  /// The length of the field, in bytes.
  let length: Int
  /// The chunk and the record in it.
  let chunk: Int
  let record: Int
}

/// How often something was met in a column, and where first.
struct CSVTally: Sendable {
  /// What can be met.
  enum Kind: Int, CaseIterable, Sendable {
    /// A code that the codebook does not know; an error.
    case unknown
    /// The same, kept as a category of its own.
    case unknownKept
    /// The same, counted as missing.
    case unknownMissing
    /// Not a number where one is needed; an error.
    case notNumber
    /// A number with decimals where a whole one is needed; an error.
    case notWhole
    /// Bytes that are not valid in the encoding; an error.
    case badEncoding
    /// Text that became another code: `1.0`, `007`.
    case rewritten
    /// A valid Norwegian national identity number.
    case identityNumber
    /// A whole number that lost digits, as no number has so many.
    case inexact
    /// One more code than a column can have; an error.
    case tooMany
  }

  /// The number of places that are kept.
  static let shown = 5

  /// How often.
  private(set) var counts = Array(repeating: 0, count: Kind.allCases.count)
  /// The first places, in order.
  private(set) var first = Array(repeating: [CSVPlace](), count: Kind.allCases.count)

  /// Counts one; places must come in the order of the file.
  mutating func add(_ kind: Kind, at place: @autoclosure () -> CSVPlace) {
    counts[kind.rawValue] += 1
    if first[kind.rawValue].count < Self.shown { first[kind.rawValue].append(place()) }
  }

  /// Counts what other threads counted.
  init(merging tallies: some Sequence<CSVTally>) {
    for tally in tallies {
      for kind in Kind.allCases {
        counts[kind.rawValue] += tally.counts[kind.rawValue]
        first[kind.rawValue] += tally.first[kind.rawValue]
      }
    }
    for kind in Kind.allCases {
      first[kind.rawValue] = Array(
        first[kind.rawValue].sorted { $0.offset < $1.offset }.prefix(Self.shown))
    }
  }

  init() {}

  func count(_ kind: Kind) -> Int { counts[kind.rawValue] }
  func places(_ kind: Kind) -> [CSVPlace] { first[kind.rawValue] }
}
