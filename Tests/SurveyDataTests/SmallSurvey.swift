import SurveyData

/// Eight respondents, small enough to work out by hand.
enum SmallSurvey {
  static let dontKnow = MissingCode(.code("8"), reason: .dontKnow)
  static let refused = MissingCode(.code("9"), reason: .refused)

  static func codes(
    _ answers: [String?], _ categories: [Category], missing: [MissingCode] = []
  ) -> Column {
    let missing = [.system] + missing
    let positions = answers.map { answer -> Int in
      guard let answer else { return categories.count }
      return categories.firstIndex { $0.code == answer }
        ?? categories.count + (missing.firstIndex { $0.text == answer } ?? 0)
    }
    return .codes(
      CategoricalColumn(
        positions: Positions(positions, valueCount: categories.count + missing.count),
        categories: categories, missing: missing))
  }

  static func numbers(_ values: [Double?], missing: [MissingCode] = []) -> Column {
    let missing = [.system] + missing
    return .numbers(
      NumericColumn(
        values: values.map { value in
          guard let value else { return NumericColumn.missingValue(0) }
          let index = missing.firstIndex { $0.text == canonicalCode(value) }
          return index.map(NumericColumn.missingValue) ?? value
        }, missing: missing))
  }

  static let sex = [
    Category("1", label: LocalizedText("male", in: "en")),
    Category("2", label: LocalizedText("female", in: "en")),
  ]
  static let accepted = [Category("yes"), Category("partly"), Category("no")]
  static let trust = (0...10).map { Category(String($0)) }

  static var dataset: Dataset { dataset(derived: []) }

  static func dataset(derived: [DerivedVariable]) -> Dataset {
    let columns: [(name: String, column: Column)] = [
      ("sex", codes(["1", "2", "1", "2", "1", "2", nil, "8"], sex, missing: [dontKnow])),
      (
        "age",
        numbers(
          [17, 18, 30, 44, 60, nil, 71, 999], missing: [MissingCode(.code("999"), reason: .refused)]
        )
      ),
      (
        "accepted",
        codes(["yes", "no", "partly", "yes", nil, "8", "no", "yes"], accepted, missing: [dontKnow])
      ),
      ("trust", codes(["0", "10", "5", "8", "3", nil, "7", "2"], trust)),
      (
        "region",
        codes(
          ["03", "46", "03", "11", "11", "46", "03", nil], ["03", "11", "46"].map { Category($0) })
      ),
      (
        "born",
        codes(
          [
            "1990-01-01", "2000-05-17", "1985-12-31", nil, "1970-02-02", "2001-01-01", "1999-09-09",
            "1960-06-06",
          ],
          [
            "1960-06-06", "1970-02-02", "1985-12-31", "1990-01-01", "1999-09-09", "2000-05-17",
            "2001-01-01",
          ].map { Category($0) })
      ),
      ("member", codes(["0", "1", "1", "0", nil, "1", "0", "1"], [Category("0"), Category("1")])),
      ("income", numbers([10, 20, 0, 40, -1, 60, nil, 80])),
    ]
    var codebook = Codebook()
    codebook.variables = columns.map { Variable($0.name) }
    func set(_ index: Int, _ change: (inout Variable) -> Void) {
      change(&codebook.variables[index])
    }
    set(0) {
      $0.categories = sex; $0.missing = [dontKnow]; $0.type = .integer; $0.measure = .nominal
    }
    set(1) {
      $0.type = .integer; $0.measure = .ratio; $0.range = 15...120;
      $0.missing = [MissingCode(.code("999"), reason: .refused)]
    }
    set(2) {
      $0.type = .text; $0.measure = .ordinal; $0.categories = accepted; $0.missing = [dontKnow]
    }
    set(3) {
      $0.type = .integer; $0.measure = .interval; $0.range = 0...10
    }
    set(4) {
      $0.type = .text; $0.measure = .nominal;
      $0.categories = ["03", "11", "46"].map { Category($0) }
    }
    set(5) { $0.type = .date }
    set(6) {
      $0.type = .integer; $0.measure = .nominal; $0.categories = [Category("0"), Category("1")]
    }
    set(7) { $0.type = .decimal }
    codebook.derived = derived
    return Dataset(MemorySource(columns, name: "small"), codebook: codebook)
  }
}
