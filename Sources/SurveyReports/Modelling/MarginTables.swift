internal import SurveyData
internal import SurveyModels
internal import SurveyStatistics
internal import SurveyTables

/// The printed tables of margins, predictions and contrasts.
struct MarginTables {
  let context: ResultContext
  /// Whether the outcome is a chance, printed in percent.
  let isChance: Bool
  let covariates: Covariates

  private var language: String { context.language }

  // MARK: Effects

  /// Effects by variable and contrast, those in several places with their differences.
  func effects(_ effects: MarginalEffects, of variables: [String]) -> Table {
    let contrasts = Self.runs(of: effects.rows) { [$0.variable, $0.contrast] }
    let hasPlaces = Set(effects.rows.map(\.place)).count > 1
    let all =
      effects.rows.map { ($0.variable, $0.difference) }
      + effects.differences.map { ($0.effect.variable, $0.difference) }
    let formats = Dictionary(grouping: all) { $0.0 }.mapValues {
      differenceFormat($0.map(\.1))
    }
    var rows: [Table.Row] = []
    var heading = ""
    for run in contrasts {
      let first = run[0]
      let start = rows.count
      defer {
        for index in start..<rows.count {
          rows[index] = formatted(
            rows[index], as: formats[first.variable] ?? .significant(digits: 3))
        }
      }
      let isOnly = variables.count == 1
      if hasPlaces {
        if contrasts.count > 1 {
          rows.append(Table.Row(name(of: first, isOnly: isOnly), kind: .heading))
        }
        rows += places(run, effects.differences, indent: contrasts.count > 1 ? 1 : 0)
        continue
      }
      if !isOnly, first.category != nil, first.variable != heading {
        rows.append(
          Table.Row(
            title(of: first.variable),
            cells: reference(of: first.variable, effects.rows).map { [.text($0)] } ?? [],
            kind: .heading))
      }
      heading = first.variable
      let isNested = !isOnly && first.category != nil
      let isPlain = isNested && reference(of: first.variable, effects.rows) != nil
      let label =
        isPlain ? first.category?.name(in: language) ?? "" : name(of: first, isOnly: true)
      rows += lines(
        label, run.map { ($0.outcome, $0.difference, $0.count) }, indent: isNested ? 1 : 0,
        isTitled: isOnly && contrasts.count == 1)
    }
    return Table(
      title: effectTitle(effects, variables, contrasts.count), unit: unit(isDifference: true),
      columns: Self.columns(language), rows: rows,
      notes: notes(
        effects.rows.first?.difference.degreesOfFreedom, tests(effects.tests, of: effects.rows),
        effects.rows.map(\.difference.missingInformation)))
  }

  private func effectTitle(
    _ effects: MarginalEffects, _ variables: [String], _ contrasts: Int
  ) -> String {
    guard variables.count == 1, let first = effects.rows.first else {
      return Phrase.averageMarginalEffects.text(in: language)
    }
    let title = Phrase.averageMarginalEffect(of: self.title(of: first.variable))
      .text(in: language)
    return contrasts == 1 && first.category != nil
      ? "\(title) (\(name(of: first, isOnly: true)))" : title
  }

  /// The places of one contrast, then the differences between them.
  private func places(
    _ run: [MarginalEffects.Row], _ differences: [MarginalEffects.SecondDifference], indent: Int
  ) -> [Table.Row] {
    let own = differences.filter { run.contains($0.effect) }
    let pairs = Self.runs(of: own) { [name(of: $0.effect.place), name(of: $0.reference.place)] }
    return Self.runs(of: run) { [name(of: $0.place)] }.flatMap { place in
      lines(
        name(of: place[0].place), place.map { ($0.outcome, $0.difference, $0.count) },
        indent: indent)
    }
      + pairs.flatMap { pair in
        let label: Phrase =
          pairs.count == 1
          ? .difference
          : .differenceBetween(
            name(of: pair[0].effect.place), name(of: pair[0].reference.place))
        return lines(
          label.text(in: language), pair.map { ($0.effect.outcome, $0.difference, nil) },
          indent: indent)
      }
  }

  /// A row, or the answers of the outcome under a heading, which a title may have said.
  private func lines(
    _ label: String, _ rows: [(outcome: Category?, difference: Difference, count: Int?)],
    indent: Int, isTitled: Bool = false
  ) -> [Table.Row] {
    let hasAnswers = rows.contains { $0.outcome != nil }
    let hasHeading = hasAnswers && !isTitled
    return (hasHeading ? [Table.Row(label, indent: indent, kind: .heading)] : [])
      + rows.map {
        row(
          $0.outcome?.name(in: language) ?? label, indent: indent + (hasHeading ? 1 : 0),
          $0.difference, $0.count)
      }
  }

  /// `university − compulsory school`, or the variable for a slope.
  private func name(of row: MarginalEffects.Row, isOnly: Bool) -> String {
    let title = title(of: row.variable)
    guard let category = row.category, let reference = row.reference else {
      return Phrase.perUnit(of: title).text(in: language)
    }
    let contrast = "\(category.name(in: language)) − \(reference.name(in: language))"
    return isOnly ? contrast : "\(title): \(contrast)"
  }

  private func name(of place: MarginalEffects.Place) -> String {
    place.group?.name(in: language) ?? place.answers.map(name).joined(separator: " · ")
  }

  private func name(of set: SetVariable) -> String {
    let variable = try? context.survey.dataset.variable(set.variable)
    let label = variable?.categories.first { $0.code == set.answer.text }?.name(in: language)
    return label ?? "\(title(of: set.variable)) \(number(set.answer))"
  }

  private func number(_ answer: FixedAnswer) -> String {
    guard case .number(let value) = answer else { return answer.text }
    let format = NumberFormat(language: language)
    return format.place(value) ?? format.significant(value, digits: 4)
  }

  /// The reference of a factor all of whose effects are differences from it.
  private func reference(of variable: String, _ rows: [MarginalEffects.Row]) -> String? {
    let references = Set(rows.filter { $0.variable == variable }.map(\.reference))
    guard references.count == 1, let reference = references.first ?? nil else { return nil }
    return Phrase.reference(reference.name(in: language)).text(in: language)
  }

  /// - Parameter rows: The effects that they test, some on one answer, `contact=1`, only.
  private func tests(_ tests: [TestResult], of rows: [MarginalEffects.Row] = []) -> [Phrase] {
    tests.map { test in
      let answer = rows.lazy.compactMap(\.outcome).first { test.variable.hasSuffix("=\($0.code)") }
      let variable = title(of: test.term.split(separator: ":").first.map { String($0) } ?? "")
      let tested =
        answer.map { Phrase.onAnswer(variable, $0.name(in: language)).text(in: language) }
        ?? variable
      let name: Phrase =
        test.test == "second-differences"
        ? .equalEffects(of: tested)
        : test.test == "contrasts" ? .allCombinations : .allEffects(of: tested)
      return .testResult(
        name, statistic: test.statistic, df1: test.df1, df2: test.df2, p: test.pValue)
    }
  }

  // MARK: Predictions and contrasts

  /// Predictions by what is set.
  func predictions(
    _ predictions: Predictions, of outcome: String, counting event: String?, over group: String?
  ) -> Table {
    let errors = predictions.rows.map(\.standardError)
    let format: Table.Format =
      isChance
      ? .percent(digits: context.digits ?? decimals(toShow: errors.map { 100 * $0 }))
      : .fixed(digits: context.digits ?? decimals(toShow: errors))
    let along = curveAxis(of: predictions)
    var table = Table(
      title: Phrase.adjustedPredictions(of: context.title(of: outcome, counting: event))
        .text(in: language),
      unit: unit(isDifference: false),
      stub: (predictions.variables + [group].compactMap { $0 }).map(title)
        .joined(separator: " · "),
      columns: [
        Table.Column(Phrase.estimate.text(in: language)),
        Table.Column(Phrase.n.text(in: language), isRepeated: true),
      ],
      rows: Self.runs(of: predictions.rows) { [place(of: $0)] }.flatMap { run in
        let hasAnswers = run.contains { $0.outcome != nil }
        return (hasAnswers ? [Table.Row(place(of: run[0]), kind: .heading)] : [])
          + run.map { row in
            var line = Table.Row(
              row.outcome?.name(in: language) ?? place(of: row), indent: hasAnswers ? 1 : 0,
              cells: [
                .estimate(
                  Table.Quantity(row.estimate, as: format),
                  low: row.interval.low.isNaN ? nil : row.interval.low,
                  high: row.interval.high.isNaN ? nil : row.interval.high, mark: ""),
                .count(row.count),
              ])
            line.curve = along.map { curve(of: row, along: $0) }
            return line
          }
      },
      notes: notes(
        predictions.rows.first?.degreesOfFreedom, [], predictions.rows.map(\.missingInformation)))
    if let along {
      table.chartKind = .lines
      table.axis = title(of: predictions.variables[along])
    }
    return table
  }

  private func place(of row: Predictions.Row) -> String {
    (row.answers.map(value) + [row.group?.name(in: language)].compactMap { $0 })
      .joined(separator: " · ")
  }

  /// A label, or a number without its variable's name, which stands above it.
  func value(_ set: SetVariable) -> String {
    let variable = try? context.survey.dataset.variable(set.variable)
    return variable?.categories.first { $0.code == set.answer.text }?.name(in: language)
      ?? number(set.answer)
  }

  /// Written-out combinations.
  func contrasts(_ contrasts: Contrasts) -> Table {
    let format: Table.Format =
      context.digits.map { .fixed(digits: $0) } ?? .significant(digits: 3)
    return Table(
      title: Phrase.combinations.text(in: language),
      unit: Phrase.unit(.estimate, level: context.options.level).text(in: language),
      columns: [Table.Column(Phrase.estimate.text(in: language)), Table.Column("")],
      rows: contrasts.rows.map { row in
        formatted(
          self.row(row.contrast, indent: 0, row.difference, nil, hasCount: false), as: format)
      },
      notes: (tests(contrasts.tests)
        + [.df(contrasts.rows.first?.difference.degreesOfFreedom ?? .nan)]
        + context.missingInformation(contrasts.rows.map(\.difference.missingInformation)))
        .map { $0.text(in: language) })
  }

  // MARK: Parts

  private static func columns(_ language: String) -> [Table.Column] {
    [
      Table.Column(Phrase.estimate.text(in: language)), Table.Column(""),
      Table.Column(Phrase.n.text(in: language), isRepeated: true),
    ]
  }

  private func row(
    _ label: String, indent: Int, _ difference: Difference, _ count: Int?, hasCount: Bool = true
  ) -> Table.Row {
    Table.Row(
      label, indent: indent,
      cells: [
        .estimate(
          Table.Quantity(difference.estimate, as: .significant(digits: 3)),
          low: difference.interval.low.isNaN ? nil : difference.interval.low,
          high: difference.interval.high.isNaN ? nil : difference.interval.high, mark: ""),
        .probability(difference.pValue),
      ] + (hasCount ? [count.map(Table.Cell.count) ?? .empty] : []))
  }

  /// A row with its estimate in another format.
  private func formatted(_ row: Table.Row, as format: Table.Format) -> Table.Row {
    var row = row
    row.cells = row.cells.map { cell in
      guard case .estimate(let quantity, let low, let high, let mark) = cell else { return cell }
      return .estimate(
        Table.Quantity(quantity.value, as: format), low: low, high: high, mark: mark)
    }
    return row
  }

  private func differenceFormat(_ differences: [Difference]) -> Table.Format {
    let errors = differences.map(\.standardError)
    return isChance
      ? .points(digits: context.digits ?? max(1, decimals(toShow: errors.map { 100 * $0 })))
      : .fixed(digits: context.digits ?? decimals(toShow: errors))
  }

  private func unit(isDifference: Bool) -> String {
    let unit: Phrase =
      isChance
      ? isDifference ? .percentagePoints : .predictedPercent
      : isDifference ? .difference : .predictedMean
    return Phrase.unit(unit, level: context.options.level).text(in: language)
  }

  private func notes(
    _ df: Double?, _ tests: [Phrase], _ information: [MissingInformation?]
  ) -> [String] {
    (tests + [
      .joined([.covariates(covariates.rawValue), .df(df ?? .nan)], separator: " ")
    ] + context.missingInformation(information)).map { $0.text(in: language) }
  }

  private func title(of name: String) -> String {
    (try? context.survey.dataset.variable(name))?.title(in: language) ?? name
  }

  /// Neighbouring rows with the same key.
  private static func runs<Row>(of rows: [Row], by key: (Row) -> [String]) -> [[Row]] {
    rows.reduce(into: []) { runs, row in
      if let last = runs.last?.last, key(last) == key(row) {
        runs[runs.count - 1].append(row)
      } else {
        runs.append([row])
      }
    }
  }
}
