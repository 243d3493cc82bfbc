internal import SurveyData

extension Note {
  /// A time of day or a duration, which no type of ours has a word for.
  static func time(_ name: String, _ format: String, at path: String) -> Note {
    Note(
      .information, id: "read.time",
      "'\(name)' is a time (\(format)), and is read as its seconds", at: path)
  }
}
