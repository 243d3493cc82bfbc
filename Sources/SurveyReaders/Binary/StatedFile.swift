internal import SurveyData

/// What the user and the codebook state of a file, checked against what it is.
struct StatedFile: Sendable {
  private let path: String
  private let rows: Int?
  private let sha256: String?
  /// The encoding of text; nil when nobody states one.
  let encoding: String?

  /// The options go before the codebook.
  init(_ file: FileBytes, codebook: Codebook?, options: ReadingOptions) {
    path = file.path
    rows = options.file.rows ?? codebook?.file.rows
    sha256 = options.file.sha256 ?? codebook?.file.sha256
    encoding = options.file.encoding ?? codebook?.file.encoding
  }

  func check(rows found: Int) throws {
    guard let rows, rows != found else { return }
    throw SurveyError(
      .data, at: path, "has \(found) rows, but the codebook states \(rows)",
      remedy: "Fetch the file that the codebook describes, or correct `rows:` under `file:`.")
  }

  /// The file's SHA-256, when it is the stated one.
  func hash(of file: FileBytes) throws -> String {
    let hash = FileBytes.sha256(of: file.bytes)
    guard let sha256, sha256.lowercased() != hash else { return hash }
    throw SurveyError(
      .data, at: path, "has SHA-256 \(hash), but the codebook states \(sha256)",
      remedy: "Fetch the file that the codebook describes, or state this one's SHA-256.")
  }
}
