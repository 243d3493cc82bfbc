internal import SurveyData

/// What a portable file says of its variables, and a reader that stands before its cases.
///
/// It points into the file's bytes, which its source keeps and which never change.
struct PortableDictionary: @unchecked Sendable {
  private(set) var variables: [SPSSVariable] = []
  private(set) var documents = ""
  private(set) var notes: [Note] = []
  /// The name of the weight; nil when the file is not weighted.
  private(set) var weight: String?
  /// The program that made it.
  private(set) var product = ""
  let page: CodePage
  private(set) var reader: PortableReader
  private var soundness = TextSoundness()
  private var names: Set<String> = []
  private let path: String

  /// - Parameter page: The encoding that the user states; a portable file states none.
  init(_ text: PortableText, page: CodePage?, path: String) throws {
    reader = PortableReader(text, path: path)
    self.page = page ?? .detected()
    self.path = path
    try readHeader()
    try readRecords()
    guard !variables.isEmpty else { throw SurveyError(.data, at: path, "has no variables") }
    if let weight, !variables.contains(where: { $0.name == weight }) {
      throw SurveyError(
        .data, at: path, "is damaged: it is weighted by '\(weight)', which is no variable of it")
    }
    notes += soundness.notes(of: nil, page: self.page, path: path)
  }

  private mutating func text(_ what: String) throws -> String {
    let bytes = try reader.bytes()
    return try bytes.withUnsafeBytes { bytes in
      let bytes = bytes.withoutPadding
      guard let (text, found) = page.reading(bytes) else {
        throw SurveyError.invalidText(bytes, in: what, page: page, path: path)
      }
      soundness.count(found, row: 0)
      return text
    }
  }

  // MARK: Records

  /// The version and when the file was made.
  private mutating func readHeader() throws {
    let version = try reader.next()
    guard version == UInt8(ascii: "A") else {
      throw reader.damage("has a version other than 'A'")
    }
    _ = try text("the date")
    _ = try text("the time")
  }

  private mutating func readRecords() throws {
    while true {
      reader.section = "dictionary"
      let tag = try reader.next()
      switch tag {
      case UInt8(ascii: "1"): product = try text("the product")
      case UInt8(ascii: "2"), UInt8(ascii: "3"): _ = try text("the author")
      case UInt8(ascii: "4"), UInt8(ascii: "5"): _ = try reader.count()
      case UInt8(ascii: "6"): weight = try text("the name of the weight")
      case UInt8(ascii: "7"): try readVariable()
      case UInt8(ascii: "8"), UInt8(ascii: "9"), UInt8(ascii: "A"), UInt8(ascii: "B"):
        try readMissing(tag)
      case UInt8(ascii: "C"): try change { $0.label = try $1.text("the label of '\($0.name)'") }
      case UInt8(ascii: "D"): try readValueLabels()
      case UInt8(ascii: "E"):
        let count = try reader.count()
        for _ in 0..<count {
          documents += (documents.isEmpty ? "" : "\n") + (try text("the documents"))
        }
      case UInt8(ascii: "F"): return
      default: throw reader.damage("has a record of an unknown kind")
      }
    }
  }

  private mutating func readVariable() throws {
    reader.section = "description of variable \(variables.count + 1)"
    let width = try reader.count(upTo: 32_767)
    let name = try text("the name of a variable")
    guard !name.isEmpty, !names.contains(name) else {
      throw SurveyError(.data, at: path, "has two variables named '\(name)'")
    }
    names.insert(name)
    let format = try (0..<6).map { _ in try reader.count() }
    variables.append(
      SPSSVariable(
        shortName: name, name: name, width: width, label: "",
        format: SPSSFormat(kind: format[0], width: format[1], decimals: format[2]),
        written: SPSSFormat(kind: format[3], width: format[4], decimals: format[5]), missing: .none,
        segments: []))
  }

  /// Changes the variable that was described last.
  private mutating func change(
    _ body: (inout SPSSVariable, inout Self) throws -> Void
  ) throws {
    guard var variable = variables.last else {
      throw reader.damage("says something of a variable before there is any")
    }
    try body(&variable, &self)
    variables[variables.count - 1] = variable
  }

  /// A single value (8), values up to one (9), from one on (A), or between two (B).
  private mutating func readMissing(_ tag: UInt8) throws {
    try change { variable, file in
      guard !variable.isText else {
        guard tag == UInt8(ascii: "8") else { throw file.reader.damage("has a range of texts") }
        let value = try file.text("a missing value of '\(variable.name)'")
        if case .texts(let texts) = variable.missing {
          variable.missing = .texts(texts + [value])
        } else {
          variable.missing = .texts([value])
        }
        return
      }
      var (singles, range): ([Double], (low: Double, high: Double)?) = ([], nil)
      if case .numbers(let old, let oldRange) = variable.missing {
        (singles, range) = (old, oldRange)
      }
      guard let first = try file.reader.number() else {
        throw file.reader.damage("has a missing value that is system-missing")
      }
      switch tag {
      case UInt8(ascii: "8"): singles.append(first)
      case UInt8(ascii: "9"): range = (-.infinity, first)
      case UInt8(ascii: "A"): range = (SPSSNumbers.rangeEnd(first), .infinity)
      default:
        guard let last = try file.reader.number() else {
          throw file.reader.damage("has a missing value that is system-missing")
        }
        range = (SPSSNumbers.rangeEnd(first), SPSSNumbers.rangeEnd(last))
      }
      if let found = range, !(found.low <= found.high) || found.low == .infinity {
        file.notes.append(
          Note(
            .warning, id: "por.empty-range",
            "'\(variable.name)' has a range of missing values that holds no number, and is left out",
            at: file.path))
        range = nil
      }
      variable.missing = .numbers(singles, range: range)
    }
  }

  private mutating func readValueLabels() throws {
    reader.section = "value labels"
    var owners: [Int] = []
    for _ in 0..<(try reader.count()) {
      let name = try text("the name of a variable")
      guard let owner = variables.firstIndex(where: { $0.name == name }) else {
        throw reader.damage("belong to the unknown variable '\(name)'")
      }
      owners.append(owner)
    }
    guard let first = owners.first,
      owners.allSatisfy({ variables[$0].isText == variables[first].isText })
    else { throw reader.damage("belong to no variable, or to numbers and texts at once") }
    for _ in 0..<(try reader.count()) {
      if variables[first].isText {
        let value = try text("a value")
        let label = try text("a value label")
        for owner in owners { variables[owner].textLabels.append((value, label)) }
      } else {
        guard let value = try reader.number() else { throw reader.damage("label system-missing") }
        let label = try text("a value label")
        for owner in owners { variables[owner].numberLabels.append((value, label)) }
      }
    }
    for owner in owners { variables[owner].dropDuplicateLabels(at: path, notes: &notes) }
  }

  /// The dictionary as a codebook; its labels are in the language `und`, since SPSS does not say.
  func codebook() -> Codebook {
    var study = Study()
    if !documents.isEmpty { study.note = LocalizedText(documents, in: embeddedLanguage) }
    var statement = FileStatement()
    statement.format = "por"
    var codebook = Codebook(
      language: embeddedLanguage, study: study, file: statement,
      variables: variables.map { $0.variable(isWeight: $0.name == weight) })
    if let weight {
      codebook.weights = [WeightDeclaration(weight, source: .variable(weight), isDefault: true)]
    }
    return codebook
  }
}
