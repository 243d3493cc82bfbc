internal import SurveyData

/// What a SAS file says of its variables.
struct SASTable: Sendable {
  /// `xpt` or `sas7bdat`.
  let fileFormat: String
  let title: String
  let page: CodePage
  let numbers: SASNumbers.Layout
  let variables: [SASVariable]
  /// More about the format, such as `version 5`.
  let detail: String
  var notes: [Note]

  /// - Throws: ``SurveyError`` for variables that cannot be: without a name, with one that another
  ///   has, or beyond the end of a row.
  func check(rowWidth: Int, path: String) throws {
    guard !variables.isEmpty, rowWidth > 0 else {
      throw SurveyError(.data, at: path, "has no variables")
    }
    var taken: Set<String> = []
    for variable in variables {
      guard !variable.name.isEmpty, taken.insert(variable.name).inserted else {
        throw SurveyError(.data, at: path, "has two variables named '\(variable.name)'")
      }
      let isKnown = variable.isText ? 0...32_767 ~= variable.width : 2...8 ~= variable.width
      guard isKnown, 0...rowWidth ~= variable.offset, variable.width <= rowWidth - variable.offset
      else {
        throw SurveyError(
          .data, at: path,
          "is damaged: '\(variable.name)' has \(variable.width) bytes from byte \(variable.offset) of a "
            + "row of \(rowWidth)")
      }
    }
  }

  /// The table as a codebook; its labels are in the language `und`, since SAS does not say.
  /// - Parameter catalog: The formats that give values their labels.
  func codebook(_ catalog: SASCatalog?) -> Codebook {
    var study = Study()
    if !title.isEmpty { study.title = LocalizedText(title, in: embeddedLanguage) }
    var statement = FileStatement()
    statement.format = fileFormat
    return Codebook(
      language: embeddedLanguage, study: study, file: statement,
      variables: variables.map { variable($0, labels: catalog?.labels(of: $0)) })
  }

  private func variable(_ found: SASVariable, labels: SASLabels?) -> Variable {
    var variable = Variable(found.name)
    if !found.label.isEmpty { variable.label = LocalizedText(found.label, in: embeddedLanguage) }
    variable.unknown = .warn
    variable.isFromFile = true
    if found.isText {
      variable.type = .text
    } else {
      switch found.format.kind {
      case .date: variable.type = .date
      case .datetime: variable.type = .datetime
      case .time:
        (variable.type, variable.unit) = (.decimal, LocalizedText("s", in: embeddedLanguage))
      // SAS knows only one kind of number, so that the values must tell codes from amounts.
      case .number, .text, .labels: variable.type = found.format.decimals > 0 ? .decimal : nil
      }
      variable.format = found.format.stated
    }
    if found.format.kind == .labels, let labels { variable.take(labels) }
    return variable
  }
}

extension Variable {
  /// Takes the labels of a format; those of missing values are reasons.
  fileprivate mutating func take(_ format: SASLabels) {
    for (value, text) in format.labels {
      let label = LocalizedText(text, in: embeddedLanguage)
      switch value {
      case .number(let number):
        guard type != .text else { continue }
        categories.append(Category(NumberNotation.number.text(number), label: label))
      case .text(let code):
        guard type == .text else { continue }
        categories.append(Category(code, label: label))
      case .missing(let tag):
        let reason = MissingReason(label: text) ?? StataTag.reason(tag)
        missing.append(MissingCode(.code(StataTag.text(tag)), reason: reason, label: label))
      }
    }
    if type == nil, !categories.isEmpty {
      type =
        categories.allSatisfy { $0.number.map { $0 == $0.rounded() } ?? false }
        ? .integer : .decimal
    }
    if type != .text { categories.sort { ($0.number ?? .infinity) < ($1.number ?? .infinity) } }
    missing.sort { $0.text < $1.text }
  }
}
