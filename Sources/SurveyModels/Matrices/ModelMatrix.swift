internal import Dispatch
internal import SurveyData

/// The numbers that a model multiplies by its coefficients, column after column.
struct ModelMatrix {
  /// What each column is the product of.
  private(set) var plan: [Product]
  /// What each column stands for.
  private(set) var columns: [ModelColumn]
  /// What a fit works with in place of the columns; nil where these do themselves.
  var coordinates: Coordinates?
  /// The columns that were left out, as they follow from those that are there.
  var dropped: [Dropped] = []
  /// The number of cases.
  let rowCount: Int
  /// The values of every predictor.
  let predictors: [ModelFrame.Values]
  /// The columns of the bases among them; nothing for others.
  private let bases: [[[Double]]]

  /// What a column is the product of; nothing for the constant.
  struct Product {
    /// The term, as a position in the formula's terms; nil for the constant.
    let term: Int?
    let parts: [Part]

    /// A predictor, and which of its levels or columns; nil when it has but one.
    struct Part: Hashable {
      let predictor: Int
      let piece: Int?
    }
  }

  /// The number of columns.
  var width: Int { columns.count }

  /// The term of every column, as a position in the formula's terms; nil for the constant.
  var terms: [Int?] { plan.map(\.term) }

  /// Columns that are known, without names.
  init(columns: [[Double]], rowCount: Int) {
    plan = columns.indices.map {
      Product(term: nil, parts: [Product.Part(predictor: 0, piece: $0)])
    }
    self.columns = columns.map { _ in ModelColumn(parts: []) }
    self.rowCount = rowCount
    predictors = [.columns(columns)]
    bases = [columns]
  }

  /// Multiplies out the terms; the first factor of an interaction varies fastest.
  init(_ model: ModelTerms, _ frame: ModelFrame) throws {
    var plan: [Product] = []
    if model.formula.hasIntercept { plan.append(Product(term: nil, parts: [])) }
    for (number, term) in model.formula.terms.enumerated() {
      var products: [[Product.Part]] = [[]]
      for predictor in term {
        let pieces: [Int?]
        switch frame.predictors[predictor] {
        case .numbers: pieces = [nil]
        case .columns(let columns): pieces = Array(columns.indices)
        case .basis(_, let basis): pieces = Array(0..<basis.width)
        case .codes(_, let levels):
          let first = model.keepsReference(of: predictor, in: term) ? 0 : 1
          pieces = Array(levels.indices.dropFirst(first))
        }
        try Self.checkWidth(plan.count + products.count * pieces.count, of: model)
        products = pieces.flatMap { piece in
          products.map { $0 + [Product.Part(predictor: predictor, piece: piece)] }
        }
      }
      plan += products.map { Product(term: number, parts: $0) }
    }
    let columns = plan.map { product in
      ModelColumn(
        parts: product.parts.map { part in
          let name = model.predictors[part.predictor].name
          guard let piece = part.piece else { return ModelColumn.Part(variable: name) }
          guard case .codes(_, let levels) = frame.predictors[part.predictor] else {
            return ModelColumn.Part(variable: name, number: piece + 1)
          }
          return ModelColumn.Part(variable: name, category: levels[piece].category)
        })
    }
    try self.init(plan, columns, predictors: frame.predictors, rowCount: frame.caseCount)
  }

  /// Refuses a model of more coefficients than can be fitted: the work grows with their cube.
  private static func checkWidth(_ width: Int, of model: ModelTerms) throws {
    guard width > 1_000 else { return }
    throw SurveyError(
      .usage, at: model.formula.source,
      "the model has \(width) coefficients or more, and at most 1000 are fitted",
      remedy: "Take a variable with many values as a number, or join its categories.")
  }

  /// The constant alone.
  init(constantOf rowCount: Int) {
    plan = [Product(term: nil, parts: [])]
    columns = [ModelColumn(parts: [])]
    self.rowCount = rowCount
    predictors = []
    bases = []
  }

  private init(
    _ plan: [Product], _ columns: [ModelColumn], dropped: [Dropped] = [],
    predictors: [ModelFrame.Values], rowCount: Int
  ) throws {
    self.plan = plan
    self.columns = columns
    self.rowCount = rowCount
    self.predictors = predictors
    self.dropped = dropped
    let used = Set((plan + dropped.map(\.product)).flatMap { $0.parts.map(\.predictor) })
    bases = try predictors.indices.map { index -> [[Double]] in
      guard used.contains(index) else { return [] }
      switch predictors[index] {
      case .basis(let values, let basis): return try basis.columns(at: values)
      case .columns(let columns): return columns
      case .numbers, .codes: return []
      }
    }
  }

  /// What a fit works with: the columns or their coordinates, rows × columns, by columns.
  /// - Complexity: O(rows × columns), on all cores.
  func elements() -> [Double] {
    var elements = rawElements()
    coordinates?.turn(&elements, count: rowCount)
    return elements
  }

  /// The columns themselves, likewise.
  func rawElements() -> [Double] { products(plan.map(\.parts)) }

  /// Products of predictors, rows × products, by products.
  func products(_ products: [[Product.Part]]) -> [Double] {
    [Double](unsafeUninitializedCapacity: rowCount * products.count) { buffer, initialized in
      nonisolated(unsafe) let buffer = buffer
      DispatchQueue.concurrentPerform(iterations: products.count) { index in
        let place = UnsafeMutableBufferPointer(
          rebasing: buffer[index * rowCount..<(index + 1) * rowCount])
        place.initialize(repeating: 1)
        for part in products[index] {
          predictors[part.predictor].multiply(
            place, piece: part.piece, basis: bases[part.predictor])
        }
      }
      initialized = rowCount * products.count
    }
  }

  /// The same columns of other values, as at other values of a variable; categories, knots and
  /// polynomials stay those of the fit.
  ///
  /// - Parameters:
  ///   - predictors: The values of every predictor.
  ///   - rowCount: The number of cases that they have.
  func rebuilt(from predictors: [ModelFrame.Values], rowCount: Int) throws -> Self {
    var result = try Self(
      plan, columns, dropped: dropped, predictors: predictors, rowCount: rowCount)
    result.coordinates = coordinates
    return result
  }

  /// The same columns without cases, which can be rebuilt.
  var plain: Self { Self(of: self) }

  private init(of matrix: Self) {
    plan = matrix.plan
    columns = matrix.columns
    coordinates = matrix.coordinates
    dropped = matrix.dropped
    rowCount = 0
    predictors = []
    bases = []
  }

  /// Leaves columns out, and forgets what was said of all.
  mutating func drop(_ dependent: [Int]) {
    guard !dependent.isEmpty else { return }
    coordinates = nil
    dropped = []
    for column in dependent.reversed() {
      columns.remove(at: column)
      plan.remove(at: column)
    }
  }
}

extension ModelFrame.Values {
  /// Multiplies a column by numbers, by a column of a basis, or by whether cases have a category.
  fileprivate func multiply(
    _ column: UnsafeMutableBufferPointer<Double>, piece: Int?, basis: [[Double]]
  ) {
    switch self {
    case .numbers(let values):
      values.withUnsafeBufferPointer { for i in column.indices { column[i] *= $0[i] } }
    case .basis, .columns:
      basis[piece ?? 0].withUnsafeBufferPointer { for i in column.indices { column[i] *= $0[i] } }
    case .codes(let positions, let levels):
      guard let piece else { return }
      let wanted = levels[piece].position
      func keep<Value: FixedWidthInteger>(_ values: [Value]) {
        let wanted = Value(wanted)
        values.withUnsafeBufferPointer {
          for i in column.indices where $0[i] != wanted { column[i] = 0 }
        }
      }
      switch positions {
      case .uint8(let values): keep(values)
      case .uint16(let values): keep(values)
      case .uint32(let values): keep(values)
      }
    }
  }
}
