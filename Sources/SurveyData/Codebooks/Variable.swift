/// What the values of a variable are.
public enum ValueType: String, CaseIterable, Sendable {
  /// Whole numbers, most often codes.
  case integer
  /// Numbers with decimals.
  case decimal
  /// Text; codes keep their leading zeros.
  case text
  /// A day, `2024-05-17`.
  case date
  /// A day and a time, `2024-05-17T12:30:00`.
  case datetime
}

/// The level of measurement.
public enum Measure: String, CaseIterable, Sendable {
  /// Categories without an order.
  case nominal
  /// Categories in an order.
  case ordinal
  /// Numbers whose differences mean something.
  case interval
  /// Numbers with a true zero.
  case ratio

  /// Whether the variable is a factor in a model and a table by itself.
  public var isCategorical: Bool { self == .nominal || self == .ordinal }
}

/// What to do with a value that the codebook does not know.
public enum UnknownPolicy: String, CaseIterable, Sendable {
  /// Stop with an error; the default.
  case fail
  /// Keep it as a category of its own and warn.
  case warn
  /// Count it as missing, reason *implausible*.
  case missing
}

/// One valid code and its label.
public struct Category: Hashable, Sendable {
  /// The code in canonical text.
  public let code: String
  /// The label; empty for a code that is valid because of the range only.
  public let label: LocalizedText

  /// Makes a category.
  public init(_ code: String, label: LocalizedText = .none) {
    self.code = code
    self.label = label
  }

  /// The code as a number; nil when it is none.
  public var number: Double? { Double(code) }

  /// The label in a language, or the code when there is none.
  public func name(in language: String) -> String {
    let text = label.text(in: language)
    return text.isEmpty ? code : text
  }
}

/// Who was asked a question.
public struct Universe: Hashable, Sendable {
  /// The condition in Vekt's expression language; nil when only words are given.
  public let condition: String?
  /// The same in words.
  public let label: LocalizedText

  /// Makes a universe.
  public init(condition: String?, label: LocalizedText = .none) {
    self.condition = condition
    self.label = label
  }
}

/// What a column is for besides being analysed.
public enum VariableRole: String, CaseIterable, Sendable {
  /// Identifies the respondent; must be unique.
  case id
  /// A weight.
  case weight
  /// A stratum of the sample design.
  case stratum
  /// A primary sampling unit.
  case psu
  /// A population size or a sampling fraction.
  case fpc
}

/// Everything that the codebook says of one variable.
public struct Variable: Hashable, Sendable {
  /// The column's name in the file.
  public var name: String
  /// The short label.
  public var label: LocalizedText = .none
  /// The label among those of a battery, *Police*; empty leaves it to what the labels of the items have not in common.
  public var short: LocalizedText = .none
  /// The full question.
  public var question: LocalizedText = .none
  /// What the values are; nil when nobody has said.
  public var type: ValueType?
  /// The level of measurement; nil when nobody has said.
  public var measure: Measure?
  /// The valid codes, in order.
  public var categories: [Category] = []
  /// The codes that mean a missing answer, in order.
  public var missing: [MissingCode] = []
  /// The valid range of numbers; codes without a label are valid inside it.
  public var range: ClosedRange<Double>?
  /// The unit of a number.
  public var unit: LocalizedText = .none
  /// How the values are shown, in the words of the program that the file comes from: `DOLLAR8.2` or
  /// `A24` of SPSS, `%tm` of Stata, `DATE9.` of SAS; nil where nobody has said.
  public var format: String?
  /// How SPSS writes the values into text files, where that is another format than it shows them by.
  public var writeFormat: String?
  /// Who was asked.
  public var universe: Universe?
  /// What to do with values that are neither valid nor missing.
  public var unknown: UnknownPolicy = .fail
  /// What the column is for besides being analysed.
  public var role: VariableRole?
  /// The reference category's code in models and comparisons; nil means the first.
  public var reference: String?
  /// The codes of the answer that counts in charts, models and comparisons, several as one; empty
  /// leaves it to ``countedAnswer(among:)``.
  public var answer: [String] = []
  /// What the codes of ``answer`` are called together; empty means by their labels.
  public var answerLabel: LocalizedText = .none
  /// What stands between several answers in one cell; nil where a cell holds one answer.
  ///
  /// Each answer then has a variable of its own, 0 or 1, called by both: `languages_Norsk`.
  public var separator: String?
  /// Known problems and anything else worth saying.
  public var note: LocalizedText = .none
  /// Whether it is described by the data file, whose labels need not be complete and do not tell a
  /// number from a category, and not by a codebook.
  public var isFromFile = false

  /// A variable of which only the name is known.
  public init(_ name: String) { self.name = name }

  /// Whether the variable is a factor in a table or a model unless somebody says otherwise.
  public var isCategorical: Bool {
    measure?.isCategorical ?? (!categories.isEmpty && range == nil)
  }

  /// Whether nothing is said of the values, so that whatever the file holds is valid.
  public var isOpen: Bool { categories.isEmpty && range == nil }

  /// The label in a language, or the name when there is none.
  public func title(in language: String) -> String {
    let text = label.text(in: language)
    return text.isEmpty ? name : text
  }
}
