internal import Dispatch
public import SurveyData

/// Replicate weights: with each of them everything is estimated anew, and how the estimates differ
/// makes the variance.
public struct ReplicateWeights: Sendable {
  /// One array a replicate, with a weight a row.
  let columns: [[Double]]
  /// How deviations make a variance.
  let rule: ReplicateRule

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
    ReplicateWeights(columns: columns, rule: rule)
  }
}
