import Foundation
import Testing
import VektTestSupport

@Suite("The font of a picture")
struct FontTests {
  private static let chart =
    "vekt chart tabulate SampleData/everyday-integration-2023.csv general_trust --by origin --language"

  /// Draws a picture where `fc-match` is a program of one's own, which may be none.
  private func drawn(_ language: String, fontconfig: String?, as name: String = "c.png") throws
    -> (output: String, errors: String, status: Int32)
  {
    let program = fontconfig.map { "printf '#!/bin/sh\\n\($0)\\n' > $folder/fc-match" } ?? "true"
    return try BuiltCommand.run(
      """
      folder=$(mktemp -d); \(program); chmod +x $folder/* 2>/dev/null
      convert=$(command -v rsvg-convert) || exit 0
      ln -s $convert $folder/rsvg-convert
      PATH=$folder:\(fontconfig == nil ? "" : "$PATH") \(Self.chart) \(language) --output $folder/\(name)
      status=$?; PATH=/bin:/usr/bin; test -s $folder/\(name) || status=9; rm -r $folder; exit $status
      """)
  }

  @Test(arguments: [
    (
      "en",
      "note: the words of the picture are set in Comic Neue, and room was reckoned for DejaVu Sans"
    ),
    ("nb", "note: ordene i bildet er satt med Comic Neue, og plassen er regnet ut for DejaVu Sans"),
  ])
  func `it is said where it is not the one that widths were reckoned with`(
    language: String, sentence: String
  ) throws {
    for name in ["c.png", "c.pdf"] {
      let result = try drawn(language, fontconfig: "echo Comic Neue", as: name)
      #expect(result.status == 0)
      guard try hasProgram() else { return }
      #expect(result.errors.hasPrefix(sentence), "\(result.errors)")
    }
  }

  @Test(arguments: ["echo DejaVu Sans", "exit 1", "exit 0"])
  func `otherwise nothing is said`(fontconfig: String) throws {
    let result = try drawn("en", fontconfig: fontconfig)
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
  }

  @Test func `a machine without fontconfig draws all the same`() throws {
    let result = try drawn("en", fontconfig: nil)
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
  }

  @Test func `a drawing has no font yet, so nothing is said`() throws {
    let result = try drawn("en", fontconfig: "echo Comic Neue", as: "c.svg")
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
  }

  @Test func `a report in Word says it too`() throws {
    let result = try BuiltCommand.run(
      """
      command -v rsvg-convert >/dev/null || { echo 'set in Comic Neue' >&2; exit 0; }
      folder=$(mktemp -d); printf '#!/bin/sh\\necho Comic Neue\\n' > $folder/fc-match; chmod +x $folder/fc-match
      cp -L SampleData/everyday-integration-2023.csv SampleData/everyday-integration-2023.codebook.yaml $folder
      printf '```vekt\\nuse everyday-integration-2023.csv\\ntabulate general_trust --chart\\n```\\n' > $folder/n.md
      PATH=$folder:$PATH vekt run $folder/n.md --output $folder/n.docx >/dev/null
      status=$?; rm -r $folder; exit $status
      """)
    #expect(result.status == 0 && result.errors.contains("Comic Neue"), "\(result.errors)")
  }

  private func hasProgram() throws -> Bool {
    try BuiltCommand.run("command -v rsvg-convert").status == 0
  }
}
