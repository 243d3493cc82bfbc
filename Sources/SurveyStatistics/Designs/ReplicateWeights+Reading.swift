internal import Glibc
internal import SurveyData

extension ReplicateWeights {
  /// Reads replicate weights; the columns are loaded.
  ///
  /// - Parameters:
  ///   - declared: What is said of them.
  ///   - weights: The weight, which factors multiply; a row without one has none in any replicate.
  ///   - steps: How the weight came about; the replicates went through the same.
  ///   - dataset: The data.
  /// - Throws: ``SurveyError`` for columns that are missing, no numbers, below zero, all the same, or
  ///   that are factors where weights were announced, or the reverse.
  /// - Complexity: O(rows × replicates).
  init(
    _ declared: ReplicateDeclaration, of weights: SurveyWeights, steps: [WeightAdjustment] = [],
    in dataset: Dataset
  ) throws {
    let names = try Self.names(declared, in: dataset)
    rule = try ReplicateRule(declared, count: names.count)
    if let cells = dataset.cells {
      guard let sums = cells.replicates(names, of: weights.name) else {
        throw SurveyError(
          .usage, at: dataset.source.facts.path,
          "the replicate weights of the cells are those of '\(cells.weights.first?.name ?? "no weight")'",
          remedy: "Choose that weight, or make the cells with the other one.")
      }
      source = .columns(sums)
      isCalibrated = steps.contains(where: \.step.countsInVariance)
      return
    }
    let total = weights.values.reduce(0, +)
    let people = Double(weights.values.count { $0 > 0 })
    var columns: [[Double]] = []
    var (sums, isOther) = (0.0, false)
    for name in names {
      var column = try dataset.numeric(name).values
      var sum = 0.0
      for row in column.indices {
        guard weights.values[row] > 0 else {
          column[row] = 0
          continue
        }
        guard column[row] >= 0, column[row] < .infinity else {
          throw SurveyError(
            .data, at: "row \(row + 1)",
            column[row].isNaN
              ? "the replicate weight '\(name)' is missing"
              : "the replicate weight '\(name)' is \(canonicalCode(column[row])); "
                + "a weight is a number from 0 up",
            remedy: column[row] < 0 ? steps.adviceOnNegativeWeights : nil)
        }
        sum += column[row]
        if declared.areFactors { column[row] *= weights.values[row] }
        isOther = isOther || abs(column[row] - weights.values[row]) > 1e-9 * weights.values[row]
      }
      sums += sum
      columns.append(column)
    }
    guard isOther else {
      throw SurveyError(
        .data, at: names[0], "all replicate weights are the weight itself, so they say nothing")
    }
    // Weights add up to about what the weight does, factors to about the number of people.
    let mean = sums / Double(names.count)
    func isNear(_ expected: Double) -> Bool { mean > expected / 1.6 && mean < expected * 1.6 }
    if declared.areFactors ? isNear(total) && !isNear(people) : isNear(people) && !isNear(total) {
      let (wrong, right) =
        declared.areFactors ? ("factors", "combined") : ("weights", "factors")
      throw SurveyError(
        .data, at: names[0],
        "the replicate weights add up to \(Int(mean)) on average, the weight to \(Int(total)) over "
          + "\(Int(people)) rows: they are no \(wrong)",
        remedy: "Write --replicate-weights-are \(right), or `are: \(right)` in the codebook.")
    }
    source = .columns(columns)
    isCalibrated = steps.contains(where: \.step.countsInVariance)
  }

  /// The columns, of which there are two at least.
  ///
  /// - Throws: ``SurveyError`` for a name or pattern that fits nothing.
  static func names(_ declared: ReplicateDeclaration, in dataset: Dataset) throws -> [String] {
    let names: [String]
    if let cells = dataset.cells {
      let known = cells.replicates.map(\.name)
      names = try VariableLists(known, at: dataset.source.facts.path).names(in: declared.weights)
      if let absent = names.first(where: { !known.contains($0) }) {
        throw SurveyError(
          .usage, at: dataset.source.facts.path,
          "the cells have no replicate weight '\(absent)'; they have "
            + (known.isEmpty ? "none" : known.joined(separator: ", ")),
          remedy: "Make them with it: vekt cells DATA … --replicate-weights.")
      }
    } else {
      names = try dataset.lists.names(in: declared.weights)
      for name in names { _ = try dataset.variable(name) }
    }
    guard names.count > 1 else {
      throw SurveyError(
        .usage, at: names.first, "one replicate weight makes no variance; there are two or more",
        remedy: "Name them all, as in --replicate-weights 'rw1-rw80'.")
    }
    return names
  }

  /// The degrees of freedom: the rank of the weights of some rows, less 1.
  ///
  /// Rows whose replicates are the same multiples of their weights count once, so that the matrix is
  /// one of sampling units where units share their factors.
  ///
  /// - Complexity: O(rows × replicates), then O(different rows × replicates²).
  func degreesOfFreedom(
    of weights: SurveyWeights, where isInside: (_ row: Int) -> Bool
  ) -> Double {
    let columns: [[Double]]
    switch source {
    case .columns(let all): columns = all
    case .jackknife(let jackknife): return jackknife.degreesOfFreedom(isInside)
    }
    let count = columns.count
    // Of each different row of factors one, by its factors to single precision.
    var seen: Set<UInt64> = []
    var basis: [[Double]] = []
    for row in weights.values.indices where weights.values[row] > 0 && isInside(row) {
      let weight = weights.values[row]
      var hash: UInt64 = 0xcbf2_9ce4_8422_2325
      for column in columns {
        hash = (hash ^ UInt64(Float(column[row] / weight).bitPattern)) &* 0x0100_0000_01b3
      }
      guard seen.insert(hash).inserted else { continue }
      // What is left of it beside those before; twice, so that rounding leaves nothing.
      var rest = columns.map { $0[row] / weight }
      let length = rest.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard length > 0 else { continue }
      for _ in 0..<2 {
        for other in basis {
          var share = 0.0
          for k in 0..<count { share += rest[k] * other[k] }
          for k in 0..<count { rest[k] -= share * other[k] }
        }
      }
      let left = rest.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard left > 1e-5 * length else { continue }
      basis.append(rest.map { $0 / left })
      if basis.count == count { break }
    }
    return Double(basis.count - 1)
  }
}
