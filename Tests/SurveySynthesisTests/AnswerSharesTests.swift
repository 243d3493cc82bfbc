import Testing

@testable import SurveySynthesis

@Suite struct AnswerSharesTests {
  private func share(
    _ percent: Double, of groups: [Int], answers: [Int] = [1], id: String = "share",
    halfUnit: Double = 0.5
  ) -> PublishedShare {
    PublishedShare(
      id: id, place: "", groupName: "", groups: groups, answers: answers, percent: percent,
      halfUnit: halfUnit, source: "")
  }

  @Test func `one group takes its published share and leaves the others alone`() {
    let (shares, failing) = AnswerShares.fit(
      assumed: [[0.6, 0.4], [0.6, 0.4]], weights: [1, 2], to: [share(80, of: [0])])
    #expect(failing.isEmpty)
    #expect(abs(shares[0][1] - 0.8) < 1e-8)
    #expect(shares[1] == [0.6, 0.4])
  }

  @Test func `a pool moves the odds in all its groups by one factor`() {
    // Odds 1 and 3 become 2 and 6 when doubled: (2/3 + 6/7) / 2 = 16/21.
    let (shares, _) = AnswerShares.fit(
      assumed: [[0.5, 0.5], [0.25, 0.75]], weights: [1, 1], to: [share(100 * 16 / 21, of: [0, 1])])
    #expect(abs(shares[0][1] - 2.0 / 3) < 1e-6)
    #expect(abs(shares[1][1] - 6.0 / 7) < 1e-6)
  }

  @Test func `answers on the same side keep their proportions`() {
    let (shares, _) = AnswerShares.fit(
      assumed: [[0.1, 0.3, 0.2, 0.4]], weights: [1], to: [share(80, of: [0], answers: [2, 3])])
    for (share, expected) in zip(shares[0], [0.05, 0.15, 0.8 / 3, 1.6 / 3]) {
      #expect(abs(share - expected) < 1e-8)
    }
  }

  @Test func `a group and its pool hold together`() {
    let (shares, failing) = AnswerShares.fit(
      assumed: [[0.6, 0.4], [0.6, 0.4]], weights: [300, 700],
      to: [share(50, of: [0, 1]), share(80, of: [0])])
    #expect(failing.isEmpty)
    #expect(abs(shares[0][1] - 0.8) < 1e-6)
    #expect(abs(shares[1][1] - 26.0 / 70) < 1e-6)
  }

  @Test func `rounded numbers that contradict each other are met within their rounding`() {
    // Exactly 10 and 20 in equal groups make 15, which rounds to neither 15.3 nor is it 15.3.
    let published = [
      share(10, of: [0]), share(20, of: [1]), share(15.3, of: [0, 1], halfUnit: 0.05),
    ]
    let (shares, failing) = AnswerShares.fit(
      assumed: [[0.9, 0.1], [0.8, 0.2]], weights: [1, 1], to: published)
    #expect(failing.isEmpty)
    #expect(abs(shares[0][1] - 0.10) < 0.005)
    #expect(abs(shares[1][1] - 0.20) < 0.005)
    #expect(abs((shares[0][1] + shares[1][1]) / 2 - 0.153) < 0.0005)
  }

  @Test func `shares beyond reach are named`() {
    let (_, failing) = AnswerShares.fit(
      assumed: [[0.9, 0.1], [0.8, 0.2]], weights: [1, 1],
      to: [
        share(10, of: [0], id: "a"), share(20, of: [1], id: "b"), share(40, of: [0, 1], id: "c"),
      ])
    #expect(!failing.isEmpty)
  }
}
