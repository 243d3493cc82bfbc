import Foundation
import SurveyData
import SurveyReaders
import Testing
import VektTestSupport

@Suite struct ConversionTests {
  private func label(_ text: String) -> LocalizedText { LocalizedText(text, in: "und") }

  private func numbers(_ values: [Double?]) -> Column {
    .numbers(
      NumericColumn(
        values: values.map { $0 ?? NumericColumn.missingValue(0) }, missing: [.system]))
  }

  /// A question, a weight, texts short and long, a date; with all that a codebook can say of them.
  private func survey() -> Dataset {
    var trust = Variable("trust_in_politicians")
    trust.label = label("Tillit til politikere")
    trust.question = label("Hvor stor tillit har du til politikerne? 'Svært stor'\nVis kort 3")
    trust.type = .integer
    trust.measure = .ordinal
    trust.categories = [
      Category("0", label: label("Ingen")), Category("10", label: label("Full")),
    ]
    trust.range = 0...10
    trust.missing = [
      MissingCode(.code("77"), reason: .refused, label: label("Vil ikke")),
      MissingCode(.code("88"), reason: .dontKnow, label: label("Vet ikke")),
    ]
    trust.unit = label("poeng")
    trust.universe = Universe(condition: "age >= 18", label: label("Voksne"))
    trust.note = label("Fra 2002")
    var weight = Variable("vekt")
    weight.type = .decimal
    weight.measure = .ratio
    weight.role = .weight
    var town = Variable("sted")
    town.type = .text
    town.measure = .nominal
    town.categories = [
      Category("Tromsø kommune", label: label("Nord")), Category("Oslo", label: label("Sør")),
    ]
    var story = Variable("åpent_svar")
    story.type = .text
    var day = Variable("dag")
    day.type = .date
    var codebook = Codebook(language: "und", variables: [trust, weight, town, story, day])
    codebook.study.title = label("Prøve på æøå")
    codebook.study.note = label("Første linje\nAndre linje")
    codebook.study.licence = "CC-BY-4.0"
    codebook.study.source = [Study.SourceFact(key: "producer", value: "Statistisk sentralbyrå")]
    codebook.weights = [WeightDeclaration("vekt", source: .variable("vekt"), isDefault: true)]
    var places = VariableGroup("steder")
    places.kind = .multiple
    places.label = label("Hvor og når")
    places.counted = "1"
    places.members = ["sted", "dag"]
    var all = VariableGroup("alt")
    all.members = ["trust_in_politicians", "åpent_svar"]
    codebook.groups = [places, all]
    codebook.design = .declared(
      DesignDeclaration(strata: "sted", psu: ["dag"], lonelyPSU: .adjust))
    let trustColumn = CategoricalColumn(
      positions: .uint8([0, 1, 2, 3, 4, 5]),
      categories: ["0", "3", "10"].map { Category($0) }, missing: [.system] + trust.missing)
    let source = MemorySource([
      ("trust_in_politicians", .codes(trustColumn)),
      ("vekt", numbers([0.5, 1, 1e-7, 2, 1.25, 1])),
      (
        "sted",
        .text(
          TextColumn(values: ["Oslo", "Tromsø kommune", "Oslo", "", "Oslo", "Tromsø kommune"]))
      ),
      (
        "åpent_svar",
        .text(
          TextColumn(values: [
            "ærlig", "", String(repeating: "ø", count: 400), "d", " e", "x 'y'",
          ]))
      ),
      (
        "dag",
        .text(
          TextColumn(values: [
            "2024-05-17", "1960-01-01", "", "1582-10-15", "2000-02-29", "1969-12-31",
          ]))
      ),
    ])
    return Dataset(source, codebook: codebook)
  }

  private func read(_ path: String) throws -> (contents: Contents, dataset: Dataset) {
    let source: any ColumnSource =
      path.hasSuffix("dta")
      ? try StataSource(FileBytes(path), codebook: nil, options: ReadingOptions())
      : try SPSSSource(FileBytes(path), codebook: nil, options: ReadingOptions())
    return (try Contents(source), Dataset(source))
  }

  private let texts = [
    "vekt": ["0.5", "1", "1e-07", "2", "1.25", "1"],
    "sted": ["Oslo", "Tromsø kommune", "Oslo", "", "Oslo", "Tromsø kommune"],
    "åpent_svar": [
      "ærlig", "", String(repeating: "ø", count: 400), "d", " e", "x 'y'",
    ],
    "dag": ["2024-05-17", "1960-01-01", "", "1582-10-15", "2000-02-29", "1969-12-31"],
  ]

  @Test(arguments: ["sav", "zsav"])
  func `everything that SPSS can hold comes back`(ending: String) throws {
    let folder = try TestFile([])
    let path = folder.path + "." + ending
    let survey = survey()
    #expect(try survey.write(to: path) == [])
    let contents = try read(path).contents
    var expected = contents.texts
    expected.merge(texts) { $1 }
    expected["trust_in_politicians"] = ["0", "3", "10", "", "77", "88"]
    #expect(contents.texts == expected)
    #expect(contents.notes.isEmpty)
    var codebook = survey.codebook
    codebook.file.format = ending
    for index in codebook.variables.indices { codebook.variables[index].isFromFile = true }
    // What the file has room for.
    (codebook.variables[2].format, codebook.variables[3].format) = ("A15", "A800")
    #expect(contents.codebook == codebook)
  }

  @Test func `Stata holds it too, with tags for missing codes`() throws {
    let folder = try TestFile([])
    let path = folder.path + ".dta"
    let notes = try survey().write(to: path)
    #expect(
      notes.map(\.text) == [
        "'trust_in_politicians': missing codes became Stata's: 77 → .r, 88 → .d",
        "'sted' holds text, whose codes cannot have labels in Stata",
        "has no place for the group 'steder'", "has no place for the group 'alt'",
      ])
    let contents = try read(path).contents
    var expected = contents.texts
    expected.merge(texts) { $1 }
    expected["trust_in_politicians"] = ["0", "3", "10", "", ".r", ".d"]
    #expect(contents.texts == expected)
    var trust = survey().codebook.variables[0]
    trust.isFromFile = true
    trust.missing = [
      MissingCode(.code(".d"), reason: .dontKnow, label: label("Vet ikke")),
      MissingCode(.code(".r"), reason: .refused, label: label("Vil ikke")),
    ]
    #expect(try contents.variable("trust_in_politicians") == trust)
    #expect(contents.codebook.study == survey().codebook.study)
    #expect(contents.codebook.design == survey().codebook.design)
    #expect(contents.codebook.weights == survey().codebook.weights)
  }

  @Test(arguments: ["sav", "zsav", "dta"])
  func `a second round changes nothing`(ending: String) throws {
    let folder = try TestFile([])
    let first = folder.path + "1." + ending
    let second = folder.path + "2." + ending
    _ = try survey().write(to: first)
    let (contents, dataset) = try read(first)
    #expect(try dataset.write(to: second) == [])
    let again = try read(second).contents
    #expect(again.codebook == contents.codebook)
    #expect(again.texts == contents.texts)
    #expect(try Data(contentsOf: URL(filePath: first)) == Data(contentsOf: URL(filePath: second)))
  }

  @Test func `Stata's tags become numbers in SPSS`() throws {
    let folder = try TestFile([])
    _ = try survey().write(to: folder.path + ".dta")
    let notes = try read(folder.path + ".dta").dataset.write(to: folder.path + "2.sav")
    #expect(
      notes.map(\.text) == [
        "'trust_in_politicians': missing codes became numbers: .d → -1, .r → -2"
      ])
    let contents = try read(folder.path + "2.sav").contents
    #expect(contents.texts["trust_in_politicians"] == ["0", "3", "10", "", "-2", "-1"])
    #expect(
      try contents.variable("trust_in_politicians").missing.map(\.reason) == [.refused, .dontKnow])
  }

  // MARK: Losses

  private func dataset(
    _ values: [Double?], of variable: Variable, change: (inout Codebook) -> Void = { _ in }
  ) -> Dataset {
    var codebook = Codebook(language: "nb", variables: [variable])
    change(&codebook)
    return Dataset(
      MemorySource([(variable.name, numbers(values))]), codebook: codebook)
  }

  private func missing(_ codes: Int...) -> Variable {
    var variable = Variable("q")
    variable.type = .integer
    variable.missing = codes.map { MissingCode(.code("\($0)"), reason: .noAnswer) }
    return variable
  }

  @Test func `a long note is folded between words`() throws {
    let folder = try TestFile([])
    var codebook = Codebook(variables: [Variable("q")])
    let words = (1...40).map { "word\($0)" }
    codebook.study.note = LocalizedText(words.joined(separator: " "), in: "en")
    let column = Column.numbers(NumericColumn(values: [1], missing: [.system]))
    let notes = try Dataset(MemorySource([("q", column)]), codebook: codebook)
      .write(to: folder.path)
    #expect(notes.map(\.id).contains("convert.folded"))
    let read = try read(folder.path).contents.codebook.study.note.texts[0].text
    #expect(read.split(separator: "\n").count > 2)
    #expect(read.split { $0 == "\n" || $0 == " " }.map(String.init) == words)
  }

  @Test func `more than three missing values become a range where nothing valid lies inside`()
    throws
  {
    let folder = try TestFile([])
    var variable = missing(66, 77, 88, 99)
    variable.range = 0...10
    let notes = try dataset([1, 10], of: variable).write(to: folder.path)
    #expect(notes.map(\.id) == ["convert.loss.missing-values"])
    #expect(
      notes.first?.text
        == "'q' has more than 3 missing values: 66, 77, 88, 99 became the range 66-99")
    #expect(
      try read(folder.path).contents.variable("q").missing == [
        MissingCode(.range(66, 99), reason: .noAnswer)
      ])
  }

  @Test func `one missing value may stand apart from the range`() throws {
    let folder = try TestFile([])
    _ = try dataset([1, 10], of: missing(-1, 97, 98, 99)).write(to: folder.path)
    #expect(
      try read(folder.path).contents.variable("q").missing == [
        MissingCode(.code("-1"), reason: .noAnswer), MissingCode(.range(97, 99), reason: .noAnswer),
      ])
  }

  @Test func `missing values around a valid one are an error`() throws {
    let folder = try TestFile([])
    let error = try #require(throws: SurveyError.self) {
      try dataset([1, 80], of: missing(66, 77, 88, 99)).write(to: folder.path)
    }
    #expect(
      folder.shortened(error) == """
        answers.sav: 'q' has the missing values 66, 77, 88, 99, but SPSS holds at most 3, or a range \
        and 1, and valid values lie between them
              Recode some of them to neighbours in the codebook.
        """)
  }

  @Test func `languages, names, long labels, weights and groups that are lost are named`() throws {
    let folder = try TestFile([])
    var variable = Variable("if")
    variable.type = .decimal
    variable.label = LocalizedText([
      ("nb", String(repeating: "å", count: 90)), ("en", "Share"), ("se", "Oassi"),
    ])
    variable.categories = [Category("2.5", label: LocalizedText("Halv", in: "nb"))]
    let notes = try dataset([2.5], of: variable) { codebook in
      codebook.weights = [
        WeightDeclaration("analyse", source: .expression("a * b"), isDefault: true)
      ]
      var group = VariableGroup("kanaler")
      group.members = ["if"]
      codebook.groups = [group]
    }.write(to: folder.path + ".dta")
    #expect(
      notes.map { "\($0.id): \($0.text)" } == [
        "convert.loss.languages: holds labels in one language, 'nb'; those in 'en', 'se' are left out",
        "convert.loss.weights: cannot hold the weight 'analyse', which is 'a * b'",
        "convert.loss.names: 'if' is not a name in Stata; it became 'vif'",
        "convert.loss.labels: the label of 'vif' is longer than 80 characters and is cut",
        "convert.loss.labels: 'vif' has the label 'Halv' for 2.5, which is no whole number",
        "convert.loss.groups: has no place for the group 'kanaler'",
      ])
  }

  @Test func `an unknown ending is an error`() throws {
    let error = try #require(throws: SurveyError.self) {
      try dataset([1], of: Variable("q")).write(to: "answers.xyz")
    }
    #expect(error.problem == "no format is known by the ending '.xyz'")
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/pspp-convert")))
  func `PSPP reads what is written`() throws {
    let folder = try TestFile([])
    let path = folder.path + ".zsav"
    _ = try survey().write(to: path)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/pspp-convert")
    process.arguments = [path, folder.path + ".csv"]
    try process.run()
    process.waitUntilExit()
    let csv = try String(contentsOf: URL(filePath: folder.path + ".csv"), encoding: .utf8)
    let lines = csv.split(separator: "\n")
    #expect(lines.first == "trust_in_politicians,vekt,sted,åpent_svar,dag")
    #expect(lines.dropFirst().first?.hasPrefix("0,") == true)
    #expect(lines.dropFirst().first?.hasSuffix("ærlig,05/17/2024") == true)
  }
}
