import ArgumentParser
import SurveyData
import SurveyReaders
import SurveySessions
import SurveyStatistics

/// The options that name imputed data sets, combined by Rubin's rules.
struct ImputationArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Imputed data sets: a quoted pattern such as 'imp_*.csv', or files with commas. DATA may "
        + "then be left out.", valueName: "files"))
  var imputations: NameList?

  @Option(
    help: ArgumentHelp(
      "Imputed data sets below each other in DATA: the column with their number; 0, the original "
        + "data, is left out.", valueName: "column"), completion: .variables)
  var imputation: String?

  /// Makes the defaults; the parser fills them.
  init() {}

  /// Checks what the parser cannot.
  func validate() throws {
    if imputations != nil, imputation != nil {
      throw ValidationError(
        "--imputations names files and --imputation a column of one file; give one of them.")
    }
  }

  /// Whether there are imputed data sets.
  var isAsked: Bool { imputations != nil || imputation != nil }

  /// The imputed data sets; nil when there are none.
  ///
  /// - Parameters:
  ///   - path: DATA. Among several files it may be one of them; it is left out otherwise, and its codebook is that of
  ///     all.
  ///   - settingApart: The columns of the weight and the design that options name.
  ///   - gathering: Where the people stay elsewhere, the cells of all that is read, by the number of the imputation
  ///     too.
  func datasets(
    _ path: String, opening: OpeningArguments, settingApart: (Dataset) -> [String],
    in workspace: Workspace,
    gathering: (Dataset, _ column: String) throws -> Dataset
  ) throws -> (datasets: [Dataset], stack: StackedImputations?)? {
    if let imputation {
      var dataset = try opening.dataset(path, in: workspace) { settingApart($0) + [imputation] }
      if dataset.givesCells { dataset = try gathering(dataset, imputation) }
      let stack = try StackedImputations(dataset, numberedBy: imputation)
      return (stack.datasets, stack)
    }
    guard let imputations else { return nil }
    let files = try ImputedFiles.matching(imputations.names)
    var opening = opening
    opening.codebook =
      opening.codebook ?? ([path] + files).lazy.compactMap { Codebook.path(besideData: $0) }.first
    return (
      try files.map { try opening.dataset($0, in: workspace, settingApart: settingApart) }, nil
    )
  }
}
