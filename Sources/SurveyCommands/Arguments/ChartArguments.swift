public import ArgumentParser
internal import SurveyData
internal import SurveyReports
internal import SurveySessions
internal import SurveyTables

/// What stands above and below tables and charts, in which order their rows stand, and how charts look:
/// shared by all verbs.
public struct ChartArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The title of the table and its chart; {question}, {group}, {n} and {estimate} (of the row of "
        + "all) are filled in.", valueName: "text"))
  var title: String?

  @Option(
    help: ArgumentHelp("A line below the chart's title, such as the finding.", valueName: "text"))
  var subtitle: String?

  @Option(
    help: ArgumentHelp(
      "The source below tables and charts; '' leaves it out (default: the study's).",
      valueName: "text"))
  var source: String?

  @Option(
    help: ArgumentHelp(
      "What stands below instead of the question and n; '+text' adds to them, '' takes them away.",
      valueName: "text"))
  var note: String?

  @Option(
    help: ArgumentHelp(
      "The chart in words, for those who do not see it (default: its numbers).", valueName: "text"))
  var alt: String?

  @Option(
    help: ArgumentHelp(
      "Below the chart: short (question, n, source), full (as below the table) or none.",
      valueName: "notes"))
  var notes = Chart.Notes.short

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The order of rows, in tables and charts, under each heading: answer (largest first), -answer, "
        + "n, label, codebook (default: codebook; charts sort groups without an order by answer).",
      valueName: "order"))
  var sort: Table.Order?

  @Option(
    help: ArgumentHelp(
      "What the chart shows beside its marks: n,intervals,values (default: all); a --banner shows "
        + "intervals in its table.",
      valueName: "list"))
  var show: PartList?

  @Option(
    help: ArgumentHelp("What of n,intervals,values the chart leaves out.", valueName: "list"))
  var hide: PartList?

  @Option(
    help: ArgumentHelp(
      "The size of the chart: 720x450, or half (350 wide), page (720 wide), slide (960x540), square "
        + "(600x600) (default: page).", valueName: "size"))
  var size: Chart.Size?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The ends of the chart's axis, in percent for shares: 0..100; --scale 0..100 says the same.",
      valueName: "range"))
  var axis: AxisRange?

  @Flag(help: "One scale for all charts of the command.")
  var sameScale = false

  @Option(
    help: ArgumentHelp(
      "A panel for each group of this variable; it goes first among those of --by.",
      valueName: "group"))
  var facet: String?

  @Option(
    help: ArgumentHelp(
      "The chart's colours: okabe-ito, blue, grey, or a file with a colour such as #0072b2 a line, "
        + "after it perhaps that on dark paper.", valueName: "palette"))
  var colors: String?

  /// Makes the defaults; the parser fills them.
  public init() {}

  /// Whether intervals are asked for and nothing else, which the table of a banner can show as well.
  private var showsIntervalsAlone: Bool { show?.parts == [.intervals] }

  /// Whether something is asked that only a chart can show.
  var asksForChart: Bool {
    subtitle != nil || alt != nil || notes != .short || (show != nil && !showsIntervalsAlone)
      || hide != nil || size != nil
      || axis != nil || sameScale || facet != nil || colors != nil
  }

  /// The options of printed tables that records for machines have no use for.
  var printedOnly: String? {
    [
      ("--title", title != nil), ("--source", source != nil), ("--note", note != nil),
      ("--sort", sort != nil),
    ]
    .first(where: \.1)?.0
  }

  /// A document whose tables have the titles, notes and order that are asked for, with its charts where
  /// they are wanted.
  ///
  /// - Throws: ``SurveyError`` for what the tables cannot be, or show.
  func arranged(
    _ document: Document, as kind: Chart.Kind?, isDrawn: Bool, language: String
  ) throws -> (document: Document, remarks: [String]) {
    var document = document
    var remarks: [String] = []
    let first = document.tables.firstIndex(where: \.isDrawn) ?? 0
    let namesEach = title?.contains("{question}") ?? false
    if title != nil, !namesEach, document.tables.count(where: \.isDrawn) > 1 {
      remarks.append(
        "note: --title names the first of \(document.tables.count) tables; to name each, write "
          + "--title '{question}, by {group}'")
    }
    let texts = TableTexts(title: title, source: source, note: note)
    document.tables = try document.tables.enumerated().map { place, table in
      var table = table
      table.know(interval: document.level.map { Phrase.interval(level: $0).text(in: language) })
      var own = texts
      if !namesEach, place != first { own.title = nil }
      table = try table.saying(own, in: language)
      return sort.map { table.sorted(by: $0, in: language) } ?? table
    }
    guard isDrawn else { return (document, remarks) }
    let options = try options(kind, language: language)
    document.charts = try document.drawn(options)
    let style = Style(language: language)
    let grown = document.charts.filter { $0.height(style) > $0.size.height ?? .infinity }
    return (
      document,
      remarks
        + grown.map { chart in
          "note: the chart '\(chart.title)' needs \(Int(chart.height(style))) of height, more than the "
            + "\(Int(chart.size.height ?? 0)) of --size"
        }
    )
  }

  private func options(_ kind: Chart.Kind?, language: String) throws -> ChartOptions {
    var options = ChartOptions()
    options.kind = kind
    options.subtitle = subtitle ?? ""
    options.alternative = alt
    options.notes = notes
    options.shown = (show?.parts ?? Set(Chart.Part.allCases)).subtracting(hide?.parts ?? [])
    options.order = sort
    options.size = size ?? .page
    options.bounds = axis?.range
    options.hasSameScale = sameScale
    options.isFaceted = facet != nil
    options.language = language
    if let colors {
      options.palette =
        try ChartPalette.named.first { $0.name == colors }?.palette
        ?? ChartPalette(reading: ReportFiles.read(colors), path: colors)
    }
    return options
  }
}

extension Document {
  /// The level of its intervals; nil when the design does not say.
  fileprivate var level: Double? {
    guard case .object(let members) = design,
      case .value(.number(let level))? = members.first(where: { $0.key == "level" })?.tree
    else { return nil }
    return level
  }
}

extension Table {
  /// Notes what the intervals at the end of units are called.
  fileprivate mutating func know(interval: String?) {
    guard let interval else { return }
    essentials.interval = interval
    drawn?.essentials.interval = interval
  }
}
