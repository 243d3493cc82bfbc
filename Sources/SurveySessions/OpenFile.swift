public import SurveyData
internal import SurveyReaders

/// A data file and its codebook, with what tells whether they are the same ones.
public struct OpenFile: Sendable {
  /// The data file.
  public var path: String
  /// What the study is called; empty when the codebook does not say.
  public let study: LocalizedText
  /// Its rows.
  public let rows: Int
  /// Its SHA-256 in hexadecimal.
  public let sha256: String
  /// The codebook's file; nil when the data spoke for themselves.
  public var codebook: String?
  /// The codebook's SHA-256; nil without a codebook.
  public let codebookSHA256: String?

  /// Describes the files of a dataset.
  /// - Throws: ``SurveyError`` when a file has gone.
  /// - Complexity: O(bytes), for the hashes.
  public init(_ dataset: Dataset) throws {
    path = dataset.source.facts.path
    study = dataset.codebook.study.title
    rows = try dataset.peopleCount
    sha256 = try dataset.source.sha256() ?? ""
    codebook = dataset.codebook.path
    codebookSHA256 = try dataset.codebook.path.map { path in
      let file = try FileBytes(path)
      return withExtendedLifetime(file) { FileBytes.sha256(of: file.bytes) }
    }
  }
}
