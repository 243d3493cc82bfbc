internal import SurveyData
internal import SurveyReaders

/// Reads a recipe from YAML and checks it on the way.
struct RecipeReader {
  let name: String
  var groupNames: [String] = []
  /// Groups by the names of single groups and of pools; `all` is everybody.
  var pools: [String: [Int]] = [:]
  var missingCodes = MissingCodes()
  /// The codes of the variables read so far; none for a tendency.
  var known: [String: [String]] = [:]
  /// The variables that hold numbers drawn from bands.
  var banded: Set<String> = []
  /// Columns that are no variables: id, weight and stratum.
  private var designColumns: Set<String> = []

  /// The most people that a recipe may draw.
  static let largestSample = 10_000_000

  init(name: String) { self.name = name }

  mutating func recipe(from root: RecipeNode) throws -> Recipe {
    let fields = try root.fields([
      "recipe", "title", "note", "seed", "missing_codes", "groups", "pools", "sample",
      "background", "tendencies", "items",
    ])
    let version = try fields.required("recipe")
    guard try version.text() == "1" else {
      throw version.error("version '\(try version.text())' of the format is not known; 1 is")
    }
    if let node = fields["missing_codes"] { missingCodes = try missingCodes(from: node) }
    let (groups, columns) = try groups(from: fields.required("groups"))
    if let node = fields["pools"] { try readPools(from: node) }
    for column in columns { known[column.name] = column.codes }
    return Recipe(
      title: try fields.required("title").localizedText(),
      note: try fields["note"]?.localizedText() ?? .none,
      seed: UInt64(try fields.required("seed").whole(0...Int.max)), name: name,
      groups: groups, groupColumns: columns, missingCodes: missingCodes,
      sample: try sample(from: fields.required("sample")),
      background: try fields["background"].map { try variables(from: $0) } ?? [],
      tendencies: try fields["tendencies"].map { try self.tendencies(from: $0) } ?? [],
      items: try variables(from: fields.required("items")))
  }

  private func missingCodes(from node: RecipeNode) throws -> MissingCodes {
    let fields = try node.fields(["numbers", "text"])
    var codes = MissingCodes()
    if let numbers = fields["numbers"] {
      codes.numbers = try numbers.entries().map {
        (try reason($0), canonicalCode(try $0.node.number()))
      }
    }
    if let text = fields["text"] {
      codes.text = try text.entries().map { (try reason($0), try $0.node.text()) }
    }
    return codes
  }

  func reason(_ entry: RecipeNode.Entry) throws -> MissingReason {
    guard let reason = MissingReason(rawValue: entry.key), reason != .system else {
      let names = MissingReason.allCases.filter { $0 != .system }.map(\.rawValue)
      throw entry.error(
        "'\(entry.key)' is no missing reason",
        remedy: suggestion(for: entry.key, among: names)
          ?? "Reasons are \(names.joined(separator: ", ")).")
    }
    return reason
  }

  private mutating func groups(
    from node: RecipeNode
  ) throws -> (groups: [PopulationGroup], columns: [GroupColumn]) {
    var groups: [PopulationGroup] = []
    var values: [[String: String]] = []
    var columnNames: [String] = []
    for entry in try node.entries() {
      guard entry.key != "all" else {
        throw entry.error("'all' is the name of the pool of everybody")
      }
      let fields = try entry.node.fields(["population", "drawn", "values"])
      let population = try fields.required("population").number(1...1e12)
      let drawn = try fields.required("drawn").whole(1...Self.largestSample)
      guard Double(drawn) <= population else {
        throw entry.error("more people are drawn from '\(entry.key)' than there are")
      }
      groups.append(PopulationGroup(name: entry.key, population: population, drawn: drawn))
      var own: [String: String] = [:]
      for value in try fields["values"]?.entries() ?? [] {
        own[value.key] = try value.node.text()
        if !columnNames.contains(value.key) { columnNames.append(value.key) }
      }
      values.append(own)
    }
    guard (1...Self.largestSample).contains(groups.reduce(0) { $0 + $1.drawn }) else {
      throw node.error("draw from 1 to \(Self.largestSample) people")
    }
    groupNames = groups.map(\.name)
    pools = Dictionary(uniqueKeysWithValues: groupNames.enumerated().map { ($1, [$0]) })
    pools["all"] = Array(groups.indices)
    return (groups, columnNames.map { Self.column($0, values: values) })
  }

  private static func column(_ name: String, values: [[String: String]]) -> GroupColumn {
    var codes: [String] = []
    for case let code? in values.map({ $0[name] }) where !codes.contains(code) {
      codes.append(code)
    }
    return GroupColumn(
      name: name, codes: codes,
      positions: values.map { own in own[name].flatMap { codes.firstIndex(of: $0) } })
  }

  private mutating func readPools(from node: RecipeNode) throws {
    for entry in try node.entries() {
      guard pools[entry.key] == nil else {
        throw entry.error("'\(entry.key)' is already the name of a group or pool")
      }
      pools[entry.key] = try entry.node.list().flatMap {
        try groups(named: $0.text(), at: $0.place)
      }
    }
  }

  /// The groups that a group's or pool's name stands for.
  func groups(named name: String, at place: String) throws -> [Int] {
    guard let groups = pools[name] else {
      throw SurveyError(
        .data, at: place, "no group or pool '\(name)'",
        remedy: suggestion(for: name, among: pools.keys.sorted()))
    }
    return groups
  }

  private mutating func sample(from node: RecipeNode) throws -> SamplePlan {
    let fields = try node.fields([
      "id", "weight", "stratum", "frame", "response", "adjust_within",
    ])
    let stratum = try fields.required("stratum").fields(["column", "of"])
    let id = try designColumn(fields.required("id"))
    let weight = try designColumn(fields.required("weight"))
    let stratumColumn = try designColumn(stratum.required("column"))
    let frame = try fields["frame"].map { try variables(from: $0) } ?? []
    return SamplePlan(
      idColumn: id, weightColumn: weight, stratumColumn: stratumColumn,
      strata: try knownNames(in: stratum.required("of")), frame: frame,
      response: try response(from: fields.required("response")),
      adjustment: try fields["adjust_within"].map { try knownNames(in: $0) } ?? [])
  }

  private mutating func designColumn(_ node: RecipeNode) throws -> String {
    let name = try node.text()
    try checkNew(name, at: node.place)
    designColumns.insert(name)
    return name
  }

  /// Makes sure that no other column has the name.
  func checkNew(_ name: String, at place: String) throws {
    guard known[name] == nil, !designColumns.contains(name) else {
      throw SurveyError(.data, at: place, "there is already a variable '\(name)'")
    }
  }

  private func knownNames(in node: RecipeNode) throws -> [String] {
    try node.list().map { item in
      let name = try item.text()
      guard known[name] != nil else { throw unknownVariable(name, at: item.place) }
      return name
    }
  }

  func unknownVariable(_ name: String, at place: String) -> SurveyError {
    SurveyError(
      .data, at: place, "no variable '\(name)' before this one",
      remedy: suggestion(for: name, among: known.keys.sorted()))
  }
}
