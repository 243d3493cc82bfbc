import IntegrationParadox
import SurveyData
import SurveyModels
import SurveyStatistics
import Testing
import VektTestSupport

@Suite(
  "Nested models and KHB on the reference case of the integration paradox")
struct MediationTests {
  let survey: Survey

  init() throws { survey = try ReferenceCase.survey() }

  private func mediation(
    _ errors: MediationErrors = .joint, scale: MediationScale = .logit, by group: String? = nil
  ) throws -> Mediation {
    try survey.mediation(
      of: "discr", keys: group == nil ? ["edu", "gen"] : ["edu"],
      blocks: [MediatorBlock("exposure", ["expo"]), MediatorBlock("awareness", ["aware"])],
      controls: ["female", "age"], scale: scale, errors: errors, by: group)
  }

  /// The estimates of a quantity, key after key.
  private func find(
    _ mediation: Mediation, _ quantity: Mediation.Quantity, _ mediator: String = ""
  ) -> [Difference] {
    mediation.rows.filter { $0.quantity == quantity && $0.mediator == mediator }.map(\.estimate)
  }

  @Test func `effects without and beside the mediators, joint errors`() throws {
    let found = try mediation()
    expect(find(found, .reduced).map(\.estimate), [0.513_420_16, 0.981_614_97])
    expect(find(found, .reduced).map(\.standardError), [0.063_194_45, 0.210_824_93])
    expect(find(found, .full).map(\.estimate), [0.232_593_89, 0.744_839_92])
    expect(find(found, .full).map(\.standardError), [0.096_595_42, 0.207_344_68])
    expect(find(found, .difference).map(\.estimate), [0.280_826_27, 0.236_775_06])
    expect(find(found, .difference).map(\.standardError), [0.063_751_48, 0.074_434_35])
    // t with 24 + 1 − 7 degrees of freedom, those of the widest model's coefficients.
    expect(find(found, .difference).map(\.pValue), [0.000_341_65, 0.005_174_15], within: 6e-8)
    expect(find(found, .naive).map(\.estimate), [0.505_373_056_845, 0.968_370_880_302])
    expect(find(found, .rescaling).map(\.estimate), [1.015_923, 1.013_677], within: 6e-7)
    expect(find(found, .ratio).map(\.estimate), [2.207_367, 1.317_887], within: 6e-7)
  }

  @Test func `what goes through each mediator, the contrast and the share`() throws {
    let found = try mediation()
    expect(find(found, .difference, "expo").map(\.estimate), [0.123_292_65, 0.146_808_07])
    expect(find(found, .difference, "expo").map(\.standardError), [0.064_842_05, 0.078_224_57])
    expect(find(found, .difference, "aware").map(\.estimate), [0.157_533_62, 0.089_966_99])
    expect(find(found, .difference, "aware").map(\.standardError), [0.053_071_33, 0.040_094_98])
    #expect(find(found, .difference, "expo") == find(found, .difference, "exposure"))
    let contrast = find(found, .contrast, "exposure-awareness")
    expect(contrast.map(\.estimate), [-0.034_240_97, 0.056_841_08])
    expect(contrast.map(\.standardError), [0.099_889_26, 0.099_563_59])
    expect(find(found, .share).map(\.estimate), [0.546_971_65, 0.241_209_70])
    expect(find(found, .share).map(\.standardError), [0.150_306_42, 0.081_746_58])
    expect(find(found, .share, "expo").map(\.estimate), [0.240_139_9, 0.149_557_7], within: 6e-8)
  }

  @Test func `the errors that Stata's khb prints`() throws {
    let sobel = try mediation(.sobel)
    expect(find(sobel, .difference).map(\.standardError), [0.064_643_51, 0.073_392_30])
    expect(find(sobel, .difference, "expo").map(\.standardError), [0.064_730_08, 0.078_079_01])
    expect(find(sobel, .difference, "aware").map(\.standardError), [0.054_342_09, 0.035_856_23])
    let fixed = try mediation(.fixed)
    expect(find(fixed, .reduced).map(\.standardError), [0.061_965_87, 0.209_281_08])
  }

  @Test func `average partial effects`() throws {
    let found = try mediation(scale: .probability)
    expect(find(found, .reduced).map(\.estimate), [0.104_817_33, 0.200_401_68])
    expect(find(found, .reduced).map(\.standardError), [0.010_906_31, 0.039_989_64])
    expect(find(found, .full).map(\.estimate), [0.047_485_22, 0.152_062_85])
    expect(find(found, .full).map(\.standardError), [0.019_377_19, 0.040_687_34])
    expect(find(found, .difference).map(\.estimate), [0.057_332_11, 0.048_338_83])
    expect(find(found, .difference).map(\.standardError), [0.012_633_97, 0.014_600_48])
  }

  @Test func `average partial effects with predictors drawn too`() throws {
    let found = try survey.mediation(
      of: "discr", keys: ["edu", "gen"],
      blocks: [MediatorBlock("exposure", ["expo"]), MediatorBlock("awareness", ["aware"])],
      controls: ["female", "age"], scale: .probability, isUnconditional: true)
    expect(find(found, .reduced).map(\.standardError), [0.01067304, 0.03993277])
    expect(find(found, .full).map(\.standardError), [0.01933784, 0.04081965])
    expect(find(found, .difference).map(\.standardError), [0.01259775, 0.01444471])
  }

  @Test func `errors without a design are those that khb is documented to print`() throws {
    let dataset = try Places.dataset("paradox.csv")
    let found = try Survey(dataset).mediation(
      of: "discr", keys: ["edu", "gen"],
      blocks: [MediatorBlock("exposure", ["expo"]), MediatorBlock("awareness", ["aware"])],
      controls: ["female", "age"], errors: .model)
    expect(find(found, .full).map(\.standardError), [0.092_450_83, 0.162_816_17])
    expect(
      find(found, .difference).map(\.standardError), [0.068_221_43, 0.067_359_48], within: 2e-8)
  }

  @Test func `a linear model's errors without a design know how its residuals vary`() throws {
    let dataset = try Places.dataset("paradox.csv")
    let found = try Survey(dataset).mediation(
      of: "own", keys: ["edu"],
      blocks: [MediatorBlock("exposure", ["expo"]), MediatorBlock("awareness", ["aware"])],
      family: .linear, errors: .model)
    // R 4.2.2: lm, with mean(resid^2) times summary(fit)$cov.unscaled.
    expect(
      find(found, .full).map(\.standardError) + find(found, .naive).map(\.standardError),
      [0.039_548_996_032_2, 0.027_522_537_296_5], within: 1e-9)
  }

  @Test func `a block of a factor is tested where it enters`() throws {
    let found = try survey.mediation(
      of: "discr", keys: ["edu"], blocks: [MediatorBlock("awareness", ["factor(aware)"])])
    let tests = found.tests.filter { $0.term == "awareness" }
    #expect(tests.map(\.df1) == [4, 4])
    expect([tests[0].statistic], [tests[1].statistic], within: 1e-9)
  }

  @Test func `unweighted, as khb is documented for Stata`() throws {
    let dataset = try Places.dataset("paradox.csv")
    let found = try Survey(dataset).mediation(
      of: "discr", keys: ["edu", "gen"],
      blocks: [MediatorBlock("exposure", ["expo"]), MediatorBlock("awareness", ["aware"])],
      controls: ["female", "age"])
    expect(find(found, .reduced).map(\.estimate), [0.522_115_48, 0.975_906_79])
    expect(find(found, .full).map(\.estimate), [0.240_426_02, 0.739_653_03])
    expect(find(found, .difference).map(\.estimate), [0.281_689_46, 0.236_253_76])
  }

  @Test func `an ordered logit has the same identity`() throws {
    func found(_ errors: MediationErrors = .joint, in survey: Survey? = nil) throws -> Mediation {
      try (survey ?? self.survey).mediation(
        of: "seen", keys: ["edu", "gen"], blocks: [MediatorBlock("experience", ["discr"])],
        isOrdered: true, errors: errors)
    }
    let joint = try found()
    // The likelihood by hand in R 4.2.2, Newton's method with numDeriv 2016.8; `svyolr` of survey 4.1
    // stops a few units of the fifth decimal away (−0.056 382, 0.013 614, −0.680 508).
    let widest = joint.nested[1].rows
    expect(
      widest.map(\.estimate.estimate),
      [-0.056_369_130_860, 0.013_622_356_828, -0.680_438_469_458], within: 1e-8)
    expect(
      widest.map(\.estimate.standardError),
      [0.055_233_446_979, 0.131_593_410_380, 0.115_562_725_978], within: 1e-7)
    // And the fit of the models' module, to the last digits.
    let fit = try survey.fit("seen ~ edu + gen + discr", categories: .ordinal)
    expect(
      widest.map(\.estimate.estimate), fit.rows.prefix(3).map(\.estimate), within: 1e-11)
    expect(
      widest.map(\.estimate.standardError), fit.rows.prefix(3).map(\.standardError), within: 1e-11)
    expect(find(joint, .full).map(\.estimate), widest.prefix(2).map(\.estimate.estimate))
    // The model with residuals gives what the identity gives.
    expect(
      find(try found(.fixed), .reduced).map(\.estimate), find(joint, .reduced).map(\.estimate),
      within: 1e-10)
    let jackknife = try ReferenceCase.jackknife {
      find(try found(in: $0), .difference, "discr").map(\.estimate)
    }
    for (row, error) in zip(find(joint, .difference, "discr"), jackknife) {
      #expect(abs(error / row.standardError - 1) < 0.05)
    }
    #expect(joint.models.isEmpty && joint.tests.count == 2)
    #expect(throws: SurveyError.self) {
      try survey.mediation(
        of: "seen", keys: ["edu"], blocks: [MediatorBlock("experience", ["discr"])],
        isOrdered: true, scale: .probability)
    }
  }

  @Test func `the nested models rest on the same people`() throws {
    let models = try mediation().models
    #expect(models.map(\.name) == ["M0", "M1", "M2"])
    #expect(models.map(\.fit.count) == [1042, 1042, 1042])
    expect(
      models[0].fit.rows.map(\.estimate),
      [
        -1.334_948_736_245, 0.505_373_056_845, 0.968_370_880_302, -0.269_468_793_128,
        -0.004_348_849_878,
      ], within: 1e-9)
    expect(
      models[2].fit.rows.map(\.estimate),
      [
        -2.142_752_020_64, 0.232_593_888_58, 0.744_839_915_17, -0.253_819_974_76,
        -0.004_855_167_51, 0.118_767_594_49, 0.275_170_367_70,
      ], within: 1e-9)
    expect(
      models[2].fit.rows.suffix(2).map(\.standardError), [0.062_230_355, 0.094_403_783],
      within: 6e-10)
  }

  @Test func `each block is tested in the widest model and where it enters`() throws {
    let tests = try mediation().tests
    #expect(tests.map(\.test) == ["wald-f", "wald-f", "entry-wald-f", "entry-wald-f"])
    #expect(tests.map(\.term) == ["exposure", "awareness", "exposure", "awareness"])
    // `regTermTest(fit, ~ expo)` after `svyglm(…, control = list(epsilon = 1e-15))`.
    expect(
      tests.map(\.statistic),
      [3.642_431_210_738, 8.496_196_191_036, 4.543_464_239_809, 8.496_196_191_036], within: 1e-10)
    #expect(tests.allSatisfy { $0.df1 == 1 } && tests.map(\.df2) == [18, 18, 19, 18])
  }

  @Test func `the model with residuals has the coefficients that the identity gives`() throws {
    let (joint, fixed) = (try mediation(), try mediation(.fixed))
    expect(
      find(fixed, .reduced).map(\.estimate), find(joint, .reduced).map(\.estimate), within: 1e-10)
    let sum = zip(find(joint, .difference, "expo"), find(joint, .difference, "aware")).map {
      $0.estimate + $1.estimate
    }
    expect(sum, find(joint, .difference).map(\.estimate), within: 1e-14)
  }

  @Test func `groups have models of their own, compared as chances`() throws {
    let found = try mediation(by: "gen")
    #expect(Set(found.rows.map { $0.group?.code ?? "all" }) == ["0", "1", "all"])
    let alone = try survey.restricted(to: Expression("gen == 1")).mediation(
      of: "discr", keys: ["edu"],
      blocks: [MediatorBlock("exposure", ["expo"]), MediatorBlock("awareness", ["aware"])],
      controls: ["female", "age"], scale: .probability)
    let other = try survey.restricted(to: Expression("gen == 0")).mediation(
      of: "discr", keys: ["edu"],
      blocks: [MediatorBlock("exposure", ["expo"]), MediatorBlock("awareness", ["aware"])],
      controls: ["female", "age"], scale: .probability)
    let difference = try #require(
      found.differences.first { $0.quantity == .difference && $0.mediator.isEmpty })
    #expect(difference.group.code == "1" && difference.reference.code == "0")
    expect(
      [difference.difference.estimate],
      [find(alone, .difference)[0].estimate - find(other, .difference)[0].estimate],
      within: 1e-12)
  }
}
