import ArgumentParser
import Glibc
import SurveyData
import SurveySessions

extension CompletionKind {
  /// The variables and groups of the data file that stands on the command line: what a shell offers.
  static var variables: CompletionKind {
    .custom { words, _, prefix in VariableCompletion(words, prefix: prefix).names }
  }
}

/// What may stand where a variable is named.
struct VariableCompletion {
  /// The names that continue the word.
  let names: [String]

  /// - Parameters:
  ///   - words: The words of the command line.
  ///   - prefix: The word up to the cursor; after a comma, only the last name of a list is open.
  init(_ words: [String], prefix: String) {
    let stem = prefix.lastIndex(of: ",").map { String(prefix[...$0]) } ?? ""
    let open = prefix.dropFirst(stem.count)
    let codebook = words.firstIndex(of: "--codebook").flatMap { place in
      words.indices.contains(place + 1) ? words[place + 1] : nil
    }
    // The verb and its parts are no files; a value of an option before the data is seldom one.
    let file = words.dropFirst().first {
      !$0.hasPrefix("-") && $0 != prefix && $0 != codebook && Self.isFile($0)
    }
    guard let file, let dataset = try? Workspace().dataset(file, codebook: codebook) else {
      names = []
      return
    }
    let taken = Set(stem.split(separator: ",").map(String.init))
    names = (dataset.variableNames + dataset.codebook.groups.map(\.name))
      .filter { $0.hasPrefix(open) && !taken.contains($0) }.map { stem + $0 }
  }

  private static func isFile(_ path: String) -> Bool {
    var facts = stat()
    return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG
  }
}
