import Vekt

/// 50,000 respondents in 26 × 26 × 10 groups.
struct ManyGroups {
  let survey: Survey

  init(rows: Int) throws {
    var state: UInt64 = 99
    func column(_ count: UInt64) -> Column {
      let values = (0..<rows).map { _ -> UInt8 in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8((state >> 33) % count)
      }
      return .codes(
        CategoricalColumn(
          positions: .uint8(values), categories: (1...Int(count)).map { Category("\($0)") },
          missing: [.system]))
    }
    let columns =
      [("stratum", column(50)), ("psu", column(40))]
      + [("a", column(26)), ("b", column(26)), ("c", column(10))]
    survey = try Survey(
      Dataset(MemorySource(columns)),
      design: DesignDeclaration(strata: "stratum", psu: ["psu"]))
  }
}
