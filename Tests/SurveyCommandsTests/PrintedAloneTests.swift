import Foundation
import SurveyCommands
import Testing
import VektTestSupport

@Suite("Printed figures alone take the options of printed figures")
struct PrintedAloneTests {
  private static let file = Places.reference.appending(path: "published-indicators.csv").path

  private func remarks(_ words: [String]) -> (text: String, status: Int32) {
    let response = CommandRunner().run(
      ["tabulate", "--published", Self.file, "--where", "theme == 'health'"] + words)
    return (response.remarks.joined(separator: "\n"), response.status)
  }

  @Test(arguments: [
    "--by sex", "--weights w", "--strata s", "--psu p", "--fpc f", "--test", "--statistic F",
    "--answer 1", "--banner sex", "--codebook x.yaml", "--level 0.9", "--ci beta", "--ledger",
    "--emit r", "--facet sex", "--letters", "--bounds", "--except x", "--base all",
    "--keep refused",
    "--shares 1=0.5,2=0.5", "--percentages total", "--imputation m", "--missing <0",
    "--derive a=1", "--count", "--reliability none", "--deff srs", "--disclosure warn",
    "--digits 2",
    "--replicate-weights rw1-rw8", "--lossy", "--encoding latin1",
  ]) func `an option of data is refused by its name`(option: String) {
    let words = option.split(separator: " ").map(String.init)
    let found = remarks(words)
    #expect(found.status == 64, "\(option)")
    #expect(found.text.contains("\(words[0]) is of data, and there are none here"), "\(found.text)")
  }

  @Test func `all of them are named at once`() {
    let found = remarks(["--weights=w", "--test", "--title=--by"])
    #expect(found.text.contains("--weights, --test are of data"), "\(found.text)")
    #expect(found.text.contains("Leave them out, or name the data file"))
  }

  @Test(arguments: [
    "--title Health --subtitle x --source y --note z --sort answer --language nb --format svg",
    "--scale 0..100 --size half --hide n --colors grey --notes full --alt words --format svg",
    "--format csv --decimal-comma --digits 3", "--transpose", "--chart --format html",
    "--format xlsx --sheets one", "--same-scale --chart-kind dots --format svg",
  ]) func `what has a meaning there is taken`(options: String) {
    let found = remarks(options.split(separator: " ").map(String.init))
    #expect(found.status == 0, "\(found.text)")
  }
}
