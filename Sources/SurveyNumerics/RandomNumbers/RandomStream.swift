/// Random numbers that are the same bits on every machine.
///
/// SplitMix64 (Steele, Lea and Flood 2014). A stream of its own by name leaves the others as they are
/// when one is added. Only exact arithmetic is used: normal numbers are sums of
/// twelve uniform ones (Irwin–Hall), which needs no logarithm that differs between C libraries.
package struct RandomStream: RandomNumberGenerator {
  private var state: UInt64

  /// The only stream of a seed.
  package init(seed: UInt64) { state = seed }

  /// The stream of a name under a seed (FNV-1a of the name).
  package init(seed: UInt64, name: String) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    state = seed &* 0x9e37_79b9_7f4a_7c15 ^ hash
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// A number from 0 up to, not including, 1.
  package mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number with mean 0 and variance 1, very nearly normal, at most 6 away from 0.
  package mutating func normal() -> Double {
    var sum = -6.0
    for _ in 0..<12 { sum += uniform() }
    return sum
  }

  /// A whole number of a range, each equally likely.
  package mutating func whole(in range: ClosedRange<Int>) -> Int {
    let width = Double(range.upperBound - range.lowerBound) + 1
    return min(range.upperBound, range.lowerBound + Int(uniform() * width))
  }

  /// The numbers from 0 to `count - 1` in random order.
  package mutating func permutation(of count: Int) -> [Int] {
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, whole(in: 0...last))
    }
    return order
  }
}
