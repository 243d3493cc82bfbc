internal import SurveyCommands
import SurveyReports
internal import SurveyTables

/// A report as one page of HTML.
struct ReportPage {
  private let report: Report
  private let options: ReportPageOptions
  private let files: PageFiles
  private var tables: [PageFiles.Entry] = []
  private var headings: [Heading] = []
  private var ids: Set<String> = []
  private var body = ""

  private struct Heading {
    let level: Int
    let text: String
    let id: String
  }

  init(_ report: Report, _ options: ReportPageOptions = ReportPageOptions()) {
    self.report = report
    self.options = options
    files = options.files ?? PageFiles(language: report.language, in: "")
    // The title stands above the table of contents.
    var parts = report.parts[...]
    if case .prose(let block)? = parts.first, case .heading(1, _) = block {
      add(block)
      parts.removeFirst()
    }
    let opening = body
    body = ""
    for part in parts {
      switch part {
      case .prose(let block): add(block)
      case .cell(let source, let results): add(source, results)
      case .summary(let table):
        body += table.html(Style(language: report.language), id: "summary")
      }
    }
    addSources()
    body = opening + codeSwitch + contents + files.list(tables) + body
  }

  /// The whole page.
  var html: String {
    HTMLPage(
      title: report.title, language: report.language,
      body: body + (options.hasScript ? "<script>\n\(HTMLPage.script)</script>\n" : ""),
      styles: Self.stylesheet
    ).html()
  }

  private func spoken(_ phrase: Phrase) -> String {
    phrase.text(in: report.language).htmlEscaped
  }

  private mutating func add(_ block: MarkdownBlock) {
    guard case .heading(let level, let text) = block else {
      body += block.html
      return
    }
    addHeading(level, text.words, html: text.html)
  }

  private mutating func addHeading(_ level: Int, _ words: String, html: String) {
    let slug = words.slug
    let names = [slug] + (2...).lazy.prefix(10_000).map { "\(slug)-\($0)" }
    let id = names.first { ids.insert($0).inserted } ?? slug
    headings.append(Heading(level: level, text: words, id: id))
    body += "<h\(level) id=\"\(id.htmlEscaped)\">\(html)</h\(level)>\n"
  }

  private mutating func add(_ source: String, _ results: [Report.Result]) {
    if options.code != .none {
      body +=
        "<pre class=\"report-source\" tabindex=\"0\"><code>\(source.htmlEscapedLines)</code></pre>\n"
    }
    for result in results {
      switch result {
      case .text(let text):
        body += "<pre class=\"report-text\" tabindex=\"0\">\(text.htmlEscapedLines)</pre>\n"
      case .notes(let notes, let language):
        let lines = notes.map { "<p>\($0.htmlEscaped)</p>\n" }.joined()
        body += "<div class=\"vekt-notes\" lang=\"\(language)\">\n\(lines)</div>\n"
      case .figure(var chart, let number, _, let language):
        chart.title = "\(Phrase.figureNumber(number).text(in: language)) \(chart.title)"
        body += chart.html(Style(language: language), id: "figure.\(number)")
        body += files.links([Report.figureName(number)])
      case .table(var table, let number, let files, let language):
        let names = files + [report.workbookName(of: table, number: number, files: files)]
        // A full stop never stands in the id of a heading.
        let id = "table.\(number)"
        tables.append(PageFiles.Entry(table, number: number, id: id, files: names))
        table.title = "\(Phrase.tableNumber(number).text(in: language)) \(table.title)"
        body += table.html(Style(language: language), id: id) + self.files.links(names)
      }
    }
  }

  /// The check-box that shows the commands, without a script.
  private var codeSwitch: String {
    guard options.code != .none, report.cellResults.contains(where: { !$0.isEmpty }) else {
      return "<div id=\"report-contents\"></div>\n"
    }
    let isOn = options.code == .shown ? " checked" : ""
    return "<p class=\"report-switch\" id=\"report-contents\"><input type=\"checkbox\" "
      + "id=\"report-code\"\(isOn)/> <label for=\"report-code\">\(spoken(.showCommands))</label></p>\n"
  }

  /// The table of contents: headings of the second level, below them those of the third.
  private var contents: String {
    let entries = headings.filter { (2...3).contains($0.level) }
    guard entries.count > 1 else { return "" }
    var html = ""
    var isInner = false
    for (order, heading) in entries.enumerated() {
      if heading.level == 3, order > 0, !isInner {
        html += "\n<ul>\n"
        isInner = true
      } else {
        if heading.level == 2, isInner {
          html += "</li>\n</ul>\n"
          isInner = false
        }
        html += order > 0 ? "</li>\n" : ""
      }
      html += "<li><a href=\"#\(heading.id.htmlEscaped)\">\(heading.text.htmlEscaped)</a>"
    }
    html += "</li>\n" + (isInner ? "</ul>\n</li>\n" : "")
    return "<nav aria-label=\"\(spoken(.contents))\">\n<ul>\n\(html)</ul>\n</nav>\n"
  }

  // MARK: Data, design and versions

  private mutating func addSources() {
    let title = Phrase.dataAndVersions.text(in: report.language)
    addHeading(2, title, html: title.htmlEscaped)
    body += "<dl class=\"report-sources\">\n"
    for file in report.sources {
      let study = file.study.text(in: report.language)
      addSource(.dataFile, file.path, [study, spoken(.rows(file.rows))], file.sha256)
      for design in report.designs where design.path == file.path {
        addTerm(.sample, design.sentence.htmlEscaped)
      }
      if let codebook = file.codebook {
        addSource(.codebook, codebook, [], file.codebookSHA256 ?? "")
      }
    }
    addTerm(.notebook, "<code>\(report.notebook.htmlEscaped)</code>")
    addTerm(Phrase(verbatim: "Vekt"), Document.version.htmlEscaped)
    body += "</dl>\n"
  }

  private mutating func addSource(
    _ term: Phrase, _ path: String, _ facts: [String], _ hash: String
  ) {
    let facts = facts.filter { !$0.isEmpty }.joined(separator: "; ").htmlEscaped
    addTerm(
      term,
      "<code>\(path.htmlEscaped)</code>" + (facts.isEmpty ? "" : "<br>\(facts)")
        + (hash.isEmpty ? "" : "<br>SHA-256 <code class=\"report-hash\">\(hash)</code>"))
  }

  private mutating func addTerm(_ term: Phrase, _ html: String) {
    body += "<dt>\(spoken(term))</dt>\n<dd>\(html)</dd>\n"
  }
}

extension String {
  /// A name for a heading within a page: `Tillit til andre` → `tillit-til-andre`.
  fileprivate var slug: String {
    var slug = ""
    for character in lowercased() {
      if character.isLetter || character.isNumber || character == "_" {
        slug.append(character)
      } else if !slug.isEmpty, slug.last != "-" {
        slug.append("-")
      }
    }
    if slug.last == "-" { slug.removeLast() }
    return slug.isEmpty ? "section" : slug
  }
}
