package import SurveyData
package import SurveyTables

/// A codebook as records and as one table a variable.
package struct CodebookReport {
  private let shown: [Variable]
  private let roles: ParadoxRoles?
  private let language: String

  package init(_ codebook: Codebook, variables: [String], language: String) {
    let all = codebook.variables + codebook.derived.map(\.variable)
    shown = variables.isEmpty ? all : all.filter { variables.contains($0.name) }
    self.language = language
    roles = variables.isEmpty ? codebook.paradox : nil
  }

  /// Who plays which part in the integration paradox, a row a part and a variable; none when nothing
  /// is said.
  package var paradox: [Records] {
    guard !parts.isEmpty else { return [] }
    return [
      Records(
        "paradox", columns: ["part", "variable"],
        rows: parts.flatMap { part in part.names.map { [.text(part.key), .text($0)] } })
    ]
  }

  private var parts: [(key: String, names: [String])] {
    guard let roles else { return [] }
    let all: [(key: String, names: [String])] =
      [
        ("judgements", [roles.first, roles.second]), ("outcome", [roles.outcome]),
        ("group", [roles.group]), ("reference", [roles.reference].compactMap { $0 }),
        ("status", [roles.status]),
      ] + roles.mechanisms.map { ($0.name, $0.variables) } + [
        ("controls", roles.controls), ("pool", [roles.pool].compactMap { $0 }),
        ("where", [roles.condition].compactMap { $0 }),
      ]
    return all.filter { !$0.names.isEmpty }
  }

  private var paradoxTable: [Table] {
    guard !parts.isEmpty else { return [] }
    return [
      Table(
        title: Phrase.paradoxRoles.text(in: language),
        columns: [Table.Column(Phrase.variables.text(in: language), isText: true)],
        rows: parts.map {
          Table.Row($0.key, cells: [.text($0.names.joined(separator: ", "))])
        })
    ]
  }

  /// One row a variable.
  package var variables: Records {
    Records(
      "rows",
      columns: [
        "variable", "label", "question", "type", "measure", "role", "low", "high", "universe",
      ],
      rows: shown.map { variable in
        [
          .text(variable.name), .text(variable.label.text(in: language)),
          .text(variable.question.text(in: language)),
          variable.type.map { .text($0.rawValue) } ?? .empty,
          variable.measure.map { .text($0.rawValue) } ?? .empty,
          variable.role.map { .text($0.rawValue) } ?? .empty,
          variable.range.map { .number($0.lowerBound) } ?? .empty,
          variable.range.map { .number($0.upperBound) } ?? .empty,
          variable.universe.map { .text($0.condition ?? $0.label.text(in: language)) } ?? .empty,
        ]
      })
  }

  /// One row a code.
  package var codes: Records {
    Records(
      "codes", columns: ["variable", "code", "label", "missing_reason"],
      rows: shown.flatMap { variable in
        codeLines(variable).map { line in
          [
            .text(variable.name), .text(line.code), .text(line.label),
            line.reason.map { .text($0.rawValue) } ?? .empty,
          ]
        }
      })
  }

  /// A table a variable: its codes with labels, missing ones with their reason.
  package var tables: [Table] {
    paradoxTable
      + shown.map { variable in
        var notes: [String] = []
        let question = variable.question.text(in: language)
        if !question.isEmpty { notes.append(Phrase.question(question).text(in: language)) }
        if let universe = variable.universe {
          let words = universe.label.text(in: language)
          notes.append(
            Phrase.askedOf(words.isEmpty ? universe.condition ?? "" : words).text(in: language))
        }
        if let counted = variable.countedAnswer(), counted.isChosen {
          notes.append(
            Phrase.countedAnswer(counted.category.name(in: language), counted.code)
              .text(in: language))
        }
        let note = variable.note.text(in: language)
        if !note.isEmpty { notes.append(note) }
        let facts = [variable.type?.rawValue, variable.measure?.rawValue, variable.role?.rawValue]
        return Table(
          title: "\(variable.name): \(variable.title(in: language))",
          unit: facts.compactMap { $0 }.joined(separator: ", "),
          stub: Phrase.code.text(in: language),
          columns: [
            Table.Column(Phrase.label.text(in: language), isText: true),
            Table.Column(Phrase.missing.text(in: language), isText: true),
          ], rows: rows(variable), notes: notes)
      }
  }

  private func rows(_ variable: Variable) -> [Table.Row] {
    var rows: [Table.Row] = []
    if let range = variable.range {
      rows.append(
        Table.Row(
          "\(canonicalCode(range.lowerBound))–\(canonicalCode(range.upperBound))",
          cells: [.text(variable.unit.text(in: language)), .text("")]))
    }
    return rows
      + codeLines(variable).map { line in
        Table.Row(
          line.code,
          cells: [
            .text(line.label), .text(line.reason?.label.text(in: language).lowercased() ?? ""),
          ])
      }
  }

  private func codeLines(
    _ variable: Variable
  ) -> [(code: String, label: String, reason: MissingReason?)] {
    variable.categories.map { ($0.code, $0.label.text(in: language), nil) }
      + variable.missing.map { code in
        let label = code.label.text(in: language)
        return (
          code.text, label.isEmpty ? code.reason.label.text(in: language) : label, code.reason
        )
      }
  }
}
