public import ArgumentParser

/// The verbs of this room under one name, as the cells of a notebook use them.
public struct VerbsCommand: ParsableCommand {
  /// How the parser sees the command.
  public static let configuration = CommandConfiguration(
    commandName: "vekt", subcommands: Self.verbs)

  /// The verbs, in the order of the help.
  public static let verbs: [any ParsableCommand.Type] = [
    Inspect.self, CodebookVerbs.self, Tabulate.self, Summarize.self, Compare.self, Model.self,
    ParadoxVerbs.self, Reproduce.self,
    Weight.self, SampleSize.self, CellsVerb.self, Convert.self, Append.self, Merge.self,
    Synthesize.self,
  ]

  /// Makes the command; the parser calls it.
  public init() {}
}
