import SurveyData
import SurveyReports
import SurveyTables
import Testing

@Suite struct PhraseTests {
  @Test(
    arguments: [
      (Phrase.all, "All", "Alle"),
      (
        .unit(.weightedPercent, level: 0.95), "weighted %, 95 % interval", "vektet %, 95 % KI"
      ),
      (.unit(.mean, level: nil), "mean", "gjennomsnitt"),
      (
        .rowsRead(
          6000, counted: 5680,
          others: [
            (214, Phrase("Don't know", "Vet ikke")), (0, Phrase("Refused", "Ønsker ikke svare")),
            (106, Phrase(verbatim: "NAV")),
          ]), "Rows read 6 000: 5 680 counted, 214 don't know, 106 NAV.",
        "Leste rader 6 000: 5 680 talt med, 214 vet ikke, 106 NAV."
      ),
      (
        .design(strata: 20, clusters: nil, weight: "w", remarks: [.intervals("logit"), .df(5980)]),
        "Design: stratified, 20 strata, element sample; weight 'w'; logit intervals; df 5 980.",
        "Utvalgsplan: stratifisert, 20 strata, elementutvalg; vekt «w»; logit-intervaller; df 5 980."
      ),
      (
        .design(strata: nil, clusters: 1200, weight: nil),
        "Design: 1 200 sampling units; unweighted.", "Utvalgsplan: 1 200 primærenheter; uvektet."
      ),
      (
        .design(strata: 1, clusters: 4, weight: nil),
        "Design: stratified, 1 stratum, 4 sampling units; unweighted.",
        "Utvalgsplan: stratifisert, 1 stratum, 4 primærenheter; uvektet."
      ),
      (
        .design(strata: nil, clusters: nil, weight: nil),
        "Design: simple random sampling assumed.", "Utvalgsplan: enkelt tilfeldig utvalg er antatt."
      ),
      (
        .size(rows: 6000, columns: 40), "6 000 rows, 40 columns", "6 000 rader, 40 kolonner"
      ),
      (
        .testResult(.equalGroups(nil), statistic: 42.81, df1: 3, df2: 24, p: 0.0001),
        "Do the groups differ? Wald F(3, 24) = 42.8, p < 0.001",
        "Er gruppene forskjellige? Wald F(3; 24) = 42,8, p < 0,001"
      ),
      (
        .testResult(.equalGaps, statistic: .nan, df1: 3, df2: -4, p: .nan),
        "Do the gaps differ? Wald F: none, since the sampling units are too few",
        "Er avstandene forskjellige? Wald F: ingen, siden det er for få utvalgsenheter"
      ),
      (
        .testResult(.equalItems, statistic: .nan, df1: 3, df2: 4, p: .nan),
        "Do the answers to the two differ? Wald F: none, since the variance of what is tested is not "
          + "known or not of full rank",
        "Er svarene på de to forskjellige? Wald F: ingen, siden variansen til det som testes, ikke er "
          + "kjent eller ikke har full rang"
      ),
      (.df(-4), "no degrees of freedom", "ingen frihetsgrader"),
      (
        .rise(
          group: nil, from: "low", to: "high", slope: -1,
          Phrase.Finding(
            -0.1, low: -0.22, high: 0.02, level: 0.95, as: .points(digits: 0))),
        "No clear difference between “low” and “high” (−10 points, 95 % −22 to 2) by themselves; over "
          + "all levels together it falls clearly.",
        "Ingen tydelig forskjell mellom «low» og «high» (−10 poeng, 95 % −22 til 2) for seg; over alle "
          + "nivåene samlet faller det tydelig."
      ),
      (
        .judgementsCompared(
          group: "a", first: "A", second: "B",
          Phrase.Finding(1, low: .nan, high: .nan, level: 0.95, as: .points(digits: 0))),
        "a: how sure the difference between “A” and “B” is, the sample does not say (+100 points).",
        "a: hvor sikker forskjellen mellom «A» og «B» er, sier ikke utvalget (+100 poeng)."
      ),
      (.statistic("q0.25"), "percentile 25", "persentil 25"),
      (.statistic("q0.975"), "percentile 97.5", "persentil 97,5"),
      (.statistic("q0.5"), "median", "median"),
      (.statistic("quark"), "quark", "quark"),
      (.test("wald"), "Wald F", "Wald F"),
      (
        .testResult(.test("F"), statistic: 5.06, df1: 3.94, df2: 4887, p: 0.0004),
        "Rao–Scott F(3.9, 4 887) = 5.06, p < 0.001", "Rao–Scott F(3,9; 4 887) = 5,06, p < 0,001"
      ),
      (.question("Hva?"), "Question: “Hva?”", "Spørsmål: «Hva?»"),
    ] as [(Phrase, String, String)])
  func `a phrase in both languages`(phrase: Phrase, en: String, nb: String) {
    #expect(phrase.text(in: "en").plain == en)
    #expect(phrase.text(in: "nb").plain == nb)
    #expect(phrase.text(in: "de") == phrase.text(in: "en"))
  }

  @Test(arguments: [
    ("compare.stratum-left-out", ["x", "one"], "'x' er utelatt: det er bare én gruppe der"),
    ("compare.trend-without-order", [], "er nominal, så trenden"),
    ("scale.reversed", ["8", "trust"], "er snudd, 8 − trust"),
    ("margins.without-group", ["3"], "mangler for 3 av dem"),
    (
      "csv.dialect-detected", ["delimiter ;, decimal comma", "d"], "fant skilletegn ;, desimalkomma"
    ),
    (
      "csv.unknown-code", ["trust", "1", "'9'", "kept"],
      "'trust' har 1 verdi som kodeboka ikke kjenner"
    ),
    ("published.without-value", ["2"], "2 rader er uten verdi"),
    (
      "append.rows", ["2", "59", "13", "1: 1 (x)"],
      "2 filer, 59 rader, 13 variabler i begge; bare i 1: 1 (x): ikke spurt om i den andre runden"
    ),
    ("append.weights-total", ["mean", "1: 9"], "vekt: alle rundene summerer seg"),
    ("append.derivations", ["'a', 'b' and 3 more"], "verdiene til 'a', 'b' og 3 til er beholdt"),
    ("model.empty-outcome", ["4"], "ingen i modellen svarte 4"),
    ("paradox.no-ratio", ["A or only B", "x"], "ingen i 'x' gir bare A eller bare B"),
  ])
  func `notes are said in Norwegian too`(_ id: String, _ values: [String], _ start: String) {
    let phrase = Phrase(Note(.information, id: id, "in English", naming: values, at: "place"))
    #expect(phrase.text(in: "en").hasSuffix("in English"))
    #expect(phrase.text(in: "nb").hasPrefix("place: \(start)"), "\(phrase.text(in: "nb"))")
  }

  @Test func `findings are said in Norwegian too`() {
    func words(_ id: String, _ count: Int?, _ values: [String]) -> String {
      Phrase.finding(id, "in English", count: count, values: values).text(in: "nb")
    }
    #expect(words("weight-missing", 1, []) == "vekten mangler i 1 rad")
    #expect(
      words("columns-not-described", 12, ["a, b and 10 more"])
        == "kodeboka beskriver ikke 12 av filas kolonner: a, b og 10 til")
    #expect(words("unused-codes", 14, ["1, 2"]) == "ingen rad har 1, 2 og 2 til")
    #expect(words("sha256", nil, []) == "in English")
    #expect(
      words("weight-not-named", nil, ["weight", "weights: {w: {var: w}}"])
        == "ser ut som en vekt, uten at kodeboka sier det")
    #expect(words("out-of-range", 1, ["9", "1 to 5"]) == "1 rad er 9, utenfor området 1 til 5")
    #expect(
      Phrase.remedy("design-not-named", "If it is one", values: ["psu", "design: {psu: u}"])
        .text(in: "nb") == "Stemmer det, skriv `design: {psu: u}`.")
    #expect(Phrase.remedy("sha256", "in English", values: []).text(in: "nb") == "in English")
  }

  @Test func `tests combined from p-values say so`() {
    #expect(
      Phrase.test("d2-lrt").text(in: "en") == "Rao–Scott likelihood ratio, D2 over imputations: F")
    #expect(
      Phrase.test("d2-goodness-of-fit").text(in: "nb")
        == "Samsvar med oppgitte andeler, Rao–Scott, D2 over imputeringer: F")
  }
}

extension String {
  /// The same with plain blanks.
  fileprivate var plain: String {
    replacing("\u{A0}", with: " ").replacing("\u{202F}", with: " ")
  }
}
