public import SurveyData

/// A model as it is written, in R's habit: `discriminated ~ education * origin + age - 1`.
///
/// The left side is a variable or a condition of Vekt's expression language. On the right side `+`
/// adds terms, `:` makes an interaction, `*` both, `- 1` or `+ 0` leaves the constant out.
/// `factor(x)` takes the codes of `x` as categories, `number(x)` as numbers, `relevel(x, 'code')`
/// chooses their reference, `poly(x, 2)` and `spline(x, 4)` make several columns of a number,
/// `offset(x)` adds a number as it is, and any other call (`I(age / 10)`, `log(income)`) is an
/// expression that gives a number.
public struct Formula: Hashable, Sendable {
  /// The formula as it was written, without the name of its model.
  public let source: String
  /// What the model is called; nil when it has no name.
  public internal(set) var name: String?
  /// The left side.
  public let outcome: Atom
  /// The variables and expressions of the right side, each once, in order of appearance.
  public let atoms: [Atom]
  /// The terms as positions in `atoms`: main effects first, then products of two, and so on.
  public internal(set) var terms: [[Int]]
  /// The numbers that are added to the linear predictor without a coefficient.
  public let offsets: [Atom]
  /// Whether the model has a constant.
  public let hasIntercept: Bool

  /// A variable or an expression in a formula.
  public struct Atom: Hashable, Sendable {
    /// The name in results: the variable's name, or the expression as it was written.
    public let name: String
    /// The expression that gives its values.
    public let expression: Expression
    /// What the function around it makes of its values.
    public let form: Form
    /// Where it stands.
    let range: Range<Int>

    /// What a function makes of an atom's values.
    public enum Form: Hashable, Sendable {
      /// What the codebook says: categories or a number.
      case plain
      /// `factor(x)`, `relevel(x, 'code')`: the codes as categories; nil leaves the reference to
      /// the codebook.
      case factor(reference: String?)
      /// `number(x)`: the codes as numbers.
      case number
      /// `poly(x, 2)`: orthogonal polynomials up to a degree.
      case polynomial(degree: Int)
      /// `spline(x, 4)`: so many columns of cubic B-splines.
      case spline(columns: Int)
    }

    /// Whether it stands in `factor(…)` or `relevel(…)`.
    public var isFactor: Bool { if case .factor = form { true } else { false } }

    /// The variable's name when it is nothing but a variable.
    var variable: String? { expression.soleVariable }

    /// Whether two atoms mean the same, wherever they stand.
    public static func == (a: Self, b: Self) -> Bool {
      a.name == b.name && a.form == b.form && a.variable == b.variable
    }

    /// Hashes what the atom means.
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
  }

  /// Parses a formula.
  ///
  /// - Parameter source: The formula, such as `y ~ a * b + spline(age, 3)`.
  /// - Throws: ``SurveyError`` of kind usage, with a caret under the fault.
  public init(_ source: String) throws {
    var parser = FormulaParser(source)
    let outcome = try parser.outcome()
    let terms = try parser.terms()
    self.source = source
    self.outcome = outcome
    self.terms = terms
    atoms = parser.atoms
    offsets = parser.offsets
    hasIntercept = parser.hasIntercept
  }

  /// Parses a formula that may have the model's name in front, `Adjusted: y ~ x + z`.
  ///
  /// - Parameter text: What stands before the first colon of the left side is the name.
  /// - Throws: ``SurveyError`` as of a formula without a name, and for a colon with nothing before it.
  public init(named text: String) throws {
    let (name, source) = try FormulaText.named(text)
    try self.init(source)
    self.name = name
  }

  /// The characters, for errors that point into them.
  var text: FormulaText { FormulaText(source) }
}
