package import SurveyData
internal import SurveyTables

extension [Tree.Member] {
  /// The labels of a row's codes, each under the name of its column; nothing where there is none.
  package static func labels(_ labels: [(column: String?, label: String)]) -> [Tree.Member] {
    let known = labels.compactMap { column, label in
      column.flatMap { label.isEmpty ? nil : Tree.Member($0, .text(label)) }
    }
    return known.isEmpty ? [] : [Tree.Member("labels", .object(known))]
  }
}
