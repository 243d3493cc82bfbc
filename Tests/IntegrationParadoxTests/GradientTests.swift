import IntegrationParadox
import SurveyData
import SurveyStatistics
import Testing
import VektTestSupport

@Suite(
  "Gradients on the reference case of the integration paradox")
// Where R's `svyglm` is iterated, its values are those of `control = list(epsilon = 1e-15)`.
struct GradientTests {
  let survey: Survey

  init() throws { survey = try ReferenceCase.survey() }

  private func find(
    _ gradient: Gradient, _ quantity: Gradient.Quantity, group: String? = nil
  ) -> [Gradient.Row] {
    gradient.rows.filter { $0.quantity == quantity && $0.group?.code == group }
  }

  @Test func `levels with their logit intervals, contrasts and the trend`() throws {
    let found = try survey.gradient(of: "discr", over: "edu")
    let levels = find(found, .level)
    #expect(levels.map(\.count) == [245, 302, 276, 219])
    #expect(levels.map(\.term) == ["0", "1", "2", "3"])
    expect(
      levels.map(\.estimate.estimate), [0.246_703_05, 0.298_304_06, 0.466_693_33, 0.613_597_81])
    expect(
      levels.map(\.estimate.standardError),
      [0.036_690_27, 0.036_297_46, 0.029_235_80, 0.036_163_61])
    expect(
      levels.map(\.interval.low), [0.178_910_43, 0.229_120_75, 0.407_126_06, 0.536_847_93])
    expect(
      levels.map(\.interval.high), [0.329_863_75, 0.378_130_43, 0.527_225_65, 0.685_089_80])
    let contrasts = find(found, .contrast)
    #expect(contrasts.map(\.term) == ["linear", "quadratic", "cubic"])
    expect(contrasts.map(\.estimate.estimate), [1.269_073_55, 0.095_303_47, -0.138_273_06])
    expect(
      contrasts.map(\.estimate.standardError), [0.130_765_17, 0.056_832_79, 0.126_741_41])
    let trend = find(found, .trend)
    expect(trend.map(\.estimate.estimate), [0.555_900_31])
    expect(trend.map(\.estimate.standardError), [0.065_127_50])
    let departure = try #require(found.tests.first { $0.test == "departure" })
    expect([departure.statistic], [0.958_817_584_7], within: 1e-9)
    // 24 + 1 − 4 coefficients.
    #expect(departure.df1 == 2 && departure.df2 == 21)
    expect([departure.pValue], [0.399_502_663_148])
  }

  @Test func `second differences as chances beside the product terms of the logit`() throws {
    let found = try survey.gradient(
      of: "discr", over: "edu", by: "gen", controls: ["female", "age"])
    expect(
      find(found, .level, group: "0").map(\.estimate.estimate),
      [0.200_404_33, 0.229_030_06, 0.358_549_27, 0.398_200_70])
    expect(
      find(found, .level, group: "0").map(\.estimate.standardError),
      [0.035_064_01, 0.033_919_05, 0.044_841_07, 0.058_588_65])
    expect(
      find(found, .level, group: "1").map(\.estimate.estimate),
      [0.342_692_84, 0.385_697_86, 0.617_400_72, 0.751_859_09])
    expect(
      find(found, .level, group: "1").map(\.estimate.standardError),
      [0.074_952_52, 0.050_890_24, 0.048_771_59, 0.054_368_22])
    let second = try #require(find(found, .secondDifference, group: "1").last)
    #expect(second.term == "3")
    expect(
      [second.estimate.estimate, second.estimate.standardError], [0.211_369_89, 0.089_595_26])
    expect([second.estimate.pValue], [0.026_793_5], within: 6e-8)
    let product = try #require(found.tests.first { $0.test == "product-terms" })
    expect([product.statistic], [1.708_951_745_128_66], within: 1e-10)
    // 24 + 1 − 8 cells − 2 controls.
    #expect(product.df1 == 3 && product.df2 == 15)
    expect([product.pValue], [0.207_914_122_422], within: 1e-10)
  }

  @Test func `a restricted cubic spline, its test and its curve`() throws {
    let found = try survey.gradient(
      of: "discr", over: "yrs", controls: ["female", "age"], spline: .values([8, 12, 14, 18]),
      at: ["female": 0.5, "age": 40])
    let spline = find(found, .spline)
    #expect(spline.map(\.term) == ["yrs", "s1", "s2"])
    expect(
      spline.map(\.estimate.estimate), [0.073_778_092_24, 0.306_578_941_03, -1.519_570_419_58],
      within: 1e-9)
    expect(
      spline.map(\.estimate.standardError),
      [0.091_685_276_505_2, 0.292_947_187_583_5, 1.429_954_650_137_8], within: 1e-10)
    let test = try #require(found.tests.first { $0.test == "nonlinearity" })
    expect([test.statistic], [0.566_291_241_103_65], within: 1e-10)
    func point(_ status: Double) throws -> Gradient.Point {
      try #require(found.curve.first { $0.status == status })
    }
    let points = try [7, 10, 13, 16, 19].map(point)
    expect(
      points.map(\.chance),
      [
        0.212_561_448_674, 0.256_604_230_409, 0.377_809_152_185, 0.518_152_114_151,
        0.582_333_059_680,
      ],
      within: 1e-11)
    expect(
      points.map(\.interval.low),
      [
        0.129_724_616_224, 0.196_411_223_163, 0.318_774_183_819, 0.441_574_413_082,
        0.470_994_886_919,
      ],
      within: 1e-11)
    expect(
      points.map(\.interval.high),
      [
        0.328_337_792_340, 0.327_721_146_897, 0.440_704_220_112, 0.593_886_508_696,
        0.685_867_011_026,
      ],
      within: 1e-11)
  }

  @Test func `knots at weighted quantiles`() throws {
    let found = try survey.gradient(of: "discr", over: "yrs", spline: .count(4))
    #expect(found.notes.map(\.text) == ["spline knots at 7, 11, 14, 19"])
  }

  @Test func `jackknife errors are within five percent of the linearized ones`() throws {
    func rows(_ survey: Survey) throws -> [Gradient.Row] {
      try survey.gradient(of: "discr", over: "edu", by: "gen", controls: ["female", "age"]).rows
        .filter { $0.quantity == .secondDifference && $0.term == "3" }
    }
    let error = try ReferenceCase.jackknife { try rows($0).map(\.estimate.estimate) }
    #expect(abs(error[0] / (try rows(survey))[0].estimate.standardError - 1) < 0.05)
  }

  @Test func `contrasts of unequal steps are orthogonal`() throws {
    var columns = try ReferenceCase.columns()
    let index = try #require(columns.firstIndex { $0.name == "edu" })
    columns[index].values = columns[index].values.map { $0 == 3 ? 7 : $0 }
    let found = try ReferenceCase.survey(columns).gradient(of: "discr", over: "edu")
    #expect(find(found, .contrast).map(\.term) == ["linear", "quadratic", "cubic"])
    // Levels at 0, 1, 2, 7 have mean 2.5, so that the linear contrast is −5, −3, −1, 9.
    let p = find(found, .level).map(\.estimate.estimate)
    expect(
      [find(found, .contrast)[0].estimate.estimate], [-5 * p[0] - 3 * p[1] - p[2] + 9 * p[3]],
      within: 1e-12)
  }

  @Test func `an outcome of five values, a status of one`() throws {
    let outcome = #expect(throws: SurveyError.self) {
      try survey.gradient(of: "seen", over: "edu")
    }
    #expect(outcome?.problem.contains("two values") == true)
    let status = #expect(throws: SurveyError.self) {
      try survey.restricted(to: Expression("edu == 1")).gradient(of: "discr", over: "edu")
    }
    #expect(status?.problem.contains("so there is no gradient") == true)
    let many = #expect(throws: SurveyError.self) { try survey.gradient(of: "discr", over: "age") }
    #expect(many?.remedy?.contains("--spline") == true)
  }
}
