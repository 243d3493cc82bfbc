import Foundation
import Testing
import VektTestSupport

@testable import SurveyCommands
@testable import VektCommand

@Suite("Help and the manual")
struct HelpTests {
  /// The names of all commands that the help shows, with the words that call them.
  private static let commands = pages.map {
    $0.name.split(separator: "-").dropFirst().map(String.init)
  }
  private static let pages = ManualPage.all(of: RootCommand.self, date: "2026-11-30")
  private let runner = CommandRunner(root: RootCommand.self)

  private func said(_ words: [String]) -> (status: Int32, text: String, fault: String) {
    let response = runner.run(words)
    return (
      response.status, String(decoding: response.output, as: UTF8.self),
      response.remarks.joined(separator: "\n")
    )
  }

  @Test func `help VERB is what VERB --help says, for every verb and its parts, and its page too`()
    throws
  {
    #expect(Self.commands.count > 30)
    #expect(
      Self.commands.contains(["paradox", "gap"]) && Self.commands.contains(["codebook", "new"]))
    for words in Self.commands {
      let help = said(["help"] + words)
      #expect(help.status == 0 && help.text == said(words + ["--help"]).text, "\(words)")
      #expect(help.text.contains("USAGE: vekt \(words.joined(separator: " "))"), "\(words)")
      let page = try #require(
        Self.pages.first { $0.name == (["vekt"] + words).joined(separator: "-") })
      let options = Set(
        help.text.split(whereSeparator: \.isWhitespace)
          .filter { $0.hasPrefix("--") && $0.dropFirst(2).allSatisfy { $0.isLetter || $0 == "-" } })
      for option in options {
        #expect(page.text.contains(option.replacing("-", with: "\\-")), "\(option) of \(page.name)")
      }
    }
  }

  @Test func `the help of what a chart draws is that of its verb`() {
    #expect(said(["help", "chart", "tabulate"]).text == said(["tabulate", "--help"]).text)
    #expect(said(["help", "chart"]).text.contains("vekt chart tabulate"))
  }

  @Test(arguments: [
    (["codebok"], "no verb 'codebok'\n      Did you mean 'codebook'?"),
    (["paradox", "gapp"], "'paradox' has no part 'gapp'\n      Did you mean 'gap'?"),
    (["chart", "tabulat"], "no verb 'tabulat'\n      Did you mean 'tabulate'?"),
  ])
  func `the help of no verb is a fault`(words: [String], fault: String) {
    let help = said(["help"] + words)
    #expect(help.status == 64 && help.fault == "vekt: \(fault)")
  }

  @Test func `there is a page for every command, in ASCII`() throws {
    let pages = Self.pages
    #expect(Set(pages.map(\.name)).count == pages.count)
    #expect(pages.map(\.name).contains("vekt-paradox-gap"))
    #expect(!pages.map(\.name).contains("vekt-manual"))
    for page in pages {
      #expect(page.text.utf8.allSatisfy { $0 < 128 }, "\(page.name)")
      #expect(
        page.text.hasPrefix(
          ".TH \(page.name.uppercased().replacing("-", with: "\\-")) 1 2026-11-30"))
    }
  }

  @Test func `a page is laid out for man`() throws {
    let page = try #require(Self.pages.first { $0.name == "vekt-kernel-install" })
    #expect(
      page.text.hasPrefix(
        """
        .TH VEKT\\-KERNEL\\-INSTALL 1 2026-11-30 "Vekt 0.1.0" Vekt
        .SH NAME
        vekt\\-kernel\\-install \\- Make Vekt a kernel of Jupyter
        .SH SYNOPSIS
        \\fBvekt\\fR \\fBkernel\\fR \\fBinstall\\fR [\\fB\\-\\-user\\fR] [\\fB\\-\\-prefix\\fR \\fIfolder\\fR] \
        [\\fB\\-\\-name\\fR \\fIname\\fR]
        .SH DESCRIPTION
        The kernel is this very program: install it anew when the program has moved.
        .SH EXAMPLES
        .EX
        vekt kernel install
        vekt kernel install \\-\\-prefix .venv
        vekt kernel install \\-\\-name vekt\\-next
        .EE
        .SH OPTIONS
        .TP
        \\fB\\-\\-user\\fR
        For yourself (the default): where Jupyter looks for what belongs to a user.
        """))
    #expect(page.text.hasSuffix(".SH SEE ALSO\n\\fBvekt\\-kernel\\fR(1), \\fBvekt\\fR(1)\n"))
  }

  @Test func `the command writes its pages with the date of the build, without a warning of man`()
    throws
  {
    let result = try BuiltCommand.run(
      """
      folder=$(mktemp -d); SOURCE_DATE_EPOCH=86400 vekt manual $folder || exit 1
      head -1 $folder/vekt-run.1
      command -v man >/dev/null && for page in $folder/*.1; do
        LC_ALL=C.UTF-8 man --warnings -l $page 2>&1 >/dev/null; done
      rm -r $folder
      """)
    #expect(
      result.output == ".TH VEKT\\-RUN 1 1970-01-02 \"Vekt 0.1.0\" Vekt\n", "\(result.errors)")
  }
}
