public import SurveyTables

extension Phrase {
  /// The largest share of the information about an estimate that is missing.
  public static func missingInformation(upTo fraction: Double) -> Phrase {
    Phrase { format in
      let largest = format.percentSign(fraction)
      return (
        "At most \(largest) of the information about an estimate is missing.",
        "Høyst \(largest) av informasjonen om et estimat mangler."
      )
    }
  }

  /// A test that was combined over imputations from its p-values.
  static func repeatedTest(_ name: String, _ words: (String) -> Phrase) -> Phrase {
    let test =
      name == "goodness-of-fit"
      ? Phrase("Goodness of fit, Rao–Scott", "Samsvar med oppgitte andeler, Rao–Scott")
      : name == "typology"
        ? Phrase("Types by group, Rao–Scott", "Typer etter gruppe, Rao–Scott")
        : words(name)
    return Phrase(
      test.text(in: "en") + ", D2 over imputations: F",
      test.text(in: "nb") + ", D2 over imputeringer: F")
  }

  /// How many imputed data sets were combined, and by which rules.
  ///
  /// - Parameters:
  ///   - count: The data sets.
  ///   - rows: The rows of each.
  ///   - originalRows: The rows of the original data that were left out; 0 says nothing.
  public static func imputations(_ count: Int, rows: Int, originalRows: Int) -> Phrase {
    Phrase { format in
      let (count, rows) = (format.count(count), format.count(rows))
      let original = format.count(originalRows)
      let leftOut =
        originalRows == 0
        ? (en: "", nb: "")
        : (
          en: " The \(original) rows of the original data (imputation 0) are left out.",
          nb: " De \(original) radene med opprinnelige data (imputering 0) er utelatt."
        )
      return (
        "Multiple imputation: \(count) data sets of \(rows) rows, combined by Rubin's rules with "
          + "Barnard and Rubin's degrees of freedom; joint tests are D1, or D2 where that "
          + "is said; counts are means.\(leftOut.en)",
        "Multippel imputering: \(count) datasett med \(rows) rader, slått sammen etter Rubins regler "
          + "med Barnard og Rubins frihetsgrader; samlede tester er D1, eller D2 der det "
          + "står; antall er gjennomsnitt.\(leftOut.nb)"
      )
    }
  }
}
