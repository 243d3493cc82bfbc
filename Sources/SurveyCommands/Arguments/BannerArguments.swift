import ArgumentParser
import SurveyData

/// The options of backgrounds side by side.
struct BannerArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Backgrounds side by side, each by itself behind all: sex,generation. 'sex*generation' is \
      crossed; a name of the codebook's banners: stands for what it lists.
      """, valueName: "names"), completion: .variables)
  var banner: NameList?

  @Flag(help: "Turn the tables: rows become columns.")
  var transpose = false

  init() {}

  /// The backgrounds, each one variable or several crossed.
  ///
  /// - Throws: ``SurveyError`` for an unknown name, and for a background that stands twice.
  func parts(in dataset: Dataset) throws -> [[String]] {
    let lists = dataset.lists
    let named = Dictionary(
      dataset.codebook.banners.map { ($0.name, $0.parts) }, uniquingKeysWith: { first, _ in first })
    let known = Set(dataset.variableNames)
    let parts = try (banner?.names ?? []).flatMap { text in
      if let parts = named[text], !known.contains(text) { return parts }
      return try lists.backgrounds(in: text)
    }
    for name in parts.joined() where !known.contains(name) {
      throw SurveyError(
        .usage, at: "--banner", "no variable and no banner '\(name)'",
        remedy: suggestion(for: name, among: dataset.variableNames + named.keys.sorted()))
    }
    if let twice = parts.first(where: { part in parts.filter { $0 == part }.count > 1 }) {
      throw SurveyError(
        .usage, "'\(Banner.text(twice))' stands twice under --banner",
        remedy: "Name every background once.")
    }
    return parts
  }
}
