import SurveyData
import SurveyReports
import SurveyStatistics
import SurveyTables

/// What is asked: one variable, or a group of the codebook as one question.
enum Question {
  case variable(String)
  case group(VariableGroup)
}

extension Dataset {
  /// The groups of the codebook whose names no variable has.
  var groupsAsQuestions: [VariableGroup] {
    let known = Set(variableNames)
    return codebook.groups.filter { !known.contains($0.name) }
  }

  /// What names mean, in order; `excepted` is taken out of groups.
  func questions(_ names: [String], except excepted: [String]) throws -> [Question] {
    let groups = groupsAsQuestions
    let out = try Set(lists.names(in: excepted))
    return names.map { name in
      guard var group = groups.first(where: { $0.name == name }) else { return .variable(name) }
      group.members.removeAll(where: out.contains)
      return .group(group)
    }
  }
}

/// What a command says of several answers to one question, by the group's name.
struct Mentioned {
  private var groups: [String: Mentions] = [:]

  /// What is said of a group; nil for a battery.
  subscript(name: String) -> Mentions? {
    get { groups[name] }
    set { groups[name] = newValue }
  }

  var all: [Mentions] { Array(groups.values) }

  /// The dataset with the variables that say who gave which answer.
  func added(to dataset: Dataset) throws -> Dataset {
    let derived = groups.keys.sorted().flatMap { groups[$0]?.derived ?? [] }
    return derived.isEmpty ? dataset : try dataset.deriving(derived)
  }
}

extension Tabulate {
  /// What is asked, in order.
  func questions(in dataset: Dataset) throws -> [Question] {
    try dataset.questions(variables, except: estimation.lists.except?.names ?? [])
  }

  /// The variables that are asked for, those of groups among them.
  func names(in dataset: Dataset) throws -> [String] {
    try questions(in: dataset).flatMap { question in
      switch question {
      case .variable(let name): [name]
      case .group(let group): group.members
      }
    }
  }

  /// The variables of which `--answer` may choose an answer.
  func answerable(in dataset: Dataset) throws -> [String] {
    try questions(in: dataset).flatMap { question -> [String] in
      switch question {
      case .variable(let name): [name]
      case .group(let group): group.kind == .battery ? group.members : []
      }
    }
  }

  /// The answer that counts in a group of several answers that a variable stands in.
  func countedByGroup(_ name: String, in dataset: Dataset) throws -> CountedAnswer? {
    for case .group(let group) in try questions(in: dataset)
    where group.kind == .multiple && group.members.contains(name) && !variables.contains(name) {
      guard let counted = group.counted,
        let category = try dataset.categories(of: name).named(counted)
      else { continue }
      return CountedAnswer([category], isChosen: true)
    }
    return nil
  }

  /// The variables of groups of several answers.
  func mentioned(in dataset: Dataset) throws -> Mentioned {
    var found = Mentioned()
    guard base.base.bases.count == 1 else { return found }
    for case .group(let group) in try questions(in: dataset) where group.kind != .battery {
      found[group.name] = try Mentions(
        group, base: base.base.mentions ?? (groups.unit == .answers ? .mentioned : nil),
        language: output.language ?? dataset.codebook.printedLanguage, in: dataset)
    }
    return found
  }

  /// `--letters rows` is written as a flag and a name; the name is none of a variable.
  mutating func takeLetters(of dataset: Dataset) {
    guard letters.letters, let place = variables.firstIndex(of: "rows"),
      !dataset.variableNames.contains("rows"),
      !dataset.codebook.groups.contains(where: { $0.name == "rows" })
    else { return }
    variables.remove(at: place)
    letters.letters = false
    groups.lettersRows = true
  }

  /// Refuses what does not go with groups, or with what is no group.
  func check(_ mentioned: Mentioned, in dataset: Dataset) throws {
    func refuse(_ problem: String, _ remedy: String) throws -> Never {
      throw SurveyError(.usage, problem, remedy: remedy)
    }
    let questions = try questions(in: dataset)
    let batteries = questions.contains { if case .group = $0 { true } else { false } }
    if !batteries, groups.lettersRows {
      let option = "--letters rows"
      try refuse(
        "\(option) is of the items of a group, and none is named",
        "Name a group of the codebook, such as "
          + (dataset.groupsAsQuestions.first?.name ?? "one under `groups:`") + ".")
    }
    if mentioned.all.isEmpty {
      try base.refuseMentions()
      if groups.unit == .answers || groups.count {
        try refuse(
          "\(groups.count ? "--count" : "--of answers") is of questions with several answers, and there "
            + "is none", "Name a group of the codebook with `kind: multiple` or `kind: choices`.")
      }
      return
    }
    if try answerable(in: dataset).isEmpty, let answer = answers.answer,
      !["all", "chosen"].contains(answer)
    {
      try refuse(
        "--answer chooses among the answers of a variable, and in '\(mentioned.all[0].group.name)' the "
          + "codebook says which counts", "Leave it out.")
    }
    let isMoved = mentioned.all.contains { $0.base != .item }
    let others = [
      ("--bounds", bounds), ("--shares", shares != nil), ("--percentages", percentages != .row),
      ("--keep", base.keep != nil || base.base.bases != [.answered]),
    ]
    if let option = others.first(where: \.1)?.0 {
      try refuse(
        "\(option) is of one answer a person, and '\(mentioned.all[0].group.name)' has several",
        "Leave it out, or name the variables: "
          + mentioned.all[0].group.members.joined(separator: ","))
    }
    if groups.unit == .answers {
      let tests = [
        ("--test", test || statistic != nil), ("--letters", letters.letters),
        ("--letters rows", groups.lettersRows),
      ]
      if let option = tests.first(where: \.1)?.0 {
        try refuse(
          "\(option) compares people, and --of answers is of answers", "Leave one of them out.")
      }
      if base.base.mentions == .allItems {
        try refuse(
          "--of answers is of all answers given, and --base all-items of some people",
          "Leave one of them out.")
      }
    }
    try emission.refuse([
      ("--count", groups.count), ("--of answers", groups.unit == .answers),
      ("a base of several items", isMoved),
    ])
    if isMoved, published.published != nil {
      try refuse(
        "--published looks for shares of those who answered one item, and the base is another",
        "Leave it out.")
    }
  }
}
