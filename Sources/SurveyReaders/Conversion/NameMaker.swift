internal import SurveyData

/// Makes names that a format allows, each once.
struct NameMaker {
  /// Whether two names that differ in case only are the same name.
  let ignoresCase: Bool
  /// The longest name, by `length`.
  let longest: Int
  let length: (String) -> Int
  let isAllowed: (Character) -> Bool
  let isAllowedFirst: (Character) -> Bool
  let reserved: Set<String>
  private var taken: Set<String> = []

  init(
    ignoresCase: Bool, longest: Int, length: @escaping (String) -> Int,
    isAllowed: @escaping (Character) -> Bool, isAllowedFirst: @escaping (Character) -> Bool,
    reserved: Set<String>
  ) {
    self.ignoresCase = ignoresCase
    self.longest = longest
    self.length = length
    self.isAllowed = isAllowed
    self.isAllowedFirst = isAllowedFirst
    self.reserved = reserved
  }

  /// The name itself where it is allowed and free, otherwise one like it.
  mutating func name(for wanted: String) -> String {
    var base = String(wanted.map { isAllowed($0) ? $0 : "_" })
    if base.first.map({ !isAllowedFirst($0) }) ?? true || reserved.contains(base.uppercased()) {
      base = "v" + base
    }
    var name = cut(base, by: 0)
    var number = 1
    while !taken.insert(ignoresCase ? name.uppercased() : name).inserted {
      number += 1
      name = cut(base, by: "\(number)".count + 1) + "_\(number)"
    }
    return name
  }

  private func cut(_ name: String, by room: Int) -> String {
    var name = name
    while length(name) > longest - room { name.removeLast() }
    return name
  }
}
