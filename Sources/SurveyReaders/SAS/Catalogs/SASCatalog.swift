internal import Glibc
internal import SurveyData

/// A catalog of SAS (`.sas7bcat`): the formats whose names the variables of a data set state.
struct SASCatalog: Sendable {
  let path: String
  /// The labels of each format, by its name in capitals.
  let formats: [String: SASLabels]
  /// Whether nobody named it: it stood beside the data.
  let isFound: Bool

  /// What every catalog begins with: a data set's mark, but for one byte.
  static let mark: [UInt8] = SASDataHeader.mark.enumerated().map {
    $0.offset == 15 ? 0x63 : $0.element
  }

  static func begins(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.starts(with: mark.prefix(16))
  }

  /// The word that declines a catalog beside the data.
  static let none = "none"

  /// The catalog of a data file: the one that the user names, otherwise the one beside the data.
  ///
  /// - Returns: nil where there is none; a note where one beside the data cannot be read.
  /// - Throws: ``SurveyError`` for a catalog that was named and cannot be read.
  static func of(
    _ path: String, codebook: Codebook?, options: ReadingOptions, page: CodePage?
  ) throws -> (catalog: SASCatalog?, notes: [Note]) {
    if let stated = options.file.catalog
      ?? codebook?.file.catalog.map({ beside(codebook?.path, $0) })
    {
      guard stated != none else { return (nil, []) }
      return (try SASCatalog(stated, isFound: false, page: page, lossy: options.lossy), [])
    }
    guard let found = Self.path(besideData: path) else { return (nil, []) }
    do {
      return (try SASCatalog(found, isFound: true, page: page, lossy: options.lossy), [])
    } catch let fault as SurveyError {
      return (
        nil,
        [
          Note(
            .warning, id: "sas.catalog-unread",
            "stands beside the data, but cannot be read, so that its labels are not used: "
              + fault.problem, at: found)
        ]
      )
    }
  }

  private init(_ path: String, isFound: Bool, page: CodePage?, lossy: Bool) throws {
    let file = try FileBytes(path)
    self.path = path
    self.isFound = isFound
    formats = try withExtendedLifetime(file) {
      guard Self.begins(file.bytes) else {
        throw SurveyError(
          .data, at: path, "is no catalog of SAS (.sas7bcat)",
          remedy: "Name the file that PROC FORMAT wrote, or `--catalog none`.")
      }
      return try SASCatalogParser.read(file, page: page, lossy: lossy)
    }
  }

  private static func beside(_ codebook: String?, _ name: String) -> String {
    guard !name.hasPrefix("/"), name != none, let slash = codebook?.lastIndex(of: "/") else {
      return name
    }
    return (codebook?[...slash] ?? "") + name
  }

  /// `NAME.sas7bcat` beside `NAME.sas7bdat`, or the `formats.sas7bcat` of its folder.
  private static func path(besideData path: String) -> String? {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { path[...$0] } ?? ""
    let name = slash.map { path[path.index(after: $0)...] } ?? path[...]
    let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? name
    guard !stem.isEmpty, name != "-" else { return nil }
    return ["\(stem).sas7bcat", "formats.sas7bcat", "FORMATS.sas7bcat", "FORMATS.SAS7BCAT"]
      .map { folder + $0 }.first { access($0, R_OK) == 0 }
  }

  /// What is said where its labels are used.
  var note: Note {
    Note(
      .information, id: "sas.catalog",
      isFound
        ? "stands beside the data: its labels are used; '--catalog none' declines them"
        : "gives the labels of values", at: path)
  }

  /// The labels of a variable's format; nil where the catalog lacks it.
  func labels(of variable: SASVariable) -> SASLabels? { formats[variable.format.name] }
}
