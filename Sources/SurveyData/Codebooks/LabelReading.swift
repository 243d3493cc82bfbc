/// Whether a data file's labelled number is a number or a category, which its labels do not say.
///
/// The rule is the same for all formats, so that the same answers are read alike from each. Labels
/// that read like a missing reason are no labels of answers. Over 20 values without a label make a
/// number; else what the file says of the level of measurement counts, but two labelled values are a
/// category whatever it says; else three values without a label, and no fewer than there are labels
/// of single answers, make a number.
public struct LabelReading: Hashable, Sendable {
  /// Why it is read so.
  public enum Reason: Hashable, Sendable {
    /// So many values of the file have no label.
    case unlabelled(Int)
    /// Every value has a label.
    case complete
    /// The file says its level of measurement.
    case stated(Measure)
    /// Few of its values, so many, have no label.
    case mostlyLabelled(unlabelled: Int)
  }

  /// The level of measurement that follows.
  public let measure: Measure
  /// Why it is read so.
  public let reason: Reason
  /// The different valid values that occur.
  public let valueCount: Int
  /// The labels that name answers.
  public let labelCount: Int

  /// Whether the variable is a number.
  public var isNumber: Bool { !measure.isCategorical }

  /// Applies the rule.
  ///
  /// - Parameters:
  ///   - variable: The variable as its file describes it.
  ///   - occurring: The valid codes that occur.
  package init(of variable: Variable, occurring: [String]) {
    let listed = Set(variable.categories.map(\.code))
    let answers = variable.categories.filter { MissingReason.suggested(by: $0) == nil }
    let core = answers.count { !$0.isOpenEnd }
    let unlabelled = occurring.filter { !listed.contains($0) }
    valueCount = occurring.count
    labelCount = answers.count
    let number = variable.measure?.isCategorical == false ? variable.measure : nil
    let isNumber: Bool
    switch variable.measure {
    case _ where unlabelled.count > 20:
      (isNumber, reason) = (true, .unlabelled(unlabelled.count))
    case let stated? where stated.isCategorical:
      (isNumber, reason) = (false, .stated(stated))
    case _ where unlabelled.isEmpty && (number == nil || occurring.count <= 2):
      (isNumber, reason) = (false, .complete)
    case let stated?: (isNumber, reason) = (true, .stated(stated))
    case nil where unlabelled.count >= max(3, core):
      (isNumber, reason) = (true, .unlabelled(unlabelled.count))
    case nil: (isNumber, reason) = (false, .mostlyLabelled(unlabelled: unlabelled.count))
    }
    if isNumber {
      measure = number ?? .interval
    } else if let stated = variable.measure, stated.isCategorical {
      measure = stated
    } else {
      let codes = answers.compactMap(\.number) + unlabelled.compactMap(Double.init)
      measure = Self.isScale(codes) ? .ordinal : .nominal
    }
  }

  /// Four or more codes in a row are most often a scale.
  private static func isScale(_ codes: [Double]) -> Bool {
    let sorted = codes.sorted()
    return sorted.count >= 4 && zip(sorted, sorted.dropFirst()).allSatisfy { $1 - $0 == 1 }
  }
}

extension Category {
  /// Whether the label names an open end, such as "80 or older", which a number may have as well.
  fileprivate var isOpenEnd: Bool {
    let words = [
      "or more", "or older", "or over", "or above", "or less", "or fewer", "or younger", "or under",
      "or below", "and over", "and older", "and above", "and more", "and under", "and below",
      "more than", "less than", "older than", "younger than", "eller mer", "eller meir",
      "eller eldre", "eller flere", "eller fleire", "eller over", "eller mindre", "eller yngre",
      "eller under", "og over", "og eldre", "og mer", "og under", "mer enn", "meir enn",
      "mindre enn", "topcode", "top code", "top-code", "at least", "at most",
    ]
    return label.texts.contains { text in
      let text = text.text.lowercased()
      return text.contains { "+<>≥≤".contains($0) } || words.contains { text.contains($0) }
    }
  }
}

extension Variable {
  /// Whether it is a labelled number of which nobody has said whether it is a number or a category.
  package var isOpenReading: Bool {
    isFromFile && !categories.isEmpty && range == nil && type?.isText != true
  }
}
