internal import Glibc
internal import SurveyData

/// The files that `--imputations` names.
enum ImputedFiles {
  /// The files of names and patterns, each once: a pattern's in the order of their numbers.
  ///
  /// - Throws: ``SurveyError`` for a pattern without a file, and for one file only.
  static func matching(_ patterns: [String]) throws -> [String] {
    var files: [String] = []
    for pattern in patterns {
      let found = expanded(pattern)
      guard !found.isEmpty else {
        throw SurveyError(.input, at: pattern, "no such file of imputed data")
      }
      files += found.filter { !files.contains($0) }
    }
    guard files.count > 1 else {
      throw SurveyError(
        .usage, at: files[0], "there is one imputation, which cannot tell how uncertain it is",
        remedy: "Give two files or more, the pattern in quotes: --imputations 'imp_*.csv'.")
    }
    return files
  }

  /// The files that a pattern of the shell matches; shorter names first, so that 10 follows 9.
  private static func expanded(_ pattern: String) -> [String] {
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, 0, nil, &found) == 0, let paths = found.gl_pathv else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { paths[$0].map { String(cString: $0) } }
      .sorted { ($0.count, $0) < ($1.count, $1) }
  }
}
