internal import Glibc

extension ChoiceCurve {
  /// The logarithm of the chance of an answer with its derivatives by the inputs of a row.
  struct Response {
    var logarithm = 0.0
    var score: [Double]
    /// The negative second derivatives, inputs × inputs, of which the lower half counts.
    var information: [Double]

    init(inputs: Int) {
      score = Array(repeating: 0, count: inputs)
      information = Array(repeating: 0, count: inputs * inputs)
    }
  }

  /// Finds what an answer adds to the likelihood at the inputs of a row.
  ///
  /// - Parameters:
  ///   - inputs: The linear predictors, then the constants.
  ///   - stride: How far apart they lie.
  ///   - answer: The position of the answer.
  ///   - response: Takes the result.
  @inline(__always)
  func respond(
    _ inputs: UnsafePointer<Double>, stride: Int = 1, _ answer: Int, into response: inout Response
  ) {
    switch family {
    case .ordinal: respondOrdinal(inputs, stride, answer, into: &response)
    case .multinomial: respondMultinomial(inputs, stride, answer, into: &response)
    }
  }

  /// With the cut points `a < b` around the answer, both minus η, and `δ = b − a` the chance is
  /// `F(b) F(−a) (1 − e^−δ)`, which loses no digits in the tails.
  private func respondOrdinal(
    _ inputs: UnsafePointer<Double>, _ stride: Int, _ answer: Int, into response: inout Response
  ) {
    let size = response.score.count
    for k in 0..<size { response.score[k] = 0 }
    for k in 0..<size * size { response.information[k] = 0 }
    var logarithm = 0.0
    let (above, below) = (answer + 1, answer)
    if above < size {
      let b = inputs[above * stride] - inputs[0]
      let (share, rest, e) = logistic(b)
      let density = share * rest
      logarithm += min(b, 0) - log(1 + e)
      response.score[above] = rest
      response.information[above * size + above] = density
      response.information[above * size] = -density
      response.information[0] = density
    }
    if below > 0 {
      let a = inputs[below * stride] - inputs[0]
      let (share, rest, e) = logistic(a)
      let density = share * rest
      logarithm += min(-a, 0) - log(1 + e)
      response.score[below] = -share
      response.information[below * size + below] = density
      response.information[below * size] = -density
      response.information[0] += density
    }
    response.score[0] = 0
    if above < size, below > 0 {
      let gap = inputs[above * stride] - inputs[below * stride]
      let ratio = 1 / expm1(gap)
      let mixed = ratio * (1 + ratio)
      logarithm += log(-expm1(-gap))
      response.score[above] += ratio
      response.score[below] -= ratio
      response.information[above * size + above] += mixed
      response.information[below * size + below] += mixed
      response.information[above * size + below] = -mixed
    }
    for cut in 1..<size { response.score[0] -= response.score[cut] }
    response.logarithm = logarithm
  }

  private func respondMultinomial(
    _ inputs: UnsafePointer<Double>, _ stride: Int, _ answer: Int, into response: inout Response
  ) {
    let size = response.score.count
    var most = 0.0
    for k in 0..<size { most = max(most, inputs[k * stride]) }
    var total = exp(-most)
    for k in 0..<size {
      response.score[k] = exp(inputs[k * stride] - most)
      total += response.score[k]
    }
    response.logarithm = (answer == 0 ? 0 : inputs[(answer - 1) * stride]) - most - log(total)
    for k in 0..<size { response.score[k] /= total }
    // What is left to 1 is a sum, which has all its digits however near a chance is.
    let first = exp(-most) / total
    var left = first
    for k in 0..<size {
      let chance = response.score[k]
      var rest = first
      for l in 0..<size where l != k { rest += response.score[l] }
      for l in 0..<k { response.information[k * size + l] = -chance * response.score[l] }
      response.information[k * size + k] = chance * rest
      if answer == k + 1 { left = rest }
    }
    for k in 0..<size { response.score[k] = answer == k + 1 ? left : -response.score[k] }
  }

  /// The derivatives of the logarithm of the chance of each case's answer, inputs × cases.
  func scores(_ inputs: [Double], answers: [Int32]) -> [Double] {
    let count = answers.count
    var scores = inputs
    var response = Response(inputs: inputCount)
    inputs.withUnsafeBufferPointer { inputs in
      guard let first = inputs.baseAddress else { return }
      for i in 0..<count {
        respond(first + i, stride: count, Int(answers[i]), into: &response)
        for k in response.score.indices { scores[k * count + i] = response.score[k] }
      }
    }
    return scores
  }
}

/// `1 ∕ (1 + e^−z)` and what is left to 1, both to full precision, and `e^−|z|`.
@inline(__always)
func logistic(_ z: Double) -> (share: Double, rest: Double, e: Double) {
  let e = exp(-abs(z))
  let large = 1 / (1 + e)
  let small = e * large
  return z < 0 ? (small, large, e) : (large, small, e)
}
