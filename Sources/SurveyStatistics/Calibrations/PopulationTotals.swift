package import SurveyData

/// What is known of a population: how many there are in categories, and what numbers add up to.
package struct PopulationTotals: Hashable, Sendable {
  /// The variable of everybody, whose total is the size of the population.
  package static let all = "(all)"

  /// One total.
  package struct Line: Hashable, Sendable {
    /// The variable; crossed ones with `:` between them, `(all)` for everybody.
    package let variable: String
    /// The category, crossed ones with `:` between them; empty for the total of a number.
    package let category: String
    /// The total, or a share of all.
    package let total: Double
    /// Where it is, for errors.
    package let place: String

    /// Makes a total.
    package init(_ variable: String, _ category: String, _ total: Double, place: String = "") {
      self.variable = variable
      self.category = category
      self.total = total
      self.place = place
    }
  }

  package let lines: [Line]
  /// What the totals are called in errors: their file.
  package let name: String
  /// Their covariance, in the order of `lines`, where they were estimated; nil where they are known.
  package var covariance: [[Double]]?

  /// Makes totals.
  package init(_ lines: [Line], name: String, covariance: [[Double]]? = nil) {
    self.lines = lines
    self.name = name
    self.covariance = covariance
  }

  /// The totals that a codebook states; nil when it states none.
  package init?(of codebook: Codebook) {
    guard !codebook.totals.isEmpty else { return nil }
    let path = codebook.path ?? "totals"
    self.init(
      codebook.totals.map { Line($0.variable, $0.category, $0.total, place: path) }, name: path)
  }

  /// Reads a file of totals: the columns `variable`, `category`, `total`, or for crossed cells a column
  /// of codes for each variable and `total` (or `Freq`, as in R).
  ///
  /// - Throws: ``SurveyError`` for other columns, for a total that is missing or negative, and for two
  ///   totals of the same.
  package init(_ dataset: Dataset) throws {
    let path = dataset.source.facts.path
    let columns = dataset.variableNames
    guard let total = ["total", "Freq"].first(where: columns.contains) else {
      throw SurveyError(
        .data, at: path, "has no column 'total'",
        remedy:
          "Its columns are variable, category and total, or one for each crossed variable and "
          + "total.")
    }
    let values = try dataset.numeric(total).values
    let isLong = columns.contains("variable")
    let names = isLong ? ["variable", "category"] : columns.filter { $0 != total }
    guard !names.isEmpty, !isLong || columns.contains("category") else {
      throw SurveyError(
        .data, at: path, "has no column '\(isLong ? "category" : "variable")'",
        remedy: "Its columns are variable, category and total.")
    }
    let texts = try names.map { try dataset.text($0).values.map(\.bare) }
    var seen: Set<[String]> = []
    var lines: [Line] = []
    for row in values.indices {
      let place = "\(path): row \(row + 1)"
      let cell = texts.map { $0[row] }
      let (variable, category) =
        isLong ? (cell[0], cell[1]) : (names.joined(separator: ":"), cell.joined(separator: ":"))
      let label = category.isEmpty ? "'\(variable)'" : "'\(category)' of '\(variable)'"
      guard !variable.isEmpty else { throw SurveyError(.data, at: place, "names no variable") }
      guard values[row].isFinite else {
        throw SurveyError(.data, at: place, "the total of \(label) is missing")
      }
      guard values[row] >= 0 || category.isEmpty && variable != Self.all else {
        throw SurveyError(
          .data, at: place,
          "the total of \(label) is \(canonicalCode(values[row])), and nothing is fewer "
            + "than none")
      }
      guard seen.insert([variable, category]).inserted else {
        throw SurveyError(
          .data, at: place, "\(label) has two totals", remedy: "Leave one of them out.")
      }
      lines.append(Line(variable, category, values[row], place: place))
    }
    self.init(lines, name: path)
  }
}

extension PopulationTotals {
  /// How near the sums of totals are that are the same: as near as printed shares.
  private static let agreement = 1e-6

  /// The totals of a frame's columns in their order, and the frame with the columns that have one.
  ///
  /// Shares of a margin, which add up to 1, are taken of the size of the population where it is given,
  /// else of the weights.
  ///
  /// - Parameters:
  ///   - sum: The sum of the weights.
  ///   - codes: The codes that a variable may have.
  /// - Throws: ``SurveyError`` for a category that the totals lack, for one that nobody of the sample is in,
  ///   for margins that add up to different sums.
  func targets(
    of frame: CalibrationFrame, sum: Double, codes: (_ variable: String) -> [String]
  ) throws -> [Double] {
    var byVariable: [String: [String: Line]] = [:]
    for line in lines { byVariable[line.variable, default: [:]][line.category] = line }
    let size = byVariable[Self.all]?[""]?.total
    var targets = frame.columns.map { _ in Double.nan }
    for (place, column) in frame.columns.enumerated() {
      guard let own = byVariable[column.variable] else {
        let isAll = column.variable == Self.all
        throw SurveyError(
          .data, at: name,
          isAll
            ? "has no total of everybody, which the formula needs"
            : "has no totals of '\(column.variable)'",
          remedy: isAll
            ? "Add a line '\(Self.all)' with an empty category, or write '- 1' into the formula."
            : suggestion(for: column.variable, among: byVariable.keys.sorted())
              ?? "It has those of \(byVariable.keys.sorted().joined(separator: ", ")).")
      }
      guard let line = own[column.category] else {
        throw SurveyError(
          .data, at: name,
          column.category.isEmpty
            ? "has totals of the categories of '\(column.variable)', which is a number here"
            : "has no total of '\(column.category)' of '\(column.variable)', which the sample has",
          remedy: column.category.isEmpty
            ? "Write factor(\(column.variable)) in the formula."
            : "Add it, or merge categories in both, such as with --derive.")
      }
      targets[place] = line.total
    }
    for margin in frame.margins {
      let variable = frame.columns[margin.lowerBound].variable
      try requireInSample(
        margin, of: frame, byVariable[variable],
        codes: variable.contains(":") ? [] : codes(variable))
    }
    var agreed = size.map { (Self.all, $0) }
    for margin in frame.margins {
      let variable = frame.columns[margin.lowerBound].variable
      var whole = targets[margin].reduce(0, +)
      guard whole > 0 else {
        throw SurveyError(.data, at: name, "the totals of '\(variable)' are all zero")
      }
      let isShare = abs(whole - 1) < Self.agreement && sum > 1.5
      if isShare {
        let all = size ?? sum
        for place in margin { targets[place] *= all / whole }
        whole = all
      }
      guard let (other, agreedSum) = agreed else {
        agreed = (variable, whole)
        continue
      }
      guard abs(whole - agreedSum) <= Self.agreement * agreedSum else {
        throw SurveyError(
          .data, at: name,
          "the totals contradict each other: those of '\(variable)' add up to \(Self.text(whole)), "
            + "those of '\(other)' to \(Self.text(agreedSum))",
          remedy:
            "All margins are of the same people: correct them, or give shares that add up to 1.")
      }
      // Rounded totals would never be met all at once.
      for place in margin { targets[place] *= agreedSum / whole }
    }
    return targets
  }

  /// The covariance of the totals of a frame's columns, in their order; nil where the totals are known.
  func covariance(of frame: CalibrationFrame) -> [[Double]]? {
    covariance.map { covariance in
      let places = frame.columns.map { column in
        lines.firstIndex { $0.variable == column.variable && $0.category == column.category } ?? 0
      }
      return places.map { i in places.map { covariance[i][$0] } }
    }
  }

  private static func text(_ number: Double) -> String {
    canonicalCode((number * 1e6).rounded() / 1e6)
  }

  /// Throws for a category with a total that is no code, or that nobody in the sample is in.
  private func requireInSample(
    _ margin: Range<Int>, of frame: CalibrationFrame, _ lines: [String: Line]?, codes: [String]
  ) throws {
    let present = Set(frame.columns[margin].map(\.category))
    let variable = frame.columns[margin.lowerBound].variable
    let absent = (lines ?? [:]).values.filter { $0.total > 0 && !present.contains($0.category) }
    guard let first = absent.min(by: { $0.category < $1.category }) else { return }
    let place = first.place.isEmpty ? name : first.place
    if first.category.isEmpty {
      throw SurveyError(
        .data, at: place,
        "the total of '\(variable)' is that of a number, and the variable has categories here",
        remedy: "Write number(\(variable)) in the formula, or give a total of each category.")
    }
    guard codes.isEmpty || codes.contains(first.category) else {
      throw SurveyError(
        .data, at: place, "'\(variable)' has no code '\(first.category)'",
        remedy: suggestion(for: first.category, among: codes)
          ?? "It has \(codes.prefix(12).joined(separator: ", ")).")
    }
    throw SurveyError(
      .data, at: place,
      "nobody in the sample with a weight is in '\(first.category)' of '\(variable)', and its total is "
        + Self.text(first.total),
      remedy: "Merge it with a neighbour in both, such as with --derive, or correct the code.")
  }
}
