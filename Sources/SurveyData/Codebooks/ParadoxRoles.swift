/// Which variable plays which part in the integration paradox.
public struct ParadoxRoles: Hashable, Sendable {
  /// The first of two judgements by the same people, a variable or a condition: feels integrated.
  public var first: String
  /// The second: feels accepted.
  public var second: String
  /// What status and mechanisms are to explain, a variable of two answers or a condition.
  public var outcome: String
  /// The variable of the groups.
  public var group: String
  /// The code of the group that the others are compared with; nil for the codebook's.
  public var reference: String?
  /// The variable of the gradient, such as education.
  public var status: String
  /// The mechanisms, in the order in which their variables enter the models.
  public var mechanisms: [Mechanism] = []
  /// What is held constant.
  public var controls: [String] = []
  /// What the gap is pooled over, such as origins or waves; nil for nothing.
  public var pool: String?
  /// Whom the analysis is about; nil means everybody.
  public var condition: String?

  /// A way in which status may work, such as exposure: contact, neighbourhood, workplace.
  public struct Mechanism: Hashable, Sendable {
    /// The names that a specification may use.
    public static let names = ["exposure", "awareness", "expectations"]

    /// One of `names`.
    public var name: String
    /// Its variables.
    public var variables: [String]

    /// Makes a mechanism.
    public init(_ name: String, _ variables: [String]) {
      self.name = name
      self.variables = variables
    }
  }

  /// Makes the parts that no analysis can do without.
  public init(
    judgements first: String, _ second: String, outcome: String, group: String, status: String
  ) {
    self.first = first
    self.second = second
    self.outcome = outcome
    self.group = group
    self.status = status
  }
}
