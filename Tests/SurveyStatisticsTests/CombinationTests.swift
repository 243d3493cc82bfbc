import SurveyNumerics
import SurveyStatistics
import Testing

@Suite("Functions of estimates") struct CombinationTests {
  private let a = Combination.estimate(0)
  private let b = Combination.estimate(1)
  private let values = [0.3, 0.8]

  private var written: [Combination] {
    [
      a + b, a - b, a * b, a / b, .negative(a), .power(a, b), .power(a, .number(2)),
      .number(3) * a - .number(1), .total([a, b, a]), .total([]),
      .call(.log, a / (.number(1) - a)) - .call(.qlogis, b),
    ] + Combination.Function.allCases.map { .call($0, a * b) }
  }

  @Test func `slopes are what small steps find`() {
    let step = 1e-6
    for function in written {
      let slopes = function.evaluated(at: values).slopes
      for place in values.indices {
        var (up, down) = (values, values)
        up[place] += step
        down[place] -= step
        let found =
          (function.evaluated(at: up).value - function.evaluated(at: down).value) / step / 2
        #expect(abs((slopes[place] ?? 0) - found) < 1e-7, "\(function)")
      }
    }
  }

  @Test func `a line has its value and slopes at its own place`() {
    let line = Combination.line(5, slopes: [(0, 2), (1, -3)], at: values)
    let found = line.evaluated(at: values)
    #expect(found.value == 5 && found.slopes == [0: 2, 1: -3])
  }

  @Test func `over imputed data a function is taken in every data set`() throws {
    func estimates(_ values: [Double]) -> Estimates {
      Estimates(
        labels: ["a", "b"].map { Estimates.Label(variable: $0) }, values: values,
        covariance: Matrix([[0.01, 0.002], [0.002, 0.02]]), degreesOfFreedom: [50, 50],
        counts: [10, 10], weightedCounts: [10, 10])
    }
    let members = [estimates([0.3, 0.8]), estimates([0.4, 0.7])]
    let label = [Estimates.Label(variable: "ratio")]
    let found = try Estimates(pooling: members).functions([a / b], labels: label)
    let each = members.map { $0.functions([a / b], labels: label) }
    #expect(abs(found.values[0] - (0.3 / 0.8 + 0.4 / 0.7) / 2) < 1e-15)
    // T = Ū + (1 + 1∕m) B.
    let within = each.reduce(0) { $0 + $1.standardErrors[0] * $1.standardErrors[0] / 2 }
    let apart = each[0].values[0] - each[1].values[0]
    let total = within + 1.5 * apart * apart / 2
    #expect(abs(found.standardErrors[0] - total.squareRoot()) < 1e-14)
  }
}
