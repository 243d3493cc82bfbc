internal import SurveyCommands

/// An option of a command line with its values: `--codebook FILE`, `--strata=s`, `--lossy`.
struct SessionOption: Equatable {
  /// Its name, such as `--codebook`.
  let name: String
  /// Its words as they were given, the name first.
  let words: [String]

  /// Every option among words, with the words that follow it up to the next one.
  static func options(in words: [String]) -> [SessionOption] {
    let starts = words.indices.filter { words[$0].hasPrefix("--") }
    return zip(starts, starts.dropFirst() + [words.count]).map { start, end in
      let name = String(words[start].prefix { $0 != "=" })
      return SessionOption(name: name, words: Array(words[start..<end]))
    }
  }

  /// The same option with its value changed.
  func mappingValue(_ change: (String) -> String) -> Self {
    var words = words
    if words[0].count > name.count {
      words[0] = "\(name)=\(change(String(words[0].dropFirst(name.count + 1))))"
    } else if words.count > 1 {
      words[1] = change(words[1])
    }
    return SessionOption(name: name, words: words)
  }

  /// Whether it says how a file is written, which is nothing to what a cell shows.
  var saysHowToWrite: Bool {
    ["--format", "--decimal-comma", "--percent", "--template", "--dpi"].contains(name)
  }
}

extension [SessionOption] {
  /// Those that hold beside others: an option that can say one thing only gives way.
  func yielding(to others: [SessionOption], in verb: VerbName) -> [SessionOption] {
    filter { option in
      verb.mayBeRepeated(option.name) || !others.contains { $0.name == option.name }
    }
  }
}

extension [String] {
  /// Takes an option with all its values out of a command line.
  mutating func takeValues(of name: String) -> [String] {
    var values: [String] = []
    while let value = takeValue(of: name) { values.append(value) }
    return values
  }

  /// Takes an option and its value out of a command line; nil when it is not there.
  mutating func takeValue(of name: String) -> String? {
    guard let place = firstIndex(where: { $0 == name || $0.hasPrefix("\(name)=") }) else {
      return nil
    }
    let word = remove(at: place)
    if word != name { return String(word.dropFirst(name.count + 1)) }
    return place < count ? remove(at: place) : nil
  }
}
