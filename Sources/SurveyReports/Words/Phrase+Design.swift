public import SurveyTables

extension Phrase {
  /// The design is not known.
  public static func simpleRandomNote(isStated: Bool) -> Phrase {
    isStated
      ? Phrase(
        "Standard errors assume simple random sampling, as the codebook states.",
        "Standardfeilene bygger på enkelt tilfeldig utvalg, slik kodeboken sier.")
      : Phrase(
        "No strata or sampling units are named: standard errors assume simple random sampling.",
        "Ingen strata eller primærenheter er oppgitt: standardfeilene bygger på enkelt tilfeldig "
          + "utvalg.")
  }

  /// Codes of sampling units stand for several units, since strata that use them again are not named.
  public static func repeatedUnits(
    _ psu: String, in strata: String, counted: Int, within: Int
  ) -> Phrase {
    Phrase {
      (
        "The codes of '\(psu)' come again in several strata of '\(strata)': without strata they are "
          + "\($0.count(counted)) sampling units, within strata \($0.count(within)). Add --strata "
          + "\(strata) if they are numbered anew in each.",
        "Kodene i «\(psu)» går igjen i flere strata av «\(strata)»: uten strata er de "
          + "\($0.count(counted)) primærenheter, innenfor strata \($0.count(within)). Legg til "
          + "--strata \(strata) hvis de er nummerert på nytt i hvert."
      )
    }
  }

  /// The stage at which population sizes end.
  public static func stageWithoutSizes(_ psu: String) -> Phrase {
    Phrase(
      "The stage of '\(psu)' has no population sizes: its units count as drawn with replacement.",
      "Trinnet «\(psu)» har ingen populasjonsstørrelser: enhetene regnes som trukket med "
        + "tilbakelegging.")
  }

  /// Codes of a later stage that lie in several units of the stage above.
  public static func repeatedCodes(
    _ psu: String, in above: String, codes: Int, units: Int
  ) -> Phrase {
    Phrase {
      (
        "Some codes of '\(psu)' lie in several units of '\(above)': \($0.count(codes)) codes are "
          + "\($0.count(units)) units, since the same code in another '\(above)' is another unit. "
          + "Look at the file if it should be the same.",
        "Noen koder i «\(psu)» ligger i flere enheter av «\(above)»: \($0.count(codes)) koder er "
          + "\($0.count(units)) enheter, siden samme kode i en annen «\(above)» er en annen enhet. "
          + "Se på filen hvis det skulle vært den samme."
      )
    }
  }

  /// Every row counts as one.
  public static let unweightedNote = Phrase(
    "No weight is named: every row counts as one.", "Ingen vekt er oppgitt: hver rad teller én.")

  /// Rows that are left out because their weight is missing.
  public static func rowsWithoutWeight(_ count: Int) -> Phrase {
    Phrase { format in
      (
        "\(format.count(count)) rows have no weight and are left out.",
        "\(format.count(count)) rader har ingen vekt og er utelatt."
      )
    }
  }

  /// The title of a count of people.
  public static let people = Phrase("People", "Personer")
}
