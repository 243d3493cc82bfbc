import Foundation
import SurveyData
import SurveyReaders
import Testing
import VektTestSupport

/// Files of a test in a folder of their own.
struct JoiningFolder {
  let folder: URL

  init() throws { folder = try Places.temporaryFolder() }

  func path(_ name: String) -> String { folder.appending(path: name).path }

  /// Writes a CSV file, with a codebook where one is given, and opens it.
  func dataset(_ name: String, _ csv: String, _ variables: String? = nil) throws -> Dataset {
    try csv.write(toFile: path("\(name).csv"), atomically: true, encoding: .utf8)
    let codebook = try variables.map {
      try Codebook(parsing: "vekt: 1\nlanguage: en\n\($0)\n", name: name)
    }
    return try Dataset(contentsOf: path("\(name).csv"), codebook: codebook)
  }

  /// The lines of a dataset written as CSV.
  func lines(_ dataset: Dataset) throws -> [String] {
    let path = path("\(UUID().uuidString).csv")
    _ = try dataset.write(to: path)
    return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
  }
}

extension [Note] {
  /// The sentences of the notes with an id.
  func texts(_ id: String) -> [String] { filter { $0.id == id }.map(\.text) }
}

@Suite struct WavesTests {
  private let folder: JoiningFolder

  init() throws { folder = try JoiningFolder() }

  private func waves(
    _ a: String, _ b: String, labels: Waves.Labels = .last, variable: String = "q"
  ) throws -> Waves {
    try Waves(
      [
        folder.dataset("a", "\(variable)\n1\n2\n", "variables: {\(variable): {\(a)}}"),
        folder.dataset("b", "\(variable)\n2\n1\n", "variables: {\(variable): {\(b)}}"),
      ], as: "wave", ["2021", "2023"], labels: labels)
  }

  @Test func `rows stand in the order of the files, and what a wave lacks was not asked there`()
    throws
  {
    let waves = try Waves(
      [
        folder.dataset("a", "id,x,t\n3,1,b\n1,,a\n"),
        folder.dataset("b", "id,y\n9,2.5\n"), folder.dataset("c", "x,id\n4,7\n"),
      ], as: "wave", ["1", "2", "3"])
    #expect(
      try folder.lines(waves.dataset) == [
        "wave,id,x,t,y", "1,3,1,b,.s", "1,1,,a,.s", "2,9,.s,.s,2.5", "3,7,4,.s,.s",
      ])
    #expect(
      waves.notes.texts("append.rows") == [
        "3 files, 4 rows, 1 variables in all; only in 1, 3: 1 (x); only in 1: 1 (t); only in 2: 1 (y): "
          + "not asked in the other waves"
      ])
    let column = try waves.dataset.categorical("x")
    #expect(column.missingCode(at: column.positions[2])?.reason == .notAsked)
    #expect(column.missingCode(at: column.positions[1])?.reason == .system)
  }

  @Test func `a code that says not asked already is used again`() throws {
    let waves = try Waves(
      [
        folder.dataset(
          "a", "x,z\n1,1\n77,1\n",
          "variables: {x: {codes: [1, 2], missing: {77: not_asked}}, z: {}}"),
        folder.dataset("b", "z\n5\n"),
      ], as: "wave", ["1", "2"])
    #expect(try folder.lines(waves.dataset) == ["wave,x,z", "1,1,1", "1,77,1", "2,77,5"])
  }

  @Test func `codes that say one reason in two ways are told of once, for all variables`() throws {
    let description = { (refused: Int, unknown: Int) in
      "{codes: [1, 2], missing: {\(refused): refused, \(unknown): dont_know}}"
    }
    let joined = try Waves(
      [
        folder.dataset(
          "a", "x,y\n1,98\n99,2\n",
          "variables: {x: \(description(99, 98)), y: \(description(99, 98))}"),
        folder.dataset(
          "b", "x,y\n7,2\n1,8\n", "variables: {x: \(description(7, 8)), y: \(description(7, 8))}"),
      ], as: "wave", ["1", "2"])
    #expect(
      joined.notes.texts("append.missing") == [
        "'x', 'y': \"dont_know\" is 98 in 1 and 8 in 2, \"refused\" is 99 in 1 and 7 in 2: both codes are "
          + "kept, and are the same reason"
      ])
    #expect(joined.notes.texts("append.codes").isEmpty)
    let column = try joined.dataset.categorical("x")
    #expect(column.missingCode(at: column.positions[1])?.reason == .refused)
    #expect(column.missingCode(at: column.positions[2])?.reason == .refused)
  }

  @Test func `labels that differ are the last wave's, or the first's, and named`() throws {
    let (a, b) = (
      "label: Education, codes: {1: Low, 2: High, 4: Master}",
      "label: Education, codes: {1: Low, 2: High, 4: 'Higher, long', 5: Doctor}"
    )
    let last = try waves(a, b)
    #expect(
      last.notes.texts("append.differs") == [
        "q: code 4 is \"Master\" in 2021, \"Higher, long\" in 2023: kept as 2023; `--labels first` turns it"
      ])
    #expect(last.notes.texts("append.codes") == ["q: code 5 \"Doctor\" in 2023 only"])
    func labels(_ waves: Waves) -> [String] {
      waves.dataset.codebook.variable(named: "q")?.categories.map { $0.name(in: "en") } ?? []
    }
    #expect(labels(last) == ["Low", "High", "Higher, long", "Doctor"])
    #expect(labels(try waves(a, b, labels: .first)) == ["Low", "High", "Master", "Doctor"])
  }

  @Test func `labels in two languages join, and only the language that both have can differ`()
    throws
  {
    let waves = try waves(
      "label: {nb: Tillit, en: Trust}, codes: {1: {nb: Ja}, 2: {nb: Nei, en: 'No'}}",
      "label: {en: Confidence}, codes: {1: {en: 'Yes'}, 2: {en: 'No'}}")
    let variable = try #require(waves.dataset.codebook.variable(named: "q"))
    #expect(variable.label == LocalizedText([("en", "Confidence"), ("nb", "Tillit")]))
    #expect(variable.categories.map { $0.name(in: "nb") } == ["Ja", "Nei"])
    #expect(variable.categories.map { $0.name(in: "en") } == ["Yes", "No"])
    #expect(
      waves.notes.texts("append.differs").map { $0.prefix { $0 != "·" } } == [
        "q: label is \"nb: Tillit "
      ])
  }

  @Test(arguments: [
    ("type: integer, range: [1, 5]", "type: integer, range: [0, 10]", "1–5 in 2021, 0–10 in 2023"),
    (
      "codes: {1: Low, 2: b, 5: High}", "codes: {0: Worst, 10: Best}, range: [0, 10]",
      "1–5 in 2021, 0–10 in 2023"
    ),
    ("codes: [1, 2, 3, 4, 5]", "codes: [1, 2, 3, 4, 5, 6, 7]", "1–5 in 2021, 1–7 in 2023"),
    ("codes: {1: Man, 2: Woman}", "codes: {2: Man, 1: Woman}", "\"Man\" is 1 in 2021, 2 in 2023"),
    (
      "codes: {1: a, 2: b}", "codes: {1: a}, missing: {2: refused}",
      "2 is an answer in 2021, missing in 2023"
    ),
    ("type: integer", "type: text", "a number in 2021, text in 2023"),
  ])
  func `what is not one variable is kept apart`(a: String, b: String, sentence: String) throws {
    let waves = try waves(a, b)
    #expect(waves.dataset.codebook.variableNames == ["wave", "q_2021", "q_2023"])
    #expect(
      waves.notes.texts("append.apart") == [
        "q: \(sentence): kept apart as q_2021, q_2023; where they mean the same, give them the same codes "
          + "and range in the codebooks"
      ])
    #expect(
      try folder.lines(waves.dataset).dropFirst() == [
        "2021,1,.s", "2021,2,.s", "2023,.s,2", "2023,.s,1",
      ])
  }

  @Test(arguments: [
    ("codes: {1: a, 2: b}", "codes: {1: a, 2: b, 3: c}"), ("type: integer", "type: decimal"),
    ("codes: {1: Yes, 2: No}", "{}"),
    ("measure: nominal, codes: [1, 2]", "measure: nominal, codes: [1, 2, 3]"),
    ("role: id, range: [1, 5]", "role: id, range: [1, 9]"),
    (
      "type: integer, measure: ratio, range: [1, 89]",
      "type: integer, measure: ratio, range: [0, 79]"
    ),
  ])
  func `what may be one variable is one`(a: String, b: String) throws {
    let waves = try waves(a, b == "{}" ? "label: ''" : b)
    #expect(waves.dataset.codebook.variableNames == ["wave", "q"])
    let isAmount = a.contains("ratio")
    #expect(waves.notes.texts("append.range").count == (isAmount ? 1 : 0))
    if isAmount { #expect(waves.dataset.codebook.variable(named: "q")?.range == 0...89) }
  }

  @Test func `three waves are kept apart in the groups that agree`() throws {
    let files = try [("a", "[1, 5]"), ("b", "[0, 10]"), ("c", "[1, 5]")].map { name, range in
      try folder.dataset(name, "q\n1\n", "variables: {q: {type: integer, range: \(range)}}")
    }
    let waves = try Waves(files, as: "year", ["2020", "2021", "2022"])
    #expect(waves.dataset.codebook.variableNames == ["year", "q_2020_2022", "q_2021"])
  }

  @Test func `strata and units become each wave's own`() throws {
    let design = "variables: {s: {type: integer}, p: {type: integer}}\ndesign: {strata: s, psu: p}"
    let waves = try Waves(
      [folder.dataset("a", "s,p\n1,1\n", design), folder.dataset("b", "s,p\n1,1\n,2\n", design)],
      as: "wave", ["1", "2"])
    #expect(
      try folder.lines(waves.dataset) == [
        "wave,s,p,s_wave,p_wave", "1,1,1,1-1,1-1", "2,1,1,2-1,2-1", "2,,2,,2-2",
      ])
    #expect(
      waves.dataset.codebook.design
        == .declared(DesignDeclaration(strata: "s_wave", psu: ["p_wave"])))
  }

  @Test func `units of a panel keep their names, and strata with one of several waves theirs`()
    throws
  {
    let design = "variables: {s: {type: integer}, p: {type: integer}}\ndesign: {strata: s, psu: p}"
    let waves = try Waves(
      [
        folder.dataset("a", "s,p\n1,1\n2,3\n", design),
        folder.dataset("b", "s,p\n1,1\n1,2\n2,4\n", design),
      ], as: "wave", ["1", "2"], panel: "p")
    #expect(
      try folder.lines(waves.dataset) == [
        "wave,s,p,s_wave", "1,1,1,1", "1,2,3,1-2", "2,1,1,1", "2,1,2,1", "2,2,4,2-2",
      ])
    #expect(
      waves.notes.texts("append.panel") == [
        "1 of 4 units of 'p' are in more than one wave: they are the same sampling unit there"
      ])
    #expect(
      waves.dataset.codebook.design == .declared(DesignDeclaration(strata: "s_wave", psu: ["p"])))
  }

  @Test(arguments: [
    (WaveScaling.none, nil, 4.0), (.mean, [1.5, 4.5, 3, 3], 6.0), (.size, [0.5, 1.5, 1, 1], 2.0),
  ])
  func `each wave's weights add up to what is asked for`(
    scaling: WaveScaling, values: [Double]?, total: Double
  ) throws {
    let weights = "variables: {w: {type: decimal}}\nweights: {w: {var: w}}"
    let waves = try Waves(
      [folder.dataset("a", "w\n1\n3\n", weights), folder.dataset("b", "w\n4\n4\n", weights)],
      as: "wave", ["1", "2"], scaling: scaling)
    let name = values == nil ? "w" : "w_wave"
    #expect(waves.dataset.codebook.defaultWeight?.source == .variable(name))
    #expect(try waves.dataset.numeric(name).values == values ?? [1, 3, 4, 4])
    #expect(
      waves.notes.texts("append.weights-total").first?.contains("1: \(canonicalCode(total))")
        == true)
  }

  @Test func `weights with other names are one in the joined file`() throws {
    let waves = try Waves(
      [
        folder.dataset("a", "v\n2\n", "variables: {v: {}}\nweights: {v: {var: v}}"),
        folder.dataset("b", "w\n3\n", "variables: {w: {}}\nweights: {w: {expr: w * 2}}"),
        folder.dataset("c", "x\n1\n"),
      ], as: "wave", ["1", "2", "3"])
    #expect(try waves.dataset.numeric("weight_wave").values == [2, 6, 1])
    #expect(waves.dataset.codebook.defaultWeight?.source == .variable("weight_wave"))
    #expect(waves.notes.texts("append.weights-lacking").count == 1)
  }

  @Test func `sets of answers and notes that cannot be joined are named`() throws {
    func file(_ name: String, counted: String, of: String, note: String) throws -> Dataset {
      let book = """
        study: {note: \(note)}
        variables: {a: {codes: [1, 2]}, b: {codes: [1, 2]}, c: {codes: [1, 2]}}
        groups:
          g: {kind: multiple, counted: \(counted), of: [a, b]}
          h: {of: [\(of)]}
        """
      let dataset = try folder.dataset(name, "a,b,c\n1,2,1\n", book)
      _ = try dataset.write(to: folder.path("\(name).sav"))
      return try Dataset(contentsOf: folder.path("\(name).sav"))
    }
    let waves = try Waves(
      [
        file("a", counted: "1", of: "a, b", note: "Post"),
        file("b", counted: "2", of: "a, c", note: "Web"),
      ],
      as: "wave", ["1", "2"])
    #expect(
      waves.notes.texts("append.groups") == [
        "group 'g' is not the same kind of question in all waves: 1's is left out",
        "group 'h' has other members in the waves: 'b', 'c' are not in all",
      ])
    #expect(waves.dataset.codebook.study.note.text(in: "und") == "1: Post\n2: Web")
    #expect(waves.notes.texts("append.notes").count == 1)
    #expect(waves.dataset.codebook.groups.map(\.members) == [["a", "b"], ["a", "c", "b"]])
  }

  @Test func `texts and long identifiers keep every letter and digit`() throws {
    let waves = try Waves(
      [
        folder.dataset("a", "id,k\n12345678901234567,0301\n"),
        folder.dataset("b", "id,k\n12345678901234568,0302\n"),
      ], as: "wave", ["1", "2"])
    #expect(
      try folder.lines(waves.dataset).dropFirst() == [
        "1,12345678901234567,0301", "2,12345678901234568,0302",
      ])
  }

  @Test func `an empty file is a wave without rows`() throws {
    let waves = try Waves(
      [folder.dataset("a", "x,t\n"), folder.dataset("b", "x,t\n1,a\n")], as: "wave", ["1", "2"])
    #expect(try folder.lines(waves.dataset) == ["wave,x,t", "2,1,a"])
    #expect(try waves.dataset.rowCount == 1)
  }

  @Test func `a variable of the wave that says the same is that variable`() throws {
    let files = try [folder.dataset("a", "wave,x\n1,5\n"), folder.dataset("b", "x,wave\n6,2\n")]
    #expect(
      try folder.lines(Waves(files, as: "wave", ["1", "2"]).dataset) == ["wave,x", "1,5", "2,6"])
    #expect(throws: SurveyError.self) { try Waves(files, as: "wave", ["1", "3"]) }
    #expect(throws: SurveyError.self) { try Waves(files, as: "round", ["1"]) }
    #expect(throws: SurveyError.self) { try Waves(files, as: "round", ["1", "1"]) }
    #expect(throws: SurveyError.self) { try Waves(Array(files.prefix(1)), as: "round", ["1"]) }
    #expect(throws: SurveyError.self) { try Waves(files, as: "round", ["1", "2"], panel: "y") }
  }
}
