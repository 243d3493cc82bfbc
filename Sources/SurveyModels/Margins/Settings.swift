public import SurveyData
internal import SurveyStatistics

/// Values at which variables are set, `education=1,3; age=mean`: every combination is one setting.
public struct Settings: Hashable, Sendable {
  /// The text as it was written.
  public let source: String
  /// The variables with their values, in order.
  public let variables: [(name: String, values: [String])]

  /// Words that stand for a value of the respondents, unless the variable has such a code.
  static let words = ["mean", "median", "mode", "min", "max", "all"]

  /// Parses settings; quotes keep commas and semicolons of codes.
  ///
  /// - Parameter source: `variable=value,value; variable=mean`.
  /// - Throws: ``SurveyError`` of kind usage.
  public init(_ source: String) throws {
    var variables: [(name: String, values: [String])] = []
    for part in Self.split(source, at: ";") where part.contains(where: { $0 != " " }) {
      let sides = Self.split(part, at: "=")
      let name = Self.plain(sides[0])
      let values =
        sides.count < 2
        ? []
        : Self.split(
          sides.dropFirst().joined(separator: "="), at: ","
        ).map(Self.plain)
      guard !name.isEmpty, !values.isEmpty, !values.contains("") else {
        throw SurveyError(
          .usage, at: source, "'\(Self.plain(part))' sets nothing",
          remedy: "Write `variable=value,value; variable=mean`.")
      }
      guard !values[0].hasPrefix("=") else {
        throw SurveyError(
          .usage, at: source, "'\(Self.plain(part))' sets nothing",
          remedy: "Write one =: `variable=value`.")
      }
      guard !variables.contains(where: { $0.name == name }) else {
        throw SurveyError(.usage, at: source, "sets '\(name)' twice")
      }
      variables.append((name, values))
    }
    guard !variables.isEmpty else {
      throw SurveyError(
        .usage, "no variable is set", remedy: "Write `variable=value,value; variable=mean`.")
    }
    self.source = source
    self.variables = variables
  }

  /// Whether two settings are written the same.
  public static func == (a: Self, b: Self) -> Bool { a.source == b.source }

  /// Hashes the text.
  public func hash(into hasher: inout Hasher) { hasher.combine(source) }

  private static func split(_ text: String, at separator: Character) -> [String] {
    var parts = [""]
    var quote: Character?
    for character in text {
      if let open = quote {
        if character == open { quote = nil }
      } else if "'\"`".contains(character) {
        quote = character
      } else if character == separator {
        parts.append("")
        continue
      }
      parts[parts.count - 1].append(character)
    }
    return parts
  }

  /// Without blanks and quotes around it.
  private static func plain(_ text: String) -> String {
    var text = text.drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    if let first = text.first, "'\"`".contains(first), text.count > 1, text.last == first {
      text = text.dropFirst().dropLast()
    }
    return String(text)
  }
}

/// A variable and the answer that everybody gives.
public struct SetVariable: Hashable, Sendable {
  /// The variable's name.
  public let variable: String
  /// The answer.
  public let answer: FixedAnswer
}

extension [SetVariable] {
  /// The answers by their variables.
  var asFixed: [String: FixedAnswer] {
    Dictionary(map { ($0.variable, $0.answer) }, uniquingKeysWith: { _, last in last })
  }
}

extension PredictionBasis {
  /// The model matrix when everybody gives some answers, and what is added to its predictor.
  func matrix(at answers: [SetVariable]) throws -> (matrix: ModelMatrix, offsets: [Double]) {
    let frame = try frame.answering(answers.asFixed, terms)
    return (try matrix(of: frame), frame.offsets)
  }

  /// Every combination of the values, the last variable varying fastest.
  func grid(_ settings: Settings) throws -> [[SetVariable]] {
    var grid: [[SetVariable]] = [[]]
    for (name, values) in settings.variables {
      let answers = try values.flatMap { try self.answers($0, of: name) }
      // Before the combinations are made, which may be more than the memory holds.
      guard grid.count * answers.count <= 10_000 else {
        throw SurveyError(.usage, at: settings.source, "asks for more than 10000 predictions")
      }
      grid = grid.flatMap { row in
        answers.map { row + [SetVariable(variable: name, answer: $0)] }
      }
    }
    return grid
  }

  /// The answers that a value or a word means.
  private func answers(_ text: String, of name: String) throws -> [FixedAnswer] {
    let variable = try survey.dataset.variable(name)
    let isFactor = (variable.isCategorical && !isNumber(name)) || variable.type == .text
    guard isFactor || factorLevels(of: name) != nil else {
      if let number = Double(text), number.isFinite { return [.number(number)] }
      return try summary(text, of: name)
    }
    let known = try levels(of: name).map(\.code)
    guard !known.contains(text), Settings.words.contains(text) else {
      let all = try survey.dataset.categories(of: name)
      return [.code(all.named(text)?.code ?? text)]
    }
    switch text {
    case "all": return known.map(FixedAnswer.code)
    case "mode":
      let (categories, positions) = try frame.codes(of: name)
      var sums = Array(repeating: 0.0, count: categories.count)
      var index = 0
      positions.withEach {
        if $0 < sums.count { sums[$0] += frame.weights[index] }
        index += 1
      }
      let most = sums.indices.max { sums[$0] < sums[$1] } ?? 0
      return [.code(categories[most].code)]
    default:
      throw SurveyError(
        .usage, at: name, "has categories, so it has no \(text)",
        remedy: "Set it to codes, to mode, or to all.")
    }
  }

  /// A weighted summary of a number over the cases of the model.
  private func summary(_ word: String, of name: String) throws -> [FixedAnswer] {
    let values = zip(try frame.numbers(of: name), frame.weights)
      .filter { !$0.0.isNaN }.map { (value: $0.0, weight: $0.1) }.sorted { $0.value < $1.value }
    let total = values.reduce(0) { $0 + $1.weight }
    switch word {
    case "mean":
      return [.number(values.reduce(0) { $0 + $1.value * $1.weight } / total)]
    case "median":
      var sum = 0.0
      let middle = values.first { value in
        sum += value.weight
        return sum >= total / 2 * (1 - 1e-12)
      }
      return middle.map { [.number($0.value)] } ?? []
    case "min", "max":
      return ((word == "min" ? values.first : values.last)?.value).map { [.number($0)] } ?? []
    case "mode", "all":
      var sums: [(value: Double, weight: Double)] = []
      for (value, weight) in values {
        if sums.last?.value == value {
          sums[sums.count - 1].weight += weight
        } else {
          sums.append((value, weight))
        }
      }
      if word == "all" { return sums.map { .number($0.value) } }
      return (sums.max { $0.weight < $1.weight }).map { [.number($0.value)] } ?? []
    default:
      throw SurveyError(
        .usage, at: name, "is a number, and '\(word)' is none",
        remedy: suggestion(for: word, among: Settings.words)
          ?? "Set it to numbers, or to \(Settings.words.joined(separator: ", ")).")
    }
  }
}
