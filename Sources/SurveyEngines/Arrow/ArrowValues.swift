/// The values of a column that came from an engine, before a codebook says what they mean.
enum ArrowValues: Equatable, Sendable {
  /// Whole numbers.
  case integers([Int64?])
  /// Numbers; NaN is no answer.
  case numbers([Double])
  /// Texts, days and moments.
  case texts([String?])

  /// How many there are.
  var count: Int {
    switch self {
    case .integers(let values): values.count
    case .numbers(let values): values.count
    case .texts(let values): values.count
    }
  }

  /// The values at positions; no answer where there is none.
  func taking(_ positions: [Int?]) -> ArrowValues {
    switch self {
    case .integers(let values): .integers(positions.map { $0.flatMap { values[$0] } })
    case .numbers(let values): .numbers(positions.map { $0.map { values[$0] } ?? .nan })
    case .texts(let values): .texts(positions.map { $0.flatMap { values[$0] } })
    }
  }

  /// Adds the values of a later batch of the same column.
  mutating func append(_ other: ArrowValues) {
    switch (self, other) {
    case (.integers(var all), .integers(let more)):
      self = .integers([])
      all += more
      self = .integers(all)
    case (.numbers(var all), .numbers(let more)):
      self = .numbers([])
      all += more
      self = .numbers(all)
    case (.texts(var all), .texts(let more)):
      self = .texts([])
      all += more
      self = .texts(all)
    default: preconditionFailure("batches of one stream have one schema")
    }
  }

  /// The values as numbers; texts are none.
  var asNumbers: [Double] {
    switch self {
    case .integers(let values): values.map { $0.map(Double.init) ?? .nan }
    case .numbers(let values): values
    case .texts(let values): values.map { $0.flatMap(Double.init) ?? .nan }
    }
  }
}
