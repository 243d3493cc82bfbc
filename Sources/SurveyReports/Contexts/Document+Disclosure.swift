package import SurveyData
package import SurveyTables

/// The disclosure policy of a result, among what it says of its data; nothing where none is named.
package func disclosure(of codebook: Codebook) -> [Tree.Member] {
  guard codebook.disclosurePolicy != .none else { return [] }
  return [Tree.Member("disclosure", .text(codebook.disclosurePolicy.rawValue))]
}

extension Document {
  /// The same with a note that counts the figures of few people, where the policy is to warn of them.
  package func warningOfFew(in language: String) -> Document {
    guard case .object(let facts) = data,
      facts.contains(Tree.Member("disclosure", .text(DisclosurePolicy.warn.rawValue)))
    else { return self }
    let counts = records.flatMap(\.counts).filter { (1..<DisclosurePolicy.few).contains($0) }
    guard let fewest = counts.min() else { return self }
    var warned = self
    warned.notes.append(
      Phrase.figuresOfFew(counts.count, below: DisclosurePolicy.few, fewest: fewest)
        .text(in: language))
    return warned
  }
}

extension Records {
  /// The respondents behind each row.
  fileprivate var counts: [Int] {
    guard let column = columns.firstIndex(of: "n") else { return [] }
    return rows.compactMap { if case .integer(let count) = $0[column] { count } else { nil } }
  }
}
