internal import SurveyData
internal import SurveyNumerics

extension ModelMatrix {
  /// What part of a column's squared length must be left beside the columns before it for sums of
  /// products to keep ten digits.
  private static let plainShare = 1e-6

  /// Leaves out the columns that others add up to, as R does: those of whose length no more than
  /// 1e-11 is left; and chooses coordinates where sums of products would lose digits.
  ///
  /// - Parameters:
  ///   - products: `Σ d x xᵀ` with any `d` above zero.
  ///   - weights: The weight of every case.
  /// - Returns: A note for each column that is left out.
  mutating func settle(_ products: Matrix, weights: [Double]) -> [Note] {
    guard !products.dependentColumns(tolerance: Self.plainShare).isEmpty else { return [] }
    let found = OrthogonalColumns(rawElements(), weights: weights)
    let names = found.dependent.map { columns[$0].name }
    let dropped = found.dependent.enumerated().map { row, column in
      Dropped(
        column: columns[column], product: plan[column],
        combination: found.kept.indices.map { found.combinations[row, $0] })
    }
    drop(found.dependent)
    self.dropped = dropped
    let rest = found.kept.map { i in found.kept.map { products[i, $0] } }
    let isPlain = Matrix(rest).dependentColumns(tolerance: Self.plainShare).isEmpty
    coordinates = isPlain ? nil : Coordinates(columns: found)
    return names.map { name in
      Note(
        .warning, id: "model.dependent-column",
        "'\(name)' follows from the terms before it, so it has no coefficient",
        naming: [name], at: name)
    }
  }

  /// Chooses coordinates where all columns must stay.
  /// - Throws: ``SurveyError`` without a place when one follows from others.
  mutating func settleWhole(weights: [Double]) throws {
    guard settle(gram(weights: weights), weights: weights).isEmpty else {
      throw SurveyError(
        .noAnswer,
        "a variable follows from the others, or a combination of categories has nobody, so that the "
          + "model has no single answer",
        remedy: "Merge categories, or leave a variable out.")
    }
  }

  /// `Σ w x xᵀ`.
  func gram(weights: [Double]) -> Matrix {
    let squares = Likelihood(
      matrix: self, outcomes: Array(repeating: 0, count: rowCount), weights: weights,
      family: .linear)
    var scores: [Double] = []
    return squares.pass(at: Array(repeating: 0, count: width), scores: &scores).information
  }

  /// The columns that follow from columns before them.
  func dependentColumns(weights: [Double]) -> [Int] {
    guard !gram(weights: weights).dependentColumns(tolerance: Self.plainShare).isEmpty else {
      return []
    }
    return OrthogonalColumns(rawElements(), weights: weights).dependent
  }

  /// The matrix without some columns, none of which follows from others.
  func without(_ columns: [Int], weights: [Double]) -> ModelMatrix {
    guard !columns.isEmpty else { return self }
    var rest = self
    rest.drop(columns)
    guard coordinates != nil, rest.width > 0 else { return rest }
    rest.coordinates = Coordinates(
      columns: OrthogonalColumns(rest.rawElements(), weights: weights))
    return rest
  }

  /// The matrix without the constant, its first column, whose place cut points take.
  var withoutConstant: ModelMatrix {
    var rest = self
    rest.drop([0])
    rest.coordinates = coordinates
    rest.coordinates?.hidesConstant = true
    rest.dropped = dropped.map { $0.hidingConstant }
    return rest
  }

  /// A column of which the others tell nothing, whose coefficient is that of the column.
  func ownPart(of column: Int, weights: [Double]) -> [Double] {
    let raw = products([plan[column].parts])
    guard coordinates != nil, width > 1 else { return raw }
    var rest = self
    rest.drop([column])
    let found = OrthogonalColumns(rest.rawElements() + raw, weights: weights)
    var all = rest.rawElements() + raw
    found.coordinates(of: &all, count: rowCount)
    let length = found.factor[rest.width, rest.width]
    return all.suffix(rowCount).map { length * $0 }
  }

  /// The coefficients of the columns from those of the coordinates.
  func coefficients(_ own: [Double]) -> [Double] {
    coordinates.map { $0.parameters() * own } ?? own
  }

  /// What turns scores into coefficients of the columns, from what turns them into those of the
  /// coordinates.
  func coefficientMap(_ inverse: Matrix) -> Matrix {
    coordinates.map { $0.parameters() * inverse } ?? inverse
  }

  /// The covariance of coefficients of the columns from that of the coordinates'.
  func coefficientCovariance(_ covariance: Matrix) -> Matrix {
    coordinates.map { covariance.transformed(by: $0.parameters()) } ?? covariance
  }
}

extension ModelMatrix {
  /// A column that follows from others, so that it is left out.
  struct Dropped {
    let column: ModelColumn
    let product: Product
    /// What it is of the columns that are left.
    var combination: [Double]
    /// The constant's part where that is no column.
    var constant = 0.0

    fileprivate var hidingConstant: Dropped {
      var result = self
      result.constant = combination.first ?? 0
      result.combination = Array(combination.dropFirst())
      return result
    }
  }
}
