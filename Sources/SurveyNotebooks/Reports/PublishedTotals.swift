import SurveyData
import SurveyReports
internal import SurveyTables

/// The printed figures that a report has beside its estimates, each counted once.
struct PublishedTotals {
  /// The figures of a data file: what each is, and how it agrees.
  private var files: [(path: String, figures: [[Records.Value]: String])] = []

  /// The ways to agree, the best first.
  private static let ways = [
    "matches", "within_rounding", "inside_interval", "differs", "not_found",
  ]
  /// What makes two lines of ledgers the same figure.
  private static let identity = ["name", "variable", "codes", "statistic", "groups", "where"]

  /// Takes in the ledger of a result.
  mutating func add(_ document: Document) {
    guard let ledger = document.records.first(where: { $0.name == "ledger" }),
      let status = ledger.columns.firstIndex(of: "published_status"),
      let path = document.data["file"]?.words
    else { return }
    let identity = Self.identity.compactMap { ledger.columns.firstIndex(of: $0) }
    if !files.contains(where: { $0.path == path }) { files.append((path, [:])) }
    guard let place = files.firstIndex(where: { $0.path == path }) else { return }
    for row in ledger.rows {
      guard case .text(let way) = row[status] else { continue }
      files[place].figures[identity.map { row[$0] }] = way
    }
  }

  /// Whether no figure was laid beside an estimate.
  var isEmpty: Bool { files.isEmpty }

  /// How many figures agree in each way, in a sentence.
  var summary: Phrase {
    let all = files.flatMap(\.figures.values)
    return .ledgerSummary(
      Self.ways.map { way in (way, all.count { $0 == way }) }, of: all.count, others: 0)
  }

  /// One row a data file and one for all, one column a way to agree that occurs.
  ///
  /// - Parameter title: What a data file is called.
  func table(in language: String, title: (String) -> String) -> Table {
    let all = files.flatMap(\.figures.values)
    let ways = Self.ways.filter(all.contains)
    func row(_ label: String, _ found: [String], _ kind: Table.Row.Kind) -> Table.Row {
      Table.Row(
        label,
        cells: [.count(found.count)] + ways.map { way in .count(found.count { $0 == way }) },
        kind: kind)
    }
    return Table(
      title: Phrase.publishedFigures.text(in: language),
      stub: Phrase.survey.text(in: language),
      columns: [Table.Column(Phrase.figuresHeading.text(in: language))]
        + ways.map { Table.Column(Phrase.figureMatch($0).text(in: language)) },
      rows: files.map { row(title($0.path), Array($0.figures.values), .body) }
        + [row(Phrase.allSurveys.text(in: language), all, .total)],
      notes: [summary.text(in: language), Phrase.agreementKey.text(in: language)])
  }
}
