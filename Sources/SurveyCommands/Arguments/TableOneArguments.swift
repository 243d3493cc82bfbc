import ArgumentParser
import SurveyData
import SurveyRequests
import SurveyStatistics

/// The options of one table of variables of any kind.
struct TableOneArguments: ParsableArguments {
  @Flag(
    help: """
      Describe variables of any kind in one table, in the groups of --by and in all: answers by their \
      number and weighted percent, numbers by mean (standard deviation) or, with --statistic median, \
      median (quartiles), and those who are missing; a test a row. --statistic income=median,year=share \
      says it of one variable, --sort orders the answers of each.
      """)
  var table1 = false

  @OptionGroup var answers: AnswerArguments

  @Option(
    help: ArgumentHelp(
      """
      --table1: the tests, at most one of answers and one of numbers: F (Rao–Scott, default), Chisq, \
      Wald, adjWald, lincom, saddlepoint; mean (t of two groups, Wald F of more; default beside means), \
      wilcoxon, kruskal-wallis (these beside medians alone), van-der-waerden, median. Or none.
      """, valueName: "names"))
  var test: NameList?

  /// Makes the defaults; the parser fills them.
  init() {}

  /// The tests that are asked for.
  /// - Throws: ``SurveyError`` for a name that is no test, and for two of one kind.
  func tests() throws -> TableOneTests {
    var tests = TableOneTests()
    var given: (shares: String?, numbers: String?) = (nil, nil)
    func refuse(_ first: String, _ second: String, of kind: String) throws {
      throw SurveyError(
        .usage, "\(first) and \(second) are both tests of \(kind), and a row has one",
        remedy: "Leave one of them out of --test.")
    }
    for name in test?.names ?? [] {
      let lowered = name.lowercased()
      if let found = IndependenceStatistic.allCases.first(where: {
        $0.rawValue.lowercased() == lowered
      }) {
        if let first = given.shares { try refuse(first, name, of: "answers") }
        (tests.shares, given.shares) = (found, name)
      } else if lowered == "mean" || RankTest(rawValue: lowered) != nil {
        if let first = given.numbers { try refuse(first, name, of: "numbers") }
        tests.numbers = RankTest(rawValue: lowered).map { .ranks($0) } ?? .means
        given.numbers = name
      } else if lowered == "none" {
        tests.areWanted = false
      } else {
        let known =
          IndependenceStatistic.allCases.map(\.rawValue) + ["mean"]
          + RankTest.allCases.map(\.rawValue) + ["none"]
        throw SurveyError(
          .usage, "no test '\(name)'; there are \(known.joined(separator: ", "))",
          remedy: suggestion(for: name, among: known))
      }
    }
    if !tests.areWanted, let other = given.shares ?? given.numbers {
      throw SurveyError(
        .usage, "--test none leaves all tests out, and \(other) is one",
        remedy: "Leave one of them out.")
    }
    return tests
  }

  /// Throws for options that only one table of all variables has.
  func refuseAlone() throws {
    let options = [("--answer", answers.answer != nil), ("--test", test != nil)]
    guard !table1, let option = options.first(where: \.1)?.0 else { return }
    throw SurveyError(
      .usage, "\(option) is of --table1, and `summarize` is of numbers",
      remedy: option == "--test"
        ? "Add --table1, or test with `vekt compare`." : "Add --table1, or use `vekt tabulate`.")
  }

  /// The answers that count, by variable.
  ///
  /// A code without a variable is of those that have it, and `chosen` of those where one counts; all
  /// answers of the others are shown.
  ///
  /// - Parameter names: The variables with answers.
  func counted(of names: [String], in dataset: Dataset) throws -> [String: CountedAnswer] {
    guard let answer = answers.answer, !answer.contains("="), !answers.isAll else {
      return try answers.counted(of: names, in: dataset)
    }
    let those = names.filter { (try? answers.counted(of: [$0], in: dataset)) != nil }
    return try answers.counted(of: those.isEmpty ? names : those, in: dataset)
  }
}
