/// New codes for old.
///
/// A missing answer keeps its reason unless the map names its code.
struct RecodeRule {
  let map: [DerivedVariable.CodeMapping]
  let otherwise: DerivedVariable.Otherwise
  /// The variable that is recoded, for errors.
  let source: String

  /// The new categories: those given, and what the map and `otherwise` add.
  func categories(given: [Category], from old: [Category]) -> [Category] {
    var codes = given
    func add(_ category: Category) {
      if !codes.contains(where: { $0.code == category.code }) { codes.append(category) }
    }
    for line in map { if let code = line.to { add(Category(code)) } }
    switch otherwise {
    case .code(let code): add(Category(code))
    case .copy: for category in old where line(for: category.code) == nil { add(category) }
    case .missing, .fail: break
    }
    return codes
  }

  /// The first line of the map that names a code, alone or in a range `1..5`.
  func line(for code: String) -> DerivedVariable.CodeMapping? {
    map.first { $0.from.contains { Self.covers($0, code) } }
  }

  /// Whether `1` or `1..5` covers a code.
  static func covers(_ from: String, _ code: String) -> Bool {
    if from == code { return true }
    guard let range = NumberRange(parsing: from), let number = Double(code) else { return false }
    return range.contains(number)
  }

  func apply(
    to column: CategoricalColumn, categories given: [Category]
  ) throws -> CategoricalColumn {
    let categories = categories(given: given, from: column.categories)
    let positions = Dictionary(
      categories.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    let missing = column.missing + [.leftOut]
    let leftOut = categories.count + column.missing.count
    func position(of code: String?) -> Int { code.flatMap { positions[$0] } ?? leftOut }
    var table: [Int] = []
    var unnamed: [Int] = []
    for (index, category) in column.categories.enumerated() {
      if let line = line(for: category.code) {
        table.append(position(of: line.to))
        continue
      }
      switch otherwise {
      case .missing: table.append(leftOut)
      case .copy: table.append(position(of: category.code))
      case .code(let code): table.append(position(of: code))
      case .fail:
        table.append(leftOut)
        unnamed.append(index)
      }
    }
    for (index, code) in column.missing.enumerated() {
      let line = code == .system ? nil : line(for: code.text)
      table.append(line.map { position(of: $0.to) } ?? categories.count + index)
    }
    if !unnamed.isEmpty { try refuse(unnamed, in: column) }
    return CategoricalColumn(
      positions: Positions(
        column.positions.lookedUp(in: table), valueCount: categories.count + missing.count),
      categories: categories, missing: missing)
  }

  /// Throws when a code that the map does not name occurs.
  private func refuse(_ unnamed: [Int], in column: CategoricalColumn) throws {
    let counts = column.counts()
    let found = unnamed.filter { counts[$0] > 0 }
    guard !found.isEmpty else { return }
    let list = found.prefix(8).map {
      "\(column.categories[$0].code) (\(counts[$0]) row\(counts[$0] == 1 ? "" : "s"))"
    }
    throw SurveyError(
      .data,
      "the map does not name these codes of '\(source)': \(list.joined(separator: ", "))"
        + (found.count > 8 ? " and \(found.count - 8) more" : ""),
      remedy: "Name them, or say what becomes of the rest: `else: missing`, `copy` or a code.")
  }
}
