public import ArgumentParser
public import SurveyData
public import SurveySessions

/// `use FILE`: the line of a notebook's cell that chooses the data and says how they are to be read
/// and weighted; it is no verb of the shell.
public struct Use: ParsableCommand {
  /// How the parser sees the line.
  public static let configuration = CommandConfiguration(commandName: "use")

  @Argument(help: "The data file.", completion: .file())
  var data: String

  @OptionGroup var estimation: EstimationArguments

  @OptionGroup var output: OutputArguments

  /// Makes the defaults; the parser fills them.
  public init() {}

  /// Reads the words after `use`.
  /// - Throws: ``SurveyError`` of kind usage.
  public static func parsing(_ words: [String]) throws -> Use {
    let joined = try GivenOptions.joiningRepeats(in: words, of: Use.self)
    do {
      return try parse(joined)
    } catch {
      throw SurveyError(
        .usage, message(for: error), remedy: "Write: use FILE --codebook CODEBOOK")
    }
  }

  /// Opens the data, or takes them from the workspace.
  public func dataset(in workspace: Workspace) throws -> Dataset {
    try estimation.dataset(data, in: workspace)
  }
}
