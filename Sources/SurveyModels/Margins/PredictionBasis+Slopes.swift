internal import SurveyData

extension PredictionBasis {
  /// The derivatives of the model matrix and of what is added to its predictor by a number.
  struct Slopes {
    /// rows × columns, by columns.
    var elements: [Double]
    /// One a case; empty where nothing is added.
    var offsets: [Double]
    /// Those of the columns that were left out, as of `ModelMatrix.defects()`.
    var defects: [[(value: Double, scale: Double)]]
  }

  /// Differentiates the model matrix, product by product.
  ///
  /// Each column is linear in each of its factors, so that its derivative is the sum over its
  /// factors of the column with that factor's derivative in its place.
  /// - Returns: nil where nothing depends on the variable smoothly.
  func slopes(
    of frame: ModelFrame, by variable: String, at answers: [SetVariable]
  ) throws -> Slopes? {
    let dataset =
      answers.isEmpty ? frame.dataset : frame.dataset.answering(answers.asFixed)
    func slope(_ expression: Expression) throws -> [Double]? {
      try expression.slope(by: variable, on: dataset).map { frame.people.selected($0) }
    }
    var elements: [Double]?
    for (index, predictor) in terms.predictors.enumerated() {
      let values: ModelFrame.Values
      switch (predictor.form, frame.predictors[index]) {
      case (.basis(let expression, _), .basis(let numbers, let basis)):
        guard let inner = try slope(expression) else { continue }
        values = .columns(
          try basis.slopes(at: numbers).map { outer in zip(outer, inner).map { $0 * $1 } })
      case (.number(let expression), _):
        guard let inner = try slope(expression) else { continue }
        values = .numbers(inner)
      default: continue
      }
      var changed = frame
      changed.predictors[index] = values
      let matrix = try self.matrix(of: changed)
      let products = matrix.plan + matrix.dropped.map(\.product)
      let slopes = matrix.products(products.map(\.parts))
      var sum = elements ?? Array(repeating: 0, count: slopes.count)
      for (column, product) in products.enumerated()
      where product.parts.contains(where: { $0.predictor == index }) {
        for place in column * matrix.rowCount..<(column + 1) * matrix.rowCount {
          sum[place] += slopes[place]
        }
      }
      elements = sum
    }
    var offsets: [Double] = []
    for expression in terms.offsets {
      guard let more = try slope(expression) else { continue }
      offsets = offsets.isEmpty ? more : zip(offsets, more).map(+)
    }
    guard elements != nil || !offsets.isEmpty else { return nil }
    let count = frame.caseCount
    let all =
      elements ?? Array(repeating: 0, count: count * (plan.width + plan.dropped.count))
    let defects = try matrix(of: frame).defects(all, constant: 0)
    var own = Array(all.prefix(count * plan.width))
    plan.coordinates?.turn(&own, count: count, areSlopes: true)
    return Slopes(elements: own, offsets: offsets, defects: defects)
  }
}
