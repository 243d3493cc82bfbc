import SurveyCommands
import Testing
import VektTestSupport

/// Commands on files of SAS and on portable files of SPSS.
@Suite struct ForeignFormatTests {
  private func padded(_ text: String, _ count: Int) -> String {
    text + String(repeating: " ", count: max(0, count - text.utf8.count))
  }

  /// An SPSS portable file of four answers to one question, as text.
  private var portable: String {
    let letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    let table =
      String(repeating: "0", count: 64) + letters + " .<(+|&[]!$*);^-/|,%_>?`:#@'=\""
      + String(repeating: "0", count: 256 - 64 - 62 - 30)
    let stream =
      String(repeating: padded("ASCII SPSS PORT FILE", 40), count: 5) + table
      + "SPSSPORTA8/202405176/12300014/test41/5B/70/1/Q5/1/0/5/1/0/"
      + "D1/1/Q2/1/3/Yes2/2/NoF1/1/2/1/Z"
    return stream + String(repeating: "Z", count: 80 - stream.utf8.count % 80)
  }

  /// The same without labels as a SAS transport file.
  private var transport: String {
    func header(_ name: String, _ rest: String) -> String {
      padded("HEADER RECORD*******\(padded(name, 8))HEADER RECORD!!!!!!!\(rest)", 80)
    }
    let variable =
      "\0\u{1}\0\0\0\u{8}\0\u{1}" + padded("Q", 8 + 40 + 8)
      + String(repeating: "\0", count: 8) + padded("", 8) + String(repeating: "\0", count: 60)
    let one = "A\u{10}\0\0\0\0\0\0"
    let two = "A \0\0\0\0\0\0"
    return header("LIBRARY", "") + padded("", 160) + header("MEMBER", padded("", 26) + "0140")
      + header("DSCRPTR", "") + padded("SAS     ANSWERS", 160)
      + header("NAMESTR", "000000000100000000000000000000") + padded(variable, 160)
      + header("OBS", "") + padded(one + one + two + one, 80)
  }

  @Test func `a portable file is tabulated with its labels`() throws {
    let result = try SmallSurvey(portable, codebook: nil).run(
      "tabulate", "DATA", "Q", "--format", "csv")
    #expect(result.status == 0, "\(result.remarks)")
    #expect(result.output.contains("Yes"))
    #expect(result.output.contains("0.75"))
  }

  @Test func `a transport file is tabulated by its codes`() throws {
    let result = try SmallSurvey(transport, codebook: nil).run(
      "tabulate", "DATA", "Q", "--format", "csv")
    #expect(result.status == 0, "\(result.remarks)")
    #expect(result.output.contains("0.75"))
  }

  @Test func `programs read the files as R and Stata can`() throws {
    let words = ["tabulate", "DATA", "Q", "--emit"]
    let portable = try SmallSurvey(portable, codebook: nil)
    #expect(portable.result(words + ["r"]).output.contains("haven::read_por("))
    #expect(
      portable.result(words + ["stata"]).output.contains("* NOT TRANSLATED: Stata does not read"))
    let transport = try SmallSurvey(transport, codebook: nil)
    #expect(transport.result(words + ["r"]).output.contains("haven::read_xpt("))
    #expect(transport.result(words + ["stata"]).output.contains("import sasxport5 \""))
  }

  @Test(arguments: ["xpt", "por", "sas7bdat"])
  func `convert does not write what it only reads`(ending: String) throws {
    let survey = try SmallSurvey(transport, codebook: nil)
    let out = survey.folder.appending(path: "out." + ending).path
    let result = survey.result(["convert", "DATA", out])
    #expect(result.status == 64)
    #expect(result.remarks.contains("files that end in '.\(ending)' are read, and not written"))
  }
}
