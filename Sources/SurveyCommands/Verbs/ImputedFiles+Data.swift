internal import Glibc

extension ImputedFiles {
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
