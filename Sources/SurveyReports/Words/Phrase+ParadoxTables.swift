public import SurveyTables

extension Phrase {
  /// The title of shares group by group.
  public static let whoSaysWhat = Phrase("Who says what", "Hvem svarer hva")

  /// The title of the table of one comparison of two groups.
  public static func versusGroup(_ title: String, _ group: String, _ reference: String) -> Phrase {
    Phrase("\(title): “\(group)” and “\(reference)”", "\(title): «\(group)» og «\(reference)»")
  }

  /// The title of the parts that variables play.
  public static let paradoxRoles = Phrase("The integration paradox", "Integreringsparadokset")
  /// Why there are no tables T3 and T4.
  public static let mechanismsNeeded = Phrase(
    "T3 and T4 need mechanisms in the specification: exposure, awareness or expectations.",
    "T3 og T4 krever mekanismer i spesifikasjonen: exposure, awareness eller expectations.")
  /// Why there is no table T7.
  public static let poolNeeded = Phrase(
    "T7 needs `pool: VARIABLE` in the specification: origins, waves or countries.",
    "T7 krever `pool: VARIABEL` i spesifikasjonen: opphav, år eller land.")

  /// What pooling parts of one survey takes for granted.
  public static func pooledWithinSurvey(_ variable: String) -> Phrase {
    Phrase(
      "The gap by \(variable.withinSentence); its groups are pooled as if they were drawn apart.",
      "Avstanden etter \(variable.withinSentence); gruppene slås sammen som om de var trukket "
        + "hver for seg.")
  }
}
