import Foundation
import SurveyCommands
import Testing

@Suite("Labels in nynorsk, the words between them in bokmål")
struct NynorskTests {
  let survey: SmallSurvey

  init() throws {
    survey = try SmallSurvey(
      """
      w,g,y
      1.5,1,1
      1,2,2
      2,1,2
      1,2,1
      1,1,2
      1,2,2

      """, codebook: Self.codebook("en"))
  }

  private static func codebook(_ language: String) -> String {
    """
    vekt: 1
    language: \(language)
    study: {title: {en: Homes, nb: Hjem, nn: Heimar}}
    variables:
      w: {type: decimal, role: weight}
      g:
        label: {en: Dwelling, nb: Bolig}
        codes: {1: {en: Owner, nn: Eigar, nb: Eier}, 2: {en: Tenant, nb: Leietaker}}
        type: integer
      y:
        label: {nb: Lykkelig, en: Happy, nn: Lukkeleg}
        codes: {1: {nb: Ikke, en: "Not", nn: Ikkje}, 2: {nb: Ja, en: "Yes"}}
        type: integer
    weights: {w: {var: w, default: true}}
    """
  }

  private static let note =
    "Etikettene er på nynorsk der kodeboken har dem, ellers på bokmål; overskrifter og noter er på "
    + "bokmål."

  @Test func `a label is in nynorsk, else in bokmål, else as the codebook begins`() {
    let table = survey.run("tabulate", "DATA", "y", "--by", "g", "--language", "nn")
    #expect(table.status == 0)
    for text in ["Lukkeleg", "Ikkje", "Eigar", "Leietaker", "Bolig", "Ja", "Heimar"] {
      #expect(table.output.contains(text), "\(text) in \(table.output)")
    }
    #expect(table.output.contains("vektet %") && table.output.contains("Leste rader"))
    #expect(!table.output.contains("Owner") && !table.output.contains("Tenant"))
  }

  @Test func `numbers are Norwegian, as in bokmål`() {
    let means = survey.run("summarize", "DATA", "w", "--by", "g", "--language", "nn").output
    #expect(means.contains("1,6 (0,6–2,7)"), "\(means)")
  }

  @Test(arguments: [
    ["tabulate", "DATA", "y"], ["summarize", "DATA", "w"], ["compare", "DATA", "w", "--by", "g"],
    ["model", "DATA", "w ~ g", "--family", "linear"], ["inspect", "DATA"],
    ["codebook", "show", "DATA"], ["codebook", "check", "DATA"],
    ["tabulate", "DATA", "y", "--format", "html"], ["tabulate", "DATA", "y", "--format", "json"],
    ["tabulate", "DATA", "y", "--format", "latex"],
    ["tabulate", "DATA", "y", "--format", "markdown"],
  ])
  func `every verb says that its words are bokmål`(words: [String]) {
    let said = survey.result(words + ["--language", "nn"]).output.split(
      whereSeparator: \.isWhitespace
    )
    .joined(separator: " ")
    #expect(said.contains(Self.note), "\(said)")
    #expect(!survey.result(words + ["--language", "nb"]).output.contains("nynorsk"))
  }

  @Test func `CSV says it beside the figures`() {
    let csv = survey.run("tabulate", "DATA", "y", "--format", "csv", "--language", "nn")
    #expect(csv.remarks.contains("note: \(Self.note)"))
    #expect(csv.output.contains("Ikkje"))
  }

  @Test func `a picture alone has no room for it, so that standard error says it`() {
    let words = ["tabulate", "DATA", "y", "--format", "svg", "--language"]
    let picture = survey.result(words + ["nn"])
    #expect(picture.output.contains("<svg ") && !picture.output.contains(Self.note))
    #expect(picture.remarks.contains("note: \(Self.note)"), "\(picture.remarks)")
    #expect(!survey.result(words + ["nb"]).remarks.contains("nynorsk"))
  }

  @Test func `charts, pages, Word files and exports take the labels`() throws {
    let chart = survey.run(
      "tabulate", "DATA", "y", "--by", "g", "--language", "nn", "--format", "svg"
    ).output
    #expect(chart.contains("lang=\"nn\"") && chart.contains("Eigar</text>"))
    let page = survey.run("tabulate", "DATA", "y", "--format", "html", "--language", "nn").output
    #expect(page.contains("<html lang=\"nn\">") && page.contains("Ikkje"))
    for format in ["do", "sps", "table-schema", "html", "markdown"] {
      let words = ["codebook", "export", "DATA", "--to", format, "--language", "nn"]
      #expect(survey.result(words).output.contains("Ikkje"), "\(format)")
    }
  }

  @Test func `a codebook in nynorsk needs no option`() throws {
    let own = try SmallSurvey("w,g,y\n1,1,1\n2,2,2\n", codebook: Self.codebook("nn"))
    let table = own.run("tabulate", "DATA", "y").output
    #expect(table.contains("Ikkje") && table.contains("Leste rader"))
  }

  @Test func `another language is refused with those that there are`() {
    let refused = survey.run("tabulate", "DATA", "y", "--language", "da")
    #expect(refused.status == 64)
    #expect(refused.remarks.contains("--language is 'da'; it is en, nb or nn."))
  }
}
