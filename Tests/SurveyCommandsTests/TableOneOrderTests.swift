import Foundation
import SurveyCommands
import Testing
import VektTestSupport

@Suite("The order of answers in one table of any variables, and its page of LaTeX")
struct TableOneOrderTests {
  private static let data =
    Places.root.appending(path: "SampleData/everyday-integration-2023.csv").path

  private func text(_ words: String...) -> String {
    let response = CommandRunner().run(["summarize", Self.data] + words + ["--table1"])
    #expect(response.status == 0, "\(response.remarks)")
    return String(decoding: response.output, as: UTF8.self)
  }

  /// The labels of rows that stand so far in, in order.
  private func labels(_ text: String, indent: Int = 2) -> [String] {
    text.split(separator: "\n").filter {
      $0.prefix { $0 == " " }.count == indent && $0.last?.isNumber == true
    }.map { line in
      line.drop { $0 == " " }.split(separator: "  ")[0].split(separator: " ").joined(separator: " ")
    }
  }

  private static let levels = [
    "Compulsory or less", "Upper secondary", "Higher education, up to four years",
    "Higher education, more than four years",
  ]

  @Test(arguments: [
    ("codebook", [0, 1, 2, 3]), ("answer", [1, 2, 0, 3]), ("-answer", [3, 0, 2, 1]),
    ("n", [1, 2, 0, 3]), ("label", [0, 3, 2, 1]),
  ])
  func `the answers of a variable stand as they are sorted, those missing last`(
    order: String, places: [Int]
  ) {
    let found = labels(text("age", "education", "--by", "sex", "--sort", order, "--language", "en"))
    #expect(Array(found.prefix(5)) == places.map { Self.levels[$0] } + ["Missing"], "\(found)")
  }

  @Test func `the answers to a question with several are sorted, and variables stay`() throws {
    let codebook = ["--language", "en", "--sort", "answer"]
    let found = text(
      "discrimination_arenas", "sex", codebook[0], codebook[1], codebook[2], codebook[3])
    let lines = found.split(separator: "\n").filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
    let shares = lines.prefix { !$0.contains("Male") && !$0.contains("Female") }.compactMap {
      line in
      line.contains("Missing") ? nil : line.split(separator: " ").last.flatMap { Int($0) }
    }
    #expect(shares.count == 7 && shares == shares.sorted(by: >), "\(found)")
    let place = { (part: String) in try #require(found.firstRange(of: part)).lowerBound }
    #expect(try place("discrimination") < place("Sex"))
  }

  @Test func `a program has no order, and machines none either`() {
    let csv = text("education", "--format", "csv")
    #expect(csv.contains("education,1"))
  }

  // MARK: LaTeX

  private func latex(_ words: String...) -> String {
    let response = CommandRunner().run(
      ["summarize", Self.data] + words + ["--table1", "--format", "latex", "--language", "nb"])
    return String(decoding: response.output, as: UTF8.self)
  }

  @Test func `a table too wide for a page stands across, and its packages are named`() {
    let wide = latex("age", "education", "--by", "generation")
    #expect(wide.hasPrefix("% needs \\usepackage{booktabs, threeparttable, siunitx, rotating}\n"))
    #expect(
      wide.contains("\\begin{sidewaystable}\n\\centering\n\\small\\setlength{\\tabcolsep}{3pt}"))
    #expect(wide.contains("\\end{sidewaystable}") && !wide.contains("\\begin{table}"))
    // The heading over a group is no wider than its columns.
    #expect(wide.contains("\\shortstack[c]{Norskfødt med\\\\innvandrerforeldre}"), "\(wide)")
    let narrow = latex("education")
    #expect(narrow.contains("\\begin{table}") && !narrow.contains("rotating"))
    #expect(narrow.contains("\\begin{tabular}{l S"))
  }

  @Test func `one that has no room across either is cut between groups and between rows`() {
    let long = latex("age", "education", "trust_*", "--by", "generation")
    let parts = long.components(separatedBy: "\\begin{table}").dropFirst()
    #expect(parts.count == 4, "\(long)")
    #expect(parts.dropFirst().allSatisfy { $0.contains("\\addtocounter{table}{-1}") })
    #expect(parts.dropFirst().allSatisfy { $0.contains("(fortsatt)}") })
    #expect(parts.dropLast().allSatisfy { !$0.contains("Leste rader") })
    #expect(parts.last?.contains("Leste rader") == true)
    // Every number stands there once, and p-values beside every part of the groups.
    #expect(long.components(separatedBy: " & 6032 & ").count - 1 == 2)
    for part in parts { #expect(part.contains("{p}")) }
  }
}
