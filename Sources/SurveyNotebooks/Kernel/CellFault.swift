internal import SurveyData

/// What is wrong with a cell, as Jupyter shows it: the line, the faulty word, and what to do.
struct CellFault: Error {
  /// What kind of fault it is, in one word.
  let name: String
  /// The fault on one line, its place first.
  let value: String
  /// The fault at length, with a mark in the line where it is.
  let lines: [String]

  /// A fault that is not in the text of a cell.
  init(name: String, value: String, lines: [String]? = nil) {
    self.name = name
    self.value = value
    self.lines = lines ?? [value]
  }

  /// The fault of a command.
  ///
  /// - Parameters:
  ///   - error: The fault.
  ///   - code: The cell.
  ///   - place: What the cell is called.
  ///   - line: The line on which the command begins, from 1.
  init(_ error: SurveyError, in code: String, _ place: String, line: Int) {
    name = error.kind.name
    let source = code.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let problem = error.problem.split(separator: "\n", omittingEmptySubsequences: false)
    let sentence = (error.place.map { "\($0): " } ?? "") + (problem.first ?? "")
    let command = Self.lines(ofCommandAt: line, in: source)
    let fault = Self.fault(problem.map(String.init), in: command)
    value = "line \((fault?.line ?? line)): \(sentence)"
    var lines = ["\(place), line \(fault?.line ?? line): \(sentence)", ""]
    let width = String(command.last?.number ?? line).count
    for (number, text) in command {
      let figures = String(number)
      let margin = String(repeating: " ", count: width - figures.count) + figures
      lines.append("  \(margin)  \(text)")
      if let fault, fault.line == number {
        lines.append(
          String(repeating: " ", count: width + 4 + fault.column)
            + String(repeating: "^", count: fault.length))
      }
    }
    if fault == nil, problem.count > 1 { lines += [""] + problem.dropFirst().map(String.init) }
    if let remedy = error.remedy { lines += ["", remedy] }
    self.lines = lines
  }

  /// Runs something that throws the errors of Vekt.
  ///
  /// - Parameter line: The line of the command; nil where the error's place ends with it.
  static func locating<Value>(
    in code: String, _ place: String, line: Int? = nil, _ body: () throws -> Value
  ) throws(CellFault) -> Value {
    do {
      return try body()
    } catch let error as SurveyError {
      // A cell that cannot be read says the line at the end of its place.
      let said = error.place?.split(separator: ":").last.flatMap { Int($0) }
      let inner =
        line == nil ? SurveyError(error.kind, error.problem, remedy: error.remedy) : error
      throw CellFault(inner, in: code, place, line: line ?? said ?? 1)
    } catch {
      throw CellFault(name: SurveyError.Kind.fault.name, value: "\(error)")
    }
  }

  /// The content of a reply that tells of the fault.
  var reply: JSONValue {
    .members([
      "status": .text("error"), "ename": .text(name), "evalue": .text(value),
      "traceback": .list(lines.map { .text($0) }),
    ])
  }

  /// The lines of a command, which go on after a backslash.
  private static func lines(
    ofCommandAt line: Int, in source: [String]
  ) -> [(number: Int, text: String)] {
    var lines: [(number: Int, text: String)] = []
    for (place, text) in source.enumerated().dropFirst(max(line - 1, 0)) {
      lines.append((place + 1, text))
      if !text.hasSuffix("\\") { break }
    }
    return lines
  }

  /// Where the faulty word is: what the problem puts between quotation marks, or what its own caret
  /// points to.
  private static func fault(
    _ problem: [String], in command: [(number: Int, text: String)]
  ) -> (line: Int, column: Int, length: Int)? {
    let quoted = (problem.first ?? "").split(
      separator: "'", omittingEmptySubsequences: false
    ).enumerated().filter { $0.offset % 2 == 1 && !$0.element.isEmpty }.map { String($0.element) }
    if problem.count == 3, let caret = problem[2].firstIndex(of: "^") {
      // The second line is the expression as it was read, blanks and all.
      let column = problem[2].distance(from: problem[2].startIndex, to: caret)
      let blanks = problem[1].prefix { $0 == " " }.count
      let expression = String(problem[1].dropFirst(blanks))
      for (number, text) in command {
        guard let start = text.place(of: expression) else { continue }
        let place = start + column - blanks
        let rest = text.dropFirst(place)
        let word = quoted.first { rest.hasPrefix($0) }
        return (number, place, word?.count ?? 1)
      }
    }
    for word in quoted {
      for (number, text) in command {
        if let place = text.place(ofWord: word) { return (number, place, word.count) }
      }
    }
    return nil
  }
}

extension SurveyError.Kind {
  /// The kind in one word, as errors are named in notebooks.
  var name: String {
    switch self {
    case .noAnswer: "NoAnswer"
    case .usage: "UsageError"
    case .data: "DataError"
    case .input: "InputError"
    case .fault: "InternalFault"
    case .output: "OutputError"
    }
  }
}

extension String {
  /// Where a text begins, in characters; blanks of all kinds count as the same.
  fileprivate func place(of text: String) -> Int? {
    let own = map { $0.isWhitespace ? " " : $0 }
    let wanted = Array(text)
    guard !wanted.isEmpty, wanted.count <= own.count else { return nil }
    return (0...(own.count - wanted.count)).first { start in
      own[start..<(start + wanted.count)].elementsEqual(wanted)
    }
  }

  /// Where a word stands that is no part of a longer one.
  fileprivate func place(ofWord word: String) -> Int? {
    let own = Array(self)
    let wanted = Array(word)
    guard !wanted.isEmpty, wanted.count <= own.count else { return nil }
    return (0...(own.count - wanted.count)).first { start in
      let end = start + wanted.count
      func isPart(_ place: Int) -> Bool {
        own.indices.contains(place) && (own[place].isLetter || own[place].isNumber)
          || own.indices.contains(place) && own[place] == "_"
      }
      return own[start..<end].elementsEqual(wanted) && !isPart(start - 1) && !isPart(end)
    }
  }
}
