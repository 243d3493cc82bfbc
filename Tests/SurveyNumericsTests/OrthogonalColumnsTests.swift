import SurveyNumerics
import Testing

@Suite("Columns made orthogonal")
struct OrthogonalColumnsTests {
  private let years = (0..<22).map { 2010 + Double($0 % 11) }
  private let weights = (0..<22).map { 1 + Double($0 % 3) }

  @Test func `a year, its square and its cube stand, and are orthogonal`() {
    let columns = [years.map { _ in 1 }, years, years.map { $0 * $0 }, years.map { $0 * $0 * $0 }]
    let found = OrthogonalColumns(columns.flatMap { $0 }, weights: weights)
    #expect(found.kept == [0, 1, 2, 3] && found.dependent.isEmpty)
    var q = columns.flatMap { $0 }
    found.coordinates(of: &q, count: years.count)
    let total = weights.reduce(0, +)
    for k in 0..<4 {
      for l in 0...k {
        let product = years.indices.reduce(0) {
          $0 + weights[$1] * q[k * years.count + $1] * q[l * years.count + $1]
        }
        #expect(abs(product / total - (k == l ? 1 : 0)) < 1e-5)
      }
    }
    #expect(q.prefix(22).allSatisfy { $0 == 1 })
  }

  @Test func `what is left of a column is measured on its length, not on its square`() {
    // 1e-8 of the length is left, and 1e-16 of its square.
    let noise = (0..<22).map { Double(($0 * 7) % 11) - 5 }
    let near = noise.map { 1e8 + $0 }
    let ones = noise.map { _ in 1.0 }
    #expect(OrthogonalColumns(ones + near, weights: weights).dependent.isEmpty)
    let sum = zip(years, near).map { 2 * $0 - 3 * $1 + 4 }
    let found = OrthogonalColumns(ones + near + years + sum, weights: weights)
    #expect(found.dependent == [3])
    for (a, expected) in zip(found.combinations.elements, [4.0, -3, 2]) {
      #expect(abs(a - expected) < 1e-6 * max(1, abs(expected)))
    }
  }

  @Test func `coefficients of the columns are those of the coordinates, mapped`() {
    let columns = years.map { _ in 1.0 } + years + years.map { $0 * $0 }
    let found = OrthogonalColumns(columns, weights: weights)
    var q = columns
    found.coordinates(of: &q, count: 22)
    let own = [2.0, -1, 0.5]
    let mapped = found.inverse * own
    for i in 0..<22 {
      let left = (0..<3).reduce(0) { $0 + own[$1] * q[$1 * 22 + i] }
      let right = (0..<3).reduce(0) { $0 + mapped[$1] * columns[$1 * 22 + i] }
      #expect(abs(left - right) < 1e-8)
    }
  }

  @Test func `a constant that is no column takes part in values, not in slopes`() {
    let columns = years.map { _ in 1.0 } + years
    let found = OrthogonalColumns(columns, weights: weights)
    var values = years
    found.coordinates(of: &values, count: 22, constant: 1)
    var whole = columns
    found.coordinates(of: &whole, count: 22)
    #expect(values == Array(whole.suffix(22)))
    var slopes = years.map { _ in 1.0 }
    found.coordinates(of: &slopes, count: 22, constant: 0)
    #expect(abs(slopes[0] - (values[1] - values[0])) < 1e-9)
  }

  @Test func `a covariance short of rank has no quadratic form`() {
    // Three numbers of two units: the third is the sum of the others.
    let two = Matrix([[2, 1, 3], [1, 3, 4], [3, 4, 7]])
    #expect(two.quadraticForm(of: [1, 2, 4]) == nil)
    #expect(Matrix([[1, 0], [0, 0]]).quadraticForm(of: [1, 1]) == nil)
    #expect(Matrix([[2, 0], [0, 4]]).quadraticForm(of: [2, 2]) == 3)
    // Units of very different size are no want of rank.
    #expect(Matrix([[1e-20, 0], [0, 1e20]]).quadraticForm(of: [1e-10, 1e10]) == 2)
  }
}
