import Testing

@testable import SurveyNotebooks

struct MarkdownTests {
  private func html(_ text: String) throws -> String {
    try MarkdownParser.blocks(of: text, name: "n.md").html
  }

  @Test(arguments: [
    ("# One *two* ##", "<h1>One <em>two</em></h1>\n"),
    ("###### Six", "<h6>Six</h6>\n"),
    ("#no heading", "<p>#no heading</p>\n"),
    ("a\nb\n\nc", "<p>a\nb</p>\n<p>c</p>\n"),
    ("a\r\nb", "<p>a\nb</p>\n"),
    ("a  \nb\\\nc", "<p>a<br>\nb<br>\nc</p>\n"),
    ("\u{FEFF}# One", "<h1>One</h1>\n"),
    ("a\n***\nb", "<p>a</p>\n<hr>\n<p>b</p>\n"),
    ("```\n  <a>\n```", "<pre tabindex=\"0\"><code>  &lt;a&gt;</code></pre>\n"),
    (
      "> a\n> # b\n>> c",
      "<blockquote>\n<p>a</p>\n<h1>b</h1>\n<blockquote>\n<p>c</p>\n</blockquote>\n</blockquote>\n"
    ),
  ])
  func `blocks become elements`(text: String, expected: String) throws {
    #expect(try html(text) == expected)
  }

  @Test(arguments: [
    ("- a\n- b\n  c", "<ul>\n<li>a</li>\n<li>b\nc</li>\n</ul>\n"),
    ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"),
    ("7) a", "<ol start=\"7\">\n<li>a</li>\n</ol>\n"),
    ("- a\n\n- b", "<ul>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>\n"),
    ("- a\n  - b\n- c", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ul>\n"),
    ("- a\nlazy\n\nb", "<ul>\n<li>a\nlazy</li>\n</ul>\n<p>b</p>\n"),
    ("in\n1990. a", "<p>in\n1990. a</p>\n"),
  ])
  func `lists nest and stay tight`(text: String, expected: String) throws {
    #expect(try html(text) == expected)
  }

  @Test func `a table keeps every cell, whatever its headings`() throws {
    #expect(
      try html("a | b\n--|:-:\n1 | x \\| y | `2`\n3\n") == """
        <div class="prose-table" tabindex="0">
        <table>
        <thead>
        <tr><th scope="col">a</th><th scope="col" style="text-align:center">b</th><th scope="col"></th></tr>
        </thead>
        <tbody>
        <tr><td>1</td><td style="text-align:center">x | y</td><td><code>2</code></td></tr>
        </tbody>
        </table>
        </div>
        <p>3</p>

        """)
  }

  @Test(arguments: [
    ("*a* _b_ **c** __d__", "<em>a</em> <em>b</em> <strong>c</strong> <strong>d</strong>"),
    ("**a *b***", "<strong>a <em>b</em></strong>"),
    ("***a***", "<strong><em>a</em></strong>"),
    ("feels_integrated and feels_accepted", "feels_integrated and feels_accepted"),
    ("2 * 3 * 4", "2 * 3 * 4"),
    ("*a", "*a"),
    (#"\*a\* \_"#, "*a* _"),
    ("`a*b` *c `*` d*", "<code>a*b</code> <em>c <code>*</code> d</em>"),
    ("`` a`b ``", "<code>a`b</code>"),
    ("`a", "`a"),
    ("[a *b*](c.html#d)", "<a href=\"c.html#d\">a <em>b</em></a>"),
    ("[a](<b>", "[a](&lt;b&gt;"),
    ("<https://a.no/?b&c>", "<a href=\"https://a.no/?b&amp;c\">https://a.no/?b&amp;c</a>"),
    ("[a](javascript:b)", "[a](javascript:b)"),
    ("[a](JavaScript&#58;b:c)", "<a href=\"JavaScript&amp;#58;b:c\">a</a>"),
    ("[a](\"onclick=x)", "<a href=\"&quot;onclick=x\">a</a>"),
    (
      "<script>alert('x')</script> & \"y\"",
      "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;y&quot;"
    ),
  ])
  func `marks become elements and all else is escaped`(text: String, expected: String) throws {
    #expect(try html(text) == "<p>\(expected)</p>\n")
  }

  @Test(arguments: [">", "- ", "*a ", "[", "` ", "(", "| ", "1. ", "**", "_a*"])
  func `whatever is repeated ends`(mark: String) throws {
    let html = try html(String(repeating: mark, count: 3000))
    #expect(html.hasSuffix(">\n"))
  }
}
