public import SurveyData
public import SurveyTables

extension Phrase {
  /// A labelled number as a number or a category, in one word.
  public static func kind(_ reading: LabelReading) -> Phrase {
    reading.isNumber ? Phrase("number", "tall") : Phrase("category", "kategori")
  }

  /// Why a labelled number is read as it is, in a few words.
  public static func reason(_ reading: LabelReading) -> Phrase {
    switch reading.reason {
    case .unlabelled(let count):
      Phrase("\(count) unlabelled values", "\(count) verdier uten etikett")
    case .complete: Phrase("every value is labelled", "alle verdier har etikett")
    case .stated(let measure):
      measure.isCategorical
        ? Phrase("the file says \(measure.rawValue)", "filen sier \(measure.rawValue)")
        : Phrase("the file says scale", "filen sier skala")
    case .mostlyLabelled(let count):
      Phrase("only \(count) unlabelled", "bare \(count) uten etikett")
    }
  }

  /// How a labelled number is read, and how that is turned.
  public static func reading(_ reading: LabelReading, of name: String) -> Phrase {
    let (kind, reason) = (kind(reading), reason(reading))
    let turned = reading.isNumber ? "factor" : "number"
    return Phrase(
      "Read as a \(kind.text(in: "en")) (\(reason.text(in: "en"))); `\(turned)(\(name))` in a formula, or "
        + "`measure:` in a codebook, turns it.",
      "Leses som \(kind.text(in: "nb")) (\(reason.text(in: "nb"))); `\(turned)(\(name))` i en formel, "
        + "eller `measure:` i en kodebok, snur det.")
  }

  /// How several labelled numbers are read.
  public static func readings(_ list: String, more: Int) -> Phrase {
    Phrase(
      "Labelled numbers are read as: \(list)\(more > 0 ? " and \(more) more" : "").",
      "Tall med etiketter leses som: \(list)\(more > 0 ? " og \(more) til" : "").")
  }
}
