import SurveyData
import SurveyReaders
import Testing

/// What numbers in a file become by the file's own labels and by the user's codebook.
@Suite struct CodesThroughCodebookTests {
  private func file(_ values: [Double], labels: [Double] = []) -> SAVBytes {
    var file = SAVBytes()
    file.compression = 1
    file.variables = [.init(name: "Q")]
    if !labels.isEmpty {
      file.valueLabels = [(labels.map { (file.double($0), Array("L".utf8)) }, [1])]
    }
    file.cases = values.map { [.number($0)] }
    return file
  }

  private func read(_ bytes: SAVBytes, _ variable: Variable? = nil, as view: ColumnView = .codes)
    throws -> (column: Column, notes: [Note])
  {
    let file = try TestFile(bytes.bytes)
    let source = try SPSSSource(FileBytes(file.path), codebook: nil, options: ReadingOptions())
    let own = try #require(source.embeddedCodebook.variable(named: "Q"))
    let (columns, notes) = try source.read([ColumnRequest(variable ?? own, as: view)])
    return (columns[0], notes)
  }

  private func error(_ values: [Double], _ variable: Variable) throws -> String {
    let file = try TestFile(file(values).bytes)
    let source = try SPSSSource(FileBytes(file.path), codebook: nil, options: ReadingOptions())
    let error = try #require(throws: SurveyError.self) {
      try source.read([ColumnRequest(variable, as: .codes)])
    }
    return file.shortened(error)
  }

  private func yesNo(_ unknown: UnknownPolicy = .fail) -> Variable {
    var variable = Variable("Q")
    variable.type = .integer
    variable.categories = [
      Category("1", label: LocalizedText("Ja", in: "nb")),
      Category("2", label: LocalizedText("Nei", in: "nb")),
    ]
    variable.missing = [MissingCode(.code("9"), reason: .noAnswer)]
    variable.unknown = unknown
    return variable
  }

  @Test func `a scale with labels at its ends reads in the order of its numbers`() throws {
    let (column, notes) = try read(file([3, 10, 0, 7, 3], labels: [0, 10]))
    guard case .codes(let codes) = column else { return #expect(Bool(false)) }
    #expect(codes.categories.map(\.code) == ["0", "3", "7", "10"])
    #expect((0..<5).map { codes.positions[$0] } == [1, 3, 0, 2, 1])
    #expect(notes.isEmpty)
  }

  @Test func `codes beyond a byte widen the column`() throws {
    let values = (0..<70_000).map(Double.init)
    guard case .codes(let codes) = try read(file(values.reversed())).column else {
      return #expect(Bool(false))
    }
    #expect(codes.categories.count == 70_000)
    #expect(codes.positions[0] == 69_999)
    #expect(codes.positions[69_999] == 0)
  }

  @Test func `an unknown code is counted and refused`() throws {
    #expect(
      try error([1, 3, 3, 4, 9], yesNo()) == """
        answers.sav: 'Q' is 3 (2 rows, first row 2), 4 (1 row, first row 4), but the codebook knows \
        1 (Ja), 2 (Nei), 9 (no_answer)
              List the code in the codebook, or say 'unknown: missing'.
        """)
  }

  @Test func `an unknown code may be kept with a warning or counted as missing`() throws {
    let kept = try read(file([1, 3, 9]), yesNo(.warn))
    guard case .codes(let codes) = kept.column else { return #expect(Bool(false)) }
    #expect(codes.categories.map(\.code) == ["1", "2", "3"])
    #expect(kept.notes.map(\.id) == ["codes.unknown"])
    let missing = try read(file([1, 3, 9]), yesNo(.missing), as: .numbers)
    guard case .numbers(let numbers) = missing.column else { return #expect(Bool(false)) }
    #expect(
      numbers.values.map { numbers.missingCode(of: $0)?.reason } == [nil, .implausible, .noAnswer])
    #expect(missing.notes.map(\.id) == ["codes.implausible"])
  }

  @Test func `a number near a code is no code`() throws {
    var variable = Variable("Q")
    variable.type = .integer
    #expect(
      try error([1, 1.0000001], variable) == """
        answers.sav: 'Q' is 1.0000001 in row 2: not an integer code
              Say 'type: decimal' in the codebook if such values are right.
        """)
  }

  @Test func `values in a range of missing values keep their number and reason`() throws {
    var variable = Variable("Q")
    variable.missing = [MissingCode(.range(-9, -1), reason: .refused)]
    guard case .numbers(let numbers) = try read(file([5, -3, -9]), variable, as: .numbers).column
    else { return #expect(Bool(false)) }
    #expect(numbers.values[0] == 5)
    let codes = numbers.values.map { numbers.missingCode(of: $0) }
    #expect(codes.map { $0?.text } == [nil, "-3", "-9"])
    #expect(codes.map { $0?.reason } == [nil, .refused, .refused])
  }

  @Test func `text where the codebook says integer is an error`() throws {
    var bytes = SAVBytes()
    bytes.variables = [.init(name: "Q", width: 4, format: 0x01_04_00)]
    bytes.cases = [[.text(Array("1".utf8))]]
    let error = try #require(throws: SurveyError.self) { try read(bytes, yesNo()) }
    #expect(error.problem == "'Q' holds text, but the codebook says 'type: integer'")
  }

  @Test func `a column that is not there offers the nearest name`() throws {
    let error = try #require(throws: SurveyError.self) { try read(file([1]), Variable("QQ")) }
    #expect(error.problem == "has no variable 'QQ', which the codebook describes")
    #expect(error.remedy == "Did you mean 'Q'?")
  }

  @Test(arguments: [
    ("Vet ikke", MissingReason.dontKnow), ("Don’t know", .dontKnow), ("Veit ikkje", .dontKnow),
    ("Ønsker ikke å svare", .refused), ("Refusal", .refused), ("Ikke aktuelt", .inapplicable),
    ("Not asked", .notAsked), ("Ubesvart", .noAnswer),
  ]) func `labels that state a reason give it`(label: String, reason: MissingReason) {
    #expect(MissingReason(label: label) == reason)
  }

  @Test func `other labels give no reason`() { #expect(MissingReason(label: "Oslo") == nil) }
}
