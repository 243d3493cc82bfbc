internal import SurveyData
package import SurveyReaders
package import SurveyTables

extension CodebookDifferences {
  /// One row a difference.
  package var records: Records {
    Records(
      "rows", columns: ["variable", "aspect", "code", "old", "new"],
      rows: lines.map {
        [.text($0.variable), .text($0.aspect), .text($0.code), .text($0.old), .text($0.new)]
      })
  }

  /// The same by variable.
  package func table(title: String) -> Table {
    var rows: [Table.Row] = []
    var last: String?
    for line in lines {
      if line.variable != last {
        rows.append(
          Table.Row(
            line.variable.isEmpty ? Phrase.wholeCodebook.text(in: language) : line.variable,
            kind: .heading))
        last = line.variable
      }
      rows.append(
        Table.Row(
          [line.aspect, line.code].filter { !$0.isEmpty }.joined(separator: " "), indent: 1,
          cells: [line.old, line.new].map { .text($0.isEmpty ? "–" : $0) }))
    }
    return Table(
      title: title,
      columns: (rows.isEmpty ? [] : [Phrase.before, .after]).map {
        Table.Column($0.text(in: language), isText: true)
      }, rows: rows,
      notes: rows.isEmpty ? [Phrase.noDifferences.text(in: language)] : [])
  }
}
