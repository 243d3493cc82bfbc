public import ArgumentParser
public import SurveySessions

/// One of Vekt's verbs: arguments that become a result, the same in a shell and in a notebook.
public protocol Verb: ParsableCommand {
  /// Whether it may stand in the cell of a notebook, which gives it the data in use.
  static var standsInCells: Bool { get }

  /// How the result is to be written.
  var output: OutputArguments { get }

  /// The folder of a page's files, where one is named.
  var pageFolder: String? { get }

  /// The only options that the result has a use for; nil where all have one.
  var usedOptions: Set<String>? { get }

  /// Whether its result may be written into a file that it reads.
  static var writesIntoInput: Bool { get }

  /// How many words stand before the data file; behind such words it may be left out.
  static var wordsBeforeData: Int { get }

  /// Does the work.
  /// - Throws: ``SurveyError`` for everything that the user can mend.
  func perform(in workspace: Workspace) throws -> Outcome
}

extension Verb {
  /// Most verbs answer a question about data.
  public static var standsInCells: Bool { true }

  /// Nothing that is read is written over.
  public static var writesIntoInput: Bool { false }

  /// A page holds its files itself.
  public var pageFolder: String? { nil }

  /// Options that do not go together are refused by the verb itself.
  public var usedOptions: Set<String>? { nil }

  /// The data stand first.
  public static var wordsBeforeData: Int { 0 }
}
