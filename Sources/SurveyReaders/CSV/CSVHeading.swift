internal import SurveyData

/// The lines above a CSV file's first respondent: names, and what survey tools write below them.
///
/// What a tool writes there is recognised by what no respondent answers: Qualtrics' import ids or its
/// names of its own columns, and SurveyMonkey's columns without a name.
struct CSVHeading: Sendable {
  /// What the lines hold.
  let layout: FileStatement.Header
  /// The records between the names and the first respondent.
  let extraRecords: Int
  /// The first byte after the lines.
  let end: Int
  /// The names, in order; empty where a column has none.
  private(set) var names: [String]
  /// The question of each column that its name does not hold; empty where there is none.
  private(set) var labels: [String]
  /// The question that each column has with others; empty where it is alone.
  private(set) var questions: [String]
  /// Names that had to be told apart.
  private(set) var renamed: [String] = []
  /// What must be known of the lines.
  private(set) var notes: [Note] = []

  /// Reads the lines.
  /// - Throws: ``SurveyError`` when a name is not in the file's encoding, or a stated line is not there.
  init(
    _ bytes: UnsafeRawBufferPointer, from start: Int, _ dialect: CSVDialect, path: String
  ) throws {
    let head = CSVHead(bytes, from: start, dialect)
    let line = bytes.line(at: start)
    names = try head.records[0].map { name in
      guard let name else {
        throw SurveyError(
          .data, at: "\(path):\(line)", "a column's name is not \(dialect.encoding.rawValue)",
          remedy: "State the file's encoding: `encoding: windows-1252` under `file:`.")
      }
      return name
    }
    labels = names.map { _ in "" }
    questions = labels
    layout = dialect.header ?? head.layout
    switch layout {
    case .questions: extraRecords = head.hasImportIDs(2) ? 2 : 1
    case .answers: extraRecords = 1
    case .names, .absent: extraRecords = 0
    }
    guard head.records.count > extraRecords, head.isEven(extraRecords) else {
      throw SurveyError(
        .data, at: "\(path):\(line)",
        "`header: \(layout.rawValue)` is stated, but no line like it stands below the names",
        remedy: "Write `header: true` under `file:` if respondents stand there.")
    }
    end = head.ends[extraRecords]
    guard extraRecords > 0 else {
      if dialect.header == nil, let columns = head.columnsOfQuestions {
        notes = [Self.doubt(names: columns.map { names[$0] }, at: "\(path):\(line + 1)")]
      }
      return
    }
    let second = head.texts(1)
    if layout == .answers {
      names = head.texts(0)
      nameByAnswers(second)
    } else if !head.hasImportIDs(1) {
      labels = second
    }
    tellApart()
    if dialect.header == nil {
      let unnamed = zip(head.texts(0), second).count { $0.isEmpty && !$1.isEmpty }
      notes.append(finding(unnamed: unnamed, at: "\(path):\(bytes.line(at: head.ends[0]))"))
    }
    if !renamed.isEmpty {
      let list = renamed.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
      notes.append(
        Note(
          .information, id: "csv.renamed-columns",
          "names that stand twice are told apart: \(list)"
            + (renamed.count > 5 ? " and \(renamed.count - 5) more" : ""),
          naming: [list, String(renamed.count)], at: "\(path):\(line)"))
    }
  }

  /// Names columns by their question and, where several columns have it, by the answer that each is for.
  private mutating func nameByAnswers(_ answers: [String]) {
    var first = 0
    while first < names.count {
      var next = first + 1
      while next < names.count, names[next].isEmpty, !answers[next].isEmpty { next += 1 }
      let question = names[first]
      for index in first..<next {
        let answer = answers[index]
        let isOpen = answer.isEmpty || next - first == 1 && CSVHead.plainAnswers.contains(answer)
        let whole = isOpen ? question : question.isEmpty ? answer : "\(question) - \(answer)"
        if next - first > 1 {
          names[index] = whole
          questions[index] = question
        }
        // What has no answer below is a column of the tool's own, and called by what it is.
        labels[index] = answer.isEmpty ? "" : whole
      }
      first = next
    }
  }

  /// Gives names that stand twice a number behind them.
  private mutating func tellApart() {
    var taken: Set<String> = []
    for index in names.indices where !names[index].isEmpty {
      var name = names[index]
      var number = 1
      while !taken.insert(name).inserted {
        number += 1
        name = "\(names[index]) (\(number))"
      }
      if number > 1 { renamed.append(name) }
      names[index] = name
    }
  }

  /// What the lines were taken for.
  private func finding(unnamed: Int, at place: String) -> Note {
    let way = "; if it is a respondent, say `--header true`, or `header: true` under `file:`"
    guard layout == .answers else {
      let lines =
        extraRecords == 2
        ? "the question texts and import ids of Qualtrics stand below the names, and are no respondents"
        : labels.allSatisfy(\.isEmpty)
          ? "the import ids of Qualtrics stand below the names, and are no respondent"
          : "the question texts of Qualtrics stand below the names, and are no respondent"
      return Note(
        .information, id: "csv.question-line",
        lines + (extraRecords == 2 ? way.replacing("it is a respondent", with: "they are") : way),
        naming: [String(extraRecords), labels.allSatisfy(\.isEmpty) ? "ids" : "texts"], at: place)
    }
    let continued =
      unnamed == 0
      ? ""
      : ", and \(unnamed == 1 ? "1 column" : "\(unnamed) columns") without a name "
        + "\(unnamed == 1 ? "continues" : "continue") the question to the left"
    let example =
      zip(names, questions).reversed().first { !$0.1.isEmpty }.map { ", such as '\($0.0)'" } ?? ""
    return Note(
      .information, id: "csv.answer-line",
      "SurveyMonkey's line of answers stands below the questions, and is no respondent"
        + continued + (unnamed == 0 ? "" : example) + way,
      naming: [String(unnamed), example.isEmpty ? "" : String(example.dropFirst(10))], at: place)
  }

  /// A line that may be no respondent.
  private static func doubt(names: [String], at place: String) -> Note {
    let list =
      names.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
      + (names.count > 3 ? " and \(names.count - 3) more" : "")
    return Note(
      .warning, id: "csv.maybe-question-line",
      "the first row has words in \(list), where all others have numbers; if it holds question texts, "
        + "say `--header questions`, or `header: questions` under `file:`",
      naming: [list], at: place)
  }
}
