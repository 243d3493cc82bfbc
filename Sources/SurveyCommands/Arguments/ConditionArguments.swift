import ArgumentParser

/// Who is looked at, by `--where`; given twice, both hold.
struct ConditionArguments: ParsableArguments {
  @Option(
    name: .customLong("where"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "The subpopulation, such as 'age >= 18 and sex == 1'; rows outside keep their place in the "
        + "design. May be repeated: then all hold.", valueName: "condition"))
  var conditions: [String] = []

  /// Makes the defaults; the parser fills them.
  init() {}

  /// The conditions as one; nil when there is none.
  var condition: String? { Self.all(conditions) }

  /// Conditions that hold together, as one.
  static func all(_ conditions: [String]) -> String? {
    conditions.count < 2
      ? conditions.first : conditions.map { "(\($0))" }.joined(separator: " and ")
  }
}
