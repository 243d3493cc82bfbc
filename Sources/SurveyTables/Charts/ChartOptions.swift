internal import SurveyData

/// How charts are to look, beside what their tables say.
public struct ChartOptions: Sendable {
  /// The kind; nil leaves it to each table.
  public var kind: Chart.Kind?
  /// A finding, below the title.
  public var subtitle = ""
  /// Words for those who do not see it; nil makes them of the numbers.
  public var alternative: String?
  /// What stands below.
  public var notes = Chart.Notes.short
  /// What is drawn besides the marks.
  public var shown = Set(Chart.Part.allCases)
  /// How the tables have been sorted; nil leaves the order to the charts.
  public var order: Table.Order?
  /// How large.
  public var size = Chart.Size.page
  /// The ends of the axis; in percent where the numbers are shares.
  public var bounds: ClosedRange<Double>?
  /// Whether all charts have one scale.
  public var hasSameScale = false
  /// Whether rows under headings have a panel each.
  public var isFaceted = false
  /// The colours.
  public var palette = ChartPalette.house
  /// The language of words.
  public var language = "en"

  /// Makes the usual.
  public init() {}
}

extension Table {
  /// The chart of the table as somebody wants it.
  ///
  /// - Throws: ``SurveyError`` of kind usage when it cannot be drawn so.
  func chart(_ options: ChartOptions) throws -> Chart {
    var chart = try chart(options.kind, sorted: options.order, isFaceted: options.isFaceted)
    let essentials =
      (drawn != nil && options.kind != .stacked && options.kind != .diverging
      ? drawn : nil)?.essentials ?? essentials
    chart.subtitle = options.subtitle
    chart.alternative = options.alternative
    chart.shown = options.shown
    chart.size = options.size
    chart.palette = options.palette
    let series = chart.withPanelsOfLines.series.count
    if let limit = options.palette.limit, series > limit {
      throw SurveyError(
        .usage, at: title.isEmpty ? nil : title,
        "there are \(series) series to tell apart, and \(limit) colour\(limit == 1 ? "" : "s")",
        remedy: "Name more colours, a line each, or take --colors blue, which has as many shades.")
    }
    if essentials.hasOwnTitle, chart.series.count == 1, chart.isShare,
      let answer = chart.series.first,
      columns.count > 1 || drawn != nil, !chart.unit.hasPrefix(answer), answer != chart.unit
    {
      chart.unit = chart.unit.isEmpty ? answer : "\(answer): \(chart.unit)"
    }
    chart.say(essentials, options.notes, in: options.language)
    if let bounds = options.bounds { try chart.bound(by: bounds, in: options.language) }
    return chart
  }
}

extension Chart {
  /// Keeps the sentences that are wanted below; the others go to the words for those who do not see it.
  fileprivate mutating func say(
    _ essentials: Table.Essentials, _ wanted: Notes, in language: String
  ) {
    let all = notes
    if wanted != .full, !essentials.isEmpty || wanted == .none {
      let people = essentials.count.map { Phrase.peopleCounted($0).text(in: language) }
      let last = [people, essentials.source].compactMap(\.self).filter { !$0.isEmpty }
      notes =
        wanted == .none
        ? []
        : [essentials.question, essentials.subpopulation] + essentials.added
          + [last.joined(separator: " · ")]
      notes.removeAll(where: \.isEmpty)
      let kept =
        [essentials.question, essentials.subpopulation, essentials.source] + essentials.added
      background = wanted == .none ? all : all.filter { !kept.contains($0) }
    }
    let hasIntervals = rows.contains { $0.points.contains { $0?.low != nil } }
    if takesIntervals, hasIntervals, !shown.contains(.intervals), wanted != .none {
      notes.append(Phrase.intervalsNotShown.text(in: language))
    }
  }

  /// Lets the axis end where somebody wants it.
  fileprivate mutating func bound(by wanted: ClosedRange<Double>, in language: String) throws {
    func fault(_ problem: String, _ remedy: String) -> SurveyError {
      SurveyError(.usage, at: title.isEmpty ? nil : title, problem, remedy: remedy)
    }
    func written(_ number: Double) -> String {
      let numbers = NumberFormat(language: "en")
      let digits = ChartScale.decimals(of: [number], shift: 0)
      return digits < 4
        ? numbers.fixed(number, digits: digits) : numbers.significant(number, digits: 3)
    }
    let text = "\(written(wanted.lowerBound))..\(written(wanted.upperBound))"
    guard kind != .stacked, kind != .diverging else {
      throw fault(
        "shares that add up reach from 0 to 100 %, whatever --scale says", "Leave --scale out.")
    }
    let factor: Double =
      switch format {
      case .percent, .points: 0.01
      case .fixed, .significant, .probability: 1
      }
    let bounds = wanted.lowerBound * factor...wanted.upperBound * factor
    guard kind != .bars || bounds ~= 0 else {
      throw fault(
        "bars begin at 0, and the scale \(text) has no 0", "Draw dots: --chart-kind dots")
    }
    guard !isLogarithmic || bounds.lowerBound > 0 else {
      throw fault("ratios have no 0, and the scale is \(text)", "Begin above 0: --scale 0.1..10")
    }
    let points = rows.flatMap { $0.points.compactMap(\.self) }
    if let outside = points.first(where: { !(bounds ~= $0.value) }) {
      throw fault(
        "the scale \(text) leaves out \(written(outside.value / factor))",
        "Let it reach over all numbers, or leave --scale out.")
    }
    let isCut = points.contains { point in
      [point.low, point.high].compactMap(\.self).contains { !(bounds ~= $0) }
    }
    if isCut, drawsIntervals { notes.append(Phrase.intervalsCut.text(in: language)) }
    self.bounds = bounds
  }
}

extension Document {
  /// The charts of the tables that can be drawn.
  ///
  /// - Throws: ``SurveyError`` of kind usage when there is no table that can be drawn so.
  public func drawn(_ options: ChartOptions = ChartOptions()) throws -> [Chart] {
    var charts: [Chart] = []
    var fault: (any Error)?
    for table in tables where table.isDrawn {
      let plain: Chart
      do {
        plain = try table.chart(options.kind)
      } catch {
        fault = fault ?? error
        continue
      }
      var own = options
      // The ends are those of the first chart's axis, and of others in its unit.
      if let first = charts.first, !plain.format.isComparable(to: first.format) { own.bounds = nil }
      charts.append(try table.chart(own))
    }
    if charts.isEmpty {
      throw fault
        ?? (tables.isEmpty
          ? SurveyError(.usage, "there is no table to draw")
          : SurveyError(
            .usage, "no chart shows numbers of several kinds together",
            remedy: "Draw one variable: vekt chart tabulate, or vekt chart summarize."))
    }
    guard options.hasSameScale else { return charts }
    return charts.map { chart in
      var chart = chart
      chart.company = charts.filter { $0.format.isComparable(to: chart.format) }
        .compactMap(\.span).reduce(nil) { all, one in
          guard let all else { return one }
          return min(all.lowerBound, one.lowerBound)...max(all.upperBound, one.upperBound)
        }
      return chart
    }
  }
}

extension Table.Format {
  /// Whether numbers in both formats may stand on one scale.
  func isComparable(to other: Table.Format) -> Bool {
    switch (self, other) {
    case (.percent, .percent), (.points, .points): true
    case (.fixed, .fixed), (.significant, .significant), (.fixed, .significant),
      (.significant, .fixed):
      true
    default: false
    }
  }
}
