public import SurveyTables

extension Phrase {
  /// The unit of shares of which people could have several.
  public static let severalAnswersUnit = Phrase("several answers", "flere svar")
  /// Rows of a group of which each has its own base.
  public static let eachItem = Phrase(
    "Each question of those who answered it.", "Hvert spørsmål av dem som svarte på det.")

  /// The base of a question with several answers.
  public static func mentions(_ base: String, n: Int, items: Int) -> Phrase {
    Phrase { format in
      let (n, items) = (format.count(n), format.count(items))
      return switch base {
      case "mentioned":
        (
          "Percentages of those who gave at least one of the answers: n \(n).",
          "Prosent av dem som ga minst ett av svarene: n \(n)."
        )
      case "all-items":
        (
          "Percentages of those who answered all \(items) items: n \(n).",
          "Prosent av dem som svarte på alle \(items) leddene: n \(n)."
        )
      case "answers":
        (
          "Percentages of all answers that were given: \(n) answers.",
          "Prosent av alle svar som ble gitt: \(n) svar."
        )
      default:
        (
          "Percentages of those who answered any of the items: n \(n).",
          "Prosent av dem som svarte på minst ett av leddene: n \(n)."
        )
      }
    }
  }

  /// At least one answer.
  public static let anyAnswer = Phrase("Any of them", "Minst ett svar")
  /// No answer.
  public static let noAnswer = Phrase("None of them", "Ingen av dem")
  /// How many answers.
  public static func meanNumber(of items: Int) -> Phrase {
    Phrase {
      (
        "Mean number, of \($0.count(items))", "Gjennomsnittlig antall, av \($0.count(items))"
      )
    }
  }
  /// The base of any, none and the mean number.
  public static func countBase(n: Int) -> Phrase {
    Phrase {
      (
        "Any, none and the mean number: of \($0.count(n)) who answered any of the items.",
        "Minst ett, ingen og gjennomsnittlig antall: av \($0.count(n)) som svarte på minst ett av leddene."
      )
    }
  }
  /// Rows with an answer that excludes the others, and another.
  public static func exclusiveConflict(_ count: Int, _ labels: String) -> Phrase {
    Phrase {
      (
        "\($0.count(count)) gave “\(labels)” and another answer; both are counted.",
        "\($0.count(count)) ga både «\(labels)» og et annet svar; begge er talt med."
      )
    }
  }
  /// Respondents of the item or question that most answered.
  public static let largestBase = Phrase("n (largest base)", "n (største base)")
  /// How many rows the file has.
  public static func rowsRead(of count: Int) -> Phrase {
    Phrase { ("Rows read \($0.count(count)).", "Leste rader \($0.count(count)).") }
  }
  /// What letters between rows mean.
  public static func letterRows(level: Double, adjustment: String) -> Phrase {
    let names = ["holm": "Holm", "bonferroni": "Bonferroni", "bh": "Benjamini–Hochberg"]
    return Phrase { format in
      let level = format.significant(level, digits: 1)
      let name = names[adjustment]
      return (
        "Letters: the share exceeds that of the row with the letter, among those who answered both "
          + "(t-tests, p < \(level)\(name.map { ", adjusted by \($0)" } ?? "")).",
        "Bokstaver: andelen er større enn i raden med bokstaven, blant dem som svarte på begge "
          + "(t-tester, p < \(level)\(name.map { ", justert etter \($0)" } ?? ""))."
      )
    }
  }
}
