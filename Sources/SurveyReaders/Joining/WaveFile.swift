internal import SurveyData

/// A file that is one wave of several.
struct WaveFile {
  /// What the wave is called: `2021`.
  let code: String
  let dataset: Dataset
  /// What is known of its columns as its rows are; derived variables are columns.
  let variables: [Variable]
  let rows: Int
  /// The variables of the design and the weights.
  let technicalNames: Set<String>
  private let places: [String: Int]

  init(_ code: String, _ dataset: Dataset) throws {
    self.code = code
    self.dataset = dataset
    let names = dataset.namesOfCSV
    try dataset.load(names.map { ($0, ExportedColumn.view(of: try dataset.described($0))) })
    variables = try names.map { try dataset.asWritten($0) }
    rows = try dataset.rowCount
    technicalNames = try Self.technicalNames(of: dataset.codebook)
    places = Dictionary(
      names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  private static func technicalNames(of codebook: Codebook) throws -> Set<String> {
    var names: Set<String> = []
    if case .declared(let design) = codebook.design {
      names.formUnion(design.psu + design.fpc + [design.strata].compactMap { $0 })
    }
    for weight in codebook.weights {
      switch weight.source {
      case .variable(let name): names.insert(name)
      case .expression(let source): names.formUnion(try Expression(source).variables)
      }
    }
    return names
  }

  var codebook: Codebook { dataset.codebook }

  func variable(_ name: String) -> Variable? { places[name].map { variables[$0] } }

  /// The design that the codebook declares; nil where it says nothing.
  var design: DesignDeclaration? {
    switch codebook.design {
    case .unstated: nil
    case .simpleRandom: DesignDeclaration()
    case .declared(let design): design
    }
  }

  /// What a column holds for each row as text, empty where it is missing.
  func texts(_ name: String) throws -> [String] {
    let column = try dataset.cells(name)
    let table = column.categories.map(\.code) + column.missing.map { _ in "" }
    var texts: [String] = []
    texts.reserveCapacity(column.count)
    column.positions.withEach { texts.append(table[$0]) }
    return texts
  }

  /// The wave's own weight of every row; nil where its codebook names none.
  func weights() throws -> [Double]? {
    guard let weight = codebook.defaultWeight else { return nil }
    switch weight.source {
    case .variable(let name): return try dataset.numeric(name).values
    case .expression(let source):
      let expression = try Expression(source)
      try dataset.load(try expression.inputs(in: dataset))
      return try expression.number(on: dataset).values
    }
  }
}
