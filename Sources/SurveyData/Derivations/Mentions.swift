/// The answers to a question of which somebody could give several, each as a variable that is 1 where
/// it was given and 0 where not, on one base for all.
///
/// They are made of rules that a codebook has too: `any_of`, `recode`, `cut`, `expr`.
package struct Mentions: Sendable {
  /// Whom the shares of the answers are of.
  package enum Base: String, CaseIterable, Sendable {
    /// Of each answer those who answered its item.
    case item
    /// Those who answered any item of the group.
    case any
    /// Those who gave at least one of the answers.
    case mentioned
    /// Those who answered all items.
    case allItems = "all-items"
  }

  /// One answer.
  package struct Answer: Sendable {
    /// The code and what it is called.
    package let category: Category
    /// The variable whose answer it is for people: the item, or of `choices` the group.
    package let variable: Variable
    /// What it is called among the answers of the group.
    package let label: String
    /// Whether it excludes the others.
    package let isExclusive: Bool
    /// The variable that is 1 where it was given, on the base.
    package let indicator: String
  }

  /// The group.
  package let group: VariableGroup
  /// The base that holds.
  package let base: Base
  /// The answers in the order of the group, exclusive ones last.
  package let answers: [Answer]
  /// The number of answers that somebody gave, who answered any item.
  package let count: String
  /// 1 where somebody gave at least one answer, 0 where none, of those who answered any item.
  package let any: String
  /// The number of answers on the base.
  package let countOnBase: String
  /// 1 where somebody gave an exclusive answer and another.
  package let conflict: String?
  /// The variables that the dataset must have.
  package let derived: [DerivedVariable]

  /// Makes the variables of a group.
  ///
  /// - Parameters:
  ///   - group: A group of several answers.
  ///   - base: Whom the shares are of; nil means what the coding says: those who answered the item
  ///     where it can be *not chosen*, otherwise those who answered any.
  ///   - language: The language of labels.
  package init(
    _ group: VariableGroup, base: Base?, language: String, in dataset: Dataset
  ) throws {
    let items = try group.members.map { try dataset.variable($0) }
    var taken = Set(dataset.variableNames)
    func name(_ text: String) -> String {
      var name = "\(group.name)_\(text)"
      while !taken.insert(name).inserted { name += "_" }
      return name
    }
    var derived: [DerivedVariable] = []
    func add(_ text: String, _ rule: DerivedVariable.Rule, codes: [Category] = .yesAndNo) -> String
    {
      var variable = Variable(name(text))
      variable.type = .integer
      variable.categories = codes
      derived.append(DerivedVariable(variable, rule: rule))
      return variable.name
    }
    func number(_ text: String, sumOf names: [String]) -> String {
      var variable = Variable(name(text))
      variable.type = .integer
      derived.append(
        DerivedVariable(
          variable, rule: .expression(names.map { "`\($0)`" }.joined(separator: " + "))))
      return variable.name
    }
    // Every answer with the items that may hold it and its code there.
    let labels = items.rowLabels(in: language)
    let known = try items.map { try dataset.categories(of: $0.name) }
    let given: [(category: Category, variable: Variable, label: String, items: [String])]
    if group.kind == .choices {
      var question = Variable(group.name)
      question.label = group.label
      var codes: [Category] = []
      for category in known.joined() where !codes.contains(where: { $0.code == category.code }) {
        codes.append(category)
      }
      question.categories = codes
      given = codes.map { ($0, question, $0.name(in: language), group.members) }
    } else {
      let counted = group.counted ?? "1"
      given = try items.indices.map { place in
        let codes = known[place]
        guard let category = codes.named(counted) ?? (codes.isEmpty ? Category(counted) : nil)
        else {
          throw SurveyError(
            .usage, at: items[place].name,
            "has no answer '\(counted)', which counts in group '\(group.name)'; it has \(codes.listed)"
          )
        }
        return (category, items[place], labels[place], [items[place].name])
      }
    }
    let hasNotChosen = group.kind == .multiple && known.allSatisfy { $0.count > 1 }
    self.base = base ?? (hasNotChosen ? .item : .any)
    if base == .allItems, !hasNotChosen {
      throw SurveyError(
        .usage, at: group.name,
        "nobody can be said to have answered all items, since they have no code for not chosen",
        remedy: "Leave out --base: those who answered any item are counted.")
    }
    self.group = group

    let raw = given.enumerated().map { place, answer in
      add("\(place + 1)_given", .anyOf(answer.items, equals: answer.category.code, missing: .all))
    }
    let some = add("some", .anyOf(raw, equals: "1", missing: .all))
    func zero(_ text: String, _ map: [DerivedVariable.CodeMapping]) -> String {
      add(
        text, .recode(some, map: map, otherwise: .missing), codes: [Category("0"), Category("1")])
    }
    let none = zero("base", [DerivedVariable.CodeMapping(from: ["0", "1"], to: "0")])
    let whole = raw.enumerated().map { place, indicator in
      add("\(place + 1)_any", .anyOf([indicator, none], equals: "1", missing: .all))
    }
    count = number("count", sumOf: whole)
    any = some
    let zeroOfBase: String
    switch self.base {
    case .item, .any: zeroOfBase = none
    case .mentioned:
      zeroOfBase = zero("mentioned", [DerivedVariable.CodeMapping(from: ["1"], to: "0")])
    case .allItems:
      var answered = Variable(name("answered"))
      answered.type = .decimal
      derived.append(
        DerivedVariable(answered, rule: .mean(raw, minimumValid: raw.count, reversed: [])))
      zeroOfBase = add("all", .cut(answered.name, at: [0, 2]), codes: [Category("0")])
    }
    let base = self.base
    let indicators = raw.enumerated().map { place, indicator -> String in
      switch base {
      case .item: return indicator
      case .any: return whole[place]
      case .mentioned, .allItems:
        // Who is not on the base has no zero to add.
        return add(
          "\(place + 1)_on_base", .expression("`\(zeroOfBase)` + `\(whole[place])`"))
      }
    }
    countOnBase = base == .item || base == .any ? count : number("mentions", sumOf: indicators)
    let exclusive = Set(group.exclusive)
    let isExclusive = given.map { answer in
      group.kind == .choices
        ? exclusive.contains(answer.category.code) : exclusive.contains(answer.variable.name)
    }
    let out = whole.indices.filter { isExclusive[$0] }.map { whole[$0] }
    if !out.isEmpty, out.count < whole.count {
      let excluding = add("excluding", .anyOf(out, equals: "1", missing: .all))
      conflict = add("conflict", .expression("`\(excluding)` == 1 and `\(count)` > 1"))
    } else {
      conflict = nil
    }
    let all = given.indices.map { place in
      Answer(
        category: given[place].category, variable: given[place].variable,
        label: given[place].label, isExclusive: isExclusive[place],
        indicator: indicators[place])
    }
    answers = all.filter { !$0.isExclusive } + all.filter(\.isExclusive)
    self.derived = derived
  }
}
