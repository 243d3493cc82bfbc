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
}
