internal import SurveyData

/// The numbers that a model multiplies by its coefficients, column after column.
struct ModelMatrix {
  /// What each column stands for.
  private(set) var columns: [ModelColumn]
  /// The term of every column, as a position in the formula's terms; nil for the constant.
  private(set) var terms: [Int?]
  let rowCount: Int
  /// rows × columns, by columns.
  private(set) var elements: [Double]

  /// The number of columns.
  var width: Int { columns.count }

  /// Columns that are known, without names.
  init(columns: [[Double]], rowCount: Int) {
    self.columns = columns.map { _ in ModelColumn(parts: []) }
    terms = columns.map { _ in nil }
    self.rowCount = rowCount
    elements = columns.flatMap { $0 }
  }

  /// Multiplies out the terms; the first factor of an interaction varies fastest.
  init(_ model: ModelTerms, _ frame: ModelFrame) {
    var plan: [(term: Int?, parts: [(predictor: Int, level: Int?)])] = []
    if model.formula.hasIntercept { plan.append((nil, [])) }
    for (number, term) in model.formula.terms.enumerated() {
      var products: [[(predictor: Int, level: Int?)]] = [[]]
      for predictor in term {
        guard case .codes(_, let levels) = frame.predictors[predictor] else {
          products = products.map { $0 + [(predictor, nil)] }
          continue
        }
        let first = model.keepsReference(of: predictor, in: term) ? 0 : 1
        products = levels.indices.dropFirst(first).flatMap { level in
          products.map { $0 + [(predictor, level)] }
        }
      }
      plan += products.map { (number, $0) }
    }
    let count = frame.rows.count
    columns = plan.map { column in
      ModelColumn(
        parts: column.parts.map { part in
          let name = model.predictors[part.predictor].name
          guard case .codes(_, let levels) = frame.predictors[part.predictor],
            let level = part.level
          else { return ModelColumn.Part(variable: name, category: nil) }
          return ModelColumn.Part(variable: name, category: levels[level].category)
        })
    }
    terms = plan.map(\.term)
    rowCount = count
    elements = [Double](unsafeUninitializedCapacity: count * plan.count) { buffer, initialized in
      for (index, column) in plan.enumerated() {
        let place = UnsafeMutableBufferPointer(
          rebasing: buffer[index * count..<(index + 1) * count])
        place.initialize(repeating: 1)
        for part in column.parts {
          frame.multiply(place, by: part.predictor, level: part.level)
        }
      }
      initialized = count * plan.count
    }
  }

  /// Leaves columns out.
  mutating func drop(_ dependent: [Int]) {
    for column in dependent.reversed() {
      columns.remove(at: column)
      terms.remove(at: column)
      elements.removeSubrange(column * rowCount..<(column + 1) * rowCount)
    }
  }
}

extension ModelFrame {
  /// Multiplies a column by a predictor's numbers, or by whether it has a category.
  fileprivate func multiply(
    _ column: UnsafeMutableBufferPointer<Double>, by predictor: Int, level: Int?
  ) {
    switch predictors[predictor] {
    case .numbers(let values):
      for (index, row) in rows.enumerated() { column[index] *= values[Int(row)] }
    case .codes(let positions, let levels):
      guard let level else { return }
      let wanted = levels[level].position
      for (index, row) in rows.enumerated() where positions[Int(row)] != wanted {
        column[index] = 0
      }
    }
  }
}
