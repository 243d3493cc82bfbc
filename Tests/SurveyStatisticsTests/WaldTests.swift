import SurveyData
import SurveyStatistics
import Testing

/// More contrasts than sampling units can tell apart: the covariance is short of rank, and its inverse
/// would be made of rounding errors.
@Suite("Wald tests need a covariance of full rank")
struct WaldTests {
  /// 200 people in ten units, with answers in `answers` and groups in `groups` categories.
  private func survey(answers: Int, groups: Int) throws -> Survey {
    func codes(_ count: Int, _ value: (Int) -> Int) -> Column {
      let all = (0..<count).map { Category("\($0)") }
      return .codes(
        CategoricalColumn(
          positions: Positions((0..<200).map { value($0) % count }, valueCount: count + 1),
          categories: all, missing: [.system]))
    }
    var state = 12_345
    func draw() -> Int {
      state = state * 16_807 % 2_147_483_647
      return state / 1000
    }
    let (a, b) = ((0..<200).map { _ in draw() }, (0..<200).map { _ in draw() })
    return try Survey(
      Dataset(
        MemorySource([
          ("a", codes(answers) { a[$0] }), ("b", codes(groups) { b[$0] }),
          (
            "ps",
            .numbers(NumericColumn(values: (0..<200).map { Double($0 / 20) }, missing: [.system]))
          ),
        ])), design: DesignDeclaration(psu: ["ps"]))
  }

  @Test func `of independence`() throws {
    let wide = try survey(answers: 5, groups: 4).tabulate("a", by: "b")
    for statistic in [IndependenceStatistic.wald, .adjustedWald] {
      let test = try wide.independenceTest(statistic)
      #expect(test.statistic.isNaN && test.pValue.isNaN && test.df1 == 12)
    }
    // Nine contrasts and nine degrees of freedom: a full rank, and one left for the adjusted form.
    let full = try survey(answers: 4, groups: 4).tabulate("a", by: "b")
    for statistic in [IndependenceStatistic.wald, .adjustedWald] {
      let test = try full.independenceTest(statistic)
      #expect(test.statistic > 0 && test.statistic.isFinite && test.pValue > 0)
    }
    #expect(try wide.independenceTest(.f).pValue > 0.001)
  }

  @Test func `of groups`() throws {
    let found = try survey(answers: 5, groups: 4).compare(.shares(of: "a"), across: ["b"])
    let all = try #require(found.tests.first)
    #expect(all.df1 == 12 && all.statistic.isNaN && all.pValue.isNaN)
    for test in found.tests.dropFirst() {
      #expect(test.df1 == 3 && test.statistic > 0 && test.pValue > 0)
    }
  }
}
