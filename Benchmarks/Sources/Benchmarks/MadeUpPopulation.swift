import Foundation

/// A made-up population of strata, sampling units and people: 40 strata of 60 to 140 units of 30 to 50 people, units
/// that differ, an outcome that hangs on a key and a mediator, two judgements and a number with a long tail.
struct MadeUpPopulation {
  static let strata = 40
  /// The people of every unit, by stratum.
  let units: [[Range<Int>]]
  var columns: [[Double]] = []
  /// The names of the columns.
  static let names = ["x", "z", "y", "a", "b", "v", "sex", "age"]

  init(seed: UInt64) {
    var random = SeededNumbers(seed: seed)
    var units: [[Range<Int>]] = []
    var columns = Self.names.map { _ in [Double]() }
    var first = 0
    for stratum in 0..<Self.strata {
      var own: [Range<Int>] = []
      let level = Double(stratum % 8) / 8 - 0.5
      for _ in 0..<60 + Int(random.uniform() * 80) {
        let size = 30 + Int(random.uniform() * 21)
        own.append(first..<first + size)
        first += size
        let place = 0.4 * random.normal()
        for _ in 0..<size {
          let (sex, age) = (Double(Int(random.uniform() * 2)), Double(Int(random.uniform() * 4)))
          let x = random.isTrue(log: -0.3 + 0.5 * level + 0.4 * place + 0.25 * age)
          let z = random.isTrue(log: -0.2 + 0.8 * x + 0.3 * place)
          let y = random.isTrue(log: -0.5 + 0.5 * x + 0.7 * z + place + 0.4 * sex - 0.2 * age)
          let a = random.isTrue(log: 0.8 + 0.6 * y + 0.3 * place)
          let b = random.isTrue(log: 0.2 + 0.8 * a + 0.4 * sex)
          let v = exp(1 + 0.5 * random.normal() + 0.2 * place + 0.3 * x + 0.1 * age)
          for (column, value) in [x, z, y, a, b, v, sex, age].enumerated() {
            columns[column].append(value)
          }
        }
      }
      units.append(own)
    }
    self.units = units
    self.columns = columns
  }

  var count: Int { columns[0].count }

  /// The people in each category of sex, and of age.
  var margins: [[Double]] {
    [6, 7].map { column in
      var sums = Array(repeating: 0.0, count: column == 6 ? 2 : 4)
      for value in columns[column] { sums[Int(value)] += 1 }
      return sums
    }
  }
}

/// A sample of two stages: two units of each stratum, 15 people of each, without replacement.
struct TwoStageSample {
  static let peopleOfUnit = 15
  var people: [Int] = []
  var weights: [Double] = []
  /// The stratum of every person, and whether the unit is the first of it.
  var stratum: [Int] = []
  var isFirst: [Bool] = []

  init(of population: MadeUpPopulation, _ random: inout SeededNumbers) {
    for (number, units) in population.units.enumerated() {
      for (place, unit) in random.chosen(2, of: units.count).enumerated() {
        let own = units[unit]
        for person in random.chosen(Self.peopleOfUnit, of: own.count) {
          people.append(own.lowerBound + person)
          weights.append(
            Double(units.count) / 2 * Double(own.count) / Double(Self.peopleOfUnit))
          stratum.append(number)
          isFirst.append(place == 0)
        }
      }
    }
  }

  /// The weights with each of two units' factors in every stratum.
  private func weights(_ factor: (_ stratum: Int, _ isFirst: Bool) -> Double) -> [Double] {
    weights.indices.map { weights[$0] * factor(stratum[$0], isFirst[$0]) }
  }

  /// Leaves out a unit at a time.
  var jackknife: [[Double]] {
    (0..<2 * MadeUpPopulation.strata).map { left in
      weights { stratum, isFirst in
        stratum != left / 2 ? 1 : isFirst == (left % 2 == 0) ? 0 : 2
      }
    }
  }

  /// Fay's, with ρ = 0.3 and a Hadamard matrix by Sylvester.
  var fay: [[Double]] {
    (0..<64).map { row in
      weights { stratum, isFirst in
        let sign = (row & (stratum + 1)).nonzeroBitCount % 2 == 0
        return sign == isFirst ? 1.7 : 0.3
      }
    }
  }

  /// Rao, Wu and Yue's with one unit of two, 100 times.
  func bootstrap(_ random: inout SeededNumbers) -> [[Double]] {
    (0..<100).map { _ in
      let takesFirst = (0..<MadeUpPopulation.strata).map { _ in random.uniform() < 0.5 }
      return weights { stratum, isFirst in takesFirst[stratum] == isFirst ? 2 : 0 }
    }
  }
}

/// SplitMix64 and what is made of it.
struct SeededNumbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func uniform() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

  mutating func normal() -> Double {
    (-2 * log(1 - uniform())).squareRoot() * cos(2 * Double.pi * uniform())
  }

  /// 1 with the chance whose log odds are given, otherwise 0.
  mutating func isTrue(log odds: Double) -> Double { uniform() < 1 / (1 + exp(-odds)) ? 1 : 0 }

  /// Different numbers below a bound.
  mutating func chosen(_ count: Int, of bound: Int) -> [Int] {
    var all = Array(0..<bound)
    for place in 0..<count { all.swapAt(place, place + Int(uniform() * Double(bound - place))) }
    return Array(all[..<count])
  }
}
