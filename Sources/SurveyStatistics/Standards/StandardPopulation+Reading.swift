public import SurveyData

extension StandardPopulation {
  /// Reads a standard population from a table.
  ///
  /// A row is a category: its code or label in the column `category`, of several variables with commas
  /// between them, or in columns called as the variables; its size in `share` or `total`. With a column
  /// `variable` only the rows count that name the variables there, with commas between them.
  ///
  /// - Parameters:
  ///   - variables: The variables.
  ///   - table: The table.
  /// - Throws: ``SurveyError`` for a column that is not there, a row without a category or a size, and as
  ///   the initialiser from sizes.
  public init(_ variables: [String], from table: Dataset) throws {
    let path = table.source.facts.path
    let names = table.variableNames
    func column(_ name: String) throws -> [String] { try table.text(name).values }
    guard let sizeName = ["share", "total"].first(where: names.contains) else {
      throw SurveyError(
        .data, at: path, "has no column 'share' or 'total'",
        remedy: "The columns of a standard are category,share, or variable,category,total.")
    }
    try table.load([(sizeName, .numbers)])
    let sizes = try table.numeric(sizeName).values
    let isWide = variables.allSatisfy(names.contains)
    guard isWide || names.contains("category") else {
      throw SurveyError(
        .data, at: path, "has no column 'category'",
        remedy: "The columns of a standard are category,share, or variable,category,total.")
    }
    let columns = try isWide ? variables.map(column) : [column("category")]
    let wanted = variables.joined(separator: ",")
    let own = try isWide || !names.contains("variable") ? nil : column("variable")
    let rows = sizes.indices.filter { row in own.map { $0[row] == wanted } ?? true }
    guard !rows.isEmpty else {
      throw SurveyError(
        .data, at: path, "has no row of the variable '\(wanted)'",
        remedy: suggestion(for: wanted, among: Set(own ?? [])))
    }
    try self.init(
      variables,
      rows.map { row in
        let texts = columns.map { $0[row] }
        let codes =
          isWide || variables.count == 1
          ? texts
          : texts[0].split(separator: ",", omittingEmptySubsequences: false).map(\.trimmed)
        guard codes.count == variables.count, !codes.contains("") else {
          throw SurveyError(
            .data, at: "\(path): row \(row + 1)",
            "'\(texts[0])' is no category of \(wanted)",
            remedy: variables.count > 1
              ? "Write one code a variable, \"1,2\", or columns \(wanted)." : nil)
        }
        guard !sizes[row].isNaN else {
          throw SurveyError(
            .data, at: "\(path): row \(row + 1)",
            "'\(codes.joined(separator: ","))' has no \(sizeName)")
        }
        return (codes, sizes[row])
      })
  }
}

extension Substring {
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
