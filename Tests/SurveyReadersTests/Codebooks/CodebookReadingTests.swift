import SurveyData
import Testing
import VektTestSupport

@testable import SurveyReaders

@Suite struct CodebookReadingTests {
  private let book: Codebook

  init() throws { book = try Codebook(parsing: exampleCodebook, name: "c.yaml") }

  private func variable(_ name: String) throws -> Variable {
    try #require(book.variable(named: name))
  }

  @Test func `study and file keep what is stated`() {
    #expect(book.language == "nb")
    #expect(book.study.id == "example-2024")
    #expect(book.study.title.text(in: "en") == "A survey")
    #expect(book.study.source.map(\.key) == ["producer", "doi", "edition", "collected"])
    #expect(book.study.source.map(\.value)[2] == "3.1")
    #expect(book.study.note == LocalizedText("Laget for tester.", in: "nb"))
    #expect(book.file.delimiter == ";")
    #expect(book.file.decimal == ",")
    #expect(book.file.thousands == " ")
    #expect(book.file.quote == .character("\""))
    #expect(book.file.header == true)
    #expect(book.file.missing == ["NA", "."])
    #expect(book.file.rows == 2358)
    #expect(book.file.sha256?.count == 64)
  }

  @Test func `every scalar is text until its key says what it is`() throws {
    #expect(try variable("cntry").categories.map(\.code) == ["NO", "DE"])
    #expect(try variable("kommune").categories.map(\.code) == ["0301", "4601"])
    #expect(try variable("start").categories.map(\.code) == ["12:30"])
    #expect(try variable("k1").categories[1].label.text(in: "en") == "No")
  }

  @Test func `codes, sets and lists become the variable's own`() throws {
    let trust = try variable("trust")
    #expect(trust.type == .integer)
    #expect(trust.measure == .interval)
    #expect(trust.range == 0...10)
    #expect(trust.missing.map(\.text) == ["66", "77", "88", "99"])
    #expect(trust.missing[1].reason == .refused)
    let vote = try variable("vote")
    #expect(vote.missing.map(\.text) == ["6", "7", "8", "9", "5"])
    #expect(vote.missing[4].reason == .notAsked)
    #expect(vote.missing[4].label.text(in: "nb") == "Ikke spurt i denne runden")
    #expect(vote.universe?.condition == "agea >= 18 and alder3 != 1")
    #expect(vote.universe?.label.text(in: "nb") == "18 år og eldre")
    #expect(vote.reference == "2")
    #expect(vote.unknown == .warn)
    #expect(try variable("k2").categories.map(\.code) == ["1", "2", "3"])
    #expect(
      try variable("agea").missing.map(\.values)
        == [.code("999"), .range(-.infinity, (0.0).nextDown)])
    #expect(try variable("w1").role == .weight)
  }

  @Test func `derived variables are described by their rule`() throws {
    let age = try variable("alder3")
    #expect(age.categories.map { $0.name(in: "nb") } == ["15-29", "30-59", "60+"])
    #expect(age.measure == .ordinal)
    let voted = try variable("stemt")
    #expect(voted.categories.map(\.code) == ["1", "0"])
    #expect(voted.categories.map { $0.name(in: "nb") } == ["Stemte", "Stemte ikke"])
    #expect(voted.label.text(in: "nb") == "Stemt")
    #expect(try variable("tillit_ix").measure == .interval)
    #expect(try variable("noe").categories.map(\.code) == ["0", "1"])
    #expect(try variable("voksen").categories.map(\.code) == ["0", "1"])
    #expect(
      book.derived.map(\.rule)[1]
        == .recode(
          "vote",
          map: [.init(from: ["1"], to: "1"), .init(from: ["2", "3"], to: "0")], otherwise: .fail))
  }

  @Test func `groups, weights, design and output`() {
    #expect(book.groups.map(\.members) == [["k1", "k2"], ["trust", "tillit_ix"]])
    #expect(book.groups[0].counted == "1")
    #expect(book.weights.map(\.name) == ["analyse", "post", "drop"])
    #expect(book.defaultWeight?.source == .expression("w1 * w2"))
    #expect(book.weights[1].source == .variable("w1"))
    #expect(book.weights[2].dropsMissing)
    #expect(
      book.design
        == .declared(
          DesignDeclaration(
            strata: "stratum", psu: ["psu", "hhid"], fpc: ["n1"], lonelyPSU: .adjust)))
    #expect(book.output.reliability == "nchs")
    #expect(book.output.disclosure == "ssb")
    #expect(book.notes.isEmpty)
  }

  @Test func `a list that nothing uses is noted`() throws {
    let book = try Codebook(
      parsing: "vekt: 1\nmissing:\n  a: {8: dont_know}\ncodelists:\n  b: {1: x}\nvariables: {}",
      name: "c")
    #expect(
      book.notes.map(\.text) == [
        "'b' under `codelists` is used by no variable",
        "'a' under `missing` is used by no variable",
      ])
    #expect(book.notes[0].place == "c:5:6")
  }

  @Test func `a codebook beside its data is found by its name`() throws {
    let folder = try Places.temporaryFolder().path
    try OutputFile.write("vekt: 1\n".utf8, to: "\(folder)/data.codebook.yaml")
    #expect(Codebook.path(besideData: "\(folder)/data.csv") == "\(folder)/data.codebook.yaml")
    #expect(Codebook.path(besideData: "\(folder)/other.csv") == nil)
    #expect(
      try Codebook(contentsOf: "\(folder)/data.codebook.yaml").path
        == "\(folder)/data.codebook.yaml")
  }

  @Test func `a byte order mark is no fault, other encodings are`() throws {
    let folder = try Places.temporaryFolder().path
    try OutputFile.write([0xEF, 0xBB, 0xBF] + Array("vekt: 1\n".utf8), to: "\(folder)/a.yaml")
    #expect(try Codebook(contentsOf: "\(folder)/a.yaml").variables.isEmpty)
    try OutputFile.write(Array("vekt: 1 # ".utf8) + [0xF8], to: "\(folder)/b.yaml")
    #expect(throws: SurveyError.self) { try Codebook(contentsOf: "\(folder)/b.yaml") }
    #expect(throws: SurveyError.self) { try Codebook(contentsOf: "\(folder)/none.yaml") }
  }
}
