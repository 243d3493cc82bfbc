import SurveyData
import SurveyReaders
import Testing
import VektTestSupport

@testable import SurveyCommands
@testable import SurveyReports

/// What `inspect` reads, and what it makes of it.
@Suite struct InventoryTests {
  private func codes(_ values: [Int], _ categories: [String]) -> Column {
    .codes(
      CategoricalColumn(
        positions: Positions(values, valueCount: categories.count + 1),
        categories: categories.map { Category($0) }, missing: [.system]))
  }

  private var source: MemorySource {
    MemorySource([
      ("sex", codes([0, 1, 1, 2], ["1", "2"])), ("trust", codes([0, 0, 1, 2], ["1", "9"])),
      ("note", codes([0, 1, 2, 3], ["a", "b", "c"])),
      ("w", .numbers(NumericColumn(values: [1, 0.5, 2.5, -1], missing: [.system]))),
    ])
  }

  private var codebook: Codebook {
    get throws {
      try Codebook(
        parsing: """
          vekt: 1
          file: {rows: 4}
          variables:
            trust: {codes: {1: yes, 9: don't know}}
            sex: {codes: {1: male, 2: female, 3: other}}
            w: {type: decimal}
          weights: {w: {var: w}}
          """, name: "c")
    }
  }

  @Test func `every column is read once, and the rows are not counted anew`() throws {
    let counting = CountingSource(source)
    let inventory = try Inventory(of: ["sex", "trust", "note", "w"], in: Dataset(counting))
    #expect(counting.passes == 1)
    #expect(counting.rowCounts == 0)
    #expect(inventory.rows == 4)
    #expect(inventory.entries.map(\.answered) == [3, 3, 3, 4])
    #expect(inventory.entries.map(\.distinct) == [2, 2, 3, 4])
    #expect(inventory.entries[2].range == nil)
    let range = try #require(inventory.entries[3].range)
    #expect(range.low == -1 && range.mean == 0.75 && range.high == 2.5)
  }

  @Test func `the findings are those of the check, of the variables that are shown`() throws {
    let dataset = Dataset(CountingSource(source), codebook: try codebook)
    let all = try dataset.codebook.findings(in: dataset)
    #expect(all.map(\.id).contains("label-looks-missing"))
    #expect(all.map(\.id).contains("weight-negative"))
    #expect(try Inventory(of: ["sex", "trust", "note", "w"], in: dataset).findings == all)
    let some = try Inventory(of: ["w", "trust"], in: dataset).findings
    #expect(some == all.filter { [nil, "trust", "w"].contains($0.variable) })
  }

  @Test func `a draft and a check read a file once, and what a weight needs once more`() throws {
    let counting = CountingSource(source)
    #expect(try Codebook(drafting: Dataset(counting)).file.rows == 4)
    #expect(counting.passes == 1 && counting.rowCounts == 0)
    let checked = CountingSource(source)
    let book = try codebook
    _ = try book.findings(in: Dataset(checked, codebook: book))
    #expect(checked.names == ["trust", "sex", "w", "w"])
  }

  @Test func `how a labelled number is read follows from its numbers, without another pass`() throws
  {
    var age = Variable("age")
    age.isFromFile = true
    age.unknown = .warn
    age.categories = [Category("80", label: LocalizedText("80 or older", in: "und"))]
    let counting = CountingSource(
      MemorySource([
        ("age", .numbers(NumericColumn(values: (16...80).map(Double.init), missing: [.system])))
      ]), codebook: Codebook(variables: [age]))
    let dataset = Dataset(counting)
    try dataset.described("age").requireNumbers()
    #expect(counting.passes == 0)
    try dataset.load([("age", .numbers)])
    #expect(try dataset.variable("age").measure == .interval)
    #expect(counting.passes == 1)
    #expect(try Dataset(counting).reading(of: "age") == dataset.reading(of: "age"))
  }
}
