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
    var codes = MissingCodes()
    for set in try node.entries() {
      let isNumeric = set.key != "text"
      let stated = try set.node.entries().map { entry in
        let text = try entry.node.text()
        let number = isNumeric ? Double(text) : nil
        return (reason: try reason(entry), code: number.map(canonicalCode) ?? text)
      }
      switch set.key {
      case "numbers": codes.numbers = stated
      case "text": codes.text = stated
      default: codes.named[set.key] = stated
      }
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
