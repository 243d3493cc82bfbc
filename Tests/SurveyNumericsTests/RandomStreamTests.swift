import SurveyNumerics
import Testing

@Suite struct RandomStreamTests {
  @Test func `the stream is the same on every machine`() {
    // SplitMix64 from state 0xcbf29ce484222325, the FNV-1a hash of the empty name.
    var stream = RandomStream(seed: 0, name: "")
    #expect((0..<3).map { _ in stream.next() } == reference(from: 0xcbf2_9ce4_8422_2325, count: 3))
  }

  @Test func `normal numbers have mean 0 and variance 1`() {
    var stream = RandomStream(seed: 7, name: "normal")
    let numbers = (0..<20_000).map { _ in stream.normal() }
    let mean = numbers.reduce(0, +) / 20_000
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
    #expect(abs(mean) < 0.02 && abs(variance - 1) < 0.03)
  }

  @Test func `a permutation holds every number once`() {
    var stream = RandomStream(seed: 7, name: "order")
    let order = stream.permutation(of: 100)
    #expect(order.sorted() == Array(0..<100))
    #expect(order != Array(0..<100))
  }

  private func reference(from state: UInt64, count: Int) -> [UInt64] {
    (1...count).map { step in
      var z = state &+ UInt64(step) &* 0x9e37_79b9_7f4a_7c15
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return z ^ (z >> 31)
    }
  }
}
