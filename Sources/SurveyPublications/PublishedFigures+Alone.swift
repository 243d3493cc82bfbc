internal import SurveyData
internal import SurveyReaders
package import SurveyReports
internal import SurveyStatistics
package import SurveyTables

extension PublishedFigures {
  /// All printed shares of the file beside the estimates, and nothing else.
  /// - Throws: `SurveyError` when the file holds none or none selects anything.
  package func ledgerAlone(context: ResultContext) throws -> Document {
    let survey = context.survey
    let names = try PublishedFile(
      path, variables: Set(survey.dataset.variableNames)
    )
    .figures.map(\.variable)
    let ledger = try shares(
      of: names, in: survey, percentages: .row, options: context.options)
    return Document(
      data: try context.data(), design: context.design, records: [ledger.records],
      tables: [ledger.table(language: context.language, level: context.options.level)],
      notes: context.notes + ledger.notes(in: context.language))
  }

  /// The printed figures of the file by themselves, with no data beside them: a table of those that are
  /// shares and one of the others, each figure under what it is of.
  ///
  /// - Parameter condition: Which rows of the file are shown; nil means all.
  /// - Throws: `SurveyError` when the file cannot be read, or no figure is left.
  package func asPrinted(in language: String, where condition: String?) throws -> Document {
    let names = Set(try Dataset(contentsOf: path).variableNames)
    let file = try PublishedFile(path, variables: names, alone: language, where: condition)
    guard !file.figures.isEmpty else {
      throw SurveyError(
        .noAnswer, at: path,
        condition.map { "no row with a figure has \($0)" } ?? "no row has a figure")
    }
    let kinds = [
      file.figures.filter { $0.unit != .number }, file.figures.filter { $0.unit == .number },
    ]
    return Document(
      records: [
        Records(
          "rows",
          columns: [
            "name", "variable", "codes", "statistic", "groups", "where", "published", "digits",
            "page", "source", "line",
          ],
          rows: file.figures.map { figure in
            [
              .text(figure.name), .text(figure.variable),
              .text(figure.codes.joined(separator: " ")), .text(figure.statistic),
              .text(figure.groups.map { "\($0.variable)=\($0.code)" }.joined(separator: " ")),
              .text(figure.condition ?? ""), .number(figure.value / figure.unit.factor),
              .integer(figure.digits), .text(figure.page), .text(figure.source),
              .integer(figure.line),
            ]
          })
      ],
      tables: kinds.filter { !$0.isEmpty }.map { table(of: $0, in: language) },
      notes: file.notes.map { Phrase($0).text(in: language) })
  }

  private func table(of figures: [PublishedFigure], in language: String) -> Table {
    let isShare = figures[0].unit != .number
    var rows: [Table.Row] = []
    for figure in figures {
      let name =
        figure.name.isEmpty
        ? ([figure.variable] + figure.codes).joined(separator: " ") : figure.name
      let parts = figure.groups.map(\.code) + [figure.condition].compactMap(\.self)
      let place = parts.isEmpty ? Phrase.all.text(in: language) : parts.joined(separator: ", ")
      let format: Table.Format =
        isShare
        ? .percent(digits: figure.unit == .share ? max(0, figure.digits - 2) : figure.digits)
        : .fixed(digits: figure.digits)
      if rows.last(where: { $0.kind == .heading })?.label != name {
        rows.append(Table.Row(name, kind: .heading))
      }
      rows.append(
        Table.Row(
          place, indent: 1,
          cells: [
            .estimate(
              Table.Quantity(figure.value / figure.unit.factor, as: format), low: nil, high: nil,
              mark: ""), .text(figure.page),
          ]))
    }
    let sources = figures.map(\.source).reduce(into: [String]()) { all, source in
      if !source.isEmpty, !all.contains(source) { all.append(source) }
    }
    let source = Phrase.source(
      (sources.isEmpty ? [path.split(separator: "/").last.map(String.init) ?? path] : sources)
        .joined(separator: "; ")
    ).text(in: language)
    return Table(
      title: Phrase.publishedFigures.text(in: language),
      unit: isShare ? Phrase.percent.text(in: language) : "",
      columns: [
        Table.Column(Phrase.published.text(in: language)),
        Table.Column(Phrase.page.text(in: language), isText: true),
      ], rows: rows, notes: [source], essentials: Table.Essentials(source: source))
  }
}
