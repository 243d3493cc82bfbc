public import SurveyData
public import SurveyReaders
internal import Synchronization

/// The files that are open, so that the cells of a notebook read a file once.
public final class Workspace: Sendable {
  private struct Key: Hashable {
    let path: String
    let codebook: String?
    let options: String
  }

  private let datasets = Mutex<[Key: Dataset]>([:])

  /// A workspace with nothing open.
  public init() {}

  /// Opens a data file, or gives the one that is open.
  ///
  /// - Parameters:
  ///   - path: The data file.
  ///   - codebook: The codebook; nil means `NAME.codebook.yaml` beside the data where there is one.
  ///   - options: What is stated of the file.
  /// - Throws: ``SurveyError`` when the data or the codebook cannot be read.
  public func dataset(
    _ path: String, codebook: String? = nil, options: ReadingOptions = ReadingOptions()
  ) throws -> Dataset {
    let key = Key(path: path, codebook: codebook, options: "\(options)")
    if let open = datasets.withLock({ $0[key] }) { return open }
    let book = try (codebook ?? Codebook.path(besideData: path)).map {
      try Codebook(contentsOf: $0)
    }
    let dataset = try Dataset(contentsOf: path, codebook: book, options: options)
    datasets.withLock { $0[key] = dataset }
    return dataset
  }

  private static func sha256(ofFile path: String) throws -> String {
    let file = try FileBytes(path)
    return withExtendedLifetime(file) { FileBytes.sha256(of: file.bytes) }
  }

  /// What is open, by path: for the last page of a report.
  /// - Throws: ``SurveyError`` when a file has gone.
  /// - Complexity: O(bytes), for the hashes.
  public func openFiles() throws -> [OpenFile] {
    try datasets.withLock { Array($0.values) }
      .sorted { $0.source.facts.path < $1.source.facts.path }
      .map { dataset in
        OpenFile(
          path: dataset.source.facts.path, rows: try dataset.rowCount,
          sha256: try dataset.source.sha256() ?? "", codebook: dataset.codebook.path,
          codebookSHA256: try dataset.codebook.path.map(Self.sha256))
      }
  }
}

/// A file that was used, with what tells whether it is the same one.
public struct OpenFile: Sendable {
  /// The data file.
  public let path: String
  /// Its rows.
  public let rows: Int
  /// Its SHA-256 in hexadecimal.
  public let sha256: String
  /// The codebook's file; nil when the data spoke for themselves.
  public let codebook: String?
  /// The codebook's SHA-256.
  public let codebookSHA256: String?
}
