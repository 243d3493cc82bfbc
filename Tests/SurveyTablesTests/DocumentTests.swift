import SurveyData
import SurveyTables
import Testing

@Suite struct DocumentTests {
  let hostile = Document(
    command: "tabulate <x>",
    tables: [
      Table(
        title: "</table><script>", unit: "100 % & $5", stub: "_a_", columns: [Table.Column("a|b")],
        rows: [Table.Row("x_y {z}\n~^\\", cells: [.text("<b>'\"")])],
        legend: [Table.Mark("*", "`code`")])
    ])

  private func text(_ format: Format) throws -> String {
    String(decoding: try hostile.rendered(as: format), as: UTF8.self).plain
  }

  @Test func `labels cannot break out of HTML`() throws {
    let page = try text(.html)
    #expect(page.hasPrefix("<!doctype html>\n<html lang=\"en\">"))
    #expect(page.contains("<title>&lt;/table&gt;&lt;script&gt;</title>"))
    #expect(page.contains("<h1><code>vekt tabulate &lt;x&gt;</code></h1>"))
    #expect(page.contains("<td>&lt;b&gt;&#39;&quot;</td>"))
    #expect(!page.contains("<script"))
    #expect(!page.contains("http"))
  }

  @Test func `labels cannot break out of Markdown`() throws {
    #expect(
      try text(.markdown) == #"""
        **\</table>\<script>**, 100 % & $5

        | \_a\_         |   a\|b |
        | :------------ | -----: |
        | x_y {z} \~^\\ | \<b>'" |

        \* \`code\`

        """#)
  }

  @Test func `labels cannot break out of LaTeX`() throws {
    let latex = try text(.latex)
    #expect(latex.contains(#"\textless{}script\textgreater{} (100 \% \& \$5)}"#))
    #expect(latex.contains(#"x\_y \{z\} \textasciitilde{}\textasciicircum{}\textbackslash{}"#))
  }

  @Test(arguments: [Format.text, .csv, .json, .html, .markdown, .latex])
  func `an empty document can be written`(format: Format) throws {
    _ = try Document(command: "").rendered(as: format)
  }

  @Test func `CSV is the first records`() throws {
    let document = Document(
      command: "x", records: [Records("rows", columns: ["a"]), Records("tests", columns: ["b"])])
    #expect(try document.rendered(as: .csv) == Array("a\n".utf8))
  }

  @Test(arguments: [
    ("a.csv", Format.csv), ("dir.csv/a.HTML", .html), ("a.b.md", .markdown), ("x.tex", .latex),
    ("a.htm", .html), (".json", .json), ("a.txt", .text), ("a.xlsx", .xlsx),
  ])
  func `the ending of a file name chooses the format`(path: String, format: Format) {
    #expect(Format(pathEnding: path) == format)
  }

  @Test(arguments: ["", "csv", "a.csv/b", "a.", "a.gif", "/"])
  func `an unknown ending chooses none`(path: String) {
    #expect(Format(pathEnding: path) == nil)
  }
}
