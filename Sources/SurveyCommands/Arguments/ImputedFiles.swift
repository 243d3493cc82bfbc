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

  /// Words of a command line with DATA in its place, the first imputed file where it was left out.
  ///
  /// DATA is there when a word is one of the files, or the word after the verb names a file.
  static func insertingData(in words: [String]) throws -> [String] {
    var rest = words
    guard let value = rest.takeValue(of: "--imputations"),
      let verb = try? VerbName(words).words.count, let names = NameList(argument: value)?.names
    else { return words }
    let files = try matching(names)
    let isThere = rest.dropFirst(verb).contains { files.contains($0) }
    let isFile = words.count > verb && access(words[verb], R_OK) == 0
    guard !isThere, !isFile, !words.contains("--help"), !words.contains("-h") else { return words }
    return Array(words.prefix(verb)) + [files[0]] + words.dropFirst(verb)
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

extension [String] {
  /// Takes an option and its value out of a command line; nil when it is not there.
  fileprivate mutating func takeValue(of name: String) -> String? {
    guard let place = firstIndex(where: { $0 == name || $0.hasPrefix("\(name)=") }) else {
      return nil
    }
    let word = remove(at: place)
    if word != name { return String(word.dropFirst(name.count + 1)) }
    return place < count ? remove(at: place) : nil
  }
}
