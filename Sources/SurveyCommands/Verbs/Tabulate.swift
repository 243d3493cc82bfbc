import ArgumentParser
import SurveyData
import SurveyPublications
import SurveyReports
import SurveySessions
import SurveyStatistics
import SurveyTables

/// `tabulate DATA VAR…`: weighted distributions, by groups, with intervals and tests.
struct Tabulate: Verb {
  static let configuration = CommandConfiguration(
    abstract: "Weighted distribution of categorical variables, by groups, with intervals.",
    discussion: """
      Examples:
        vekt tabulate survey.csv trust --by origin
        vekt tabulate survey.sav trust belonging --by sex,age3 --test --format csv
        vekt tabulate survey.csv trust --weights w --strata s --psu c --where 'age >= 18'
        vekt tabulate survey.csv trust --by origin --letters
        vekt tabulate survey.csv trust_police trust_courts --by origin --answer 4,5
        vekt tabulate survey.csv 'trust_*' q1-q20 --by origin --except '*_other'
        vekt tabulate survey.csv institutional_trust --answer 4,5 --sort answer
        vekt tabulate survey.csv discrimination_arenas --by origin --count
        vekt tabulate survey.csv trust voted --banner sex,age3,'sex*age3' --answer chosen --letters
        vekt tabulate survey.csv trust --banner standard --show intervals --bounds
        vekt tabulate survey.csv news --base mentioned --of answers
        vekt tabulate survey.csv sex --shares 'male=0.5,female=0.5'
        vekt tabulate survey.csv trust --by origin --standardize age3 --shares population.csv
        vekt tabulate survey.csv trust --keep dont_know --bounds
        vekt tabulate survey.csv trust --by origin --base all,asked,answered
        vekt tabulate survey.csv trust --by origin --published report.csv
        vekt tabulate survey.csv --published report.csv
        vekt chart tabulate --published report.csv --output report.svg
        vekt tabulate survey.csv trust --by origin --sort answer --title 'Trust, by {group} (n {n})'
        vekt tabulate trust --by sex --imputations 'imputed_*.csv'
        vekt tabulate stacked.dta trust --by sex --imputation _mi_m
      """)

  @Argument(help: "The data file; --published FILE alone needs none.", completion: .file())
  var data: String = ""

  @Argument(
    help: "The variables to tabulate; the name of a group of the codebook makes one table.",
    completion: .variables)
  var variables: [String] = []

  @OptionGroup var estimation: EstimationArguments

  @OptionGroup var answers: AnswerArguments

  @Option(help: "What adds up to 100: row (answers within groups), column, total.")
  var percentages = Percentages.row

  @Flag(help: "Test that the answers are independent of the groups.")
  var test = false

  @Option(help: "The test: F, Chisq, Wald, adjWald, lincom, saddlepoint. Implies --test.")
  var statistic: IndependenceStatistic?

  @OptionGroup var emission: EmitArguments

  @OptionGroup var letters: LetterArguments

  @Option(
    name: .customLong("shares"),
    help: ArgumentHelp(
      """
      Test that the answers have these shares, such as '1=0.2,2=0.3,3=0.5'; with --standardize the \
      composition of the standard, a list or a CSV file (category,share).
      """, valueName: "list"))
  var statedShares: ShareList?

  @OptionGroup var standard: StandardArguments

  @OptionGroup var base: BaseArguments

  @OptionGroup var groups: GroupArguments

  @OptionGroup var banner: BannerArguments

  @Flag(
    help: """
      Add bounds: each share if none, and if all, of those who were asked and have no valid answer \
      had given that answer.
      """)
  var bounds = false

  @OptionGroup var published: PublishedArguments

  @OptionGroup var output: OutputArguments

  @OptionGroup var page: PageArguments

  var pageFolder: String? { page.tables }

  /// Printed figures alone are as they are printed, of nobody's data.
  var usedOptions: Set<String>? {
    guard data.isEmpty, published.published != nil else { return nil }
    let all: Set = [
      "--published", "--where", "--transpose", "--format", "--output", "--language", "--tables",
      "--decimal-comma", "--percent", "--chart", "--chart-kind", "--dpi", "--template", "--sheets",
      "--intervals", "--title", "--subtitle", "--source", "--note", "--alt", "--notes", "--sort",
      "--show", "--hide", "--size", "--axis", "--same-scale", "--colors",
    ]
    return all.union((try? output.chosenFormat()) == .csv ? ["--digits"] : [])
  }

  init() {}

  /// The shares that are tested.
  var shares: ShareList? { standard.standardize == nil ? statedShares : nil }

  func perform(in workspace: Workspace) throws -> Outcome {
    guard !data.isEmpty else {
      guard let figures = published.figures else {
        throw SurveyError(
          .usage, "no data file", remedy: "Name it: vekt tabulate DATA VAR --by GROUP")
      }
      let language = output.language ?? "en"
      var document = try figures.asPrinted(
        in: language, where: estimation.conditions.condition)
      if banner.transpose { document.tables = document.tables.map(\.transposed) }
      return Outcome(.document(document, language: language))
    }
    guard !variables.isEmpty || published.published != nil else {
      throw SurveyError(
        .usage, "no variable to tabulate",
        remedy: "Name one: vekt tabulate \(data) VAR\n"
          + "Or compare all printed shares of a file: vekt tabulate \(data) --published FILE")
    }
    try checkBanner()
    var found = Mentioned()
    var survey = try estimation.survey(
      data, needingErrors: test || statistic != nil || letters.letters,
      columns: { dataset in
        let banner = try banner.parts(in: dataset).joined().map { ($0, ColumnView.codes) }
        return try banner + standard.columns
          + names(in: dataset).flatMap { name -> [(name: String, view: ColumnView)] in
            let chosen = try dataset.variable(name).chosenVariables
            return chosen.isEmpty
              ? [(name, .codes)] : chosen.map { ($0.derived.variable.name, .codes) }
          }
      },
      asking: { try published.inputs(of: names(in: $0), in: $0) },
      counting: {
        try answers.counted(of: answerable(in: $0), keeping: base.anyKept(), in: $0)
      },
      preparing: { dataset in
        found = try mentioned(in: dataset)
        return try found.added(to: dataset)
      },
      in: workspace)
    try check(found, in: survey.dataset)
    survey = try standard.applied(
      to: survey, statedShares,
      besides: estimation.groups.map { ($0, "a group") }
        + banner.parts(in: survey.dataset).joined().map { ($0, "a group") }
        + names(in: survey.dataset).map { ($0, "tabulated") }, in: workspace)
    try emission.refuse([
      ("--bounds with --standardize", bounds && survey.standard != nil)
    ])
    try emission.refuse([
      ("a net of answers in Stata", try emission.emit == .stata && hasNets(in: survey.dataset))
    ])
    try refuseSeveralAnswers(in: survey.dataset)
    try emission.refuse([
      ("--banner of imputed data sets", banner.banner != nil && survey.isImputed)
    ])
    let command = "tabulate \(data) \(variables.joined(separator: " "))"
    try emission.refuse([("--published alone", variables.isEmpty)])
    let context = try ResultContext(
      survey, arguments: estimation, output: try emission.layout(output))
    if variables.isEmpty, let figures = published.figures {
      return Outcome(
        .document(try figures.ledgerAlone(context: context), language: context.language))
    }
    let testing = test || statistic != nil
    if testing, estimation.groups.isEmpty, banner.banner == nil {
      throw SurveyError(
        .usage, "--test asks whether the answers differ between groups, and there are none",
        remedy: "Add --by GROUP.")
    }
    if shares != nil, answers.answer != nil {
      throw SurveyError(
        .usage, "--shares states the shares of all answers, and --answer names one",
        remedy: "Leave one of them out, or write vekt compare VAR --answer CODE --to SHARE.")
    }
    func result(_ document: Document) throws -> Outcome {
      var document = document
      if banner.transpose { document.tables = document.tables.map(\.transposed) }
      let printed = document
      return try emission.outcome(
        of: survey, estimation, command,
        leavingOut: published.remarks + (testing ? emission.independenceRemarks : [])
      ) { try analysis(of: $0) } ?? Outcome(.document(printed, language: context.language))
    }
    if banner.banner != nil { return try result(bannered(found, in: context)) }
    guard base.base.bases.count == 1 else { return try result(sideBySide(in: context)) }
    var report = ShareReport()
    let kept = try base.kept()
    let ledger = try ledger(keeping: kept, in: context)
    let marks = ledger?.marks(in: context.language)
    for question in try questions(in: survey.dataset) {
      switch question {
      case .variable(let name): try add(name, keeping: kept, marks, in: context, to: &report)
      case .group(let group):
        try add(group, found[group.name], keeping: kept, marks, in: context, to: &report)
      }
    }
    let rows = report.rows
    let records = EstimateRecords(groups: estimation.groups, language: context.language)
    let document = Document(
      data: try context.data(), design: context.design,
      accounting: context.accounting(report.accounts),
      records: [
        AnswerBounds.adding(
          report.bounds, to: LetterRecords(rows, report.letters).added(to: records.shares(rows))),
        EstimateRecords.tests(report.tests),
      ] + report.counts(records), tables: report.tables,
      notes: context.notes + context.words(of: report.letters.compactMap { $0 }.flatMap(\.notes))
    ).with(
      ledger, cells: rows.map { ResultCell(share: $0, by: estimation.groups) },
      isAlone: published.ledger, context: context)
    return try result(document)
  }

  /// The shares on several bases, side by side.
  private func sideBySide(in context: ResultContext) throws -> Document {
    let others = [
      ("--test", test || statistic != nil), ("--letters", letters.letters),
      ("--shares", shares != nil), ("--bounds", bounds),
      ("--published", published.published != nil),
    ]
    if let other = others.first(where: \.1) {
      throw SurveyError(
        .usage, "\(other.0) is of one base, and --base names \(base.base.bases.count)",
        remedy: "Name one base, or leave \(other.0) out.")
    }
    var all: [(base: PercentageBase, table: Tabulation)] = []
    var tables: [Table] = []
    for name in try names(in: context.survey.dataset) {
      let found = try base.base.bases.map { one in
        let kept = try base.kept(one)
        let counted = try counted(name, keeping: kept, in: context.survey.dataset)
        return (
          base: one,
          table: try tabulation(of: name, keeping: kept, counting: counted, in: context)
        )
      }
      all += found
      tables.append(BasesTable(found, context: context).table)
    }
    let records = EstimateRecords(groups: estimation.groups, language: context.language)
    return Document(
      data: try context.data(), design: context.design,
      accounting: context.accounting(
        all.map { ("\($0.table.variable.name), \($0.base.rawValue)", $0.table.accounting) }),
      records: [BasesTable.records(all, records), EstimateRecords.tests([])], tables: tables,
      notes: context.notes)
  }
}
