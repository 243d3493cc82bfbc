import ArgumentParser
import SurveyData
import SurveyPublications
import SurveyReports
import SurveySessions
import SurveyStatistics
import SurveyTables

/// `reproduce PUBLISHED DATA`: which choices give a table as it was printed.
struct Reproduce: Verb {
  static let configuration = CommandConfiguration(
    abstract: "Find the weight, base and categories that give a printed table.",
    discussion: """
      Tries every weight of the codebook and none, and as base those who answered, those with don't \
      know, all who were asked, and all. Where a figure names no codes, or with --collapse, every run \
      of neighbouring categories is tried too. PUBLISHED is a CSV file with the columns variable, \
      codes, value or percent, and where it is needed digits, unit, where, page, source and one column \
      for each group variable.

      Examples:
        vekt reproduce report.csv survey.csv
        vekt reproduce report.csv survey.csv --collapse --format html --output check.html
      """)

  @Argument(help: "The figures as printed.", completion: .file())
  var published: String

  @Argument(help: "The data file.", completion: .file())
  var data: String

  @OptionGroup var estimation: EstimationArguments

  @Flag(help: "Try every run of neighbouring categories, also where a figure names its codes.")
  var collapse = false

  @OptionGroup var output: OutputArguments

  func perform(in workspace: Workspace) throws -> Outcome {
    guard estimation.groups.isEmpty else {
      throw SurveyError(
        .usage, "reproduce takes no --by", remedy: "Groups are columns of the published table.")
    }
    let dataset = try estimation.dataset(data, in: workspace)
    let file = try PublishedFile(published, variables: Set(dataset.variableNames))
    let known = Set(dataset.variableNames)
    let columns = Set(file.figures.map(\.variable)).filter(known.contains).sorted()
    var surveys: [(weight: String, survey: Survey)] = []
    for weight in estimation.design.sample.weightName.map({ [$0] })
      ?? dataset.codebook.weights.map(\.name)
    {
      var arguments = estimation
      arguments.design.sample.weightName = weight
      let survey = try arguments.survey(
        data, needingErrors: false, columns: { _ in columns.map { ($0, .codes) } }, in: workspace)
      surveys.append((weight, survey))
    }
    if estimation.design.sample.weightName == nil {
      surveys.append(
        ("", try estimation.unweighted(data, columns: columns.map { ($0, .codes) }, in: workspace)))
    }
    let context = try ResultContext(surveys[0].survey, arguments: estimation, output: output)
    let reproduction = try Reproduction(
      file, surveys: surveys, opensCategories: collapse, options: context.options)
    let report = ReproductionReport(reproduction, context: context)
    let document = Document(
      data: try context.data(), design: context.design,
      records: report.records, tables: report.tables,
      notes: report.notes + (reproduction.choices.first?.ledger.notes(in: context.language) ?? []))
    return Outcome(.document(document, language: context.language))
  }
}

extension EstimationArguments {
  /// The survey in which everybody weighs the same.
  fileprivate func unweighted(
    _ path: String, columns: [(name: String, view: ColumnView)], in workspace: Workspace
  ) throws -> Survey {
    var arguments = self
    // An expression that is 1 for everybody with a row.
    arguments.design.sample.weightName = "0 + 1"
    return try arguments.survey(
      path, needingErrors: false, columns: { _ in columns }, in: workspace)
  }
}
