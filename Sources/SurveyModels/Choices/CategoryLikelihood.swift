internal import Dispatch
internal import Glibc
internal import SurveyNumerics

/// The weighted likelihood of a model of several answers.
///
/// The parameters of an ordinal model are the coefficients and then the cut points; those of a
/// multinomial one the coefficients of the second category, of the third, and so on.
struct CategoryLikelihood {
  let curve: ChoiceCurve
  /// Without a constant in an ordinal model, whose cut points take its place.
  let matrix: ModelMatrix
  /// Those of the matrix, rows × columns, by columns.
  let elements: [Double]
  /// The coefficients of the columns and the cut points as a linear map of the parameters, which are
  /// those of the coordinates.
  let parameterMap: Matrix
  /// The position of every row's answer.
  let answers: [Int32]
  var weights: [Double]

  init(curve: ChoiceCurve, matrix: ModelMatrix, answers: [Int32], weights: [Double]) {
    self.curve = curve
    self.matrix = matrix
    elements = matrix.elements()
    parameterMap =
      matrix.coordinates?.parameters(
        equations: curve.predictorCount, constants: curve.constantCount)
      ?? .identity(curve.predictorCount * matrix.width + curve.constantCount)
    self.answers = answers
    self.weights = weights
  }

  var family: CategoryFamily { curve.family }
  var categoryCount: Int { curve.categories.count }

  /// What a pass over the rows finds.
  struct Pass {
    var deviance = 0.0
    var score: [Double]
    /// The negative second derivatives.
    var information: Matrix
  }

  /// The number of parameters.
  var parameterCount: Int { curve.predictorCount * matrix.width + curve.constantCount }

  /// Where Newton's method begins: the model without predictors for cut points, otherwise zero.
  var start: [Double] {
    var start = Array(repeating: 0.0, count: parameterCount)
    guard family == .ordinal else { return start }
    let shares = shares
    var below = 0.0
    for cut in 0..<categoryCount - 1 {
      below += shares[cut]
      start[matrix.width + cut] = log(below / (1 - below))
    }
    return start
  }

  /// `−2 ln L` of the model whose chances are the shares of the answers.
  var nullDeviance: Double {
    let total = weights.reduce(0, +)
    return -2 * total * shares.reduce(0) { $0 + $1 * log($1) }
  }

  /// The weighted share of every category.
  private var shares: [Double] {
    var sums = Array(repeating: 0.0, count: categoryCount)
    for (answer, weight) in zip(answers, weights) { sums[Int(answer)] += weight }
    let total = sums.reduce(0, +)
    return sums.map { $0 / total }
  }

  /// Rows are worked in so many fixed stretches, whose sums are added in order, so that the bits do
  /// not depend on the number of cores.
  private var chunkCount: Int { answers.count < 1 << 15 ? 1 : 8 }

  /// Evaluates the likelihood.
  ///
  /// - Complexity: O(rows × parameters²), on all cores.
  func pass(at parameters: [Double]) -> Pass {
    let (size, width) = (parameterCount, matrix.width)
    let empty = Pass(
      score: Array(repeating: 0, count: size), information: Matrix(rows: size, columns: size))
    let (count, chunks) = (answers.count, chunkCount)
    let parts = UnsafeMutableBufferPointer<Pass>.allocate(capacity: chunks)
    parts.initialize(repeating: empty)
    defer {
      parts.deinitialize()
      parts.deallocate()
    }
    nonisolated(unsafe) let shared = parts
    DispatchQueue.concurrentPerform(iterations: chunks) { chunk in
      add(
        (count * chunk / chunks)..<(count * (chunk + 1) / chunks), at: parameters,
        to: &shared[chunk])
    }
    var pass = parts.dropFirst().reduce(into: parts[0]) { sum, part in
      for k in sum.score.indices { sum.score[k] += part.score[k] }
      for k in sum.information.elements.indices {
        sum.information.elements[k] += part.information.elements[k]
      }
      sum.deviance += part.deviance
    }
    // Each block of two equations is symmetric, and so is the whole.
    for a in 0..<curve.predictorCount {
      for b in 0..<a {
        for m in 0..<width {
          for n in 0..<m {
            pass.information[a * width + n, b * width + m] =
              pass.information[a * width + m, b * width + n]
          }
        }
      }
    }
    for k in 0..<size { for l in 0..<k { pass.information[l, k] = pass.information[k, l] } }
    return pass
  }

  /// Adds what some rows give, block by block, so that their columns stay in the cache.
  private func add(_ rows: Range<Int>, at parameters: [Double], to pass: inout Pass) {
    let (inputs, predictors) = (curve.inputCount, curve.predictorCount)
    let (width, pairs) = (matrix.width, inputs * (inputs + 1) / 2)
    let size = max(16, min(512, 32_768 / (2 * inputs + pairs)))
    withUnsafeTemporaryAllocation(
      of: Double.self, capacity: size * (2 * inputs + pairs + 1)
    ) { scratch in
      scratch.initialize(repeating: 0)
      guard let levels = scratch.baseAddress else { return }
      let scores = levels + inputs * size
      let bends = scores + inputs * size
      let product = bends + pairs * size
      var response = ChoiceCurve.Response(inputs: inputs)
      elements.withUnsafeBufferPointer { elements in
        let x = elements.baseAddress ?? UnsafePointer(levels)
        var start = rows.lowerBound
        while start < rows.upperBound {
          let count = min(size, rows.upperBound - start)
          func column(_ m: Int) -> UnsafePointer<Double> { x + (m * answers.count + start) }
          for k in 0..<inputs {
            let level = levels + k * size
            let first =
              k < predictors ? 0 : parameters[predictors * width + k - predictors]
            for i in 0..<count { level[i] = first }
            for m in 0..<(k < predictors ? width : 0) {
              let (b, column) = (parameters[k * width + m], column(m))
              for i in 0..<count { level[i] += b * column[i] }
            }
          }
          for i in 0..<count {
            curve.respond(levels + i, stride: size, Int(answers[start + i]), into: &response)
            let weight = weights[start + i]
            pass.deviance -= 2 * weight * response.logarithm
            var pair = 0
            for k in 0..<inputs {
              scores[k * size + i] = weight * response.score[k]
              for l in 0...k {
                bends[pair * size + i] = weight * response.information[k * inputs + l]
                pair += 1
              }
            }
          }
          for k in 0..<inputs {
            let score = scores + k * size
            guard k < predictors else {
              pass.score[predictors * width + k - predictors] += sum(score, count)
              continue
            }
            for m in 0..<width { pass.score[k * width + m] += dot(column(m), score, count) }
          }
          var bend = bends
          for k in 0..<inputs {
            let constant = predictors * width + k - predictors
            for l in 0...k {
              defer { bend += size }
              guard l < predictors else {
                pass.information[constant, predictors * width + l - predictors] += sum(bend, count)
                continue
              }
              guard k < predictors else {
                for m in 0..<width {
                  pass.information[constant, l * width + m] += dot(column(m), bend, count)
                }
                continue
              }
              for m in 0..<width {
                let column = column(m)
                for i in 0..<count { product[i] = bend[i] * column[i] }
                for n in 0...m {
                  pass.information[k * width + m, l * width + n] += dot(
                    product, x + (n * answers.count + start), count)
                }
              }
            }
          }
          start += count
        }
      }
    }
  }
}

/// The sum of some numbers.
@inline(__always)
private func sum(_ a: UnsafePointer<Double>, _ count: Int) -> Double {
  var sum = 0.0
  for i in 0..<count { sum += a[i] }
  return sum
}
