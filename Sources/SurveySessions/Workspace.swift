public import SurveyData
internal import SurveyEngines
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
  private let held = Mutex<[HeldFile]>([])

  private let writesQueries: Bool

  /// A workspace with nothing open.
  public init() { writesQueries = false }

  private init(writesQueries: Bool) { self.writesQueries = writesQueries }

  /// What some work would ask the engine of an address; nobody connects to it.
  ///
  /// - Throws: ``SurveyError`` for data that are no address, for an address without a codebook, and for what stops the
  ///   work before it asks for anything.
  package static func queries(_ work: (Workspace) throws -> some Any) throws -> String {
    do {
      _ = try work(Workspace(writesQueries: true))
    } catch let queries as WrittenQueries { return queries.text }
    throw SurveyError(.usage, "--emit sql writes queries, and this asks for none")
  }

  private func unasked(_ path: String, codebook: String?) throws -> Dataset {
    guard EngineAddress.isAddress(path) else {
      throw SurveyError(
        .usage, at: path, "--emit sql writes the queries for an engine, and this is a file",
        remedy: "Name the table where it lies. " + EngineAddress.forms)
    }
    var address = try EngineAddress(parsing: path, isAsked: false)
    guard let book = codebook ?? address.codebookPath else {
      throw SurveyError(
        .usage, at: path,
        "--emit sql connects to nothing, so that only a codebook tells what its columns are",
        remedy:
          "Name it with --codebook; `vekt codebook new`, where the engine can be reached, drafts one."
      )
    }
    let stated = try Codebook(contentsOf: book)
    try address.state(stated.file)
    return Dataset(unasked: address, codebook: stated)
  }

  /// Opens a data file or the table of an engine, or gives the one that is open.
  ///
  /// - Parameters:
  ///   - path: The data file, or an address.
  ///   - codebook: The codebook; nil means `NAME.codebook.yaml` beside the data where there is one.
  ///   - options: What is stated of the file.
  /// - Throws: ``SurveyError`` when the data or the codebook cannot be read.
  public func dataset(
    _ path: String, codebook: String? = nil, options: ReadingOptions = ReadingOptions()
  ) throws -> Dataset {
    let key = Key(path: path, codebook: codebook, options: "\(options)")
    if let open = datasets.withLock({ $0[key] }) { return open }
    if writesQueries { return try unasked(path, codebook: codebook) }
    let address = try EngineAddress.isAddress(path) ? EngineAddress(parsing: path) : nil
    let beside = address.map(\.codebookPath) ?? Codebook.path(besideData: path)
    let bookPath = codebook ?? beside
    let book = try bookPath.map { try Codebook(contentsOf: $0) }
    hold(address?.files ?? [path], bookPath)
    let dataset =
      try address.map { try Self.table($0, codebook: book, options) }
      ?? Dataset(contentsOf: path, codebook: book, options: options)
    datasets.withLock { $0[key] = dataset }
    return dataset
  }

  /// Opens a data file or the table of an engine anew, which speaks for itself.
  /// - Throws: ``SurveyError`` when the data cannot be read.
  package func speakingForItself(_ path: String, options: ReadingOptions) throws -> Dataset {
    guard EngineAddress.isAddress(path) else {
      hold([path])
      return try Dataset(contentsOf: path, options: options)
    }
    let address = try EngineAddress(parsing: path)
    hold(address.files)
    return try Self.table(address, codebook: nil, options)
  }

  /// Keeps files from being overwritten as long as something is open.
  private func hold(_ paths: [String], _ codebook: String? = nil) {
    held.withLock { $0 += (paths + [codebook].compactMap(\.self)).map(HeldFile.init) }
  }

  /// Does some work, and does it again when it turned out to need more of a table than it had, also where it went on
  /// without.
  package func retrying<Result>(_ work: () throws -> Result) throws -> Result {
    let origins = { self.datasets.withLock { $0.values.compactMap(\.origin?.wishes) } }
    for wishes in origins() { wishes.forget() }
    while true {
      let known = origins().reduce(0) { $0 + $1.count }
      let result = Swift.Result { try work() }
      if origins().reduce(0, { $0 + $1.count }) == known { return try result.get() }
    }
  }

  /// An address of a table as it is from where the program runs, of which the files are named from a folder; nil for a
  /// data file.
  package static func address(_ text: String, from folder: String) -> String? {
    EngineAddress.named(text, from: folder)
  }

  private static func table(
    _ address: EngineAddress, codebook: Codebook?, _ options: ReadingOptions
  ) throws -> Dataset {
    guard "\(options.file)" == "\(ReadingOptions().file)", !options.lossy,
      !options.readsBeyondCaseCount
    else {
      throw SurveyError(
        .usage, at: address.text,
        "a table has types, and nothing is to be said of how a file is read",
        remedy:
          "Leave out --encoding, --delimiter, --decimal, --header, --catalog, --lossy and --read-all-cases."
      )
    }
    var address = address
    try address.state(codebook?.file ?? FileStatement())
    return try Dataset(engine: address, codebook: codebook)
  }
}
