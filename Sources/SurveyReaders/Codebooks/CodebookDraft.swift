public import SurveyData

extension Codebook {
  /// A first codebook of a file: its own labels where the format has them, otherwise what its values
  /// suggest.
  ///
  /// Nothing is decided that a person should decide: see ``CodebookDraft/comments``.
  /// - Throws: ``SurveyError`` when the file cannot be read.
  public init(drafting dataset: Dataset) throws { self = try CodebookDraft(dataset).codebook }
}

/// A first codebook of a file, with remarks on what a person should look at.
public struct CodebookDraft: Sendable {
  /// The codebook.
  public private(set) var codebook: Codebook
  /// What a person should look at: possible missing codes, likely weights and design columns.
  public private(set) var comments = CodebookComments()

  /// Drafts a codebook from a file's labels and values.
  /// - Throws: ``SurveyError`` when the file cannot be read.
  /// - Complexity: O(rows × columns).
  public init(_ dataset: Dataset) throws {
    let source = dataset.source
    codebook = source.embeddedCodebook
    codebook.notes = []
    codebook.path = nil
    comments.top = [
      "A draft: check types and measures, and give labels and missing codes their names.",
      "Say how the sample was drawn: `design: {strata: …, psu: …}`, or `design: none`.",
    ]
    try describeFile(source)
    let variables = codebook.variables
    for range in source.passes(over: variables.count) {
      let requests = range.map { index in
        var tolerant = variables[index]
        tolerant.unknown = .warn
        return ColumnRequest(tolerant, as: .codes)
      }
      for (index, column) in zip(range, try source.read(requests).columns) {
        guard case .codes(let codes) = column else { continue }
        var draft = VariableDraft(variables[index], codes)
        draft.describe()
        codebook.variables[index] = draft.variable
        comments.variables[draft.variable.name] = draft.comments.isEmpty ? nil : draft.comments
      }
    }
  }

  /// The draft as a codebook file.
  public var yaml: String { codebook.yaml(comments: comments) }

  private mutating func describeFile(_ source: any ColumnSource) throws {
    let facts = source.facts
    codebook.file.path = facts.path.split(separator: "/").last.map(String.init)
    if FileFormat.names.contains(facts.format) { codebook.file.format = facts.format }
    if facts.format == "csv" { codebook.file.encoding = facts.encoding }
    codebook.file.rows = try source.rowCount()
  }
}
