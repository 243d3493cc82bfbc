internal import Glibc
internal import SurveyData
internal import SurveyReaders

/// The files that a report is read from and written to.
public enum ReportFiles {
  /// A text file's contents.
  /// - Throws: ``SurveyError`` when it cannot be opened or is not UTF-8.
  public static func read(_ path: String) throws -> String {
    let file = try FileBytes(path)
    return try withExtendedLifetime(file) {
      guard let text = String(validating: file.bytes, as: UTF8.self) else {
        throw SurveyError(.data, at: path, "is not UTF-8", remedy: "Save it as UTF-8.")
      }
      return text
    }
  }

  /// A file's bytes.
  /// - Throws: ``SurveyError`` when it cannot be opened.
  public static func bytes(_ path: String) throws -> [UInt8] {
    let file = try FileBytes(path)
    return withExtendedLifetime(file) { Array(file.bytes) }
  }

  /// Writes a file whole or not at all.
  public static func write(_ bytes: [UInt8], to path: String) throws {
    try OutputFile.write(bytes, to: path)
  }

  /// The folder of a path, empty for the current one, and the file's name without its ending.
  public static func parts(of path: String) -> (folder: String, name: String) {
    let pieces = path.split(separator: "/", omittingEmptySubsequences: false)
    let last = pieces.last ?? ""
    let name = last.lastIndex(of: ".").map { last[..<$0] } ?? last
    return (pieces.dropLast().joined(separator: "/"), String(name))
  }

  /// The last part of a path.
  public static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// The way from a folder to another, as a link in a file of the first says it.
  public static func way(from folder: String, to other: String) -> String {
    func parts(_ path: String) -> [Substring] {
      path.split(separator: "/").filter { $0 != "." }
    }
    let (from, to) = (parts(folder), parts(other))
    // Where one path is absolute, or leaves its folder, only the whole path leads there.
    guard folder.hasPrefix("/") == other.hasPrefix("/"), !from.contains("..") else { return other }
    let common = zip(from, to).prefix { $0 == $1 }.count
    return
      (Array(repeating: "..", count: from.count - common) + to.dropFirst(common).map(String.init))
      .joined(separator: "/")
  }

  /// A name in a folder.
  public static func inFolder(_ folder: String, _ name: String) -> String {
    folder.isEmpty ? name : "\(folder)/\(name)"
  }

  /// The names in a folder, sorted; none when there is no such folder.
  public static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder.isEmpty ? "." : folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) { name in
          name.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names.filter { $0 != "." && $0 != ".." }.sorted()
  }

  /// The names in a folder, sorted, those of folders with `/` behind.
  public static func entries(in folder: String) -> [String] {
    names(in: folder).map { name in
      var facts = stat()
      let isFolder =
        stat(inFolder(folder, name), &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
      return isFolder ? name + "/" : name
    }
  }

  /// Makes a folder and those above it.
  /// - Throws: ``SurveyError`` of kind output.
  public static func makeFolder(_ path: String) throws {
    var made = path.hasPrefix("/") ? "/" : ""
    for piece in path.split(separator: "/") {
      made += (made.isEmpty || made == "/" ? "" : "/") + piece
      guard mkdir(made, 0o777) == 0 || errno == EEXIST else {
        throw SurveyError(.output, at: made, "cannot be made: \(String(cString: strerror(errno)))")
      }
    }
  }
}
