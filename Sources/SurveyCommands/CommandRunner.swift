public import ArgumentParser
internal import SurveyData
internal import SurveyReaders
import SurveyReports
public import SurveySessions
internal import SurveyTables

/// Runs a command line and says what goes where, without touching a terminal.
public struct CommandRunner: Sendable {
  /// What a command line gives.
  public struct Response: Sendable {
    /// What goes to standard output.
    public var output: [UInt8] = []
    /// What goes to standard error, a line each.
    public var remarks: [String] = []
    /// The exit status.
    public var status: Int32 = 0
  }

  /// The width of text.
  public var width = 100
  /// Whether standard output is a terminal that shows colour.
  public var color = false
  private let workspace: Workspace
  private let root: any ParsableCommand.Type

  /// Makes a runner.
  ///
  /// - Parameters:
  ///   - root: The command whose subcommands are the verbs.
  ///   - workspace: The files that are open.
  public init(
    root: any ParsableCommand.Type = VerbsCommand.self, workspace: Workspace = Workspace()
  ) {
    self.root = root
    self.workspace = workspace
  }

  /// Runs one command line, without the program's name.
  public func run(_ arguments: [String]) -> Response {
    do {
      if let misspelt = VerbName.misspelt(in: arguments, root: root) { throw misspelt }
      let words = try complete(arguments)
      var command = try root.parseAsRoot(words)
      guard let verb = command as? any Verb else {
        try command.run()
        return Response()
      }
      try verb.refuseUnused(of: words, root: root)
      try verb.refuseOverwriting(by: words)
      let outcome = try verb.output.charting(verb.performed(in: workspace)).naming(arguments)
      return try deliver(outcome, verb.output, tables: verb.pageFolder)
    } catch let error as SurveyError {
      return Response(remarks: ["vekt: \(error)"], status: error.kind.rawValue)
    } catch {
      return response(toParsing: error)
    }
  }

  /// The words with what they leave out, and what they say in short, written in full.
  private func complete(_ arguments: [String]) throws -> [String] {
    let full = ChartVerb.naming(arguments)
    let arguments = try GivenOptions.joiningRepeats(in: full, of: root)
    // What `chart` draws has its help of its own.
    if arguments.starts(with: ["help", "chart"]), arguments.count > 2 {
      return ["help"] + arguments.dropFirst(2)
    }
    return ChartArguments.spelledOut(try ImputedFiles.insertingData(in: arguments))
  }

  /// Performs a verb and gives its result instead of writing it; with `--output`, the files that it
  /// would write.
  /// - Throws: ``SurveyError``; faults of the command line are of kind usage.
  public func outcome(of arguments: [String]) throws -> Outcome {
    if let misspelt = VerbName.misspelt(in: arguments, root: root) { throw misspelt }
    let complete = try complete(arguments)
    var command: any ParsableCommand
    do {
      command = try root.parseAsRoot(complete)
    } catch {
      let text = root.message(for: error)
      throw SurveyError(.usage, text.isEmpty ? "is not a command" : text)
    }
    guard let verb = command as? any Verb else {
      try command.run()
      return Outcome(.files(""))
    }
    try verb.refuseUnused(of: complete, root: root)
    try verb.refuseOverwriting(by: complete)
    var outcome = try verb.output.charting(verb.performed(in: workspace)).naming(arguments)
    guard verb.output.output != nil else { return outcome }
    let delivery = try delivery(of: outcome, verb.output, tables: verb.pageFolder)
    outcome.result = .files(String(decoding: delivery.output, as: UTF8.self))
    (outcome.remarks, outcome.files) = (delivery.remarks, delivery.files)
    return outcome
  }

  private func deliver(
    _ outcome: Outcome, _ arguments: OutputArguments, tables folder: String?
  ) throws -> Response {
    let delivery = try delivery(of: outcome, arguments, tables: folder)
    if let folder { try ReportFiles.makeFolder(folder) }
    for file in delivery.files { try OutputFile.write(file.bytes, to: file.path) }
    return Response(
      output: delivery.output, remarks: delivery.remarks, status: outcome.status?.rawValue ?? 0)
  }

  /// What goes where: to standard output, into files, to standard error.
  private struct Delivery {
    var output: [UInt8] = []
    var files: [Outcome.File] = []
    var remarks: [String]
  }

  private func delivery(
    of outcome: Outcome, _ arguments: OutputArguments, tables folder: String?
  ) throws -> Delivery {
    var delivery = Delivery(remarks: outcome.remarks)
    let bytes: [UInt8]
    switch outcome.result {
    case .files(let text):
      delivery.output = Array(text.utf8)
      return delivery
    case .text(let text):
      try Format?.none.check(tables: folder)
      bytes = Array(text.utf8)
    case .document(let document, let language):
      let format = try arguments.chosenFormat()
      try Format?.some(format).check(tables: folder)
      if format == .csv {
        return try csvDelivery(of: document, arguments, tables: folder, after: delivery)
      }
      let style = arguments.workbook.applied(
        to: Style(
          language: language, width: width, color: color, dpi: arguments.dpi ?? 192))
      bytes =
        switch (format, folder) {
        case (.docx, _): try document.word(style, template: arguments.wordTemplate)
        case (.html, let folder?):
          page(
            try BookPage(document, style), at: arguments.output, filesIn: folder, to: &delivery)
        default: try document.rendered(as: format, style: style)
        }
      if !document.charts.isEmpty, !format.showsCharts {
        delivery.remarks.append(
          "note: a chart cannot be shown as \(format.rawValue); add --output NAME.png or NAME.html")
      }
      if format.isPicture { delivery.remarks += document.notes.map { "note: \($0)" } }
      if !document.charts.isEmpty, format.holdsPictures {
        delivery.remarks += Chart.pictureNotes.map { "note: \(Phrase($0).text(in: language))" }
      }
    }
    if let path = arguments.output {
      delivery.files.append(Outcome.File(bytes, to: path))
    } else {
      delivery.output = bytes
    }
    return delivery
  }

  /// The page of a document whose files go to a folder.
  private func page(
    _ page: BookPage, at path: String?, filesIn folder: String, to delivery: inout Delivery
  ) -> [UInt8] {
    delivery.files = page.files.map {
      Outcome.File($0.bytes, to: ReportFiles.inFolder(folder, $0.name))
    }
    let own = path.map { ReportFiles.parts(of: $0).folder } ?? ""
    return Array(page.html(filesIn: ReportFiles.way(from: own, to: folder)).utf8)
  }

  /// The records as CSV: the first where it is asked for, the others in files beside it.
  private func csvDelivery(
    of document: Document, _ arguments: OutputArguments, tables folder: String?,
    after delivery: Delivery
  ) throws -> Delivery {
    if arguments.percent, !document.records.contains(where: \.hasShares) {
      throw SurveyError(
        .usage, "--percent makes percentages of shares, and there are none here",
        remedy: "Leave it out.")
    }
    var delivery = delivery
    func csv(_ records: Records) -> [UInt8] {
      records.csv(arguments.csvDialect, numbers: arguments.printedNumbers)
    }
    let others = document.records.dropFirst().filter { !$0.rows.isEmpty }
    let first = document.records.first.map(csv) ?? []
    if !document.charts.isEmpty {
      delivery.remarks.append(
        "note: a chart cannot be shown as csv; add --output NAME.png or NAME.html")
    }
    delivery.remarks += document.notes.map { "note: \($0)" }
    if let folder {
      delivery.files = TableFile.files(of: document).map {
        Outcome.File(csv($0.records), to: ReportFiles.inFolder(folder, $0.name))
      }
      delivery.remarks.append("note: \(folder): \(delivery.files.count) CSV files")
    }
    guard let path = arguments.output else {
      delivery.output = first
      if !others.isEmpty, folder == nil {
        let names = others.map(\.name).joined(separator: ", ")
        delivery.remarks.append(
          "note: not in this CSV: \(names); --output NAME.csv writes them beside it, --format json "
            + "gives all in one")
      }
      return delivery
    }
    delivery.files.append(Outcome.File(first, to: path))
    let stem = path.hasSuffix(".csv") ? String(path.dropLast(4)) : path
    for records in others {
      let beside = "\(stem).\(records.name).csv"
      delivery.files.append(Outcome.File(csv(records), to: beside))
      delivery.remarks.append("note: \(records.name) are in \(beside)")
    }
    return delivery
  }

  /// Help, version and faults of the command line, as the parser words them.
  private func response(toParsing error: any Error) -> Response {
    let status = root.exitCode(for: error).rawValue
    let text = root.fullMessage(for: error)
    guard status == 0 else {
      let sentence = text.hasPrefix("Error: ") ? String(text.dropFirst("Error: ".count)) : text
      return Response(remarks: ["vekt: \(sentence)"], status: 64)
    }
    return Response(output: Array((text + "\n").utf8))
  }
}

extension Outcome {
  /// The same with the command as it was given, so that a result can be made again from what it says.
  fileprivate func naming(_ arguments: [String]) -> Outcome {
    var named = self
    switch result {
    case .document(var document, let language):
      document = document.warningOfFew(in: language).sayingWordsAreBokmal(in: language)
      document.command = arguments.map(Self.quoted).joined(separator: " ")
      named.result = .document(document, language: language)
    case .text(let text):
      guard let command else { return self }
      var asked = Self.withoutProgram(arguments).map(Self.quoted).joined(separator: " ")
        .split(whereSeparator: \.isNewline).joined(separator: " ")
      // In Stata they would begin another comment.
      if text.hasPrefix("* ") { asked = asked.replacing("/*", with: "/ *") }
      named.result = .text(
        text.replacing("vekt \(command)", with: "vekt \(asked)", maxReplacements: 1))
    case .files: break
    }
    return named
  }

  /// The words of a command without those that ask for a program and say where it goes.
  private static func withoutProgram(_ arguments: [String]) -> [String] {
    let options = ["--emit", "--output"]
    return arguments.indices.filter { index in
      let isValue = index > 0 && options.contains(arguments[index - 1])
      let name = arguments[index].split(separator: "=").first.map(String.init) ?? ""
      return !isValue && !options.contains(name)
    }.map { arguments[$0] }
  }

  /// A word as a shell reads it back.
  private static func quoted(_ word: String) -> String {
    let isPlain = word.allSatisfy { $0.isLetter || $0.isNumber || "_-./=,:+%@".contains($0) }
    guard !isPlain || word.isEmpty else { return word }
    let parts = word.split(separator: "'", omittingEmptySubsequences: false)
    return "'" + parts.joined(separator: "'\\''") + "'"
  }
}
