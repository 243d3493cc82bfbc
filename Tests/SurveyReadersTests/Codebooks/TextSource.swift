import SurveyData

@testable import SurveyReaders

/// Columns of texts, read as a file's fields would be: codes by the codebook, the rest kept.
struct TextSource: ColumnSource {
  let facts = FileFacts(path: "small.csv", format: "csv", encoding: "utf-8", byteCount: 0)
  let columns: [(name: String, fields: [String])]
  var hash: String?

  init(_ columns: [(name: String, fields: [String])], hash: String? = nil) {
    self.columns = columns
    self.hash = hash
  }

  var embeddedCodebook: Codebook { Codebook(variables: columns.map { Variable($0.name) }) }

  func rowCount() -> Int { columns.first?.fields.count ?? 0 }

  func sha256() -> String? { hash }

  func read(_ requests: [ColumnRequest]) throws -> (columns: [Column], notes: [Note]) {
    let found = try requests.map { request in
      guard let column = columns.first(where: { $0.name == request.variable.name }) else {
        throw SurveyError(.usage, "no column '\(request.variable.name)'")
      }
      return try codes(column.fields, request.variable)
        .seen(as: request.view, name: request.variable.name)
    }
    return (found, [])
  }

  private func codes(_ fields: [String], _ variable: Variable) throws -> Column {
    let scheme = CodeScheme(variable)
    var categories = scheme.categories
    let listed = categories.count
    let isNumber = variable.type == .integer || variable.type == .decimal
    var found: [String: Int] = [:]
    let places = try fields.map { field -> (isExtra: Bool, index: Int) in
      if field.isEmpty { return (false, listed) }
      if isNumber, Double(field) == nil {
        throw SurveyError(.data, at: "small.csv:2", "'\(field)' is not a number")
      }
      if let position = scheme.position(ofCode: field) { return (false, position) }
      if let index = found[field] { return (true, index) }
      guard scheme.isOpen || variable.unknown == .warn else {
        throw SurveyError(.data, at: "small.csv:2", "'\(variable.name)' is \(field)")
      }
      categories.append(Category(field))
      found[field] = categories.count - 1
      return (true, categories.count - 1)
    }
    let added = categories.count - listed
    let positions = places.map { place in
      place.isExtra || place.index < listed ? place.index : place.index + added
    }
    return .codes(
      CategoricalColumn(
        positions: Positions(positions, valueCount: categories.count + scheme.missing.count),
        categories: categories, missing: scheme.missing))
  }
}
