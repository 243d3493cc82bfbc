internal import SurveyData

extension Document {
  /// The first records as a JSON-stat 2.0 dataset, as Statistics Norway's table tools read it.
  ///
  /// Columns of words are dimensions, columns of numbers the categories of one more dimension,
  /// `measure`, whose role is metric. Numbers are unrounded; what the records do not hold is null,
  /// and flags stand in `status`.
  ///
  /// - SeeAlso: JSON-stat 2.0, json-stat.org/full.
  /// - Throws: ``SurveyError`` for a cube of more than a million cells, most of which nobody is in.
  public func jsonStat(_ style: Style = Style()) throws -> [UInt8] {
    guard let records = records.first else { return Array("{}\n".utf8) }
    let cube = JSONStatCube(records)
    try cube.checkSize()
    var members: [Tree.Member] = [
      Tree.Member("version", .value(.text("2.0"))), Tree.Member("class", .value(.text("dataset"))),
      Tree.Member("label", .value(.text(tables.first?.title ?? command))),
    ]
    if case .object(let data) = data, let file = data.first(where: { $0.key == "file" }) {
      members.append(Tree.Member("source", file.tree))
    }
    members += cube.members
    if !notes.isEmpty {
      members.append(Tree.Member("note", .list(notes.map { .value(.text($0)) })))
    }
    members.append(
      Tree.Member(
        "extension",
        .object([
          Tree.Member(
            "vekt",
            .object([
              Tree.Member("version", .value(.text(Self.version))),
              Tree.Member("command", .value(.text(command))), Tree.Member("data", data),
              Tree.Member("design", design), Tree.Member("accounting", accounting),
            ]))
        ])))
    return Array((JSON.tree(.object(members), indent: 0) + "\n").utf8)
  }
}

/// Records as a cube: what their words tell apart, and the numbers in its cells.
private struct JSONStatCube {
  private let records: Records
  private let dimensions: [Dimension]
  private let measures: [Int]
  private let flag: Int?

  private struct Dimension {
    let column: Int
    let name: String
    var codes: [String] = []
    var labels: [String: String] = [:]
  }

  init(_ records: Records) {
    self.records = records
    let flag = records.columns.firstIndex(of: "flag")
    self.flag = flag
    let label = records.columns.firstIndex(of: "label")
    func holdsNumbers(_ column: Int) -> Bool {
      records.rows.contains { row in
        switch row[column] {
        case .number, .integer: true
        default: false
        }
      }
    }
    let columns = records.columns.indices.filter { $0 != flag && $0 != label }
    let numbers = columns.filter(holdsNumbers)
    let words = columns.filter { column in
      !numbers.contains(column)
        && records.rows.contains { if case .text = $0[column] { true } else { false } }
    }
    measures = numbers
    dimensions = words.map { column in
      var dimension = Dimension(column: column, name: records.columns[column])
      for (place, row) in records.rows.enumerated() {
        let code = Self.code(row[column])
        guard dimension.labels[code] == nil else { continue }
        dimension.codes.append(code)
        dimension.labels[code] = code
        if dimension.name == "category", let label, case .text(let words) = row[label] {
          dimension.labels[code] = words.isEmpty ? code : words
        } else if records.details.indices.contains(place),
          let words = Records.label(of: dimension.name, in: records.details[place])
        {
          dimension.labels[code] = words
        }
      }
      return dimension
    }
  }

  /// Refuses a cube that would hold the product of many columns' codes.
  func checkSize() throws {
    let size = (dimensions.map(\.codes.count) + [measures.count]).reduce(1) {
      min($0, 1 << 30) * $1
    }
    guard size > 1 << 20 else { return }
    throw SurveyError(
      .usage, "JSON-stat holds every combination of the codes, which are more than a million here",
      remedy: "Write --format csv or json, or name fewer groups.")
  }

  private static func code(_ value: Records.Value) -> String {
    if case .text(let words) = value, !words.isEmpty { words } else { "-" }
  }

  /// `id`, `size`, `role`, `dimension`, `value` and `status`.
  var members: [Tree.Member] {
    let names = Records.columns(of: dimensions.map(\.name), beside: ["measure"]) + ["measure"]
    let sizes = dimensions.map(\.codes.count) + [measures.count]
    var values = [Records.Value](repeating: .empty, count: sizes.reduce(1, *))
    var status: [Tree.Member] = []
    for row in records.rows {
      var place = 0
      for dimension in dimensions {
        let position = dimension.codes.firstIndex(of: Self.code(row[dimension.column])) ?? 0
        place = place * dimension.codes.count + position
      }
      for (order, column) in measures.enumerated() {
        let cell = place * measures.count + order
        values[cell] = row[column]
        if let flag, case .text(let words) = row[flag], !words.isEmpty {
          status.append(Tree.Member(String(cell), .value(.text(words))))
        }
      }
    }
    let described =
      zip(names, dimensions).map { Self.described($0, $1.codes, $1.labels) } + [
        Self.described("measure", measures.map { records.columns[$0] }, [:])
      ]
    return [
      Tree.Member("id", .list(names.map { .value(.text($0)) })),
      Tree.Member("size", .list(sizes.map { .value(.integer($0)) })),
      Tree.Member("role", .object([Tree.Member("metric", .list([.value(.text("measure"))]))])),
      Tree.Member("dimension", .object(described)),
      Tree.Member("value", .list(values.map(Tree.value))),
    ] + (status.isEmpty ? [] : [Tree.Member("status", .object(status))])
  }

  private static func described(
    _ name: String, _ codes: [String], _ labels: [String: String]
  ) -> Tree.Member {
    let category: [Tree.Member] = [
      Tree.Member("index", .list(codes.map { .value(.text($0)) })),
      Tree.Member(
        "label", .object(codes.map { Tree.Member($0, .value(.text(labels[$0] ?? $0))) })),
    ]
    return Tree.Member(
      name,
      .object([
        Tree.Member("label", .value(.text(name))), Tree.Member("category", .object(category)),
      ]))
  }
}
