import ArgumentParser
import SurveyData
import SurveyPublications
import SurveyReports
import SurveySessions
import SurveyStatistics
import SurveyTables

/// `compare DATA VAR… --by GROUP`: differences between groups, between items, from a value.
struct Compare: Verb {
  static let configuration = CommandConfiguration(
    abstract: "Differences between groups, each with its interval and test.",
    discussion: """
      Shares of a categorical variable, means of a number. The covariance between groups that share
      sampling units is counted. Two variables without --by are compared with each other, as answers
      by the same people, and so are every two of a group of the codebook; with --to a variable is compared with a value.

      Examples:
        vekt compare survey.csv trust --by origin --reference majority
        vekt compare survey.csv income --by sex --measure ratio --within region
        vekt compare survey.csv trust --by origin --answer yes --against rest --measure odds-ratio
        vekt compare survey.csv trust_police trust_courts --statistic mean
        vekt compare survey.csv institutional_trust --answer 4,5
        vekt compare survey.csv trust --by wave --against previous --trend
        vekt compare survey.csv income --by sex --rank wilcoxon --within region
        vekt compare survey.csv hours_paid hours_unpaid --statistic median
        vekt compare survey.csv trust --by origin --base asked
        vekt compare survey.csv satisfaction --to 7
        vekt compare survey.csv sex --shares 'male=0.5,female=0.5'
        vekt compare survey.csv trust --by origin --standardize age3 --shares population.csv
      """)

  @Argument(help: "The data file.", completion: .file())
  var data: String

  @Argument(help: "The variables to compare.", completion: .variables)
  var variables: [String] = []

  @OptionGroup var estimation: EstimationArguments
  @OptionGroup var comparison: ComparisonArguments
  @OptionGroup var base: BaseArguments
  @OptionGroup var emission: EmitArguments
  @OptionGroup var published: PublishedArguments
  @OptionGroup var output: OutputArguments

  @OptionGroup var page: PageArguments

  var pageFolder: String? { page.tables }

  init() {}

  func perform(in workspace: Workspace) throws -> Outcome {
    try checkArguments()
    var survey = try estimation.survey(
      data,
      columns: { dataset in
        try variables.map { name in
          let isShare =
            try comparison.shares != nil
            || comparison.compared(name, of: named, in: dataset) == .share
          return (name, isShare ? .codes : .numbers)
        } + [comparison.within].compactMap { $0 }.map { ($0, .codes) }
          + comparison.standard.columns
      },
      asking: { try published.inputs(of: variables, in: $0) },
      counting: { dataset in
        for name in named { _ = try comparison.compared(name, of: named, in: dataset) }
        return try comparison.answers.counted(
          of: named, keeping: base.anyKept(), in: dataset)
      }, in: workspace)
    survey = try comparison.standard.applied(
      to: survey, comparison.statedShares,
      besides: (estimation.groups + [comparison.within].compactMap { $0 }).map { ($0, "a group") }
        + variables.map { ($0, "compared") }, in: workspace)
    try base.refuseMentions()
    try emission.refuse([
      ("more than two items", isPaired && variables.count > 2),
      ("a base of several items", survey.dataset.hasItemsOnBase),
      (
        "a net of answers in Stata",
        try emission.emit == .stata && comparison.shares == nil
          && named.contains {
            try estimand(of: $0, in: survey.dataset).counted?.isNet ?? false
          }
      ),
    ])
    let command = "compare \(data) \(variables.joined(separator: " "))"
    let context = try ResultContext(
      survey, arguments: estimation, output: try emission.layout(output))
    var report = ComparisonReport(
      asked: comparison.options, groups: estimation.groups, context: context)
    if isPaired {
      report.add(
        try comparison(of: variables[0], in: survey, options: context.options))
    } else {
      for name in variables { try add(name, in: context, to: &report) }
    }
    let ledger = try published.figures?.differences(of: variables, in: survey) { part in
      try (isPaired ? [variables[0]] : variables).map {
        try comparison(of: $0, in: part, options: context.options)
      }
    }
    let document = Document(
      data: try context.data(), design: context.design,
      accounting: context.accounting(report.accounts), records: report.records,
      tables: report.tables(beside: ledger?.marks(in: context.language)),
      notes: context.notes + report.notes
    ).with(ledger, cells: report.cells, isAlone: published.ledger, context: context)
    return try emission.outcome(
      of: survey, estimation, command, leavingOut: published.remarks
    ) { try analysis(of: $0) } ?? Outcome(.document(document, language: context.language))
  }

  /// What is compared of a variable, on the base that is asked for.
  private func estimand(of name: String, in dataset: Dataset) throws -> Estimand {
    let kept = try base.kept()
    // Printed figures may be of any answer, and who keeps reasons as answers wants to see them.
    var estimand = try comparison.estimand(
      name, of: named, keeping: kept,
      isWhole: published.published != nil || base.isAsked,
      in: dataset)
    guard kept.isEmpty || estimand.statistic == .share else {
      throw SurveyError(
        .usage, at: name,
        "--base and --keep are of shares, and its \(estimand.statistic.rawValue) is "
          + "compared", remedy: "Leave them out, or write --statistic share.")
    }
    estimand.kept = kept
    return estimand
  }

  /// What a variable is compared with, among some people.
  func comparison(
    of name: String, in survey: Survey, options: EstimationOptions
  ) throws -> Comparison {
    if let shares = comparison.shares?.shares {
      return try survey.compare(
        name, toShares: shares, by: estimation.groups, adjustment: comparison.adjust,
        options: options)
    }
    let estimand = try estimand(of: name, in: survey.dataset)
    if isPaired {
      if variables.count > 2 {
        return try survey.compare(
          estimand, among: variables, as: question(in: survey.dataset.codebook),
          measure: comparison.measure, adjustment: comparison.adjust, options: options)
      }
      return try survey.compare(
        estimand, with: variables[1], by: estimation.groups, measure: comparison.measure,
        adjustment: comparison.adjust, options: options)
    }
    if let value = comparison.value {
      return try survey.compare(
        estimand, to: value, by: estimation.groups, measure: comparison.measure,
        adjustment: comparison.adjust, options: options)
    }
    return try survey.compare(
      estimand, across: estimation.groups,
      against: comparison.against.baseline(reference: comparison.reference),
      within: comparison.within, measure: comparison.measure, adjustment: comparison.adjust,
      options: options)
  }

  /// Everything that is asked of one variable.
  private func add(
    _ name: String, in context: ResultContext, to report: inout ComparisonReport
  ) throws {
    let (survey, options) = (context.survey, context.options)
    let fits =
      try comparison.shares.map { stated in
        try context.survey.goodnessOfFit(of: name, toShares: stated.shares, by: estimation.groups)
      } ?? []
    report.add(
      try comparison(of: name, in: survey, options: options), fits: fits)
    guard comparison.shares == nil, comparison.value == nil else { return }
    let estimand = try estimand(of: name, in: survey.dataset)
    if comparison.trend {
      report.add(
        try context.survey.trend(
          of: estimand, over: estimation.groups[0], within: comparison.within, options: options))
    }
    for test in comparison.rank {
      let groups = estimation.groups[0]
      let found =
        try comparison.within.map {
          try survey.rankTests(
            test, of: name, across: groups, within: $0, ties: comparison.ties, options: options)
        } ?? [
          survey.rankTest(test, of: name, across: groups, ties: comparison.ties, options: options)
        ]
      for result in found { report.add(result, variable: name, test: test) }
    }
  }

  /// The variables whose answers are named: of two items the first stands for both.
  private var named: [String] { isPaired ? [variables[0]] : variables }

  /// Whether items of the same people are compared, every two of them.
  var isPaired: Bool {
    let isOther = comparison.value != nil || comparison.shares != nil
    return comparison.paired || comparison.items
      || (variables.count == 2 && estimation.groups.isEmpty && !isOther)
  }

  /// What several items are together: the group of the codebook that has them, or all that stand there.
  private func question(in codebook: Codebook) -> Variable {
    guard let group = codebook.groups.first(where: { $0.members == variables }) else {
      return Variable(variables.joined(separator: ","))
    }
    var question = Variable(group.name)
    question.label = group.label
    return question
  }

  /// Refuses what does not go together, before data are read.
  private func checkArguments() throws {
    func refuse(_ problem: String, _ remedy: String? = nil) throws -> Never {
      throw SurveyError(.usage, problem, remedy: remedy)
    }
    let groups = estimation.groups
    if variables.isEmpty {
      try refuse("no variable to compare", "Name one: vekt compare \(data) VAR --by GROUP")
    }
    if comparison.against != .reference, comparison.reference != nil {
      try refuse(
        "--reference names a group to compare with, and --against \(comparison.against.rawValue) "
          + "something else", "Leave one of them out.")
    }
    let others = [
      comparison.value == nil ? nil : "--to", comparison.shares == nil ? nil : "--shares",
      comparison.paired ? "--paired" : nil, comparison.items ? "--items" : nil,
    ].compactMap { $0 }
    if others.count > 1 {
      try refuse("\(others.joined(separator: " and ")) do not go together", "Choose one.")
    }
    if comparison.items, variables.count < 2 {
      try refuse("--items compares every two of several variables, and one is named")
    }
    if comparison.paired, variables.count != 2 {
      try refuse("two items are compared, and \(variables.count) are named")
    }
    let comparesGroups = others.isEmpty && !isPaired
    if comparesGroups, groups.isEmpty {
      try refuse(
        "compare needs groups, and none are named",
        "Write --by GROUP, a second variable, --to VALUE or --shares.")
    }
    let onlyOfGroups = [
      comparison.within == nil ? nil : "--within", comparison.trend ? "--trend" : nil,
      comparison.rank.isEmpty ? nil : "--rank",
      comparison.reference == nil ? nil : "--reference",
      comparison.against == .reference ? nil : "--against",
    ].compactMap { $0 }
    if !comparesGroups, let option = onlyOfGroups.first {
      try refuse(
        "\(option) compares groups, and here \(isPaired ? "items are" : "a value is") compared",
        option == "--within" ? "Write --by for one comparison a group." : nil)
    }
    if base.isAsked, comparison.shares != nil || !comparison.rank.isEmpty {
      try refuse(
        "--base and --keep are of shares that are compared with each other, not of "
          + (comparison.shares != nil ? "--shares" : "--rank"))
    }
    if comparison.trend || !comparison.rank.isEmpty, groups.count != 1 {
      try refuse(
        "\(comparison.trend ? "--trend" : "--rank") takes one group variable, and \(groups.count) are "
          + "named")
    }
    if let within = comparison.within, groups.contains(within) {
      try refuse("'\(within)' stands under --by and --within", "Leave it out of one of them.")
    }
    if let both = variables.first(where: { groups.contains($0) || $0 == comparison.within }) {
      try refuse("'\(both)' is both compared and a group", "Compare another variable.")
    }
  }
}
