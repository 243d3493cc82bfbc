internal import SurveyData
package import SurveyTables

extension Document {
  /// The same with a note that the words between the labels are bokmål, where nynorsk is asked for.
  package func sayingWordsAreBokmal(in language: String) -> Document {
    guard language == "nn" else { return self }
    var noted = self
    noted.notes.append(
      Phrase(
        Note(
          .information, id: "language.bokmal-words",
          "Labels are in nynorsk where the codebook has them, otherwise in bokmål; headings and notes "
            + "are in bokmål.")
      ).text(in: language))
    return noted
  }
}
