import Vekt

/// 3,000 respondents with a yes or no, ten factors of four categories and three numbers.
struct ThirteenVariables {
  static let formula = "y == 2 ~ " + names.joined(separator: " + ") + " + a1:x1"
  static let names = (1...10).map { "a\($0)" } + (1...3).map { "x\($0)" }

  let survey: Survey

  init(rows: Int) throws {
    var state: UInt64 = 2024
    func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
    func codes(_ count: UInt64) -> Column {
      let values = (0..<rows).map { _ in UInt8(next() % count) }
      return .codes(
        CategoricalColumn(
          positions: .uint8(values), categories: (1...Int(count)).map { Category("\($0)") },
          missing: [.system]))
    }
    func numbers() -> Column {
      let values = (0..<rows).map { _ in Double(next() % 100_000) / 1000 }
      return .numbers(NumericColumn(values: values, missing: [.system]))
    }
    let columns =
      [("stratum", codes(30)), ("psu", codes(20)), ("y", codes(2)), ("w", numbers())]
      + (1...10).map { ("a\($0)", codes(4)) } + (1...3).map { ("x\($0)", numbers()) }
    let factors = ["y"] + (1...10).map { "a\($0)" }
    survey = try Survey(
      Dataset(
        MemorySource(columns),
        codebook: Codebook(
          variables: factors.map { name in
            var variable = Variable(name)
            variable.measure = .nominal
            variable.categories = (1...(name == "y" ? 2 : 4)).map { Category("\($0)") }
            return variable
          })), weight: WeightDeclaration("w", source: .expression("w + 1")),
      design: DesignDeclaration(strata: "stratum", psu: ["psu"]))
  }
}
