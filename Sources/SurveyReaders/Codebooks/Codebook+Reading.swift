internal import Glibc
public import SurveyData

extension Codebook {
  /// Reads a codebook file.
  ///
  /// - Throws: ``SurveyError`` at `file:line:column` for the first fault: bad YAML, an unknown or
  ///   duplicate key, an undefined name, a cycle, a code both valid and missing, two labels for one
  ///   code.
  public init(contentsOf path: String) throws {
    let file = try FileBytes(path)
    let bytes =
      file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? file.bytes.dropFirst(3) : file.bytes[...]
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw SurveyError(
        .data, at: path, "is not UTF-8", remedy: "Save the codebook as UTF-8.")
    }
    try self.init(parsing: text, name: path)
    self.path = path
  }

  /// Reads a codebook from its text.
  ///
  /// - Parameters:
  ///   - text: The YAML.
  ///   - name: What errors call it, most often its path.
  public init(parsing text: String, name: String) throws {
    self = try CodebookReader(YAMLNode(parsing: text, name: name), name: name).codebook()
  }

  /// The codebook that belongs to a data file by its name: `DIR/NAME.codebook.yaml` beside
  /// `DIR/NAME.csv`.
  ///
  /// - Returns: Its path; nil when there is none.
  public static func path(besideData dataPath: String) -> String? {
    let slash = dataPath.lastIndex(of: "/")
    let name = slash.map { dataPath[dataPath.index(after: $0)...] } ?? dataPath[...]
    let stem = name.lastIndex(of: ".").flatMap { $0 == name.startIndex ? nil : name[..<$0] } ?? name
    let folder = slash.map { dataPath[...$0] } ?? ""
    return ["yaml", "yml"].map { "\(folder)\(stem).codebook.\($0)" }.first { access($0, R_OK) == 0 }
  }
}
