internal import SurveyData
package import SurveyReports
package import SurveyStatistics
internal import SurveyTables

/// Printed figures beside the estimates of the same things.
package struct Ledger {
  /// A printed figure and what was found for it.
  struct Entry {
    let figure: PublishedFigure
    let estimate: Double
    let interval: ConfidenceInterval
    let count: Int
    /// Why nothing was found; nil when something was.
    let problem: String?

    var match: FigureMatch { FigureMatch(estimate, interval, figure) }
  }

  let entries: [Entry]
  /// The figures of the file that are of other variables.
  let others: Int
  private let path: String
  /// The figure of each cell of the result; the first where several select it.
  private let entryOfCell: [ResultCell: Entry]
  private let fileNotes: [Note]

  /// Estimates what every figure of some variables selects.
  ///
  /// - Parameters:
  ///   - isAsked: Whether a figure is of the variables of the command.
  ///   - cell: The cell of the command's result that a figure selects; nil when it selects none, as
  ///     when it is of several answers.
  ///   - estimate: The estimate of a figure; nil when nothing is what it selects.
  /// - Throws: ``SurveyError`` of kind noAnswer when no figure selects anything.
  package init(
    _ file: PublishedFile, isAsked: (PublishedFigure) -> Bool,
    cell: (PublishedFigure) -> ResultCell?,
    estimate: (PublishedFigure) throws -> (Double, ConfidenceInterval, Int)?
  ) throws {
    let asked = file.figures.filter(isAsked)
    path = file.path
    others = file.figures.count - asked.count
    guard !asked.isEmpty else {
      let names = Set(file.figures.map(\.variable)).sorted().prefix(8).joined(separator: ", ")
      throw SurveyError(
        .noAnswer, at: file.path,
        file.figures.isEmpty
          ? "holds no figures"
          : "none of its \(file.figures.count) figures is of what is asked; they are of \(names)",
        remedy: "Name one of these variables, or check the column 'variable'.")
    }
    entries = asked.map { figure in
      do {
        if let found = try estimate(figure) {
          return Entry(
            figure: figure, estimate: found.0, interval: found.1, count: found.2, problem: nil)
        }
        return Entry(
          figure: figure, estimate: .nan, interval: .none, count: 0,
          problem: "no cell with " + Self.selector(of: figure))
      } catch {
        let problem = (error as? SurveyError)?.description ?? "\(error)"
        return Entry(
          figure: figure, estimate: .nan, interval: .none, count: 0,
          problem: problem.split(separator: "\n").first.map(String.init) ?? problem)
      }
    }
    entryOfCell = Dictionary(
      zip(asked, entries).compactMap { figure, entry in
        guard let plain = figure.withoutCondition, entry.problem == nil else { return nil }
        return cell(plain).map { ($0, entry) }
      }, uniquingKeysWith: { first, _ in first })
    fileNotes = file.notes
    guard entries.contains(where: { $0.problem == nil }) else {
      throw SurveyError(
        .noAnswer, at: "\(file.path):\(entries[0].figure.line)",
        "the published table selects nothing in the data: \(entries[0].problem ?? "")",
        remedy: "Check its codes and groups with `vekt inspect`.")
    }
  }

  /// What a figure selects, in words.
  private static func selector(of figure: PublishedFigure) -> String {
    var parts: [String] = []
    if !figure.codes.isEmpty {
      parts.append("\(figure.variable) \(figure.codes.joined(separator: " "))")
    }
    if !figure.statistic.isEmpty { parts.append(figure.statistic) }
    parts += figure.groups.map { "\($0.variable) \($0.code)" }
    return parts.isEmpty ? figure.variable : parts.joined(separator: ", ")
  }

  /// A figure in words: its name, with what it is of where several have the name.
  private func label(of figure: PublishedFigure) -> String {
    guard !figure.name.isEmpty else {
      return Self.selector(of: figure) + (figure.condition.map { " (\($0))" } ?? "")
    }
    guard entries.count(where: { $0.figure.name == figure.name }) > 1 else { return figure.name }
    let parts =
      figure.groups.map { "\($0.variable) \($0.code)" } + [figure.condition].compactMap { $0 }
    return parts.isEmpty ? figure.name : "\(figure.name) (\(parts.joined(separator: ", ")))"
  }

  /// How many figures agree in each way.
  func count(_ match: FigureMatch) -> Int { entries.count { $0.match == match } }

  /// The figures as records.
  var records: Records {
    Records(
      "ledger",
      columns: [
        "name", "variable", "codes", "statistic", "groups", "where", "published", "digits",
        "estimate", "conf_low", "conf_high", "n", "published_status", "page", "source", "line",
      ],
      rows: entries.map { entry in
        let figure = entry.figure
        return [
          .text(figure.name), .text(figure.variable),
          .text(figure.codes.joined(separator: " ")), .text(figure.statistic),
          .text(figure.groups.map { "\($0.variable)=\($0.code)" }.joined(separator: " ")),
          figure.condition.map { .text($0) } ?? .empty,
          .number(figure.value / figure.unit.factor), .integer(figure.digits),
          .number(entry.estimate), .number(entry.interval.low), .number(entry.interval.high),
          .integer(entry.count), .text(entry.match.rawValue), .text(figure.page),
          .text(figure.source), .integer(figure.line),
        ]
      })
  }

  /// A result's rows with the printed number of each and how it agrees.
  func marking(_ records: Records, cells rows: [ResultCell]) -> Records {
    var marked = Records(
      records.name, columns: records.columns + ["published", "published_status"],
      rows: zip(records.rows, rows).map { row, cell in
        guard let entry = entryOfCell[cell] else { return row + [.empty, .empty] }
        return row + [
          .number(entry.figure.value / entry.figure.unit.factor), .text(entry.match.rawValue),
        ]
      })
    marked.details = records.details
    marked.shares = records.shares
    return marked.addingShares(["published"])
  }

  /// The marks of a table's cells, beside their estimates, and what they mean.
  package func marks(in language: String) -> CellMarks {
    let found = Set(entryOfCell.values.map(\.match))
    return CellMarks(
      entryOfCell.mapValues(\.match.mark),
      legend: FigureMatch.allCases.filter { found.contains($0) && !$0.mark.isEmpty }.map {
        Table.Mark($0.mark, Phrase.figureMatchKey($0.rawValue).text(in: language))
      })
  }

  /// The figures as a table.
  func table(language: String, level: Double) -> Table {
    var table = Table(
      title: Phrase.publishedFigures.text(in: language),
      unit: Phrase.interval(level: level).text(in: language),
      columns: [
        Table.Column(Phrase.published.text(in: language)),
        Table.Column(Phrase.foundHere.text(in: language)),
        Table.Column(Phrase.n.text(in: language)),
        Table.Column(Phrase.agreement.text(in: language), isText: true),
        Table.Column(Phrase.page.text(in: language), isText: true),
      ],
      rows: entries.map { entry in
        let figure = entry.figure
        func format(_ digits: Int) -> Table.Format {
          figure.unit == .percent ? .percent(digits: digits) : .fixed(digits: digits)
        }
        let printed = figure.value / figure.unit.factor
        return Table.Row(
          label(of: figure),
          cells: [
            .estimate(
              Table.Quantity(printed, as: format(figure.digits)), low: nil, high: nil, mark: ""),
            entry.problem == nil
              ? .estimate(
                Table.Quantity(entry.estimate, as: format(figure.digits + 1)),
                low: entry.interval.low, high: entry.interval.high, mark: "") : .empty,
            entry.problem == nil ? .count(entry.count) : .empty,
            .text(Phrase.figureMatch(entry.match.rawValue).text(in: language)),
            .text(figure.page),
          ])
      }, notes: [summary.text(in: language), Phrase.agreementKey.text(in: language)])
    // Printed figures have no intervals, so that bars would not show which are estimates.
    table.chartKind = .dots
    table.subject = Table.Subject(records: records.name)
    return table
  }

  /// How many figures agree in each way, in a sentence.
  var summary: Phrase {
    .ledgerSummary(
      FigureMatch.allCases.map { ($0.rawValue, count($0)) }, of: entries.count, others: others)
  }

  /// What must be known of the figures: those that select nothing.
  package func notes(in language: String) -> [String] {
    fileNotes.map { Phrase($0).text(in: language) }
      + entries.compactMap { entry in
        entry.problem.map { "\(path):\(entry.figure.line): \($0)" }
      }
  }
}

extension FigureMatch {
  /// The sign beside an estimate.
  var mark: String {
    switch self {
    case .matches: "="
    case .withinRounding: "≈"
    case .insideInterval: "~"
    case .differs: "≠"
    case .notFound: ""
    }
  }
}

extension PublishedFigure {
  /// The same figure with its condition as groups, `origin == 'x' and sex == 1`; nil when the
  /// condition says anything else.
  fileprivate var withoutCondition: PublishedFigure? {
    guard let condition else { return self }
    var figure = self
    figure.condition = nil
    for part in condition.replacing(" and ", with: "&").split(separator: "&") {
      let sides = part.replacing("==", with: "=").split(separator: "=").map { side in
        String(side.filter { !$0.isWhitespace })
      }
      guard sides.count == 2, sides[0].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }),
        let code = Self.literal(sides[1])
      else { return nil }
      figure.groups.append(Group(sides[0], code))
    }
    return figure
  }

  /// A number, or a text between quotation marks.
  private static func literal(_ text: String) -> String? {
    if Double(text) != nil { return text }
    guard text.count > 2, let quote = text.first, quote == text.last, "'\"".contains(quote) else {
      return nil
    }
    let inner = text.dropFirst().dropLast()
    return inner.contains(where: { "'\"<>!()".contains($0) }) ? nil : String(inner)
  }
}
