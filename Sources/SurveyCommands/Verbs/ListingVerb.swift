import ArgumentParser
import IntegrationParadox
import SurveyData
import SurveySessions

/// A verb whose arguments name variables, also by lists.
protocol ListingVerb: Verb {
  /// What lists leave out.
  var lists: ListArguments { get }

  /// The dataset that the names are of.
  func named(in workspace: Workspace) throws -> Dataset

  /// Puts names in place of lists.
  mutating func resolve(_ named: inout NamedVariables) throws
}

extension ListingVerb {
  fileprivate mutating func resolveLists(in workspace: Workspace) throws {
    // What cannot be opened is said when the verb opens it.
    guard let dataset = try? named(in: workspace) else { return }
    var named = try NamedVariables(of: dataset, except: lists.except?.names ?? [])
    try resolve(&named)
    try named.checkExcepted()
  }
}

extension Verb {
  /// Does the work, lists of variables resolved.
  func performed(in workspace: Workspace) throws -> Outcome {
    if let verb = self as? any EmittingVerb, verb.emission.emit == .sql {
      return try verb.emission.queries(output) { try resolvedAndPerformed(in: $0) }
    }
    return try workspace.retrying { try resolvedAndPerformed(in: workspace) }
  }

  private func resolvedAndPerformed(in workspace: Workspace) throws -> Outcome {
    guard var verb = self as? any ListingVerb else { return try perform(in: workspace) }
    try verb.resolveLists(in: workspace)
    return try verb.perform(in: workspace)
  }
}

/// A verb that asks for cells, and so has queries.
protocol EmittingVerb: Verb {
  var emission: EmitArguments { get }
}

/// A verb that estimates, and so takes groups.
protocol EstimatingVerb: ListingVerb {
  var data: String { get }
  var estimation: EstimationArguments { get set }
}

extension EstimatingVerb {
  var lists: ListArguments { estimation.lists }

  func named(in workspace: Workspace) throws -> Dataset {
    try estimation.named(data, in: workspace)
  }

  mutating func resolve(_ named: inout NamedVariables) throws { try resolveGroups(&named) }

  /// Puts names in place of lists of groups.
  mutating func resolveGroups(_ named: inout NamedVariables) throws {
    guard !estimation.by.isEmpty else { return }
    estimation.by = [NameList(try named.names(estimation.groups))]
  }
}

extension EstimationArguments {
  /// The data whose names the command speaks of; of several imputations the first.
  fileprivate func named(_ path: String, in workspace: Workspace) throws -> Dataset {
    var opening = opening
    opening.missing = []
    guard let patterns = imputation.imputations?.names else {
      return try opening.dataset(path, in: workspace)
    }
    let file = try ImputedFiles.matching(patterns)[0]
    opening.codebook = opening.codebook ?? Codebook.path(besideData: path)
    return try opening.dataset(file, in: workspace)
  }
}

extension Tabulate: EstimatingVerb, EmittingVerb {
  mutating func resolve(_ named: inout NamedVariables) throws {
    takeLetters(of: named.dataset)
    variables = try named.questions(variables) { named, found in
      try named.refuse(
        named.isNumber, among: found, as: ("a number", "numbers"), verb: "summarize")
    }
    try resolveGroups(&named)
  }
}

extension NamedVariables {
  /// The names that texts mean, each once.
  ///
  /// A group is a question: its name stays, and its variables are looked up when it is tabulated.
  ///
  /// - Parameter check: Looks at what a list came to.
  fileprivate mutating func questions(
    _ texts: [String], check: (NamedVariables, [String]) throws -> Void = { _, _ in }
  ) throws -> [String] {
    let groups = Set(dataset.groupsAsQuestions.map(\.name))
    var names: [String] = []
    for text in texts {
      let found = try self.names([text])
      if areLists([text]) { try check(self, found) }
      names += (groups.contains(text) ? [text] : found).filter { !names.contains($0) }
    }
    return names
  }
}

extension NamedVariables {
  /// The groups of several answers among texts.
  fileprivate func answerGroups(_ texts: [String]) -> [String] {
    let names = Set(texts.flatMap { $0.split(separator: ",") }.map { String($0).trimmingBlanks })
    return dataset.groupsAsQuestions.filter { $0.kind == .multiple && names.contains($0.name) }
      .map(\.name)
  }
}

extension Summarize: EstimatingVerb, EmittingVerb {
  mutating func resolve(_ named: inout NamedVariables) throws {
    guard !tableOne.table1 else {
      variables = try named.questions(variables)
      statistic = try statistic.map { list in
        NameList(
          try list.names.flatMap { text -> [String] in
            guard let sign = text.firstIndex(of: "=") else { return [text] }
            return try named.names([String(text[..<sign])]).map { $0 + text[sign...] }
          })
      }
      return try resolveGroups(&named)
    }
    let areLists = named.areLists(variables)
    estimation.answerGroups = named.answerGroups(variables)
    variables = try named.names(variables)
    if areLists {
      try named.refuse(
        { (try? $0.requireNumbers()) == nil }, among: variables, as: ("a text", "texts"),
        verb: "tabulate")
    }
    ratio = try ratio.flatMap { try named.ratios($0) }
    scaling.scale = try scaling.scale.map { try named.names($0) }
    scaling.reverse = try named.names(scaling.reverse)
    try resolveGroups(&named)
  }
}

extension Compare: EstimatingVerb, EmittingVerb {
  mutating func resolve(_ named: inout NamedVariables) throws {
    let isGroup =
      variables.count == 1
      && named.dataset.groupsAsQuestions.contains { $0.name == variables[0] }
    if isGroup, estimation.groups.isEmpty, comparison.value == nil, comparison.shares == nil,
      !comparison.paired
    {
      comparison.items = true
    }
    estimation.answerGroups = named.answerGroups(variables)
    variables = try named.names(variables)
    comparison.within = try comparison.within.map { try named.one($0, for: "--within") }
    try resolveGroups(&named)
  }
}

extension Model: EstimatingVerb, EmittingVerb {
  mutating func resolve(_ named: inout NamedVariables) throws {
    margins.margins = try named.names(margins.margins)
    try resolveGroups(&named)
  }
}

extension Reproduce: EstimatingVerb {}
extension ParadoxAll: EstimatingVerb, EmittingVerb {}
extension ParadoxTipping: EstimatingVerb, EmittingVerb {}

/// A verb that holds some variables constant.
private protocol ControllingVerb: EstimatingVerb {
  var controls: NameList? { get set }
}

extension ControllingVerb {
  mutating func resolve(_ named: inout NamedVariables) throws {
    controls = try named.names(controls)
    try resolveGroups(&named)
  }
}

extension ParadoxGap: ControllingVerb, EmittingVerb {}
extension ParadoxDiscordance: ControllingVerb, EmittingVerb {}
extension ParadoxGradient: ControllingVerb, EmittingVerb {}

extension ParadoxModels: EstimatingVerb, EmittingVerb {
  mutating func resolve(_ named: inout NamedVariables) throws {
    key = try named.names(key)
    controls = try named.names(controls)
    block = try block.map {
      BlockArgument(MediatorBlock($0.block.name, try named.names($0.block.variables)))
    }
    try resolveGroups(&named)
  }
}

extension ParadoxDecompose: EstimatingVerb, EmittingVerb {
  mutating func resolve(_ named: inout NamedVariables) throws {
    covariates = try named.names(covariates)
    try resolveGroups(&named)
  }
}

extension CellsVerb: EmittingVerb {}

extension Inspect: ListingVerb {
  func named(in workspace: Workspace) throws -> Dataset {
    var opening = opening
    opening.missing = []
    return try opening.dataset(data, in: workspace)
  }

  mutating func resolve(_ named: inout NamedVariables) throws {
    variables = try named.names(variables)
    by = try by.map { NameList(try named.names($0.names)) }
  }
}
