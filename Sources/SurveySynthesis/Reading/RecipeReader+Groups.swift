internal import SurveyData

extension RecipeReader {
  /// The groups, and the columns that are the same for everybody in a group.
  mutating func groups(
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

  /// Names for several groups together.
  mutating func readPools(from node: RecipeNode) throws {
    for entry in try node.entries() {
      guard pools[entry.key] == nil else {
        throw entry.error("'\(entry.key)' is already the name of a group or pool")
      }
      let members = try entry.node.list().flatMap { try groups(named: $0.text(), at: $0.place) }
      pools[entry.key] = Set(members).sorted()
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
}
