import SurveyData
import Testing

@testable import SurveySynthesis

@Suite struct SynthesisTests {
  private func synthesis(_ text: String = TinyRecipe.text) throws -> Synthesis {
    try Recipe(parsing: text, name: "tiny.yaml").synthesize()
  }

  private func rows(_ synthesis: Synthesis) throws -> [[String: String]] {
    let lines = try synthesis.csv().split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let names = try #require(lines.first)
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(names, $0)) }
  }

  @Test func `weights are population over drawn with mean one`() throws {
    let rows = try rows(synthesis())
    #expect(rows.count == 200)
    // 300 / 100 and 700 / 100, divided by their mean 5.
    #expect(Set(rows.filter { $0["side"] == "n" }.map { $0["weight"] }) == ["0.6"])
    #expect(Set(rows.filter { $0["side"] == "s" }.map { $0["weight"] }) == ["1.4"])
    #expect(Set(rows.map { "\($0["side"] ?? "") \($0["stratum"] ?? "")" }) == ["n 1", "s 2"])
  }

  @Test func `a group's and its pool's published shares hold together`() throws {
    let synthesis = try synthesis()
    let rows = try rows(synthesis)
    // Of a hundred people in the north 80; the south is left with 26/70, 37 of its hundred.
    #expect(rows.filter { $0["side"] == "n" && $0["trust"] == "high" }.count == 80)
    #expect(rows.filter { $0["side"] == "s" && $0["trust"] == "high" }.count == 37)
    #expect(synthesis.targets.map(\.id) == ["trust.both", "trust.north"])
    let both = try #require(synthesis.targets.first)
    #expect(abs(both.reached - (80 * 0.6 + 37 * 1.4) / 2) < 1e-9)
    #expect(both.wanted == 50 && both.n == 200 && both.group == "both")
    #expect(both.variable == "trust" && both.codes == ["high"] && both.source == "page 1")
  }

  @Test func `who is not asked is not asked, and some of those asked do not know`() throws {
    let rows = try rows(synthesis())
    #expect(rows.allSatisfy { ($0["trust"] == "high") == ($0["doubt"] != "97") })
    let unsure = rows.count { $0["doubt"] == "98" }
    #expect(unsure > 3 && unsure < 25)
  }

  @Test func `people of one group answer alike where the recipe says so`() throws {
    let groups = (1...40).map { "  m\($0): {population: 100, drawn: 15, values: {m: \($0)}}" }
    let head = """
      recipe: 1
      title: Alike
      seed: 7
      missing_codes: {numbers: {dont_know: 98}, text: {dont_know: dk}}
      groups:
      \(groups.joined(separator: "\n"))
      sample:
        id: id
        weight: weight
        stratum: {column: stratum, of: [m]}
        frame: {age: {bands: [18-79], assumed: 100}}
        response: {percent: 100}
      items:
        trust:
          answers: [low, high]
          assumed: 60
      """
    /// The one-way analysis of variance of 40 groups of 15.
    func correlation(_ alike: String) throws -> Double {
      let rows = try rows(synthesis(head + alike + "\n"))
      let shares = Dictionary(grouping: rows) { $0["m"] ?? "" }.values.map { group in
        Double(group.count { $0["trust"] == "high" }) / 15
      }
      let mean = shares.reduce(0, +) / 40
      #expect(abs(mean - 0.6) < 0.06)
      let between = 15 * shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 39
      let within = 15 * shares.reduce(0) { $0 + $1 * (1 - $1) } / (40 * 14)
      return (between - within) / (between + 14 * within)
    }
    #expect(try correlation("") < -0.05)
    let alike = try correlation("\n    alike: 0.1")
    #expect(alike > 0.04 && alike < 0.18, "\(alike)")
  }

  @Test func `numbers lie in their bands`() throws {
    let ages = try rows(synthesis()).compactMap { Int($0["age"] ?? "") }
    #expect(ages.count == 200 && ages.allSatisfy((18...79).contains))
    #expect(ages.count { $0 < 40 } == 100)
  }

  @Test func `a number never exceeds its ceiling`() throws {
    let text = TinyRecipe.replacing(
      "items:\n",
      with: "items:\n  years: {bands: [0-9, 10-60], assumed: [10, 90], at_most: age}\n")
    let rows = try rows(synthesis(text))
    let pairs = rows.compactMap { row in
      Int(row["years"] ?? "").flatMap { years in Int(row["age"] ?? "").map { (years, $0) } }
    }
    #expect(pairs.count == 200 && pairs.allSatisfy { $0.0 <= $0.1 })
    #expect(pairs.contains { $0.0 == $0.1 })
  }

  @Test(arguments: [("n", 1.0), ("s", -1.0)])
  func `an association has the stated sign in each group`(side: String, sign: Double) throws {
    let text = TinyRecipe.replacing("drawn: 100", with: "drawn: 200")
    let rows = try rows(synthesis(text)).filter { $0["side"] == side }
    func meanAge(_ doubt: String) throws -> Double {
      let ages = rows.filter { $0["doubt"] == doubt }.compactMap { Double($0["age"] ?? "") }
      try #require(ages.count > 5)
      return ages.reduce(0, +) / Double(ages.count)
    }
    #expect(sign * (try meanAge("3") - meanAge("1")) > 0)
  }

  @Test func `the same recipe gives the same bytes, another seed others`() throws {
    let first = try synthesis().csv()
    #expect(try synthesis().csv() == first)
    #expect(try synthesis(TinyRecipe.replacing("seed: 1", with: "seed: 2")).csv() != first)
  }

  @Test func `a new item leaves the others as they are`() throws {
    let names = ["id", "weight", "age", "trust", "doubt"]
    let text = TinyRecipe.replacing(
      "items:\n", with: "items:\n  extra: {answers: [a, b], assumed: 30}\n")
    let more = try rows(synthesis(text)).map { row in names.map { row[$0] } }
    #expect(try rows(synthesis()).map { row in names.map { row[$0] } } == more)
  }

  @Test func `non-response is made good by the weights`() throws {
    let text = TinyRecipe.replacing(
      "response: {percent: 100}",
      with: "response: {percent: 50, loads: {age: 1}}\n  adjust_within: [side, age]"
    ).replacing("drawn: 100", with: "drawn: 300")
    let rows = try rows(synthesis(text))
    #expect(rows.count == 300)
    let young = rows.filter { (Int($0["age"] ?? "") ?? 99) < 40 }
    func total(_ rows: [[String: String]]) -> Double {
      rows.compactMap { Double($0["weight"] ?? "") }.reduce(0, +)
    }
    #expect(young.count < 120)
    #expect(abs(total(young) / total(rows) - 0.5) < 1e-4)
  }

  @Test func `the dataset knows its codes, weight and strata`() throws {
    let dataset = try synthesis().dataset
    #expect(try dataset.rowCount == 200)
    let doubt = try dataset.categorical("doubt")
    #expect(doubt.categories.map(\.code) == ["1", "2", "3"])
    #expect(doubt.missing.map(\.reason) == [.system, .inapplicable, .dontKnow])
    #expect(dataset.codebook.defaultWeight?.name == "weight")
    #expect(dataset.codebook.design == .declared(DesignDeclaration(strata: "stratum")))
  }

  @Test func `a share among people with an earlier answer moves only them`() throws {
    let text = TinyRecipe.replacing(
      "items:\n",
      with: """
        items:
          calm:
            answers: [no, yes]
            assumed: {north: 40, south: 60}
            published:
              calm.both: {group: both, answers: [yes], percent: 55}
              calm.young: {group: both, among: {age: [18-39]}, answers: [yes], percent: 30}

        """)
    let synthesis = try synthesis(text)
    let rows = try rows(synthesis)
    let young = rows.filter { (Int($0["age"] ?? "") ?? 99) < 40 }
    func total(_ rows: [[String: String]]) -> Double {
      rows.compactMap { Double($0["weight"] ?? "") }.reduce(0, +)
    }
    func percent(_ rows: [[String: String]]) -> Double {
      100 * total(rows.filter { $0["calm"] == "yes" }) / total(rows)
    }
    #expect(abs(percent(young) - 30) < 0.5 && abs(percent(rows) - 55) < 0.5)
    let target = try #require(synthesis.targets.first { $0.id == "calm.young" })
    #expect(target.n == young.count && abs(target.reached - percent(young)) < 1e-9)
  }

  @Test func `a variable can name a set of missing codes`() throws {
    let text = TinyRecipe.replacing(
      "  text: {inapplicable: na",
      with: "  short: {inapplicable: 7, dont_know: 8}\n  text: {inapplicable: na"
    ).replacing(
      "missing: {dont_know: 10}", with: "missing: {dont_know: 10}\n    missing_codes: short")
    let codes = try Set(rows(synthesis(text)).compactMap { $0["doubt"] })
    #expect(codes == ["1", "2", "3", "7", "8"])
  }
}
