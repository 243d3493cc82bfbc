public import SurveyTables

extension Phrase {
  /// A number with its interval, as a sentence says it: whether it is clear of nothing, how large it is,
  /// how sure.
  public struct Finding: Sendable {
    /// The number; shares and their differences as 0…1.
    public var value: Double
    /// The lower end of its interval.
    public var low: Double
    /// The upper end.
    public var high: Double
    /// The confidence level of the interval.
    public var level: Double
    /// How the number is printed.
    public var format: Table.Format
    /// The value of no difference: 1 for ratios.
    public var nothing = 0.0

    /// Makes a finding.
    public init(
      _ value: Double, low: Double, high: Double, level: Double, as format: Table.Format,
      nothing: Double = 0
    ) {
      self.value = value
      self.low = low
      self.high = high
      self.level = level
      self.format = format
      self.nothing = nothing
    }

    /// Whether the interval leaves no doubt of the sign; without an interval there is doubt.
    public var isClear: Bool { low > nothing || high < nothing }

    /// Whether it has an interval.
    public var isKnown: Bool { !low.isNaN && !high.isNaN }

    /// Whether the number is below nothing.
    var isNegative: Bool { value < nothing }

    /// The size without its sign, with its unit, and its interval in brackets: `20 points`,
    /// `(95 % 15–25)`.
    func size(_ numbers: NumberFormat) -> (en: String, nb: String, interval: String) {
      let ends = isNegative && nothing == 0 ? (-high, -low) : (low, high)
      let interval = "(\(numbers.level(level)) \(numbers.interval(ends.0, ends.1, as: plain)))"
      let number = numbers.text(nothing == 0 ? abs(value) : value, as: plain)
      return (number + unit.en, number + unit.nb, interval)
    }

    /// The number with its sign and its interval in brackets: `(+2 points, 95 % −1 to 5)`.
    func aside(_ numbers: NumberFormat) -> (en: String, nb: String) {
      let interval = "\(numbers.level(level)) \(numbers.interval(low, high, as: plain))"
      let number = numbers.text(value, as: format)
      guard !low.isNaN, !high.isNaN else {
        return (
          "(\(number)\(unit.en), without an interval)", "(\(number)\(unit.nb), uten intervall)"
        )
      }
      return ("(\(number)\(unit.en), \(interval))", "(\(number)\(unit.nb), \(interval))")
    }

    /// A difference of which the sample does not say how sure it is, as a sentence.
    func unknown(
      _ numbers: NumberFormat, head: String = "", between first: String, and second: String
    ) -> (en: String, nb: String) {
      let number = numbers.text(value, as: format)
      return (
        head + (head.isEmpty ? "How" : "how")
          + " sure the difference between “\(first)” and “\(second)” is, the sample does not say "
          + "(\(number)\(unit.en)).",
        head + (head.isEmpty ? "Hvor" : "hvor")
          + " sikker forskjellen mellom «\(first)» og «\(second)» er, sier ikke utvalget "
          + "(\(number)\(unit.nb))."
      )
    }

    private var plain: Table.Format {
      if case .points(let digits) = format { .percent(digits: digits) } else { format }
    }

    private var unit: (en: String, nb: String) {
      switch format {
      case .points, .percent: (" points", " poeng")
      default: ("", "")
      }
    }
  }
}

extension Phrase {
  /// Two judgements by the same people compared, in a sentence.
  public static func judgementsCompared(
    group: String?, first: String, second: String, _ gap: Finding
  ) -> Phrase {
    Phrase { numbers in
      let head = group.map { "\($0): " } ?? ""
      guard gap.isKnown else {
        return gap.unknown(numbers, head: head, between: first, and: second)
      }
      guard gap.isClear else {
        let aside = gap.aside(numbers)
        return (
          head + (head.isEmpty ? "No" : "no")
            + " clear difference between “\(first)” and “\(second)” \(aside.en).",
          head + (head.isEmpty ? "Ingen" : "ingen")
            + " tydelig forskjell mellom «\(first)» og «\(second)» \(aside.nb)."
        )
      }
      let (less, more) = gap.isNegative ? (first, second) : (second, first)
      let size = gap.size(numbers)
      return (
        "\(head)“\(less)” is \(size.en) below “\(more)” \(size.interval).",
        "\(head)«\(less)» er \(size.nb) lavere enn «\(more)» \(size.interval)."
      )
    }
  }

  /// Something of a group that is larger or smaller than the same of another, in a sentence.
  ///
  /// - Parameters:
  ///   - what: What differs, such as `the gap`, without a capital.
  ///   - group: The group; nil when none of several differs clearly.
  public static func groupsCompared(
    _ what: Phrase, group: String?, reference: String, _ difference: Finding
  ) -> Phrase {
    Phrase { numbers in
      let (en, nb) = (what.text(in: "en"), what.text(in: "nb"))
      guard let group else {
        return (
          "No group differs clearly from “\(reference)” in \(en).",
          "Ingen gruppe skiller seg tydelig fra «\(reference)» i \(nb)."
        )
      }
      guard difference.isKnown else {
        return difference.unknown(
          numbers, head: "", between: group, and: reference)
      }
      guard difference.isClear else {
        let aside = difference.aside(numbers)
        return (
          "No clear difference between “\(group)” and “\(reference)” in \(en) \(aside.en).",
          "Ingen tydelig forskjell mellom «\(group)» og «\(reference)» i \(nb) \(aside.nb)."
        )
      }
      let size = difference.size(numbers)
      let words = difference.isNegative ? ("lower", "lavere") : ("higher", "høyere")
      return (
        "\(en.capitalizedFirst) is \(size.en) \(words.0) for “\(group)” than for "
          + "“\(reference)” \(size.interval).",
        "\(nb.capitalizedFirst) er \(size.nb) \(words.1) for «\(group)» enn for "
          + "«\(reference)» \(size.interval)."
      )
    }
  }

  /// Whom the shares of two judgements are of.
  public static let bothPercentages = Phrase(
    "Row percentages of those who gave both answers.", "Radprosent av dem som ga begge svarene.")

  /// Whom the levels of a gradient are of.
  public static let modelPercentages = Phrase(
    "Percentages of those who answered everything that is named here.",
    "Prosent av dem som svarte på alt som er nevnt her.")

  /// What differs between groups: the gap of two judgements.
  public static func gapOf(_ first: String, _ second: String) -> Phrase {
    Phrase("the gap “\(first)” minus “\(second)”", "avstanden «\(first)» minus «\(second)»")
  }

  /// What differs between groups: a share among those with a judgement.
  public static func shareWithout(_ second: String, among first: String) -> Phrase {
    Phrase(
      "the share without “\(second)” among those with “\(first)”",
      "andelen uten «\(second)» blant dem med «\(first)»")
  }

  /// What differs between groups: the way from one level to another.
  public static func riseFrom(_ first: String, to last: String) -> Phrase {
    Phrase("the change from “\(first)” to “\(last)”", "endringen fra «\(first)» til «\(last)»")
  }

  /// What differs between groups: the effect of a variable, or its part through mediators.
  public static func effectOf(_ key: String, throughMediators: Bool) -> Phrase {
    throughMediators
      ? Phrase(
        "the part of the effect of “\(key)” that goes through the mediators",
        "den delen av effekten av «\(key)» som går gjennom mellomleddene")
      : Phrase(
        "the effect of “\(key)” without the mediators", "effekten av «\(key)» uten mellomleddene")
  }

  /// Shares of groups from the lowest to the highest, in a sentence.
  ///
  /// - Parameter p: The p-value of the test that all are equal.
  public static func lowestToHighest(
    _ item: String, low: Double, lowGroup: String, high: Double, highGroup: String, p: Double,
    level: Double
  ) -> Phrase {
    Phrase { numbers in
      let (a, b) = (numbers.percentSign(low), numbers.percentSign(high))
      let test = numbers.p(p)
      guard !p.isNaN else {
        return (
          "\(item): from \(a) (\(lowGroup)) to \(b) (\(highGroup)); whether the groups differ could "
            + "not be tested.",
          "\(item): fra \(a) (\(lowGroup)) til \(b) (\(highGroup)); om gruppene er forskjellige, "
            + "kunne ikke testes."
        )
      }
      guard p < 1 - level else {
        return (
          "\(item): no clear difference between the groups (\(test)); the lowest is \(a) "
            + "(\(lowGroup)), the highest \(b) (\(highGroup)).",
          "\(item): ingen tydelig forskjell mellom gruppene (\(test)); lavest er \(a) "
            + "(\(lowGroup)), høyest \(b) (\(highGroup))."
        )
      }
      return (
        "\(item): from \(a) (\(lowGroup)) to \(b) (\(highGroup)); the groups differ (\(test)).",
        "\(item): fra \(a) (\(lowGroup)) til \(b) (\(highGroup)); gruppene er forskjellige (\(test))."
      )
    }
  }

  /// Whether the chances rise or fall along the levels, and whether the line bends, in a sentence.
  ///
  /// - Parameters:
  ///   - group: The group; nil when there are none.
  ///   - slope: 1 for a clear rise, −1 for a clear fall, 0 for neither.
  ///   - bends: Whether a higher contrast is clear.
  public static func shapeOfGradient(group: String?, slope: Int, bends: Bool) -> Phrase {
    let head = group.map { "\($0): " } ?? ""
    let trend = [
      1: ("a clear rise", "en tydelig økning"), -1: ("a clear fall", "et tydelig fall"),
      0: ("no clear rise or fall", "ingen tydelig økning eller fall"),
    ]
    let (en, nb) = trend[slope] ?? ("", "")
    let bend =
      bends
      ? ("and the line bends clearly", "og linjen bøyer seg tydelig")
      : ("and no clear bend", "og ingen tydelig bøyning")
    return Phrase(
      head + (head.isEmpty ? en.capitalizedFirst : en) + " along the levels, \(bend.0).",
      head + (head.isEmpty ? nb.capitalizedFirst : nb) + " langs nivåene, \(bend.1).")
  }

  /// A curve from one end to the other, and whether it bends, in a sentence.
  public static func curveInWords(
    group: String?, from: Double, start: Double, to: Double, end: Double, p: Double, level: Double
  ) -> Phrase {
    Phrase { numbers in
      let head = group.map { "\($0): " } ?? ""
      func at(_ value: Double) -> String {
        numbers.text(
          value, as: value == value.rounded() ? .fixed(digits: 0) : .significant(digits: 3))
      }
      let (a, b) = (numbers.percentSign(start), numbers.percentSign(end))
      let test = numbers.p(p)
      let bend =
        p.isNaN
        ? ("whether it bends could not be tested", "om den bøyer seg, kunne ikke testes")
        : p < 1 - level
          ? ("it bends clearly (\(test))", "den bøyer seg tydelig (\(test))")
          : ("no clear bend (\(test))", "ingen tydelig bøyning (\(test))")
      return (
        "\(head)\(a) at \(at(from)), \(b) at \(at(to)); \(bend.0).",
        "\(head)\(a) ved \(at(from)), \(b) ved \(at(to)); \(bend.1)."
      )
    }
  }

  /// What a moderator does to pooled estimates, in a sentence.
  public static func moderatorInWords(_ name: String, _ slope: Finding) -> Phrase {
    Phrase { numbers in
      guard slope.isClear else {
        let aside = slope.aside(numbers)
        return (
          "\(name): no clear change of the estimate \(aside.en).",
          "\(name): ingen tydelig endring i estimatet \(aside.nb)."
        )
      }
      let size = slope.size(numbers)
      return (
        "\(name): the estimate is \(size.en) "
          + "\(slope.isNegative ? "lower" : "higher") a unit \(size.interval).",
        "\(name): estimatet er \(size.nb) "
          + "\(slope.isNegative ? "lavere" : "høyere") per enhet \(size.interval)."
      )
    }
  }
}

extension String {
  /// The text with a capital letter first.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
