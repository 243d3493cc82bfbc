internal import SurveyCommands
internal import SurveyData
internal import SurveyTables

/// A notebook that has been run: one page, and every table as CSV.
struct NotebookReport {
  /// A file to be written.
  struct File {
    let name: String
    let bytes: [UInt8]
  }

  /// The page.
  let html: String
  /// The tables, in order.
  let tables: [File]
  /// How many tables for people the page has.
  let tableCount: Int
  /// The same tables for a terminal.
  let text: String

  /// Runs a notebook from its first cell to its last.
  /// - Throws: ``SurveyError`` with the line of the first faulty command; nothing has been written.
  init(running notebook: Notebook, folder: String, workspace: Workspace) throws {
    var session = NotebookSession(
      runner: CommandRunner(workspace: workspace), folder: folder)
    var page = Page()
    for block in notebook.blocks {
      switch block {
      case .prose(let text): page.add(MarkdownText(text, headingsBefore: page.headings.count))
      case .cell(let source, let commands):
        page.addSource(source)
        for command in commands {
          do {
            if let outcome = try session.perform(command) {
              try page.add(outcome, of: command)
            }
          } catch let error as SurveyError {
            throw error.located(at: "\(notebook.name):\(command.line)")
          }
        }
      }
    }
    page.addSources(try workspace.openFiles(), notebook: notebook.name)
    html = page.html(name: notebook.name)
    tables = page.files
    tableCount = page.tableCount
    text = page.text
  }
}

/// A page in the making.
private struct Page {
  private(set) var headings: [MarkdownText.Heading] = []
  private(set) var files: [NotebookReport.File] = []
  private(set) var tableCount = 0
  private(set) var text = ""
  private var documents = 0
  private var body = ""
  private var language: String?
  private var seenNotes = Set<String>()

  private var spoken: String { language ?? "en" }

  mutating func add(_ text: MarkdownText) {
    headings += text.headings
    body += text.html
  }

  mutating func addSource(_ source: String) {
    body += "<pre class=\"vekt-cell\"><code>\(MarkdownText.escaped(source))</code></pre>\n"
  }

  mutating func add(_ outcome: Outcome, of command: Notebook.Command) throws {
    for remark in outcome.remarks { body += "<p>\(MarkdownText.escaped(remark))</p>\n" }
    switch outcome.result {
    case .files(let text), .text(let text): body += "<pre>\(MarkdownText.escaped(text))</pre>\n"
    case .document(var document, let language):
      self.language = self.language ?? language
      documents += 1
      for index in document.tables.indices {
        tableCount += 1
        document.tables[index].title =
          "\(Phrase.tableNumber(tableCount).text(in: language)) \(document.tables[index].title)"
      }
      // A remark on the whole design is said once a page.
      document.notes = document.notes.filter { seenNotes.insert($0).inserted }
      text += (text.isEmpty ? "" : "\n") + document.text(Style(language: language))
      body += document.htmlFragment(Style(language: language), id: "table-\(documents)")
      addFiles(of: document, name: Self.fileName(command.words, number: documents))
    }
  }

  private mutating func addFiles(of document: Document, name: String) {
    for records in document.records where !records.rows.isEmpty {
      let suffix = records.name == "rows" ? "" : ".\(records.name)"
      files.append(NotebookReport.File(name: "\(name)\(suffix).csv", bytes: records.csv()))
    }
  }

  /// `03-tabulate-general_trust`: the number, the verb and the first variable.
  private static func fileName(_ words: [String], number: Int) -> String {
    let spoken = words.prefix { !$0.hasPrefix("-") }.prefix(3).joined(separator: "-")
    let safe = spoken.map { character in
      character.isLetter || character.isNumber || character == "_" ? character : "-"
    }
    let joined = String(safe).split(separator: "-").joined(separator: "-").prefix(60)
    return "\(number < 10 ? "0" : "")\(number)-\(joined)"
  }

  mutating func addSources(_ open: [OpenFile], notebook: String) {
    let id = "section-sources"
    let title = Phrase.dataAndVersions.text(in: spoken)
    headings.append(MarkdownText.Heading(level: 2, text: title, id: id))
    body += "<h2 id=\"\(id)\">\(title)</h2>\n<ul class=\"vekt-sources\">\n"
    body += "<li>Vekt \(Document.version)</li>\n"
    for file in open {
      let rows = Phrase.rows(file.rows).text(in: spoken)
      body += Self.item(file.path, "\(rows), SHA-256 \(file.sha256)")
      if let codebook = file.codebook {
        body += Self.item(codebook, "SHA-256 \(file.codebookSHA256 ?? "")")
      }
    }
    body += "</ul>\n"
  }

  private static func item(_ path: String, _ text: String) -> String {
    "<li><code>\(MarkdownText.escaped(path))</code>: \(MarkdownText.escaped(text))</li>\n"
  }

  /// The page with its table of contents after the first heading.
  func html(name: String) -> String {
    let title = headings.first { $0.level == 1 }?.text ?? name
    let entries = headings.filter { $0.level == 2 }.map {
      "<li><a href=\"#\($0.id)\">\(MarkdownText.escaped($0.text))</a></li>\n"
    }
    let label = Phrase.contents.text(in: spoken)
    let contents =
      "<nav aria-label=\"\(label)\" class=\"vekt-contents\">\n<ul>\n\(entries.joined())</ul>\n</nav>\n"
    var text = body
    if let end = text.firstRange(of: "</h1>\n") {
      text.insert(contentsOf: contents, at: end.upperBound)
    } else {
      text = contents + text
    }
    return HTMLPage(title: title, language: spoken, body: text).html()
  }
}
