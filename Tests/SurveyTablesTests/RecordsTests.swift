import SurveyData
import SurveyTables
import Testing

@Suite struct RecordsTests {
  let records = Records(
    "rows", columns: ["variable", "label", "n", "estimate", "used"],
    rows: [
      [.text("trust"), .text("yes, \"most\""), .integer(803), .number(0.1), .flag(true)],
      [.text("=1+2"), .text("a\nb;c"), .integer(-3), .number(-1234567.25), .flag(false)],
      [.text(""), .text("+47"), .empty, .number(.nan), .empty],
      [.text("x"), .text("åsne"), .integer(0), .number(1e-7), .empty],
      [.text("x"), .text("-"), .integer(0), .number(-0.0), .empty],
    ])

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test func `CSV is RFC 4180 with unrounded numbers and empty fields`() {
    #expect(
      text(records.csv()) == """
        variable,label,n,estimate,used
        trust,"yes, ""most""\",803,0.1,true
        =1+2,"a
        b;c",-3,-1234567.25,false
        ,+47,,,
        x,åsne,0,1e-07,
        x,-,0,0,

        """)
  }

  @Test func `a decimal comma goes with semicolons`() {
    #expect(
      text(records.csv(.decimalComma)) == """
        \u{FEFF}variable;label;n;estimate;used
        trust;"yes, ""most""\";803;0,1;true
        =1+2;"a
        b;c";-3;-1234567,25;false
        ;+47;;;
        x;åsne;0;1e-07;
        x;-;0;0;

        """)
  }

  @Test func `an only field that is empty is quoted`() {
    #expect(text(Records("rows", columns: ["a"], rows: [[.text("")]]).csv()) == "a\n\"\"\n")
  }

  @Test(arguments: [
    0.1, 1.0 / 3, Double.leastNonzeroMagnitude, 1.7976931348623157e308, 123456789012345680.0, 2.5,
  ])
  func `every number reads back the same`(number: Double) {
    let csv = text(Records("rows", columns: ["x"], rows: [[.number(number)]]).csv())
    #expect(Double(csv.split(separator: "\n")[1]) == number)
  }

  @Test func `JSON is one object in the order of the contract, a record a line`() {
    let document = Document(
      command: "tabulate \"x\"",
      data: .object([
        Tree.Member("file", .value(.text("a.csv"))), Tree.Member("rows_read", .value(.integer(6))),
      ]),
      accounting: .object([
        Tree.Member("read", .value(.integer(6))),
        Tree.Member("missing", .object([])),
        Tree.Member("lonely", .list([.value(.text("a\u{1}\tb")), .list([])])),
      ]),
      records: [
        records,
        Records("differences", columns: ["p"], rows: [[.number(.infinity)]]),
      ], notes: ["A note."])
    #expect(
      text(document.json()) == #"""
        {
          "command": "tabulate \"x\"",
          "vekt": "\#(Document.version)",
          "data": {
            "file": "a.csv",
            "rows_read": 6
          },
          "design": {},
          "rows": [
            {"variable": "trust", "label": "yes, \"most\"", "n": 803, "estimate": 0.1, "used": true},
            {"variable": "=1+2", "label": "a\nb;c", "n": -3, "estimate": -1234567.25, "used": false},
            {"variable": "", "label": "+47", "n": null, "estimate": null, "used": null},
            {"variable": "x", "label": "åsne", "n": 0, "estimate": 1e-07, "used": null},
            {"variable": "x", "label": "-", "n": 0, "estimate": 0, "used": null}
          ],
          "tests": [],
          "differences": [
            {"p": null}
          ],
          "accounting": {
            "read": 6,
            "missing": {},
            "lonely": [
              "a\u0001\tb",
              []
            ]
          },
          "notes": [
            "A note."
          ]
        }

        """#)
  }
}
