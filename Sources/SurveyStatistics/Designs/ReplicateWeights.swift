internal import Dispatch
public import SurveyData
internal import Synchronization

/// Replicate weights: with each of them everything is estimated anew, and how the estimates differ
/// makes the variance.
public struct ReplicateWeights: Sendable {
  /// Where the weights are.
  enum Source: Sendable {
    /// One array a replicate, with a weight a row.
    case columns([[Double]])
    /// What they are made of when they are asked for.
    case jackknife(Jackknife)
  }

  let source: Source
  /// How deviations make a variance.
  let rule: ReplicateRule
  /// Whether each went through steps that fit it to totals, so that what these settle varies in none.
  var isCalibrated = false
  /// The replicates that gave no value of something so far.
  var gaps = ReplicateGaps()

  init(_ source: Source, rule: ReplicateRule) { (self.source, self.rule) = (source, rule) }

  init(columns: [[Double]], rule: ReplicateRule) { self.init(.columns(columns), rule: rule) }

  /// The number of replicates.
  public var count: Int {
    switch source {
    case .columns(let columns): columns.count
    case .jackknife(let jackknife): jackknife.stratumOfUnit.count
    }
  }
  /// One array a replicate, with a weight a row.
  var columns: [[Double]] {
    switch source {
    case .columns(let columns): columns
    case .jackknife: map { $0 }
    }
  }
  /// How they were made.
  public var method: ReplicateDeclaration.Method { rule.method }

  /// What is made of every replicate's weights, on all cores.
  ///
  /// - Parameter make: Makes numbers of weights, one a row.
  package func map(_ make: (_ weights: [Double]) -> [Double]) -> [[Double]] {
    switch source {
    case .columns(let columns): Self.concurrently(columns.count) { make(columns[$0]) }
    case .jackknife(let jackknife): Self.concurrently(count) { make(jackknife.column($0)) }
    }
  }

  /// What is made of the weights of several replicates at once, on all cores.
  func map(
    by size: Int, _ make: (_ weights: [[Double]]) -> [[Double]]
  ) -> [[Double]] {
    let several = Self.concurrently((count + size - 1) / size) { index in
      let places = index * size..<min((index + 1) * size, count)
      switch source {
      case .columns(let columns): return make(Array(columns[places]))
      case .jackknife(let jackknife): return make(places.map(jackknife.column))
      }
    }
    return several.flatMap { $0 }
  }

  /// Things made side by side, by place.
  package static func concurrently<Made>(
    _ count: Int, _ make: (_ index: Int) -> Made
  ) -> [Made] {
    withoutActuallyEscaping(make) { make in
      nonisolated(unsafe) let make = make
      return [Made](unsafeUninitializedCapacity: count) { buffer, initialized in
        nonisolated(unsafe) let buffer = buffer
        DispatchQueue.concurrentPerform(iterations: count) { index in
          buffer.initializeElement(at: index, to: make(index))
        }
        initialized = count
      }
    }
  }

  /// The same for other rows, whose weights are those of rows added up.
  func with(_ columns: [[Double]]) -> ReplicateWeights {
    var other = ReplicateWeights(columns: columns, rule: rule)
    (other.gaps, other.isCalibrated) = (gaps, isCalibrated)
    return other
  }
}

/// The replicates that gave no value of something that was estimated: an empty group, a model without
/// a fit.
///
/// It is known only when an analysis has been made, and whichever it was adds to it.
final class ReplicateGaps: Sendable {
  private let found = Mutex(Set<Int>())

  /// The replicates, by place.
  var places: Set<Int> { found.withLock { $0 } }

  /// Adds some.
  func add(_ places: Set<Int>) {
    guard !places.isEmpty else { return }
    found.withLock { $0.formUnion(places) }
  }
}
