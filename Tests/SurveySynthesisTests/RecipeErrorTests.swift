import Foundation
import SurveyData
import Testing
import VektTestSupport

@testable import SurveySynthesis

@Suite struct RecipeErrorTests {
  private func message(_ text: String) -> String? {
    do {
      _ = try Recipe(parsing: text, name: "tiny.yaml").synthesize()
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test(arguments: [
    (
      "population: 300", "popultion: 300",
      "tiny.yaml:8:11: unknown key 'popultion'\n      Did you mean 'population'?"
    ),
    ("recipe: 1", "recipe: 2", "tiny.yaml:1:9: version '2' of the format is not known; 1 is"),
    ("title: Tiny\n", "", "tiny.yaml:1:1: 'title' is missing here"),
    (
      "seed: 1", "seed: today",
      "tiny.yaml:3:7: must be a whole number from 0 to 9223372036854775807: 'today'"
    ),
    (
      "drawn: 100, values: {side: n}", "drawn: 400, values: {side: n}",
      "tiny.yaml:8:3: more people are drawn from 'north' than there are"
    ),
    (
      "both: [north, south]", "both: [north, sout]",
      "tiny.yaml:11:17: no group or pool 'sout'\n      Did you mean 'south'?"
    ),
    (
      "of: [side]", "of: [sidde]",
      "tiny.yaml:15:35: no variable 'sidde' before this one\n      Did you mean 'side'?"
    ),
    (
      "[18-39, 40-79]", "[18-39, old]",
      "tiny.yaml:17:26: must be a band of whole numbers such as 18-24: 'old'"
    ),
    (
      "{warmth: 1}", "{warmht: 1}",
      "tiny.yaml:28:13: no variable 'warmht' before this one\n      Did you mean 'warmth'?"
    ),
    (
      "assumed: [20, 30, 50]", "assumed: [20, 30, 40]",
      "tiny.yaml:32:14: the percentages add up to 90 instead of 100"
    ),
    (
      "assumed: [20, 30, 50]", "assumed: [20, 80]",
      "tiny.yaml:32:14: has 2 percentages for 3 answers"
    ),
    (
      "asked: {trust: [high]}", "asked: {trust: [hihg]}",
      "tiny.yaml:31:21: 'hihg' is no answer to 'trust'\n      Did you mean 'high'?"
    ),
    (
      "missing: {dont_know: 10}", "missing: {dontknow: 10}",
      "tiny.yaml:34:15: 'dontknow' is no missing reason\n      Did you mean 'dont_know'?"
    ),
    (
      "missing: {dont_know: 10}", "missing: {refused: 10}",
      "tiny.yaml:29:3: 'doubt' needs a code for 'refused', which 'missing_codes' does not give "
        + "for numbers"
    ),
    (
      "missing: {dont_know: 10}", "missing_codes: short",
      "tiny.yaml:34:20: 'missing_codes' has no set 'short'"
    ),
    (
      "{group: both, answers", "{group: both, among: {agee: [18-39]}, answers",
      "tiny.yaml:26:41: no variable 'agee' before this one\n      Did you mean 'age'?"
    ),
    (
      "answers: [1, 2, 3]", "answers: [1, 2, 98]",
      "tiny.yaml:29:3: 98 is an answer to 'doubt' and also its code for 'dont_know'"
    ),
    (
      "answers: [1, 2, 3]", "answers: [1, 2, 2]",
      "tiny.yaml:29:3: 'doubt' has the same answer twice"
    ),
    (
      "missing: {dont_know: 10}", "missing: {dont_know: 10, inapplicable: {south: 91}}",
      "tiny.yaml:34:14: more than 100 percent are missing in 'south'"
    ),
    (
      "missing: {dont_know: 10}", "at_most: age",
      "tiny.yaml:34:14: 'at_most' compares numbers: both variables need 'bands'"
    ),
    ("weight: weight", "weight: id", "tiny.yaml:14:11: there is already a variable 'id'"),
    ("north: {pop", "all: {pop", "tiny.yaml:8:3: 'all' is the name of the pool of everybody"),
    ("  doubt:\n", "  weight:\n", "tiny.yaml:29:3: there is already a variable 'weight'"),
    (
      "response: {percent: 100}", "response: {percent: 0}",
      """
      tiny.yaml:18:13: nobody answers
            Draw more people, or give 'adjust_within' fewer variables.
      """
    ),
    ("  doubt:\n", "  age:\n", "tiny.yaml:29:3: there is already a variable 'age'"),
    (
      "answers: [high], percent: 80", "answers: [hi], percent: 80",
      "tiny.yaml:27:45: 'hi' is no answer to 'trust'\n      Its answers are low, high."
    ),
    (
      "percent: 80", "percent: many",
      "tiny.yaml:27:61: must be a number from 0 to 100: 'many'"
    ),
  ])
  func `a fault in a recipe is named with its place`(
    passage: String, other: String, expected: String
  ) {
    #expect(message(TinyRecipe.replacing(passage, with: other)) == expected)
  }

  @Test func `shares that contradict each other are named`() {
    let text = TinyRecipe.replacing("percent: 50", with: "percent: 20")
    #expect(
      message(text) == """
        tiny.yaml:26:7: 'trust.both' cannot be 20 percent together with 'trust.north'
              Change a percentage, the groups' populations, or who is asked.
        """)
  }

  @Test func `a precision that few people cannot give is an error`() {
    let text = TinyRecipe.replacing("percent: 80", with: "percent: 80.345")
    #expect(
      message(text) == """
        tiny.yaml:27:7: 'trust.north' becomes 80 percent instead of 80.345: 100 answers are too few \
        for its precision
              Draw more people from 'north'.
        """)
  }

  @Test func `a group that is asked needs a distribution`() {
    let text = TinyRecipe.replacing("assumed: {north: 40, south: 40}", with: "assumed: {north: 40}")
    #expect(
      message(text)
        == "tiny.yaml:22:3: 'trust' is asked in a group for which nothing is assumed")
  }

  @Test func `an adjustment cell in which nobody answers is named`() {
    let text = TinyRecipe.replacing(
      "response: {percent: 100}",
      with: "response: {percent: 20, loads: {age: 50}}\n  adjust_within: [side, age]")
    #expect(message(text)?.contains(": nobody answers in the cell side ") ?? false)
  }

  @Test func `an unreadable file and bytes that are no text are errors`() throws {
    func message(_ path: String) -> String? {
      do {
        _ = try Recipe(contentsOf: path)
        return nil
      } catch {
        return "\(error)"
      }
    }
    #expect(
      message("/nowhere/recipe.yaml")
        == "/nowhere/recipe.yaml: cannot be opened: No such file or directory")
    let path = try Places.temporaryFolder().appending(path: "latin.yaml").path
    try Data([0x74, 0xE6, 0x0A]).write(to: URL(filePath: path))
    #expect(message(path) == "\(path): is not text in UTF-8")
  }
}
