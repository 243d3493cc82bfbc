import ArgumentParser
import SurveyData
import SurveyReaders

/// What lists of variables leave out.
struct ListArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Variables that are taken out of those named. Wherever several variables may stand, lists may: \
      'trust_*', q1-q20 (in the order of the file), a,b,c, or a group of the codebook.
      """, valueName: "names"), completion: .variables)
  var except: NameList?

  /// Makes the defaults; the parser fills them.
  init() {}
}

/// The variables of a dataset as a command names them: lists become names.
struct NamedVariables {
  let dataset: Dataset
  private let lists: VariableLists
  private let excepted: [String]
  private var left: Set<String> = []

  init(of dataset: Dataset, except: [String]) throws {
    self.dataset = dataset
    lists = dataset.lists
    excepted = try lists.names(in: except)
  }

  /// Whether any of the texts is a list.
  func areLists(_ texts: [String]) -> Bool { texts.contains(where: lists.isList) }

  /// The names that texts mean.
  /// - Throws: ``SurveyError`` where a list matches nothing, and where nothing is left of one.
  mutating func names(_ texts: [String]) throws -> [String] {
    let all = try lists.names(in: texts)
    let names = all.filter { !excepted.contains($0) }
    left.formUnion(all.filter(excepted.contains))
    guard !names.isEmpty || texts.isEmpty else {
      throw SurveyError(
        .usage, "--except leaves nothing of \(texts.joined(separator: ", "))",
        remedy: "Take out fewer variables.")
    }
    return names
  }

  /// The same of an option.
  mutating func names(_ list: NameList?) throws -> NameList? {
    try list.map { NameList(try names($0.names)) }
  }

  /// The same of an option that must be given.
  mutating func names(_ list: NameList) throws -> NameList { NameList(try names(list.names)) }

  /// The one name that a text means, for an option of one variable.
  /// - Throws: ``SurveyError`` where it means several.
  mutating func one(_ text: String, for option: String) throws -> String {
    guard areLists([text]) else { return text }
    let found = try names([text])
    guard found.count == 1 else {
      throw SurveyError(
        .usage,
        "\(option) takes one variable, and '\(text)' means \(found.count): "
          + found.prefix(12).joined(separator: ", "), remedy: "Name one of them.")
    }
    return found[0]
  }

  /// The ratios that `A/B` means: where lists stand, every one of the first over every one of the second.
  mutating func ratios(_ text: String) throws -> [String] {
    let sides = text.split(separator: "/", omittingEmptySubsequences: false).map {
      String($0).trimmingBlanks
    }
    guard sides.count == 2, sides.contains(where: { areLists([$0]) }) else { return [text] }
    let (above, below) = (try side(sides[0]), try side(sides[1]))
    return above.flatMap { a in below.map { "\(a)/\($0)" } }
  }

  private mutating func side(_ text: String) throws -> [String] {
    areLists([text]) ? try names([text]) : [text]
  }

  /// Throws where `--except` takes something out that no list has.
  func checkExcepted(by option: String = "--except") throws {
    // Cells are not by all that the codebook describes.
    let book = dataset.codebook
    let stranger = excepted.first { name in
      !left.contains(name)
        && !(book.file.isPartial && book.variables.contains { $0.name == name })
    }
    guard let stranger else { return }
    throw SurveyError(
      .usage, "\(option) takes out '\(stranger)', which is not among the variables named",
      remedy: suggestion(for: stranger, among: dataset.variableNames))
  }

  /// Throws where variables of a list are of another kind than a verb is about.
  ///
  /// - Parameters:
  ///   - isOther: Whether a variable is of the other kind.
  ///   - names: What the lists came to.
  ///   - kind: What one of the others is, and several.
  ///   - verb: The verb that is about them.
  func refuse(
    _ isOther: (Variable) -> Bool, among names: [String], as kind: (one: String, several: String),
    verb: String
  ) throws {
    let others = try names.filter { isOther(try dataset.variable($0)) }
    guard !others.isEmpty, others.count < names.count else { return }
    let isOne = others.count == 1
    throw SurveyError(
      .usage,
      "\(others.count) of \(names.count) \(isOne ? "is \(kind.one)" : "are \(kind.several)"): "
        + others.prefix(12).joined(separator: ", ")
        + (others.count > 12 ? " and \(others.count - 12) more" : ""),
      remedy: "Use `\(verb)` for \(isOne ? "it" : "them"), or `--except`.")
  }

  /// Whether nobody has said what a variable is.
  func isUndescribed(_ variable: Variable) -> Bool {
    variable.isOpen && variable.type == nil && variable.measure == nil
      && !variable.hasSeveralAnswers
  }

  /// The codes of a column; of people who stay where they are those that an engine tells.
  private func occurring(_ name: String) throws -> [SurveyData.Category] {
    let isDerived = dataset.codebook.derived.contains { $0.variable.name == name }
    guard let origin = dataset.origin, !isDerived else {
      return try dataset.categorical(name).categories
    }
    return try origin.seen(name, by: dataset.codebook).column.categories
  }

  /// Whether a variable is a number, of which a table would have a row a value.
  func isNumber(_ variable: Variable) -> Bool {
    guard !variable.isCategorical, !variable.hasSeveralAnswers, variable.type?.isText != true else {
      return false
    }
    guard isUndescribed(variable) else { return true }
    // Nobody has said: many numbers are no codes.
    let codes = (try? occurring(variable.name)) ?? []
    return codes.count > 20 && codes.allSatisfy { $0.number != nil }
  }
}
