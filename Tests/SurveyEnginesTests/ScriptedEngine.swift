import CADBC
import CTestDriver
import SurveyData
import SurveyReaders

@testable import SurveyEngines

/// A table in the driver that is written in the tests: five people in three cells.
final class ScriptedEngine {
  private typealias Columns = ArrowColumns
  private let script: UnsafeMutablePointer<TestScript>

  /// The names of the table's columns, of which the third is the weight.
  static let names = ["trust", "sex", "w", "tags"]

  /// - Parameters:
  ///   - rows: What is counted.
  ///   - weight: How many have a weight, Σw, the smallest, perhaps how many are numbers.
  ///   - people: The people of each of three cells, or of one.
  ///   - different: The different values that are counted of any column.
  ///   - trust: What the people say who come one by one, in two batches, with the weights of the cells.
  ///   - foreseen: About how many cells there are.
  ///   - later: The people of each cell in the second query for cells, which is by sex; those of the first unless given.
  ///   - breaksAfter: The batches of cells after which the stream breaks off.
  ///   - progress: How many per cent of a query are done while it hangs; nobody knows below zero.
  ///   - width: How many columns the table has, of all.
  init(
    rows: Int = 5, weight: [Double] = [5, 7.5, 0.5], people: [Int64] = [2, 2, 1],
    different: Int64 = 3, foreseen: Int64 = 3, later: [Int64]? = nil,
    trust: [Int32] = [1, 2, 1, 2, 0], breaksAfter: Int = -1,
    failingCall: Int = 0, words: String? = nil, hangs: Bool = false,
    progress: Double = -1, columns width: Int = 4
  ) {
    let columns = Columns.answer(
      to: "LIMIT 0",
      [
        Columns.fixed("i", [] as [Int32]), Columns.texts([]), Columns.fixed("g", [] as [Double]),
        Columns.column("+l", length: 0, [nil]),
      ].prefix(width).enumerated().map { index, column in
        var column = column
        column.name = Columns.text(Self.names[index])
        return column
      })
    let control = Columns.answer(
      to: "MIN(", [Columns.fixed("l", [Int64(rows)])] + weight.map { Columns.fixed("g", [$0]) })
    let distinct = Columns.answer(to: "DISTINCT", [Columns.fixed("l", [different])])
    let count = Columns.answer(to: "SELECT COUNT(*)\n", [Columns.fixed("l", [Int64(rows)])])
    let one = [
      Columns.fixed("i", [1] as [Int32]), Columns.fixed("l", people), Columns.fixed("g", [7.5]),
      Columns.fixed("g", [12.25]),
    ]
    let approximate = Columns.answer(to: "approx_", [Columns.fixed("l", [foreseen])])
    let second = Columns.answer(
      to: "\"sex\",\n  COUNT(*)",
      [
        Columns.fixed("i", [2, 1, 0] as [Int32], valid: [true, true, false]),
        Columns.texts(["m", "f", "f"]), Columns.fixed("l", later ?? people),
        Columns.fixed("g", [3.5, 3.0, 1.0]),
        Columns.fixed("g", [later == nil ? 6.25 : 12.25, 5.0, 1.0]),
      ])
    let cells = Columns.answer(
      to: "GROUP BY",
      people.count == 1
        ? [Columns.batch(one)]
        : [
          // Two batches, the second of one cell.
          Columns.batch([
            Columns.fixed("i", [2, 1] as [Int32]), Columns.fixed("l", Array(people.prefix(2))),
            Columns.fixed("g", [3.5, 3.0]), Columns.fixed("g", [6.25, 5.0]),
          ]),
          Columns.batch([
            Columns.fixed("i", [0] as [Int32], valid: [false]),
            Columns.fixed("l", Array(people.suffix(1))),
            Columns.fixed("g", [1.0]), Columns.fixed("g", [1.0]),
          ]),
        ], breaksAfter: breaksAfter)
    func batch(_ rows: Range<Int>) -> TestBatch {
      Columns.batch([
        Columns.fixed("i", Array(trust[rows]), valid: trust[rows].map { $0 != 0 }),
        Columns.fixed("g", Array(([1, 2, 2, 1.5, 1] as [Double])[rows])),
      ])
    }
    let everybody = Columns.answer(
      to: "FROM \"survey\" AS t", [batch(0..<3), batch(3..<trust.count)], breaksAfter: breaksAfter)
    let anything = Columns.answer([Columns.texts(["people", "trust_survey"])])
    let answers = [
      columns, control, distinct, count, approximate, second, cells, everybody, anything,
    ]
    script = Columns.copy([
      TestScript(
        answers: Columns.copy(answers), n_answers: Int64(answers.count),
        failing_call: Int64(failingCall),
        calls: 0, words: words.map(Columns.text), hangs: hangs ? 1 : 0, progress: progress,
        open: 0)
    ])
  }

  /// A table of other columns, whose engine gives the first answer that fits a query.
  init(answers: [TestAnswer]) {
    script = Columns.copy([
      TestScript(
        answers: Columns.copy(answers), n_answers: Int64(answers.count), failing_call: 0, calls: 0,
        words: nil, hangs: 0, progress: -1, open: 0)
    ])
  }

  /// The calls that were made.
  var calls: Int { Int(script.pointee.calls) }
  /// The handles that are open.
  var open: Int { Int(script.pointee.open) }

  func address(
    _ limits: QueryLimits = QueryLimits(), people: PeoplePolicy = .auto,
    rounding: [String: Int] = [:],
    secrets: [String] = []
  ) throws -> EngineAddress {
    var address = EngineAddress("test:survey", .duckdb, .table(try TableName(parsing: "survey")))
    address.options = [.init("script", "\(UInt(bitPattern: script))")]
    address.limits = limits
    address.people = people
    address.rounding = rounding
    address.secrets = Secrets(secrets)
    return address
  }

  /// The table as a source of cells.
  func source(
    _ limits: QueryLimits = QueryLimits(), people: PeoplePolicy = .auto,
    rounding: [String: Int] = [:], secrets: [String] = [], driver: AdbcEntry = TestDriverInit
  ) throws -> EngineSource {
    EngineSource(
      try EngineSession(
        address(limits, people: people, rounding: rounding, secrets: secrets),
        driver: Driver(driver, called: "test")))
  }

  /// The cells by trust, with the weight.
  func cells(_ limits: QueryLimits = QueryLimits(), secrets: [String] = []) throws -> RawCells {
    try source(limits, secrets: secrets).cells(by: ["trust"], weights: ["w"], replicates: [])
  }
}

/// The message of an error, or what came instead.
func message(_ body: () throws -> some Any) -> String {
  do {
    return "no error: \(try body())"
  } catch {
    return "\(error)"
  }
}
