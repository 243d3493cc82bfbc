internal import SurveyData
internal import SurveyStatistics
package import SurveyTables

extension BannerTable {
  /// What missing answers could do to the shares, of everybody and in every group.
  package var bounds: Table {
    let table = self.table
    let rows = blocks.flatMap { block -> [Table.Row] in
      let isHeaded = blocks.count > 1 && !block.heading.isEmpty
      let indent = isHeaded ? 1 : 0
      return (isHeaded ? [Table.Row(block.heading, kind: .heading)] : [])
        + block.entries.flatMap { entry in
          answerRows(of: entry, in: block, indent: indent) { boundCells(entry, answer: $0) }
        }
    }
    return Table(
      ofBounds: title, in: context.language, stub: table.stub,
      columns: table.columns.map { Table.Column($0.heading, group: $0.group, isText: true) },
      rows: rows, subject: table.subject)
  }

  private func boundCells(_ entry: Entry, answer: Int) -> [Table.Cell] {
    let code = entry.all.table.rows[answer].category?.code
    return [entry.all.bounds?.cell(answer, context) ?? .empty]
      + entry.parts.enumerated().flatMap { place, part in
        groups[place].map { group -> Table.Cell in
          let row = part.table.rows.firstIndex { $0.groups == group && $0.category?.code == code }
          return row.flatMap { part.bounds?.cell($0, context) } ?? .empty
        }
      }
  }
}
