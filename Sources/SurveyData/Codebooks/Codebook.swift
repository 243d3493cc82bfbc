/// What every code of a file means, who was asked, what is missing and why, and which weight and
/// design go with the data.
public struct Codebook: Hashable, Sendable {
  /// The language of labels given as one plain string.
  public var language: String
  /// Where the data come from.
  public var study: Study
  /// What the codebook states about the file.
  public var file: FileStatement
  /// What is missing in every column of numbers that names no missing codes.
  public var defaultMissing = DefaultMissing()
  /// The variables of the file, in order.
  public var variables: [Variable]
  /// Variables that belong together.
  public var groups: [VariableGroup]
  /// Variables computed from others, in an order in which they can be computed.
  public var derived: [DerivedVariable]
  /// The weights that go with the data.
  public var weights: [WeightDeclaration]
  /// Backgrounds that stand side by side in tables.
  public var banners: [Banner] = []
  /// What is known of the population, which weights can be fitted to.
  public var totals: [StatedTotal] = []
  /// How the sample was drawn.
  public var design: Design
  /// Defaults for printed results.
  public var output: OutputDefaults
  /// Who plays which part in the integration paradox; nil when nothing is said.
  public var paradox: ParadoxRoles?
  /// What the reader of the codebook noticed, such as a code list that no variable uses.
  public var notes: [Note] = []
  /// The path of the codebook file; nil when the codebook came from the data's own labels.
  public var path: String?

  /// What the codebook says about the design.
  public enum Design: Hashable, Sendable {
    /// Nothing is said; tables note it.
    case unstated
    /// `design: none`: simple random sampling, stated.
    case simpleRandom
    /// The columns of the design.
    case declared(DesignDeclaration)
  }

  /// Makes a codebook; an empty one describes a file of which only the names are known.
  public init(
    language: String = "en", study: Study = Study(), file: FileStatement = FileStatement(),
    variables: [Variable] = [], groups: [VariableGroup] = [], derived: [DerivedVariable] = [],
    weights: [WeightDeclaration] = [], design: Design = .unstated,
    output: OutputDefaults = OutputDefaults(), path: String? = nil
  ) {
    self.language = language
    self.study = study
    self.file = file
    self.variables = variables
    self.groups = groups
    self.derived = derived
    self.weights = weights
    self.design = design
    self.output = output
    self.path = path
  }

  /// The variable of that name, from the file or derived; nil when there is none.
  /// - Complexity: O(variables).
  public func variable(named name: String) -> Variable? {
    variables.first { $0.name == name } ?? derived.first { $0.variable.name == name }?.variable
  }

  /// The names of all variables, those of the file first.
  public var variableNames: [String] {
    variables.map(\.name) + derived.map(\.variable.name)
  }

  /// The weight that tables use unless told otherwise: the one marked, or the only one.
  public var defaultWeight: WeightDeclaration? {
    weights.first(where: \.isDefault) ?? (weights.count == 1 ? weights[0] : nil)
  }
}

/// Where the data come from.
public struct Study: Hashable, Sendable {
  /// A short identifier.
  public var id = ""
  /// The study's title.
  public var title: LocalizedText = .none
  /// Producer, DOI, edition, collection period, mode: keys as in the codebook, in order.
  public var source: [SourceFact] = []
  /// Whom the study speaks of.
  public var population: LocalizedText = .none
  /// The licence of the data.
  public var licence = ""
  /// How to cite the data.
  public var citation = ""
  /// Known problems and anything else worth saying.
  public var note: LocalizedText = .none

  /// An empty description.
  public init() {}

  /// One fact about the source, such as `producer: ESS ERIC`.
  public struct SourceFact: Hashable, Sendable {
    /// The key in the codebook.
    public let key: String
    /// Its value.
    public let value: String

    /// Makes a fact.
    public init(key: String, value: String) {
      self.key = key
      self.value = value
    }
  }
}

/// What a codebook states about its file; what is stated is never guessed.
public struct FileStatement: Hashable, Sendable {
  /// The file, relative to the codebook.
  public var path: String?
  /// `csv`, `sav`, `zsav` or `dta`.
  public var format: String?
  /// CSV: the character between fields.
  public var delimiter: Character?
  /// CSV: the decimal sign.
  public var decimal: Character?
  /// CSV: the character between thousands.
  public var thousands: Character?
  /// The encoding of text, such as `utf-8` or `windows-1252`.
  public var encoding: String?
  /// SAS: the catalog with the labels of formats, relative to the codebook; `none` for no catalog.
  public var catalog: String?
  /// CSV: the quotation mark, or no quoting at all.
  public var quote: Quote?
  /// CSV: what stands above the first respondent.
  public var header: Header?
  /// CSV: lines to leave out at the top.
  public var skip: Int?
  /// CSV: markers that mean missing in every column, besides the empty field.
  public var missing: [String] = []
  /// The number of rows; checked.
  public var rows: Int?
  /// Whether the file may lack columns that are described, as an extract of a larger one does.
  public var isPartial = false
  /// The file's SHA-256 in hexadecimal; checked.
  public var sha256: String?

  /// States nothing.
  public init() {}

  /// What stands above the first respondent of a CSV file; `true` and `false` are ``names`` and ``absent``.
  public enum Header: String, CaseIterable, Sendable, ExpressibleByBooleanLiteral {
    /// One line of names, and nothing else.
    case names = "true"
    /// Nothing.
    case absent = "false"
    /// Names, a line of question texts, and Qualtrics' line of import ids where it is there.
    case questions
    /// Questions, and a line of the answers whose columns follow them, as SurveyMonkey writes them.
    case answers

    /// `true` for ``names``, `false` for ``absent``.
    public init(booleanLiteral value: Bool) { self = value ? .names : .absent }
  }

  /// How fields are quoted.
  public enum Quote: Hashable, Sendable {
    /// Fields may stand between two of these.
    case character(Character)
    /// Quotation marks are ordinary characters.
    case none
  }
}

/// Variables that belong together.
public struct VariableGroup: Hashable, Sendable {
  /// How the variables belong together.
  public enum Kind: String, CaseIterable, Sendable {
    /// Questions with the same answers.
    case battery
    /// One question with several answers, a column each.
    case multiple
    /// One question with several answers, a column for the first that somebody chose, the second …,
    /// whose codes are the answers.
    case choices
  }

  /// The group's name.
  public var name: String
  /// Its label.
  public var label: LocalizedText = .none
  /// How the variables belong together.
  public var kind: Kind = .battery
  /// The members' names, in order.
  public var members: [String] = []
  /// Multiple response: the code that counts as chosen.
  public var counted: String?
  /// Multiple response: members that exclude the others.
  public var exclusive: [String] = []

  /// A group of which only the name is known.
  public init(_ name: String) { self.name = name }
}

/// Defaults for printed results.
public struct OutputDefaults: Hashable, Sendable {
  /// The language of labels and headings; nil means the codebook's own.
  public var language: String?
  /// The reliability rule: `nchs` or `none`.
  public var reliability: String?
  /// The profile of disclosure control, such as `ssb`.
  public var disclosure: String?

  /// No defaults.
  public init() {}
}
