import SurveyTables

/// Made-up tables that the snapshots share.
enum Samples {
  static let groups = [
    "Immigrants, country group 1", "Immigrants, country group 2", "Immigrants, country group 3",
    "Norwegian-born, immigrant parents", "No immigrant background",
  ]

  static func share(_ value: Double, _ low: Double, _ high: Double, _ mark: String = "")
    -> Table.Cell
  {
    .estimate(Table.Quantity(value, as: .percent(digits: 0)), low: low, high: high, mark: mark)
  }

  /// A question by group: flags, a hidden row, a row of all.
  static let trust = Table(
    title: "Can most people be trusted?", unit: "weighted %, 95\u{A0}% interval",
    columns: [
      Table.Column("most people can be trusted"), Table.Column("can't be too careful"),
      Table.Column("n", isRepeated: true),
    ],
    rows: [
      Table.Row(groups[0], cells: [share(0.8, 0.77, 0.83), share(0.2, 0.17, 0.23), .count(803)]),
      Table.Row(
        groups[1], cells: [share(0.48, 0.451, 0.51), share(0.52, 0.49, 0.55), .count(1214)]),
      Table.Row(
        groups[2], cells: [share(0.58, 0.4, 0.74, "a"), share(0.42, 0.26, 0.6), .count(43)]),
      Table.Row(groups[3], cells: [.hidden, .hidden, .count(9)]),
      Table.Row(
        groups[4], cells: [share(0.94, 0.91, 0.96), share(0.06, 0.04, 0.09), .count(1102)]),
      Table.Row(
        "All", cells: [share(0.66, 0.64, 0.68), share(0.34, 0.32, 0.36), .count(5680)],
        kind: .total),
    ],
    legend: [Table.Mark("a", "wide interval: read with caution")],
    notes: [
      "Question: “Generally speaking, would you say that most people can be trusted …?”",
      "Row percentages of those who answered. Rows read 6\u{202F}000: 5\u{202F}680 counted, "
        + "214 don't know, 106 refused.",
      "Design: stratified, 20 strata, element sample; weight 'weight'; logit intervals, df "
        + "5\u{202F}980.",
    ])

  /// A model: headings with references, ratios, p-values.
  static let model: Table = {
    func odds(_ value: Double, _ low: Double, _ high: Double, _ p: Double) -> [Table.Cell] {
      [
        .estimate(Table.Quantity(value, as: .fixed(digits: 2)), low: low, high: high, mark: ""),
        .probability(p),
      ]
    }
    return Table(
      title: "Discriminated against, ever: logistic regression",
      unit: "odds ratio, 95\u{A0}% interval", columns: [Table.Column(""), Table.Column("")],
      rows: [
        Table.Row("Education", cells: [.text("(reference: compulsory school)")], kind: .heading),
        Table.Row("upper secondary", indent: 1, cells: odds(1.21, 0.98, 1.49, 0.08)),
        Table.Row("university", indent: 1, cells: odds(1.64, 1.31, 2.05, 0.0004)),
        Table.Row("Age, decades", cells: odds(10.4, 9.31, 12.049, 0.011)),
      ], notes: ["n 4\u{202F}912 · 20 strata · df 4\u{202F}887"])
  }()

  /// Average marginal effects: signed points, an interval that crosses zero.
  static let margins: Table = {
    func effect(_ value: Double, _ low: Double, _ high: Double) -> Table.Cell {
      .estimate(Table.Quantity(value, as: .points(digits: 1)), low: low, high: high, mark: "")
    }
    return Table(
      title: "Gjennomsnittlig marginaleffekt av utdanning", unit: "prosentpoeng, 95\u{A0}% KI",
      columns: [Table.Column("effekt"), Table.Column("p")],
      rows: [
        Table.Row("innvandrere", cells: [effect(-0.008, -0.031, 0.015), .probability(0.49)]),
        Table.Row("norskfødte", cells: [effect(0.148, 0.093, 0.203), .probability(0.00001)]),
        Table.Row("differanse", cells: [effect(0.156, 0.02, 0.154), .probability(0.011)]),
      ])
  }()

  /// What inspect lists: words, counts, a bar.
  static let listing = Table(
    title: "everyday.csv", unit: "6\u{202F}000 rows, 40 columns", stub: "variable",
    columns: [
      Table.Column("label", isText: true), Table.Column("type", isText: true),
      Table.Column("answered"), Table.Column("missing", isText: true), Table.Column(""),
      Table.Column("most frequent", isText: true),
    ],
    rows: [
      Table.Row(
        "general_trust",
        cells: [
          .text("Can most people be trusted, or can't one be too careful?"), .text("categorical"),
          .count(5680), .text("214 don't know, 106 refused"), .bar(0.66), .text("yes 66\u{A0}%"),
        ]),
      Table.Row(
        "age",
        cells: [
          .text("Age at the interview"), .text("number"), .count(6000), .empty, .bar(0.031),
          .text("16–98, mean 41.3"),
        ]),
    ])

  /// Two levels of headings, two letters at one estimate, and numbers of unknown size.
  static let crossed = Table(
    title: "Life satisfaction", unit: "mean", stub: "region",
    columns: [
      Table.Column("young", group: "Women"), Table.Column("old", group: "Women"),
      Table.Column("young", group: "Men in paid work or in education"), Table.Column("sum"),
      Table.Column("n"),
    ],
    rows: [
      Table.Row(
        "east", cells: [score(7.25, "ab"), score(10), score(6.5), sum(1234.5), .count(99)]),
      Table.Row("west", cells: [score(.nan), .empty, .hidden, sum(-0.00123), .text("few")]),
    ], legend: [Table.Mark("a", "few"), Table.Mark("b", "wide")])

  private static func score(_ value: Double, _ mark: String = "") -> Table.Cell {
    .estimate(Table.Quantity(value, as: .fixed(digits: 1)), low: nil, high: nil, mark: mark)
  }

  private static func sum(_ value: Double) -> Table.Cell {
    .number(Table.Quantity(value, as: .significant(digits: 3)))
  }

  /// Thirty answers in three groups of columns.
  static let wide = Table(
    title: "Thirty answers", unit: "%", stub: "group",
    columns: (1...30).map {
      Table.Column("answer \($0)", group: ["Women", "Men", "All"][($0 - 1) / 10])
    } + [Table.Column("n", isRepeated: true)],
    rows: ["one", "two"].map { label in
      Table.Row(
        label,
        cells: (1...30).map { share(Double($0) / 40, Double($0) / 50, Double($0) / 35) } + [
          .count(12345)
        ])
    })
}

extension String {
  /// The text with plain spaces for unbreakable ones, so that snapshots can be read.
  var plain: String { replacing("\u{A0}", with: " ").replacing("\u{202F}", with: " ") }
}
