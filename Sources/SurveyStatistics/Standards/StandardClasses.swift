internal import SurveyData

/// The classes of people whose weights are changed together so that every group has the composition of a
/// standard population: those of one group and one category of the standard.
///
/// In class `gb` the weight is multiplied by `s_b W_g ∕ W_gb`, so that the mean of a group becomes `Σ_b
/// s_b ȳ_gb` and its weight stays `W_g`. The composition is then known, not estimated: an influence loses
/// its mean in every class, as in post-stratification.
///
/// - Note: Agrees with `svystandardize(design, by, over, population)` of R's survey 4.1.
package struct StandardClasses: Sendable {
  /// The class of every row or cell, `group × categories + category`; negative for one that does not count.
  let ofItem: [Int32]
  private let shares: [Double]
  private let groupCount: Int

  /// Sorts people into classes.
  ///
  /// - Parameters:
  ///   - standard: The standard population, by the codes of the categories.
  ///   - categories: The categories of its variables.
  ///   - count: The number of rows or cells.
  ///   - groupCount: The number of groups, in each of which somebody is.
  ///   - item: The group of a row or cell and its answers as one mixed-radix number; nil where it does not
  ///     count.
  ///   - name: The name of a group, empty where there are no groups.
  /// - Throws: ``SurveyError`` for people whom the standard does not have, and for a group in which nobody
  ///   is of a category that it has.
  init(
    _ standard: StandardPopulation, among categories: [[Category]], count: Int, groupCount: Int,
    _ item: (Int) -> (group: Int, answers: Int)?, name: (_ group: Int) -> String
  ) throws {
    let places = standard.places(among: categories)
    let shares = standard.shares.map(\.share)
    var isThere = Array(repeating: false, count: groupCount * shares.count)
    var classes = Array(repeating: Int32(-1), count: count)
    for index in 0..<count {
      guard let (group, answers) = item(index) else { continue }
      guard let place = places[answers] else {
        var rest = answers
        let codes = categories.reversed().map { categories in
          defer { rest /= categories.count }
          return categories[rest % categories.count].code
        }
        throw SurveyError(
          .data, at: standard.variables.joined(separator: ","),
          "somebody is '\(codes.reversed().joined(separator: ","))', and the standard has no share of it",
          remedy: "State its share, or leave these people out with --where.")
      }
      classes[index] = Int32(group * shares.count + place)
      isThere[group * shares.count + place] = true
    }
    if let empty = isThere.firstIndex(of: false) {
      let (group, place) = empty.quotientAndRemainder(dividingBy: shares.count)
      let codes = standard.shares[place].codes.joined(separator: ",")
      let name = name(group)
      throw SurveyError(
        .noAnswer, at: standard.variables.joined(separator: ","),
        "nobody" + (name.isEmpty ? "" : " in the group '\(name)'")
          + " is '\(codes)', of which the standard has a share, so that "
          + (name.isEmpty ? "nothing" : "the group") + " can" + (name.isEmpty ? "" : "not")
          + " be standardised",
        remedy: name.isEmpty
          ? "Leave the category out of the standard, or join it with another."
          : "Join categories of the standard, or leave the group out with --where.")
    }
    ofItem = classes
    self.shares = shares
    self.groupCount = groupCount
  }

  /// What the weight of every row or cell is multiplied by; 1 where it does not count.
  ///
  /// - Parameter weights: The weights of rows or cells.
  func factors(_ weights: [Double]) -> [Double] {
    var sums = Array(repeating: 0.0, count: groupCount * shares.count)
    for (index, own) in ofItem.enumerated() where own >= 0 { sums[Int(own)] += weights[index] }
    let factors = sums.indices.map { place in
      let (group, category) = place.quotientAndRemainder(dividingBy: shares.count)
      let whole = sums[group * shares.count..<(group + 1) * shares.count].reduce(0, +)
      return shares[category] * whole / sums[place]
    }
    return ofItem.map { $0 < 0 ? 1 : factors[Int($0)] }
  }

  /// The weighted mean of an influence in every class, classes × width.
  ///
  /// - Parameters:
  ///   - weights: The weights, which may be the standardised ones, since a class has one factor.
  ///   - influence: Writes the influence of a row or cell; false where it has none.
  func centres(
    width: Int, _ weights: (Int) -> Double,
    _ influence: (_ item: Int, _ into: UnsafeMutableBufferPointer<Double>) -> Bool
  ) -> [Double] {
    let count = groupCount * shares.count
    var sums = Array(repeating: 0.0, count: count * width)
    var whole = Array(repeating: 0.0, count: count)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: max(width, 1)) { space in
      space.initialize(repeating: 0)
      let u = UnsafeMutableBufferPointer(rebasing: space[0..<width])
      for (item, own) in ofItem.enumerated() where own >= 0 {
        guard influence(item, u) else { continue }
        let weight = weights(item)
        whole[Int(own)] += weight
        for k in 0..<width { sums[Int(own) * width + k] += weight * u[k] }
      }
    }
    return sums.indices.map { sums[$0] / whole[$0 / width] }
  }

  /// Takes the mean of its class off the influence of a row or cell.
  func centre(
    _ item: Int, at centres: [Double], _ u: UnsafeMutableBufferPointer<Double>
  ) {
    let first = Int(ofItem[item]) * u.count
    for k in u.indices { u[k] -= centres[first + k] }
  }
}
