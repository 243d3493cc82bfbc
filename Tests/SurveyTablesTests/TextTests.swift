import SurveyTables
import Testing

@Suite struct TextTests {
  @Test func `a question by group with flags, hidden cells and a row of all`() {
    #expect(
      Samples.trust.text() == #"""
        Can most people be trusted?                      weighted %, 95 % interval
        ──────────────────────────────────────────────────────────────────────────
                                            most people can   can't be too
                                            be trusted        careful            n
        Immigrants, country group 1         80  (77–83)       20 (17–23)       803
        Immigrants, country group 2         48  (45–51)       52 (49–55)     1 214
        Immigrants, country group 3         58ᵃ (40–74)       42 (26–60)        43
        Norwegian-born, immigrant parents    :                 :                 9
        No immigrant background             94  (91–96)        6 (4–9)       1 102
        ──────────────────────────────────────────────────────────────────────────
        All                                 66  (64–68)       34 (32–36)     5 680

        ᵃ wide interval: read with caution
        Question: “Generally speaking, would you say that most people can be trusted …?”
        Row percentages of those who answered. Rows read 6 000: 5 680 counted, 214 don't know, 106
          refused.
        Design: stratified, 20 strata, element sample; weight 'weight'; logit intervals, df 5 980.

        """#)
  }

  @Test func `long labels and headings are wrapped where the table would be too wide`() {
    #expect(
      Samples.trust.text(Style(language: "nb", width: 60)) == #"""
        Can most people be trusted?    weighted %, 95 % interval
        ────────────────────────────────────────────────────────
                                  most people  can't be
                                  can be       too
                                  trusted      careful         n
        Immigrants, country       80  (77–83)  20 (17–23)    803
          group 1
        Immigrants, country       48  (45–51)  52 (49–55)  1 214
          group 2
        Immigrants, country       58ᵃ (40–74)  42 (26–60)     43
          group 3
        Norwegian-born,            :            :              9
          immigrant parents
        No immigrant background   94  (91–96)   6 (4–9)    1 102
        ────────────────────────────────────────────────────────
        All                       66  (64–68)  34 (32–36)  5 680

        ᵃ wide interval: read with caution
        Question: “Generally speaking, would you say that most
          people can be trusted …?”
        Row percentages of those who answered. Rows read 6 000:
          5 680 counted, 214 don't know, 106 refused.
        Design: stratified, 20 strata, element sample; weight
          'weight'; logit intervals, df 5 980.

        """#)
  }

  @Test func `a model has headings with their reference and p-values that say so`() {
    #expect(
      Samples.model.text() == #"""
        Discriminated against, ever: logistic regression   odds ratio, 95 % interval
        ────────────────────────────────────────────────────────────────────────────
        Education           (reference: compulsory school)
          upper secondary    1.21 (0.98–1.49)      p 0.08
          university         1.64 (1.31–2.05)    p < 0.001
        Age, decades        10.40 (9.31–12.05)     p 0.011

        n 4 912 · 20 strata · df 4 887

        """#)
  }

  @Test func `Norwegian numbers have decimal commas and a word where a dash would meet a minus`() {
    #expect(
      Samples.margins.text(Style(language: "nb")) == #"""
        Gjennomsnittlig marginaleffekt av utdanning   prosentpoeng, 95 % KI
        ───────────────────────────────────────────────────────────────────
                      effekt                       p
        innvandrere    −0,8 (−3,1 til 1,5)     0,49
        norskfødte    +14,8 (9,3–20,3)       < 0,001
        differanse    +15,6 (2,0–15,4)         0,011

        """#)
  }

  @Test func `a listing has words, counts and small bars`() {
    #expect(
      Samples.listing.text() == #"""
        everyday.csv                                                                  6 000 rows, 40 columns
        ────────────────────────────────────────────────────────────────────────────────────────────────────
        variable       label             type         answered  missing                     most frequent
        general_trust  Can most people   categorical     5 680  214 don't know,   █████▎    yes 66 %
                       be trusted, or                           106 refused
                       can't one be too
                       careful?
        age            Age at the        number          6 000                    ▎         16–98, mean 41.3
                       interview

        """#)
  }

  @Test func `a listing gives way in its words before it is broken`() {
    #expect(
      Samples.listing.text(Style(width: 60)) == #"""
        everyday.csv                     6 000 rows, 40 columns
        ───────────────────────────────────────────────────────
        variable       label           type         answered
        general_trust  Can most        categorical     5 680
                       people be
                       trusted, or
                       can't one be
                       too careful?
        age            Age at the      number          6 000
                       interview

        ───────────────────────────────────────────────────────
        variable       missing                   most frequent
        general_trust  214 don't       █████▎    yes 66 %
                       know, 106
                       refused
        age                            ▎         16–98, mean
                                                 41.3

        """#)
  }

  @Test func `thirty columns are broken by groups and keep n in each part`() {
    #expect(
      Samples.wide.text() == #"""
        Thirty answers                                                                                  %
        ─────────────────────────────────────────────────────────────────────────────────────────────────
               Women
               ───────────────────────────────────────────────────────────────────────────
        group  answer 1  answer 2  answer 3  answer 4   answer 5    answer 6    answer 7         n
        one    3 (2–3)   5 (4–6)   8 (6–9)   10 (8–11)  13 (10–14)  15 (12–17)  18 (14–20)  12 345
        two    3 (2–3)   5 (4–6)   8 (6–9)   10 (8–11)  13 (10–14)  15 (12–17)  18 (14–20)  12 345

        ─────────────────────────────────────────────────────────────────────────────────────────────────
               Women                               Men
               ──────────────────────────────────  ──────────────────────────────────────────────
        group  answer 8    answer 9    answer 10   answer 11   answer 12   answer 13   answer 14        n
        one    20 (16–23)  23 (18–26)  25 (20–29)  28 (22–31)  30 (24–34)  33 (26–37)  35 (28–40)  12 345
        two    20 (16–23)  23 (18–26)  25 (20–29)  28 (22–31)  30 (24–34)  33 (26–37)  35 (28–40)  12 345

        ─────────────────────────────────────────────────────────────────────────────────────────────────
               Men                                                                     All
               ──────────────────────────────────────────────────────────────────────  ──────────
        group  answer 15   answer 16   answer 17   answer 18   answer 19   answer 20   answer 21        n
        one    38 (30–43)  40 (32–46)  43 (34–49)  45 (36–51)  48 (38–54)  50 (40–57)  53 (42–60)  12 345
        two    38 (30–43)  40 (32–46)  43 (34–49)  45 (36–51)  48 (38–54)  50 (40–57)  53 (42–60)  12 345

        ─────────────────────────────────────────────────────────────────────────────────────────────────
               All
               ──────────────────────────────────────────────────────────────────────────────────
        group  answer 22   answer 23   answer 24   answer 25   answer 26   answer 27   answer 28        n
        one    55 (44–63)  58 (46–66)  60 (48–69)  63 (50–71)  65 (52–74)  68 (54–77)  70 (56–80)  12 345
        two    55 (44–63)  58 (46–66)  60 (48–69)  63 (50–71)  65 (52–74)  68 (54–77)  70 (56–80)  12 345

        ─────────────────────────────────────────────────────────────────────────────────────────────────
               All
               ──────────────────────
        group  answer 29   answer 30        n
        one    73 (58–83)  75 (60–86)  12 345
        two    73 (58–83)  75 (60–86)  12 345

        """#)
  }

  @Test func `two levels of headings, each group over its columns`() {
    #expect(
      Samples.crossed.text() == #"""
        Life satisfaction                                       mean
        ────────────────────────────────────────────────────────────
                                Men in paid work
                 Women          or in education
                 ────────────   ────────────────
        region   young    old              young           sum     n
        east     7.3ᵃᵇ   10.0                6.5   1 235          99
        west     –                           :        −0.00123   few

        ᵃ few
        ᵇ wide

        """#)
  }

  @Test(arguments: [40, 47, 60, 80, 100, 133])
  func `no line is longer than the width and no number is cut`(width: Int) {
    for table in [Samples.trust, Samples.model, Samples.margins, Samples.crossed, Samples.wide] {
      let lines = table.text(Style(width: width)).split(separator: "\n")
      #expect(lines.allSatisfy { $0.count <= width })
    }
    let wide = Samples.wide.text(Style(width: width))
    for place in 1...30 { #expect(wide.contains("answer \(place)")) }
    #expect(!wide.contains(/\([0-9]+–?\n/))
  }

  @Test func `wide characters take two cells`() {
    let table = Table(
      title: "漢字", columns: [Table.Column("n")],
      rows: [
        Table.Row("漢字", cells: [.count(1)]), Table.Row("a\u{30A}bcd", cells: [.count(2)]),
      ])
    #expect(
      table.text() == """
        漢字
        ────────
               n
        漢字   1
        a\u{30A}bcd   2

        """)
  }

  @Test func `a table without rows, columns or cells is no fault`() {
    #expect(Table(title: "Empty", columns: [], rows: []).text() == "Empty\n─────\n")
    let sparse = Table(
      title: "", columns: [Table.Column("a"), Table.Column("b")],
      rows: [Table.Row("x", cells: [.count(1)])])
    #expect(sparse.text() == "─────────\n    a   b\nx   1\n")
    #expect(Document(command: "x").text() == "")
  }

  @Test func `only a terminal with colour sees bold titles`() {
    let table = Table(title: "Title", columns: [], rows: [Table.Row("H", kind: .heading)])
    #expect(table.text().contains("\u{1B}") == false)
    #expect(
      table.text(Style(color: true)) == "\u{1B}[1mTitle\u{1B}[0m\n─────\n\u{1B}[1mH\u{1B}[0m\n")
  }
}
