package import SurveyData
package import SurveyReaders
package import SurveyTables

/// What a check found, as records, as a table and as sentences.
package struct FindingsReport {
  private let findings: [Finding]
  private let language: String

  package init(_ findings: [Finding], language: String) {
    self.findings = findings
    self.language = language
  }

  /// One row a finding.
  package func records(_ name: String) -> Records {
    Records(
      name, columns: ["severity", "id", "variable", "code", "count", "text", "remedy"],
      rows: findings.map { finding in
        [
          .text(finding.severity.rawValue), .text(finding.id),
          finding.variable.map { .text($0) } ?? .empty, finding.code.map { .text($0) } ?? .empty,
          finding.count.map { .integer($0) } ?? .empty, .text(finding.text),
          finding.remedy.map { .text($0) } ?? .empty,
        ]
      })
  }

  /// The findings by severity, the worst first.
  package func table(of dataset: Dataset) -> Table {
    var rows: [Table.Row] = []
    for severity in Finding.Severity.allCases {
      let some = findings.filter { $0.severity == severity }
      guard !some.isEmpty else { continue }
      rows.append(
        Table.Row(Phrase.severity(severity.rawValue, some.count).text(in: language), kind: .heading)
      )
      rows += some.map { finding in
        Table.Row(finding.variable ?? "–", indent: 1, cells: [.text(sentence(finding))])
      }
    }
    let codebook = dataset.codebook.path ?? Phrase.ownLabels.text(in: language)
    return Table(
      title: "\(dataset.source.facts.path) · \(codebook)", stub: Phrase.variable.text(in: language),
      columns: [Table.Column(Phrase.finding.text(in: language), isText: true)], rows: rows,
      notes: findings.isEmpty ? [Phrase.nothingFound.text(in: language)] : [])
  }

  /// What was found, and what to do about it.
  private func sentence(_ finding: Finding) -> String {
    let (id, values) = (finding.id, finding.values)
    let found = Phrase.finding(id, finding.text, count: finding.count, values: values)
      .text(in: language)
    guard let remedy = finding.remedy else { return found }
    return found + ". " + Phrase.remedy(id, remedy, values: values).text(in: language)
  }

  /// The findings of some variables in sentences.
  func sentences(about variable: String? = nil) -> [String] {
    findings.filter { variable == nil || $0.variable == variable }.map { finding in
      (finding.variable.map { "\($0): " } ?? "") + sentence(finding)
    }
  }
}
