internal import SurveyData

/// The first records of a CSV file as texts, and what they look like.
struct CSVHead {
  /// The texts of each record; nil where the bytes are not in the file's encoding.
  let records: [[String?]]
  /// The first byte after each record.
  let ends: [Int]

  /// Reads the first hundred records, as far as they lie in the first 256 KB.
  init(_ bytes: UnsafeRawBufferPointer, from start: Int, _ dialect: CSVDialect) {
    let limit = min(bytes.count, start + (256 << 10))
    var (records, ends): ([[String?]], [Int]) = ([], [])
    var next = start
    while records.isEmpty || next < (records.count < 3 ? bytes.count : limit), records.count < 100 {
      let (fields, end) = dialect.record(in: bytes, from: next)
      next = end
      let texts = fields.map(dialect.text(of:))
      // A blank line is no record, unless it is the first.
      guard records.isEmpty || texts != [""] || records[0].count == 1 else { continue }
      records.append(texts)
      ends.append(end)
    }
    self.records = records
    self.ends = ends
  }

  /// What SurveyMonkey calls the only column of a question.
  static let plainAnswers: Set = ["Response", "Open-Ended Response"]

  /// The texts of a record; empty where there is none.
  func texts(_ record: Int) -> [String] {
    records.indices.contains(record) ? records[record].map { ($0 ?? "").withSingleBlanks } : []
  }

  /// Whether so many records below the names have as many fields as these.
  func isEven(_ count: Int) -> Bool {
    records.dropFirst().prefix(count).allSatisfy { $0.count == records[0].count }
  }

  /// What stands above the first respondent.
  var layout: FileStatement.Header {
    if hasImportIDs(1) || hasImportIDs(2) || hasQualtricsNames { return .questions }
    return hasAnswers ? .answers : .names
  }

  // MARK: Qualtrics

  /// Whether a record holds import ids, and nothing else.
  func hasImportIDs(_ record: Int) -> Bool {
    guard isEven(record), record < records.count else { return false }
    let given = texts(record).filter { !$0.isEmpty }
    return !given.isEmpty
      && given.allSatisfy { $0.hasPrefix("{") && $0.contains("\"ImportId\"") }
  }

  /// What Qualtrics' own columns are called in the line of questions.
  private static let qualtricsNames = [
    "StartDate": "Start Date", "EndDate": "End Date", "Status": "Response Type",
    "IPAddress": "IP Address", "Progress": "Progress",
    "Duration (in seconds)": "Duration (in seconds)", "Finished": "Finished",
    "RecordedDate": "Recorded Date", "ResponseId": "Response ID",
    "RecipientLastName": "Recipient Last Name", "RecipientFirstName": "Recipient First Name",
    "RecipientEmail": "Recipient Email", "ExternalReference": "External Data Reference",
    "LocationLatitude": "Location Latitude", "LocationLongitude": "Location Longitude",
    "DistributionChannel": "Distribution Channel", "UserLanguage": "User Language",
  ]

  /// Whether the record below the names has what Qualtrics writes below its own: `Start Date` below
  /// `StartDate`; in files of before 2017 `ResponseID` below `V1`.
  private var hasQualtricsNames: Bool {
    guard isEven(1), records.count > 1 else { return false }
    let pairs = Array(zip(texts(0), texts(1)))
    if pairs.contains(where: { $0 == "V1" && $1.lowercased() == "responseid" }) { return true }
    let own = pairs.filter { Self.qualtricsNames[$0.0] != nil }
    return own.count > 1 && own.allSatisfy { Self.qualtricsNames[$0] == $1 }
  }

  // MARK: SurveyMonkey

  /// Whether the record below the names holds answers.
  ///
  /// It says *Response* below a question with one column, has something below every column without a name
  /// and no number, or nothing below the respondent's number, which all others have.
  private var hasAnswers: Bool {
    guard isEven(1), records.count > 1 else { return false }
    let (names, answers) = (texts(0), texts(1))
    let unnamed = names.indices.filter { names[$0].isEmpty }
    let continues = !unnamed.isEmpty && unnamed.allSatisfy { !answers[$0].isEmpty }
    let plain = answers.count { Self.plainAnswers.contains($0) }
    if continues && plain > 0 || plain > 1 && plain == answers.count { return true }
    guard let id = names.first, !id.isEmpty, answers[0].isEmpty,
      answers.contains(where: { !$0.isEmpty }), records.dropFirst(2).allSatisfy({ $0[0] != "" })
    else { return false }
    let hasNumbers = answers.contains { Double($0) != nil }
    if id.lowercased().filter(\.isLetter) == "respondentid" { return !hasNumbers || plain > 0 }
    return continues && !hasNumbers && records.count > 2
  }

  // MARK: Doubt

  /// The columns whose first answer is a sentence, where at least three others are given and all of them
  /// are numbers; nil when there are fewer than two.
  var columnsOfQuestions: [Int]? {
    guard isEven(1), records.count > 4 else { return nil }
    let first = texts(1)
    let columns = first.indices.filter { column in
      guard first[column].contains(" "), Double(first[column]) == nil else { return false }
      let others = records.dropFirst(2).compactMap { record in
        record.indices.contains(column) ? record[column] : nil
      }.filter { !$0.isEmpty }
      return others.count >= 3 && others.allSatisfy { Double($0) != nil }
    }
    return columns.count > 1 ? columns : nil
  }
}

extension String {
  /// The text with a blank for every stretch of blanks and line ends.
  fileprivate var withSingleBlanks: String {
    split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
