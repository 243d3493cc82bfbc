package import SurveyData

/// The cells of some categorical variables of a survey, each sorted into: outside the
/// subpopulation, missing, or a valid combination of answers.
package struct AnswerCells: Sendable {
  /// The variables' names.
  package let names: [String]
  /// The variables' columns.
  package let columns: [CategoricalColumn]
  /// The cells of valid answers, by unit; their `answers` are the positions of the answers, one a
  /// variable, as one mixed-radix number over valid ones.
  package let valid: [CellTable.Cell]
  /// Where the rows went.
  package let accounting: Accounting
  /// The sums of each replicate's weights in the valid cells; nil where the variance is linearized.
  let replicates: ReplicateWeights?
  /// Which valid cells' weights were changed together, where groups have the composition of a standard
  /// population.
  let classes: StandardClasses?

  /// Counts the answers of a survey.
  ///
  /// - Parameters:
  ///   - names: Variables; the first ones answer for a row that misses several.
  ///   - reasons: Reasons for a missing answer to the first variable that are answers here.
  ///   - counted: The answer to the first variable whose codes are one here.
  ///   - survey: The survey.
  /// - Complexity: O(rows), one pass.
  package init(
    _ names: [String], keeping reasons: Set<MissingReason> = [],
    counting counted: CountedAnswer? = nil, in survey: Survey
  ) throws {
    guard !survey.isSpread else {
      throw SurveyError(.fault, at: names[0], "is tabulated from merged people without their units")
    }
    let survey =
      survey.weights.replicates == nil
      ? survey : try survey.merged(over: names.map { ($0, .codes) })
    let all = names + (survey.standard?.variables ?? [])
    try survey.dataset.load(all.map { ($0, .codes) })
    var columns = try all.map { try survey.dataset.categorical($0) }
    if !reasons.isEmpty { columns[0] = columns[0].keeping(reasons) }
    columns[0] = columns[0].netting(counted)
    var digits = columns.map(AnswerColumn.init)
    if let membership = survey.membership {
      digits.insert(AnswerColumn(positions: membership, radix: 3, validCount: 3), at: 0)
    }
    _ = try TableSize.combinations(
      digits.map(\.radix), in: survey.roster.unitCount + 1, of: all)
    let counter = CellCounter(
      units: survey.roster.unitOfRow, unitCount: survey.roster.unitCount, columns: digits,
      weights: survey.weights)
    let table = counter.table()
    try self.init(
      all, columns, table, of: survey,
      replicates: survey.weights.replicates.map { $0.with(counter.sums(of: $0, among: table)) })
  }

  private init(
    _ names: [String], _ columns: [CategoricalColumn], _ table: CellTable, of survey: Survey,
    replicates: ReplicateWeights?
  ) throws {
    let first = survey.membership == nil ? 0 : 1
    var valid: [CellTable.Cell] = []
    valid.reserveCapacity(table.cells.count)
    var used = 0
    var outside = 0
    var unknown = 0
    var missing = columns.map { Array(repeating: 0, count: $0.missing.count) }
    // What each combination is, remembered while the combinations are few.
    let patterns = table.radices.reduce(1, *)
    var kinds = [Kind?](repeating: nil, count: patterns <= 1 << 16 ? patterns : 0)
    var places: [Int] = []
    for (place, cell) in table.cells.enumerated() {
      let kind: Kind
      if !kinds.isEmpty, let known = kinds[cell.answers] {
        kind = known
      } else {
        kind = Self.kind(of: table.digits(of: cell.answers), columns, first: first)
        if !kinds.isEmpty { kinds[cell.answers] = kind }
      }
      switch kind {
      case .outside(let isUnknown):
        outside += cell.count
        if isUnknown { unknown += cell.count }
      case .missing(let variable, let code):
        missing[variable][code] += cell.count
      case .valid(let answers):
        used += cell.count
        valid.append(cell)
        valid[valid.count - 1].answers = answers
        if replicates != nil { places.append(place) }
      }
    }
    let own = names.count - (survey.standard?.variables.count ?? 0)
    self.names = Array(names.prefix(own))
    self.columns = Array(columns.prefix(own))
    var replicates = replicates.map { replicates in
      replicates.with(replicates.columns.map { sums in places.map { sums[$0] } })
    }
    classes = try survey.standard.map { standard in
      try StandardClasses(standard, of: &valid, columns, own: own)
    }
    if let classes {
      let factors = classes.factors(valid.map(\.weight))
      for (index, factor) in factors.enumerated() {
        valid[index].weight *= factor
        valid[index].squaredWeight *= factor * factor
      }
      replicates = replicates.map { replicates in
        replicates.with(
          replicates.map { sums in zip(sums, classes.factors(sums)).map { $0 * $1 } })
      }
    }
    self.valid = valid
    self.replicates = replicates
    accounting = Accounting(
      read: survey.weights.rowsRead, used: used, outside: outside, outsideUnknown: unknown,
      missing: columns.indices.flatMap { variable in
        missing[variable].indices.filter { missing[variable][$0] > 0 }.map {
          Accounting.Missing(
            variable: names[variable], code: columns[variable].missing[$0],
            count: missing[variable][$0])
        }
      })
  }

  /// What a combination of positions is.
  private enum Kind {
    case outside(unknown: Bool)
    case missing(variable: Int, code: Int)
    case valid(Int)
  }

  private static func kind(of digits: [Int], _ columns: [CategoricalColumn], first: Int) -> Kind {
    if first == 1, digits[0] != 1 { return .outside(unknown: digits[0] == 2) }
    var answers = 0
    for (variable, column) in columns.enumerated() {
      let position = digits[first + variable]
      guard position < column.categories.count else {
        return .missing(variable: variable, code: position - column.categories.count)
      }
      answers = answers * column.categories.count + position
    }
    return .valid(answers)
  }
}

extension StandardClasses {
  /// The classes of cells, which then have the answers to their own variables only.
  fileprivate init(
    _ standard: StandardPopulation, of valid: inout [CellTable.Cell],
    _ columns: [CategoricalColumn], own: Int
  ) throws {
    let space = columns[own...].reduce(1) { $0 * $1.categories.count }
    let groups = columns[1..<own]
    let groupSpace = groups.reduce(1) { $0 * $1.categories.count }
    let answers = valid.map { $0.answers % space }
    for index in valid.indices { valid[index].answers /= space }
    let keys = valid.map { $0.answers % groupSpace }
    let present = Set(keys).sorted()
    let number = Dictionary(uniqueKeysWithValues: zip(present, present.indices))
    try self.init(
      standard, among: columns[own...].map(\.categories), count: valid.count,
      groupCount: present.count, { (number[keys[$0], default: 0], answers[$0]) }
    ) { group in
      var rest = present[group]
      let codes = groups.reversed().map { column in
        defer { rest /= column.categories.count }
        return column.categories[rest % column.categories.count].code
      }
      return codes.reversed().joined(separator: ",")
    }
  }
}
