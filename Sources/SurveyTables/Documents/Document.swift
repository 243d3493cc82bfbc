public import SurveyData

/// What a command has to say, knowing nothing of terminals and files: records for machines, tables
/// for people, and the notes that both need.
public struct Document: Sendable {
  /// The command as it was given, such as `tabulate everyday.csv trust --by origin`.
  public var command: String
  /// Where the data come from, for the JSON object: file, SHA-256, rows read.
  public var data: Tree
  /// The design that was used, for the JSON object.
  public var design: Tree
  /// Where every row of the file went, for the JSON object.
  public var accounting: Tree
  /// The machine-readable tables; the first is what CSV prints.
  public var records: [Records]
  /// The tables for people.
  public var tables: [Table]
  /// The charts that were asked for.
  public var charts: [Chart] = []
  /// What must be known about the whole result, in sentences.
  public var notes: [String]

  /// Makes a document.
  public init(
    command: String = "", data: Tree = .object([]), design: Tree = .object([]),
    accounting: Tree = .object([]), records: [Records] = [], tables: [Table] = [],
    notes: [String] = []
  ) {
    self.command = command
    self.data = data
    self.design = design
    self.accounting = accounting
    self.records = records
    self.tables = tables
    self.notes = notes
  }
}
