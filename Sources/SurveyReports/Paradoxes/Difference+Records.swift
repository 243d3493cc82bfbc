internal import SurveyData
internal import SurveyStatistics
internal import SurveyTables

extension Difference {
  /// Its cell in a table.
  func cell(as format: Table.Format) -> Table.Cell {
    interval.cell(estimate, as: format)
  }
}

extension Difference {
  /// The same for a sentence.
  func finding(as format: Table.Format, level: Double, nothing: Double = 0) -> Phrase.Finding {
    Phrase.Finding(
      estimate, low: interval.low, high: interval.high, level: level, as: format,
      nothing: nothing)
  }
}

extension ResultContext {
  /// The group that differs most from the reference, in a sentence; that none does.
  func compared(
    _ what: Phrase, _ rows: [(group: Category, reference: Category, difference: Difference)],
    as format: Table.Format
  ) -> [Phrase] {
    let known = rows.filter { !$0.difference.interval.low.isNaN }
    let findings = known.map { $0.difference.finding(as: format, level: options.level) }
    let clear = known.indices.filter { findings[$0].isClear }
    let most = (clear.isEmpty ? Array(known.indices) : clear).max {
      abs(findings[$0].value) < abs(findings[$1].value)
    }
    guard let most else { return [] }
    return [
      .groupsCompared(
        what, group: clear.isEmpty && known.count > 1 ? nil : known[most].group.name(in: language),
        reference: known[most].reference.name(in: language), findings[most])
    ]
  }
}

extension ConfidenceInterval {
  /// An estimate with this interval in a table.
  func cell(_ estimate: Double, as format: Table.Format) -> Table.Cell {
    .estimate(
      Table.Quantity(estimate, as: format), low: low.isNaN ? nil : low,
      high: high.isNaN ? nil : high, mark: "")
  }
}

extension ResultContext {
  /// A variable's label, or the text itself where it is none, such as a condition.
  func title(of name: String) -> String {
    (try? survey.dataset.variable(name))?.title(in: language) ?? name
  }

  /// An outcome's label with the value whose chance is modelled, *Discriminated against, ever: Yes*;
  /// of a condition, and of 1 without a label, as ``title(of:)``.
  func title(of outcome: String, counting event: String?) -> String {
    let title = title(of: outcome)
    guard let event, let variable = try? survey.dataset.variable(outcome),
      let categories = try? survey.dataset.categories(of: outcome)
    else { return title }
    let answer =
      variable.countedAnswer(among: categories).flatMap { $0.code == event ? $0.category : nil }
      ?? categories.first { $0.code == event } ?? Category(event)
    guard !answer.label.isEmpty || event != "1" else { return title }
    return "\(title): \(answer.name(in: language))"
  }

  /// An outcome of a paradox verb, with the answer that counts.
  func outcomeTitle(_ outcome: String) -> String {
    let variable = try? survey.dataset.variable(outcome)
    let categories = try? survey.dataset.categories(of: outcome)
    guard let counted = variable?.countedAnswer(among: categories),
      counted.isChosen || variable?.measure != .ordinal || categories?.count == 2
    else { return title(of: outcome) }
    return title(of: outcome, counting: counted.code)
  }

  /// A judgement in words: its variable's label, also where it is a condition on one variable that
  /// no other judgement is about; otherwise as it was written.
  func judgementTitle(_ judgement: String, beside others: [String] = []) -> String {
    guard let variable = Self.variable(of: judgement) else { return judgement }
    let isAlone = others.filter { Self.variable(of: $0) == variable }.count <= 1
    return isAlone ? title(of: variable) : title(of: judgement)
  }

  /// A judgement in a title: as ``judgementTitle(_:beside:)``, a variable with the answer that counts.
  func judgementHeading(_ judgement: String, beside others: [String]) -> String {
    Self.variable(of: judgement) == judgement
      ? outcomeTitle(judgement) : judgementTitle(judgement, beside: others)
  }

  /// What counts where a judgement is a condition.
  func definitions(of judgements: [String]) -> [String] {
    judgements.compactMap { judgement in
      let title = judgementTitle(judgement, beside: judgements)
      guard let variable = Self.variable(of: judgement), variable != judgement, title != judgement
      else { return nil }
      return Phrase.countedAs(title, judgement).text(in: language)
    }
  }

  /// The variable that an expression is about; nil when there are several.
  private static func variable(of text: String) -> String? {
    let names = (try? Expression(text))?.variables ?? []
    return names.count == 1 ? names[0] : nil
  }

  /// The interval of a share with this error.
  func interval(ofShare share: Difference, base: Int) -> ConfidenceInterval {
    Proportion(
      share.estimate, standardError: share.standardError, base: base, kishSize: Double(base),
      degreesOfFreedom: share.degreesOfFreedom, isKnown: share.standardError == 0
    ).interval(options.interval ?? .logit, level: options.level)
  }
}
