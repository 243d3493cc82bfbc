internal import SurveyData

/// The composition that groups are given before they are compared: the share of every category of a
/// variable, or of every combination of several.
public struct StandardPopulation: Hashable, Sendable {
  /// The variables, crossed with each other.
  public let variables: [String]
  /// The shares, which add up to 1.
  public let shares: [Share]

  /// The share of a category.
  public struct Share: Hashable, Sendable {
    /// The codes, or labels, one a variable.
    public let codes: [String]
    /// The share, above 0 and at most 1.
    public let share: Double
  }

  /// Makes a standard population.
  ///
  /// - Parameters:
  ///   - variables: The variables.
  ///   - sizes: The size of every category: shares that add up to 1 within 0.001, or numbers of people, of
  ///     which one at least is above 1.
  /// - Throws: ``SurveyError`` for sizes that are not above 0, shares that do not add up to 1, and a category
  ///   that stands twice.
  public init(_ variables: [String], _ sizes: [(codes: [String], size: Double)]) throws {
    let place = variables.joined(separator: ",")
    func name(_ codes: [String]) -> String { "'\(codes.joined(separator: ","))'" }
    var seen = Set<[String]>()
    for (codes, size) in sizes {
      guard size > 0, size.isFinite else {
        throw SurveyError(
          .data, at: place, "the share of \(name(codes)) is \(canonicalCode(size)); it is above 0",
          remedy: "Leave out whom the standard does not have, in the shares and with --where.")
      }
      guard seen.insert(codes).inserted else {
        throw SurveyError(.data, at: place, "\(name(codes)) has two shares")
      }
    }
    guard !sizes.isEmpty else {
      throw SurveyError(.data, at: place, "no share of its categories is stated")
    }
    let sum = sizes.reduce(0) { $0 + $1.size }
    guard abs(sum - 1) <= 0.001 || sizes.contains(where: { $0.size > 1 }) else {
      throw SurveyError(
        .data, at: place,
        "the shares of the standard add up to \(canonicalCode((sum * 1e6).rounded() / 1e6)), not to 1",
        remedy: "State all shares, or numbers of people.")
    }
    self.variables = variables
    shares = sizes.map { Share(codes: $0.codes, share: $0.size / sum) }
  }

  private init(_ variables: [String], shares: [Share]) {
    self.variables = variables
    self.shares = shares
  }

  /// The same with the codes that a survey has for what was stated.
  ///
  /// - Parameter categories: The categories of every variable.
  /// - Throws: ``SurveyError`` for what is no category, and one that stands by its code and its label.
  func resolved(among categories: [[Category]]) throws -> StandardPopulation {
    var seen = Set<[String]>()
    let shares = try shares.map { share in
      let codes = try variables.indices.map { index in
        let text = share.codes[index]
        guard let known = categories[index].named(text) else {
          throw SurveyError(
            .data, at: variables[index],
            "has no category '\(text)' among \(categories[index].listedInQuotes), and the standard has",
            remedy: categories[index].suggestion(for: text))
        }
        return known.code
      }
      guard seen.insert(codes).inserted else {
        throw SurveyError(
          .data, at: variables.joined(separator: ","),
          "'\(codes.joined(separator: ","))' has two shares")
      }
      return Share(codes: codes, share: share.share)
    }
    return StandardPopulation(variables, shares: shares)
  }

  /// The place among the shares of every combination of answers, as one mixed-radix number over valid
  /// ones; nil where the standard does not have it.
  func places(among categories: [[Category]]) -> [Int?] {
    let known = Dictionary(
      uniqueKeysWithValues: shares.enumerated().map { ($1.codes, $0) })
    return categories.reduce([[String]()]) { all, own in
      all.flatMap { start in own.map { start + [$0.code] } }
    }.map { known[$0] }
  }
}
