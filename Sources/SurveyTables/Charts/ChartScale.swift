internal import Glibc

/// A scale from numbers to places on the paper, with the numbers that are written at its axis.
struct ChartScale {
  /// The numbers at the ends.
  let low: Double
  let high: Double
  /// The places of the ends.
  let start: Double
  let end: Double
  let isLogarithmic: Bool
  /// The numbers at the axis.
  let ticks: [Double]

  /// Makes a scale that reaches over some numbers, its ends on ticks.
  ///
  /// - Parameters:
  ///   - fixed: Ends that hold whatever the numbers are.
  ///   - most: About how many ticks there may be.
  init(
    over values: [Double], from start: Double, to end: Double, fixed: ClosedRange<Double>? = nil,
    isLogarithmic: Bool = false, most: Int = 6
  ) {
    self.start = start
    self.end = end
    let known = values.filter { $0.isFinite && (!isLogarithmic || $0 > 0) }
    var low = fixed?.lowerBound ?? known.min() ?? 0
    var high = fixed?.upperBound ?? known.max() ?? 1
    if low == high { (low, high) = isLogarithmic ? (low / 2, high * 2) : (low - 1, high + 1) }
    self.isLogarithmic = isLogarithmic
    if isLogarithmic {
      let steps = Self.roundRatios.filter { $0 >= low / 1.0001 && $0 <= high * 1.0001 }
      let below = Self.roundRatios.last { $0 <= low } ?? low
      let above = Self.roundRatios.first { $0 >= high } ?? high
      self.low = below
      self.high = above
      let all = [below] + steps.filter { $0 > below && $0 < above } + [above]
      let stride = max(1, (all.count + most - 1) / most)
      ticks = all.indices.filter { ($0 - (all.firstIndex(of: 1) ?? 0)) % stride == 0 }.map {
        all[$0]
      }
    } else {
      let step = Self.roundStep((high - low) / Double(most))
      self.low = fixed?.lowerBound ?? (low / step).rounded(.down) * step
      self.high = fixed?.upperBound ?? (high / step).rounded(.up) * step
      let first = Int((self.low / step).rounded(.up))
      let last = Int((self.high / step + 1e-9).rounded(.down))
      ticks = first <= last ? (first...last).map { Double($0) * step } : []
    }
  }

  private static let roundRatios: [Double] = (-6...6).flatMap { power in
    [1.0, 1.5, 2, 3, 5, 7].map { $0 * pow(10, Double(power)) }
  }

  private static func roundStep(_ rough: Double) -> Double {
    let magnitude = pow(10, floor(log10(rough)))
    let step = [1.0, 2, 2.5, 5, 10].first { $0 * magnitude >= rough * 0.999 } ?? 10
    return step * magnitude
  }

  /// The place of a number; those beyond the ends stay at the ends.
  func place(_ value: Double) -> Double {
    let value = min(max(value, low), high)
    let share =
      isLogarithmic ? log(value / low) / log(high / low) : (value - low) / (high - low)
    return start + share * (end - start)
  }

  /// The decimals that tell the ticks apart, in units of `10^shift`.
  func decimals(shift: Int) -> Int { Self.decimals(of: ticks, shift: shift) }

  /// The decimals that some round numbers have, in units of `10^shift`.
  static func decimals(of numbers: [Double], shift: Int) -> Int {
    let scale = pow(10, Double(shift))
    return (0...6).first { digits in
      let unit = pow(10, Double(digits))
      return numbers.allSatisfy {
        abs(($0 * scale * unit).rounded() - $0 * scale * unit) < 1e-6
          * max(1, abs($0 * scale * unit))
      }
    } ?? 6
  }
}
