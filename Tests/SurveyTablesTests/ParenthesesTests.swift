import SurveyData
import SurveyTables
import Testing

@Suite("Numbers in parentheses")
struct ParenthesesTests {
  private static func number(_ value: Double, _ digits: Int = 2) -> Table.Quantity {
    Table.Quantity(value, as: .fixed(digits: digits))
  }

  /// Coefficients with errors below, a range below, a p-value below.
  static let table: Table = {
    func rows(_ label: String, _ above: Double, _ below: [Table.Quantity], mark: String = "")
      -> [Table.Row]
    {
      [
        Table.Row(
          label, cells: [.estimate(number(above), low: nil, high: nil, mark: mark)]),
        Table.Row("standard error", cells: [.parenthesized(nil, below)], kind: .below),
      ]
    }
    let total = Table.Row("n", cells: [.count(5634)], kind: .total)
    return Table(
      title: "Trust", unit: "coefficient", columns: [Table.Column("A")],
      rows: rows("age", 0.5, [number(0.25)], mark: "*")
        + rows("sex", -1.25, [number(-1), number(2)])
        + rows("work", 10, [Table.Quantity(0.0001, as: .probability)]) + [total])
  }()

  @Test func `text sets them below their number by the decimal sign`() {
    let lines = Self.table.text().split(separator: "\n").map { String($0).plain }
    #expect(lines.contains("age             0.50*"), "\(lines)")
    #expect(lines.contains("               (0.25)"), "\(lines)")
    #expect(
      lines.contains { $0.hasSuffix("(−1.00 to 2.00)") }
        && lines.contains { $0.hasSuffix("(< 0.001)") })
    #expect(!lines.contains { $0.contains("standard error") })
  }

  @Test func `Markdown, LaTeX and HTML do, and HTML says what they are`() {
    let markdown = Self.table.markdown().plain
    #expect(markdown.contains("|          (0.25) |") && !markdown.contains("standard error"))
    let latex = Self.table.latex().plain
    for part in [
      " & {(0.25)} & ", "& 0.50 & \\tnote{*} \\\\", "{($-$1.00~to~2.00)}", "n & {5\\,634} & ",
      "S[table-format=-2.2]",
    ] {
      #expect(latex.contains(part), "\(part)\n\(latex)")
    }
    let page = Self.table.html(id: "t").plain
    #expect(page.contains("<span class=\"vekt-spoken\">standard error</span>"))
    #expect(
      page.contains("(0<span class=\"vekt-tail\"") && page.contains(">.25)</span>"), "\(page)")
  }

  @Test func `a number may have one or two behind it`() {
    let table = Table(
      title: "t", columns: [Table.Column("x")],
      rows: [
        Table.Row("mean", cells: [.parenthesized(Self.number(47.1, 1), [Self.number(16.25, 1)])]),
        Table.Row(
          "median",
          cells: [.parenthesized(Self.number(45, 0), [Self.number(33, 0), Self.number(58, 0)])]),
      ])
    let text = table.text().plain
    #expect(
      text.contains("mean     47.1 (16.3)") && text.contains("median   45   (33–58)"), "\(text)")
    let records = Records(table)
    #expect(records.rows.map { $0[1] } == [.number(47.1), .number(45)])
  }

  @Test func `sorting keeps them with their number`() {
    let sorted = Self.table.sorted(by: .answer)
    #expect(
      sorted.rows.map(\.label) == [
        "work", "standard error", "age", "standard error", "sex", "standard error", "n",
      ])
  }
}
