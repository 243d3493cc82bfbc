/// A recipe small enough to follow by hand: two groups, everybody answers.
enum TinyRecipe {
  static let text = """
    recipe: 1
    title: Tiny
    seed: 1
    missing_codes:
      numbers: {inapplicable: 97, dont_know: 98}
      text: {inapplicable: na, dont_know: dk}
    groups:
      north: {population: 300, drawn: 100, values: {side: n}}
      south: {population: 700, drawn: 100, values: {side: s}}
    pools:
      both: [north, south]
    sample:
      id: id
      weight: weight
      stratum: {column: stratum, of: [side]}
      frame:
        age: {bands: [18-39, 40-79], assumed: [50, 50]}
      response: {percent: 100}
    tendencies:
      warmth: {age: 0.5}
    items:
      trust:
        answers: [low, high]
        assumed: {north: 40, south: 40}
        published:
          trust.both: {group: both, answers: [high], percent: 50, source: "page 1"}
          trust.north: {group: north, answers: [high], percent: 80, source: "page 1"}
        loads: {warmth: 1}
      doubt:
        answers: [1, 2, 3]
        asked: {trust: [high]}
        assumed: [20, 30, 50]
        loads: {warmth: {north: 1, south: -1}}
        missing: {dont_know: 10}
    """

  /// The recipe with one passage put for another.
  static func replacing(_ passage: String, with other: String) -> String {
    text.replacing(passage, with: other)
  }
}
