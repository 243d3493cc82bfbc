import Foundation
import Testing
import VektTestSupport

/// The shipped survey of everyday life and integration has what the literature finds in it.
@Suite struct SampleDataTests {
  private static let stem = Places.root.appending(path: "SampleData/everyday-integration-2023").path

  private static func table(_ ending: String) throws -> [[String: String]] {
    let text = try String(contentsOfFile: stem + ending, encoding: .utf8)
    let lines = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let names = try #require(lines.first)
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(names, $0)) }
  }

  @Test func `the integration paradox is in the data`() throws {
    let rows = try Self.table(".csv")
    let norwegianBorn = rows.filter { $0["origin"] == "norwegian-born" }
    let immigrants = rows.filter { $0["origin"]?.hasPrefix("country-group") ?? false }
    func integrated(_ people: [[String: String]]) -> Double {
      Self.share(of: "feels_integrated", ["4", "5"], among: people)
    }
    func accepted(_ people: [[String: String]]) -> Double {
      Self.share(of: "feels_accepted", ["4", "5"], among: people)
    }
    func discriminated(_ people: [[String: String]]) -> Double {
      Self.share(of: "discriminated", ["yes"], among: people)
    }
    /// How much a share rises from the people with low codes to those with high ones.
    func rise(
      _ share: ([[String: String]]) -> Double, in people: [[String: String]], over variable: String,
      from low: [String], to high: [String]
    ) -> Double {
      func with(_ codes: [String]) -> Double {
        share(people.filter { codes.contains($0[variable] ?? "") })
      }
      return with(high) - with(low)
    }
    func overEducation(
      _ share: ([[String: String]]) -> Double, _ people: [[String: String]]
    ) -> Double {
      rise(share, in: people, over: "education", from: ["1", "2"], to: ["3", "4"])
    }
    #expect(abs(integrated(norwegianBorn) - accepted(norwegianBorn) - 0.20) < 0.01)
    #expect(integrated(immigrants) - accepted(immigrants) < 0.08)
    #expect(overEducation(accepted, norwegianBorn) < -0.04)
    #expect(overEducation(discriminated, norwegianBorn) > 0.12)
    #expect(
      overEducation(discriminated, norwegianBorn) > overEducation(discriminated, immigrants) + 0.05)
    #expect(overEducation(discriminated, immigrants) > 0)
    for people in [norwegianBorn, immigrants] {
      for share in [integrated, accepted] {
        let low = ["1", "2", "3"]
        #expect(rise(share, in: people, over: "contact_majority", from: low, to: ["5"]) > 0.1)
      }
    }
    let low = ["1", "2", "3"]
    #expect(
      rise(accepted, in: norwegianBorn, over: "feels_integrated", from: low, to: ["5"]) < -0.05)
    #expect(
      rise(discriminated, in: norwegianBorn, over: "feels_integrated", from: low, to: ["5"]) > 0)
  }

  /// The weighted share of some codes among the valid answers.
  private static func share(
    of variable: String, _ codes: [String], among people: [[String: String]]
  ) -> Double {
    let missing: Set = ["95", "96", "97", "98", "99", "na", "dk", "refused"]
    func total(_ people: [[String: String]]) -> Double {
      people.compactMap { Double($0["weight"] ?? "") }.reduce(0, +)
    }
    let valid = people.filter { !missing.contains($0[variable] ?? "") }
    return total(valid.filter { codes.contains($0[variable] ?? "") }) / total(valid)
  }

  @Test func `weights are positive with mean one and every stratum has many people`() throws {
    let rows = try Self.table(".csv")
    let weights = rows.compactMap { Double($0["weight"] ?? "") }
    #expect(weights.count == rows.count && weights.allSatisfy { $0 > 0 })
    #expect(abs(weights.reduce(0, +) / Double(weights.count) - 1) < 1e-4)
    let strata = Dictionary(grouping: rows) { $0["stratum"] }
    #expect(strata.count == 20 && strata.values.allSatisfy { $0.count >= 30 })
    #expect(Set(rows.map { $0["respondent"] }).count == rows.count)
  }
}
