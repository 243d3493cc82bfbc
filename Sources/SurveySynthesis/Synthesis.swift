public import SurveyData

/// Made-up data, and how they compare with what has been published.
public struct Synthesis: Sendable {
  /// The answers, with a codebook of codes, missing reasons, weight and strata.
  public let dataset: Dataset
  /// The columns in their order in the file.
  public let columns: [(name: String, column: Column)]
  /// Every published share with what was reached.
  public let targets: [PublishedTarget]
  /// How many people were drawn and how many answered.
  public let sample: (drawn: Int, answered: Int)
}

extension Recipe {
  /// Makes the data.
  ///
  /// - Returns: The data and a report of every published share; all of them hold after rounding.
  /// - Throws: ``SurveyError`` that names the published share that cannot be met, or a cell of the
  ///   adjustment in which nobody answers.
  /// - Complexity: O(variables × people × log people).
  public func synthesize() throws -> Synthesis {
    var targets: [PublishedTarget] = []
    var population = Population(drawing: groups, seed: seed)
    let drawn = population.count
    for column in groupColumns { population.fill(column, missingCodes: missingCodes) }
    for variable in sample.frame {
      targets += try population.draw(variable, seed: seed, weighted: false)
    }
    try population.keepRespondents(of: self)
    for variable in background { targets += try population.draw(variable, seed: seed) }
    for tendency in tendencies { population.drawScore(tendency, seed: seed) }
    for variable in items { targets += try population.draw(variable, seed: seed) }
    let columns = columns(of: population)
    let source = MemorySource(columns, name: name)
    return Synthesis(
      dataset: Dataset(source, codebook: codebook(of: columns)), columns: columns,
      targets: targets, sample: (drawn, population.count))
  }

  private func columns(of population: Population) -> [(name: String, column: Column)] {
    let strata = population.cells(of: sample.strata)
    func plain(_ values: [Double]) -> Column {
      .numbers(NumericColumn(values: values, missing: [.system]))
    }
    let design = [
      (sample.idColumn, plain(population.ids.map(Double.init))),
      (sample.weightColumn, plain(population.weights)),
      (sample.stratumColumn, plain(strata.map { Double($0 + 1) })),
    ]
    let names = groupColumns.map(\.name) + (sample.frame + background + items).map(\.name)
    return design + names.compactMap { name in population[name].map { (name, $0.column) } }
  }

  private func codebook(of columns: [(name: String, column: Column)]) -> Codebook {
    var codebook = Codebook()
    codebook.study.title = title
    codebook.study.note = note
    codebook.variables = columns.map { name, column in
      var variable = Variable(name)
      switch column {
      case .codes(let column):
        variable.categories = column.categories
        variable.missing = Array(column.missing.dropFirst())
        variable.type = column.categories.allSatisfy { $0.number != nil } ? .integer : .text
        variable.measure = .nominal
      case .numbers(let column):
        variable.missing = Array(column.missing.dropFirst())
        variable.type = name == sample.weightColumn ? .decimal : .integer
      case .text: variable.type = .text
      }
      switch name {
      case sample.idColumn: variable.role = .id
      case sample.weightColumn: variable.role = .weight
      case sample.stratumColumn: variable.role = .stratum
      default: break
      }
      return variable
    }
    codebook.weights = [
      WeightDeclaration(
        sample.weightColumn, source: .variable(sample.weightColumn), isDefault: true)
    ]
    codebook.design = .declared(DesignDeclaration(strata: sample.stratumColumn))
    return codebook
  }
}
