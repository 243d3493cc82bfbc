internal import SurveyData
internal import SurveyModels

/// Which variable plays which part in a decomposition, and the widest model of them all.
struct MediationPlan {
  let formula: Formula
  let keys: [String]
  let controls: [String]
  let blocks: [MediatorBlock]
  let group: String?

  init(
    outcome: String, keys: [String], blocks: [MediatorBlock], controls: [String],
    group: String?, in dataset: Dataset
  ) throws {
    self.keys = keys
    self.controls = controls
    self.blocks = blocks
    self.group = group
    let roles =
      [(outcome, Self.outcomeRole)] + keys.map { ($0, "a key") }
      + controls.map { ($0, "a control") }
      + blocks.flatMap { block in block.variables.map { ($0, "in block '\(block.name)'") } }
    try Self.check(outcome: outcome, roles, group: group, blocks: blocks, in: dataset)
    let terms = keys + controls + blocks.flatMap(\.variables)
    let source =
      "\(dataset.term(outcome)) ~ "
      + (terms.map(dataset.term) + [group].compactMap { $0.map { "factor(\(dataset.term($0)))" } })
      .joined(separator: " + ")
    formula = try Formula(source)
    guard formula.terms == (terms.indices.map { [$0] } + (group == nil ? [] : [[terms.count]]))
    else {
      throw SurveyError(
        .usage, at: source,
        "keys, mediators and controls are single variables here, without products",
        remedy: "Mediators must not interact with keys; use `vekt model` for interactions.")
    }
  }

  /// The terms of keys and controls.
  var baseTerms: Range<Int> { 0..<keys.count + controls.count }

  /// The terms of each block.
  var blockTerms: [Range<Int>] {
    var next = baseTerms.upperBound
    return blocks.map { block in
      defer { next += block.variables.count }
      return next..<next + block.variables.count
    }
  }

  /// The terms of M0, M1, …: blocks enter one after the other.
  var nestedTerms: [[Int]] {
    (0...blocks.count).map { number in
      Array(0..<(number == 0 ? baseTerms.upperBound : blockTerms[number - 1].upperBound))
    }
  }

  /// The names of the mediators, term after term.
  var mediators: [String] { blocks.flatMap(\.variables) }

  private static let outcomeRole = "the outcome"

  private static func check(
    outcome: String, _ roles: [(name: String, role: String)], group: String?,
    blocks: [MediatorBlock],
    in dataset: Dataset
  ) throws {
    var known: [String: String] = [:]
    for (name, role) in roles {
      if let other = known[name] {
        throw SurveyError(
          .usage, at: name, other == role ? "stands twice" : "is both \(other) and \(role)",
          remedy: "Give each variable one part.")
      }
      known[name] = role
      guard name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else {
        if role != outcomeRole {
          try Formula("\(dataset.term(outcome)) ~ \(dataset.term(name))").check(against: dataset)
        }
        continue
      }
      do {
        _ = try dataset.variable(name)
      } catch let error as SurveyError {
        throw SurveyError(
          error.kind, at: error.place, "\(error.problem) (\(role))", remedy: error.remedy)
      }
    }
    if let group, known[group] == "a key" {
      throw SurveyError(
        .usage, at: group, "is both a key and the group; within a group it explains nothing",
        remedy: "Leave it out of --key or of --by.")
    }
    for block in blocks {
      if block.variables.isEmpty { throw SurveyError(.usage, at: block.name, "is an empty block") }
      if blocks.filter({ $0.name == block.name }).count > 1 {
        throw SurveyError(.usage, at: block.name, "names two blocks")
      }
      if known[block.name] != nil, block.variables != [block.name] {
        throw SurveyError(
          .usage, at: block.name, "names a block and a variable",
          remedy: "Give the block another name.")
      }
    }
    if blocks.isEmpty {
      throw SurveyError(
        .usage, "there are no mediators", remedy: "Write --block exposure=V1,V2, once a mechanism.")
    }
  }
}
