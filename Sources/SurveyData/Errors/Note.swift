/// Something the user must know about how a result came about; never an error, never lost.
public struct Note: Hashable, Sendable {
  /// How much the note asks of the reader.
  public enum Level: String, Sendable {
    /// A choice that was made and could have been another.
    case information
    /// Something that may be wrong; `--strict` makes it an error.
    case warning
  }

  /// How much the note asks of the reader.
  public let level: Level
  /// A stable name such as `csv.delimiter-detected`, so that scripts can look for it.
  public let id: String
  /// The sentence, without the place.
  public let text: String
  /// What the sentence names, such as a code, in the order of the sentence, so that it can be said in
  /// another language.
  public let values: [String]
  /// Where it is, as in ``SurveyError/place``.
  public let place: String?

  /// Makes a note from its facts.
  public init(
    _ level: Level, id: String, _ text: String, naming values: [String] = [],
    at place: String? = nil
  ) {
    self.level = level
    self.id = id
    self.text = text
    self.values = values
    self.place = place
  }
}

extension Note: CustomStringConvertible {
  /// `PLACE: TEXT`.
  public var description: String { place.map { "\($0): \(text)" } ?? text }
}
