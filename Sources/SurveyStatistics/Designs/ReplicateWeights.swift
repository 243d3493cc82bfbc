internal import Dispatch
public import SurveyData
internal import Synchronization

/// Replicate weights: with each of them everything is estimated anew, and how the estimates differ
/// makes the variance.
public struct ReplicateWeights: Sendable {
  /// One array a replicate, with a weight a row.
  let columns: [[Double]]
  /// How deviations make a variance.
  let rule: ReplicateRule
  /// The replicates that gave no value of something so far.
  var gaps = ReplicateGaps()

  /// The number of replicates.
  public var count: Int { columns.count }
  /// How they were made.
  public var method: ReplicateDeclaration.Method { rule.method }

  /// What is made of every replicate's weights, on all cores.
  ///
  /// - Parameter make: Makes numbers of weights, one a row.
  package func map(_ make: (_ weights: [Double]) -> [Double]) -> [[Double]] {
    Self.concurrently(count) { make(columns[$0]) }
  }

  /// Numbers made side by side, by place.
  package static func concurrently(
    _ count: Int, _ make: (_ index: Int) -> [Double]
  ) -> [[Double]] {
    withoutActuallyEscaping(make) { make in
      nonisolated(unsafe) let make = make
      return [[Double]](unsafeUninitializedCapacity: count) { buffer, initialized in
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
    ReplicateWeights(columns: columns, rule: rule, gaps: gaps)
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
